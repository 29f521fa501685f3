"""A small world in which a case can walk its road: a maker, a body, a laboratory, a scheme, their people.

Every step is taken by whoever it belongs to, through the operations the pages call.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import Organisation, User
from carbon import operations as carbon
from certification.application.models import Application
from certification.application.operations.applications import (
    create_application,
    update_application,
)
from certification.application.operations.documents import attach_file
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.workflow.verification import subjects
from core import lifecycle
from core.clock import today
from core.db import db
from core.files import store
from registers.models import BodyScope, LaboratoryScope, Registration
from schemes.models import SchemeVersion
from tests import factories
from tests.certification.lists import DECLARING, SITE_CHECKS, TESTS, confirmed
from tests.certification.people import found_competent, meetings, plan_heavy
from tests.support import rules
from tests.support.adopted import adopted
from tests.support.kept import begun
from tests.support.papers import PDF

AGREED = {"outcome": "agreed", "samples": 1, "reason": "逐份核对原始单据，与申报一致。"}
LONG = {"valid_from": date(2020, 1, 1), "valid_to": date(2039, 12, 31)}
CMA = "231002110001"

BODY_ROLES = (
    "application_reviewer",
    "case_officer",
    "document_reviewer",
    "lead_verifier",
    "verifier",
    "technical_reviewer",
    "decision_maker",
    "head_of_body",
)
LABORATORY_ROLES = ("sample_receiver", "tester", "authorised_signatory")

# The states of a case that meets no obstacle, in order.
ROAD = (
    "draft",
    "submitted",
    "accepted",
    "contracted",
    "evaluating",
    "in_review",
    "pending_decision",
    "granted",
    "certified",
)


def scheme(**values) -> SchemeVersion:
    values = {
        "code": "lc-tile",
        "version": "1",
        "family": "low_carbon",
        "category": "ceramic_tile",
        "name": "低碳产品认证实施规则：建筑陶瓷砖",
        "name_en": "Low-carbon rules: ceramic tiles",
        "category_name": "建筑陶瓷砖",
        "category_name_en": "Ceramic tiles",
        "rule_number": "演示规则",
        "rule_source": "演示数据",
        "demo": True,
        "mode": "产品检测＋初始现场核查",
        "mode_en": "Testing and site verification",
        "declared_amount": Decimal(1),
        "declared_unit": "m2",
        "boundary": "cradle_to_gate",
        "validity_years": 3,
        "validity_source": "168号令第二十五条",
        "limit_value": Decimal("10.80"),
        "limit_source": "演示数据",
        "limit_demo": True,
        "person_days": Decimal(2),
        "required_files": ["application_form", "business_licence"],
        "tests": TESTS,
        "clocks": {},
        "effective_from": date(2020, 1, 1),
        **values,
    }
    row = SchemeVersion(document=rules.document(**values))
    db.session.add(row)
    db.session.flush()
    return row


class World:
    """`people` holds one user for each role; each user holds that one role.

    The holders of the roles in `declaring` are free of ties and have said so for every case.
    """

    declaring = DECLARING

    ROLES = ("applicant", *BODY_ROLES, *LABORATORY_ROLES)

    def __init__(self, **scheme_values):
        self.scheme = scheme(**scheme_values)
        self.maker = factories.organisation(
            "manufacturer", name="宜兴云陶新材有限公司", address="宜兴某路 1 号"
        )
        self.body = factories.organisation(
            "certification_body", name="示例认证中心", short_name="JSLC", telephone="025-00000001"
        )
        self.laboratory = factories.organisation("testing_body", name="示例检测公司", address="南京某路 3 号")
        self.people: dict[str, User] = {"applicant": factories.user(self.maker, "applicant")}
        self.people |= {role: factories.user(self.body, role) for role in BODY_ROLES}
        self.people |= {role: factories.user(self.laboratory, role) for role in LABORATORY_ROLES}
        self.register(self.body, self.laboratory)
        for role in ("document_reviewer", "lead_verifier", "verifier"):
            self.registration(self.people[role], self.body)

    @classmethod
    def begun(cls) -> "World":
        """The world most tests begin with."""
        return begun(("world",), cls, cls.ids, cls.found)

    def ids(self) -> dict:
        rows = {"scheme": self.scheme, "maker": self.maker, "body": self.body, "laboratory": self.laboratory}
        people = {role: user and user.id for role, user in self.people.items()}
        return {name: row.id for name, row in rows.items()} | {"people": people}

    @classmethod
    def found(cls, ids: dict) -> "World":
        world = cls.__new__(cls)
        world.scheme = db.session.get(SchemeVersion, ids["scheme"])
        for name in ("maker", "body", "laboratory"):
            setattr(world, name, db.session.get(Organisation, ids[name]))
        people = {user.id: user for user in db.session.scalars(select(User))}
        world.people = {role: people.get(id) for role, id in ids["people"].items()}
        return world

    def register(self, body: Organisation, laboratory: Organisation) -> None:
        """Enter a body and a laboratory into the registers, for everything the scheme asks."""
        db.session.add(
            BodyScope(
                body_id=body.id, approval_number="CNCA-R-TEST-001", scheme_code=self.scheme.code, **LONG
            )
        )
        db.session.add(adopted(body.id, self.scheme.code))
        for item in self.scheme.tests:
            self.scope(laboratory, item["method"])

    def scope(self, laboratory: Organisation, method: str, **values) -> LaboratoryScope:
        row = LaboratoryScope(
            laboratory_id=laboratory.id, method=method, **{"cma_number": CMA, **LONG, **values}
        )
        db.session.add(row)
        db.session.flush()
        return row

    def registration(self, user: User, body: Organisation, **values) -> Registration:
        values = {
            "number": f"R-{user.id}-{body.id}",
            "grade": "verifier",
            "family": self.scheme.family,
            **LONG,
            **values,
        }
        row = Registration(user_id=user.id, body_id=body.id, **values)
        db.session.add(row)
        db.session.flush()
        return row

    def competence(self, user: User, function: str, **values) -> Competence:
        return found_competent(user, self.body, function, **{"family": self.scheme.family, **LONG} | values)

    def conflict(self, user: User, **values) -> ConflictDeclaration:
        values = {"tie": "consulting", **LONG, **values}
        row = ConflictDeclaration(user_id=user.id, client_id=self.maker.id, **values)
        db.session.add(row)
        db.session.flush()
        db.session.expire_all()  # a case read before knows nothing of it
        return row

    def declare(self, application: Application, *roles: str) -> None:
        """The holders of these roles declare that they are free of ties to the client of the case."""
        declared = {entry.user_id for entry in application.declarations}
        for person in {self.people[role].id for role in roles} - declared:
            application.declarations.append(CaseDeclaration(user_id=person, free=True))
        db.session.flush()

    def actor(self, role: str) -> Actor:
        return self.people[role].memberships[0].actor()

    def grant(self, role: str, another: str) -> None:
        """Let the holder of `role` hold `another` as well."""
        from accounts.models import Grant

        self.people[role].memberships[0].grants.append(Grant(role=another))
        seat = self.people[role].memberships[0]
        factories.competent_in_roles(self.people[role], seat.organisation, another)
        db.session.flush()

    def case(self, state: str = "draft", *, value: str = "8.45", tests: dict | None = None) -> "Case":
        name = ("case", state, value, repr(tests), self.declaring)
        return begun(
            name,
            lambda: Case(self, value, tests or {}).to(state),
            lambda case: case.id,
            lambda id: Case.found(self, id, tests or {}),
        )


class Case:
    """One case; `value` is its footprint, `tests` overrides measured values by test item."""

    measured = {"absorption": "0.21", "density": "22.46"}

    @classmethod
    def found(cls, world: World, id: int, tests: dict) -> "Case":
        case = cls.__new__(cls)
        case.world, case.tests = world, cls.measured | tests
        case.application = db.session.get(Application, id)
        return case

    def __init__(self, world: World, value: str, tests: dict):
        self.world, self.tests = world, self.measured | tests
        actor = world.actor("applicant")
        self.application = create_application(
            actor, world.scheme, world.body.id, product_name="抛釉砖 YT-6015"
        )
        models = [{"code": "YT-6015", "specification": "600×1200"}, {"code": "YT-6016"}]
        update_application(self.application, actor, self.application.version, models=models)
        self.fill(value)
        for kind in world.scheme.required_files:
            attach_file(self.application, actor, kind, BytesIO(PDF), f"{kind}.pdf")
        world.declare(self.application, *world.declaring)

    def fill(self, value: str) -> None:
        """Two declared sources that come to `value` per declared unit."""
        whole, unit = Decimal(value), f"kgCO2e/{self.world.scheme.declared_unit}"
        rows = [
            {"stage": "raw_material", "name": "坯料", "quantity": Decimal(1), "quality": "B"},
            {"stage": "manufacturing", "name": "烧成用天然气", "quantity": Decimal(1), "quality": "A"},
        ]
        for row, part in zip(rows, (whole - 5, Decimal(5)), strict=True):
            row |= {"unit": self.world.scheme.declared_unit, "own_value": part, "own_unit": unit}
            row |= {"own_source": "企业实测", "evidence": "台账"}
        inventory = self.application.inventory
        head = {"output_amount": Decimal(1), "output_unit": self.world.scheme.declared_unit}
        carbon.save_inventory(inventory, self.world.actor("applicant"), head, rows, inventory.version)

    def to(self, state: str) -> "Case":
        """Go on, leg by leg, until the case stands in `state`."""
        for leg in ROAD[ROAD.index(self.application.state) + 1 : ROAD.index(state) + 1]:
            getattr(self, f"to_{leg}")()
        return self

    def take(self, step: str, role: str, subject=None, **facts) -> None:
        lifecycle.take(subject or self.application, step, self.world.actor(role), **facts)

    def to_submitted(self) -> None:
        self.take("submit", "applicant", declared=True)

    def to_accepted(self) -> None:
        exempt = [point.id for point in self.application.open_points if point.not_applicable]
        self.take("accept", "application_reviewer", conditions=confirmed(), agreed=exempt)

    def to_contracted(self) -> None:
        self.take("offer", "case_officer")
        self.take("sign", "applicant", agreed=True)

    def to_evaluating(self) -> None:
        self.take("plan", "case_officer", **self.plan())
        plan_heavy(self)

    def to_in_review(self) -> None:
        self.review_documents()
        self.test()
        self.visit()
        self.finish()

    def to_pending_decision(self) -> None:
        self.take("recommend", "technical_reviewer", recommendation="grant", text="评审完整，结论有据。")

    def to_granted(self) -> None:
        self.take("grant", "decision_maker", signed=True, reason="符合规则。")

    def to_certified(self) -> None:
        self.take("countersign", "head_of_body", signed=True)

    def plan(self, **more) -> dict:
        team = [(self.world.people[role].id, role) for role in ("document_reviewer", "lead_verifier")]
        return {
            "team": team,
            "laboratory_id": self.world.laboratory.id,
            "person_days": Decimal(2),
            "site_from": today(),
            "site_to": today() + timedelta(days=1),
            "overlap_reason": "两家工厂在同一园区，同日上下午分别核查。",
        } | more

    def review_documents(self, result: str = "pass") -> None:
        self.take("review_documents", "document_reviewer", result=result, findings="证据与申报一致。")

    def agreed(self, *left: str) -> list[dict]:
        """Every declared item but those named, each looked at once and agreed."""
        return [{"subject": name, **AGREED} for name in subjects(self.application) if name not in left]

    def finish(self) -> None:
        """What is declared is verified before, unless an opinion of it stands."""
        if self.application.opinion is None:
            self.verify()
        self.take("finish", "lead_verifier")

    def verify(self, opinion: str = "unmodified") -> None:
        plan_heavy(self)
        self.take("verify_data", "lead_verifier", items=self.agreed())
        self.take("give_opinion", "lead_verifier", opinion=opinion, text="逐项核对，没有错报。")

    def order(self, **more):
        facts = {"method": "sealed", "model": "YT-6015", "quantity": 3} | more
        self.take("order_sample", "lead_verifier", **facts)
        return self.application.samples[-1]

    def dispatch(self, **more):
        sample = self.order(**more)
        self.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number=f"F-{88212 + sample.id}")
        return sample

    def deliver(self, **more):
        sample = self.dispatch(**more)
        receipt = {"received_on": today(), "condition": "封条完好", "seal": "intact"}
        self.take("receive", "sample_receiver", sample, **receipt)
        return sample

    def measure(self, **more):
        sample = self.deliver(**more)
        results = [
            {"item": item, "value": Decimal(value), "uncertainty": Decimal("0.01"), "performed_on": today()}
            for item, value in self.tests.items()
        ]
        self.take("record", "tester", sample, results=results)
        return sample

    def test(self, **more):
        """Order, deliver, measure and report; `more` goes with the order, such as `retest_of`."""
        sample = self.measure(**more)
        facts = {"number": f"TR-{sample.id}", "place": "南京某路 3 号", "issued_on": today()}
        self.take("report", "authorised_signatory", sample, **facts)
        return sample

    def visit(
        self,
        conclusion: str = "pass",
        findings: Callable[[str], str] = lambda _slug: "conform",
        on: date | None = None,
        **more,
    ) -> None:
        day = on or today()
        items = [{"slug": slug, "finding": findings(slug), "note": "看到的事实"} for slug in SITE_CHECKS]
        more |= {"started_on": day, "ended_on": day, "person_days": Decimal(2), "meetings": meetings(day)}
        self.take("verify_site", "lead_verifier", items=items, conclusion=conclusion, summary="", **more)

    def raise_finding(self, **more):
        facts = {"grade": "minor", "anchor": "evidence_reliability", "fact": "缺里程记录。"}
        self.take("raise", "lead_verifier", **facts | more)
        return self.application.nonconformities[-1]

    def answer_finding(self, finding) -> None:
        evidence = store(BytesIO(PDF), "证据.pdf")
        proof = {"evidence": evidence.digest, "evidence_name": "证据.pdf"}
        self.take("answer", "applicant", finding, answer="已补充。", **proof)

    @property
    def id(self) -> int:
        return self.application.id

    @property
    def state(self) -> str:
        return self.application.state


def reload(case: Case) -> Application:
    """The case as another request left it."""
    db.session.expire_all()
    return case.application
