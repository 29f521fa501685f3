"""Each printed column with the doors that fill it, and the state of the case at which each is tried."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import update

import app as _every_model  # noqa: F401 (so that all tables are known)
from accounts import operations as accounts
from accounts.actor import SYSTEM
from carbon import factors
from carbon import operations as carbon
from carbon.models import ActivityRow, Inventory
from certification.acts.models import Appeal, WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.application.models import Application, ProductModel
from certification.application.operations.applications import (
    create_application,
    save_inventory,
    update_application,
)
from certification.application.operations.clone import clone_application
from certification.certificate.models import Certificate
from certification.messages.operations import ask_opening
from certification.workbooks.exchange.columns import FIRST_ROW, MODELS
from certification.workbooks.operations import mend_row
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid
from registers import operations as registers
from schemes import operations as schemes
from tests import factories
from tests.certification.aftercare.later import restore
from tests.certification.lists import SITE_CHECKS
from tests.certification.test_every_door import FACTOR
from tests.certification.workbooks import workbooks
from tests.certification.world import LONG, Case, meetings
from tests.schemes.examples import tyre
from tests.support.rules import amend

SECRET = "a long enough secret"
UNDRAWABLE = "甲\U00013000"
Door = tuple[str, Callable[[Case, str], object]]  # the state of the case it is tried on, and how


def at(state: str, enter: Callable) -> Door:
    return state, enter


def sign_up(**given) -> None:
    facts = {"code": factories.uscc(9001), "name": "甲", "email": "a@example.org", "person": "甲"}
    accounts.sign_up(SYSTEM, password=SECRET, **facts | given)


def registered(**given) -> None:
    facts = {"kind": "manufacturer", "code": factories.uscc(9002), "name": "甲"}
    accounts.register_organisation(SYSTEM, **facts | given)


def join(case: Case, text: str) -> None:
    chief = factories.user(case.world.body, "organisation_admin").memberships[0].actor()
    _invitation, secret = accounts.invite(chief, "new@example.org", [])
    accounts.join(SYSTEM, secret, text, SECRET)


def own_facts(fact: str) -> Door:
    def enter(case: Case, text: str) -> None:
        chief = factories.user(case.world.maker, "organisation_admin").memberships[0].actor()
        accounts.update_organisation(chief, **{fact: text})

    return at("draft", enter)


def organisation(fact: str) -> dict[str, Door]:
    return {
        "sign-up": at("draft", lambda _case, text: sign_up(**{fact: text})),
        "register of organisations": at("draft", lambda _case, text: registered(**{fact: text})),
    }


# The draft, by its page, the API, a copy and a workbook


def section(name: str, value: Callable = str) -> Door:
    """The pages of the draft and PATCH of the API call the same verb."""

    def enter(case: Case, text: str) -> None:
        actor, application = case.world.actor("applicant"), case.application
        update_application(application, actor, application.version, **{name: value(text)})

    return at("draft", enter)


def copied(model: type, name: str, value: Callable = str) -> Door:
    """Of a case that an earlier version took: past the door of its column."""

    def enter(case: Case, text: str) -> None:
        application = case.application
        own = {
            Application: Application.id == application.id,
            ProductModel: ProductModel.id == application.models[0].id,
            Inventory: Inventory.id == application.inventory_id,
            ActivityRow: ActivityRow.inventory_id == application.inventory_id,
        }
        db.session.execute(update(model.__table__).where(own[model]).values({name: value(text)}))
        db.session.expire_all()
        world = case.world
        clone_application(application, world.actor("applicant"), world.scheme, world.body.id)

    return at("submitted", enter)


def created(case: Case, text: str) -> None:
    world = case.world
    create_application(world.actor("applicant"), world.scheme, world.body.id, product_name=text)


def product(name: str) -> dict[str, Door]:
    return {"page and API": section(name), "copy": copied(Application, name)}


def stated(per: str) -> dict[str, Door]:
    """A text that the rule asks for; a copy leaves behind what cannot be read."""

    def enter(case: Case, text: str) -> None:
        asked = {"slug": "mark", "names": {"zh": "标记", "en": "Mark"}, "kind": "text", "per": per}
        amend(case.world.scheme, parts={"parameters": [asked]})
        said, application = {"mark": text}, case.application
        facts = {"parameters": said} if per == "product" else {"models": [{"code": "A", "parameters": said}]}
        update_application(application, case.world.actor("applicant"), application.version, **facts)

    return {"page and API": at("draft", enter)}


def party(name: str) -> dict[str, Door]:
    return {
        f"{fact}, by {door}": entry
        for fact in ("name", "address")
        for door, entry in {
            "page and API": section(name, lambda text, fact=fact: {fact: text}),
            "copy": copied(Application, name, lambda text, fact=fact: {"name": "甲", fact: text}),
        }.items()
    }


def model(column: str) -> dict[str, Door]:
    def sheet(case: Case, text: str) -> None:
        book = workbooks.template(case, MODELS, source=None)
        for number, row in enumerate([{"code": "A-1"}, {"code": "A-2"}, {"code": "A-3"} | {column: text}]):
            workbooks.put(book, FIRST_ROW + number, row, {"code": "A", "specification": "B"})
        refused_row(case, workbooks.saved(book), "models")

    return {
        "page and API": section("models", lambda text: [{"code": "A-1"} | {column: text}]),
        "workbook": at("draft", sheet),
        "copy": copied(ProductModel, column),
    }


def refused_row(case: Case, content: bytes, kind: str) -> None:
    """What a workbook refuses waits with its slug, the rest is taken."""
    try:
        came = workbooks.upload(case, case.world.actor("applicant"), content, kind)
    except Invalid as whole:
        raise Invalid("refused-as-a-whole") from whole
    [waiting] = came.rows
    raise Invalid("row-refused", waiting.errors)


def activity(column: str) -> dict[str, Door]:
    def saved(case: Case, text: str) -> None:
        actor, inventory = case.world.actor("applicant"), case.application.inventory
        row = workbooks.GOOD | {column: text}
        save_inventory(case.application, actor, {}, [row], inventory.version)

    def sheet(case: Case, text: str) -> None:
        rows = (workbooks.GOOD, workbooks.GOOD, workbooks.GOOD | {column: text})
        refused_row(case, workbooks.filled(case, *rows), "inventory")

    def mended(case: Case, text: str) -> None:
        actor, wrong = case.world.actor("applicant"), workbooks.GOOD | {"quantity": "x"}
        content = workbooks.filled(case, workbooks.GOOD, workbooks.GOOD, wrong)
        waiting = workbooks.upload(case, actor, content).rows[0]
        mend_row(
            waiting, actor, {name: str(cell) for name, cell in (workbooks.GOOD | {column: text}).items()}
        )

    return {
        "page and API": at("draft", saved),
        "workbook": at("draft", sheet),
        "row that waited": at("draft", mended),
        "copy": copied(ActivityRow, column),
    }


def sent(case: Case, text: str) -> None:
    """One of the texts that a record states."""
    leg = {"mode": text, "distance": {"amount": "1", "unit": "km"}}
    leg_of = {"kind": "transport", "factor_code": "", "own_value": "", "unit": "t", "legs": [leg]}
    row = workbooks.GOOD | leg_of
    actor, inventory = case.world.actor("applicant"), case.application.inventory
    save_inventory(case.application, actor, {}, [row], inventory.version)


def system(**texts: str) -> dict:
    process = {"name": "a", "title": texts.get("title", "甲"), "stage": "use", "unit": "kg"}
    source = texts.get("source", "甲")
    return {"source": source, "demand": {"a": "1"}, "processes": [process | {"emissions": {"CO2": "1"}}]}


def processes(case: Case, **texts: str) -> None:
    actor, inventory = case.world.actor("applicant"), case.application.inventory
    save_inventory(case.application, actor, {}, [], inventory.version, system(**texts))


# The registers


def factor(column: str) -> dict[str, Door]:
    def imported(_case: Case, text: str) -> None:
        file = io.StringIO(newline="")
        table = csv.DictWriter(file, (*factors.COLUMNS, *factors.MAY_BE_THERE), restval="")
        table.writeheader()
        table.writerows([FACTOR | {"code": "y"}, FACTOR | {column: text}])
        done = carbon.import_factors(io.BytesIO(file.getvalue().encode()))
        assert done.counts.total() == 1
        [(line, named, slug)] = done.refused
        assert (line, named) == (3, column)
        raise Invalid(slug)

    return {"file of factors": at("draft", imported)}


def scheme(*way: str) -> dict[str, Door]:
    """A text of the identity of a scheme, in a file that is loaded."""
    place = "/".join(("", "identity", *way))

    def loaded(_case: Case, text: str) -> None:
        try:
            with NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
                json.dump(tyre((place, text)), file)
                file.flush()
                schemes.load(Path(file.name), SYSTEM)
        except Invalid as refused:
            [(named, slug)] = refused.fields.items()
            assert named.endswith(f".json{place}")
            raise Invalid(slug) from refused

    return {"file of schemes": at("draft", loaded)}


def approved(case: Case, text: str) -> None:
    keeper = factories.actor("regulator", "regulator")
    body, code = case.world.body, case.world.scheme.code
    registers.enter_body(keeper, body_id=body.id, approval_number=text, schemes=[code], **LONG)


# Steps


def step(state: str, name: str, role: str, field: str, **facts) -> Door:
    return at(state, lambda case, text: case.take(name, role, **facts | {field: text}))


def nonconformity(field: str) -> Door:
    return at("evaluating", lambda case, text: case.raise_finding(**{field: text}))


def site(case: Case, text: str) -> None:
    items = [{"slug": slug, "finding": "conform", "note": "甲"} for slug in SITE_CHECKS]
    days = {
        "started_on": today(),
        "ended_on": today(),
        "person_days": Decimal(2),
        "meetings": meetings(today()),
    }
    case.review_documents()
    case.take("verify_site", "lead_verifier", items=items, conclusion="pass", summary=text, **days)


def report(case: Case, text: str) -> None:
    sample = case.deliver()
    results = [{"item": item, "value": Decimal(1), "uncertainty": None, "performed_on": sample.received_on}
               for item in case.measured]  # fmt: skip
    case.take("record", "tester", sample, results=results)
    facts = {"place": "甲", "issued_on": sample.received_on}
    case.take("report", "authorised_signatory", sample, number=text, **facts)


def status(*before: str, then: str, cause: str) -> Door:
    def enter(case: Case, text: str) -> None:
        certificate = db.session.query(Certificate).filter_by(application_id=case.id).one()
        decider, until = case.world.actor("decision_maker"), certificate.issued_on
        for kind in before:
            lifecycle.take(certificate, kind, decider, reason="甲", cause="misuse", until=until)
        if then == "restore":
            return restore(case.world, certificate, reason=text)
        lifecycle.take(certificate, then, decider, reason=text, cause=cause, until=until)

    return at("certified", enter)


def appeal(name: str, field: str, *before: str, **facts) -> Door:
    said = {"outcome": "upheld", "reason": "甲", "signed": True, "findings": "甲"}

    def enter(case: Case, text: str) -> None:
        act = db.session.query(WrittenAct).filter_by(application_id=case.id, kind="refusal").one()
        applicant = case.world.actor("applicant")
        office = factories.actor("regulator", "regulator")
        officer = factories.user(case.world.body, "appeals_officer").memberships[0].actor()
        filed: Appeal = file_appeal(act, applicant, "甲")
        hands = {"escalate": applicant, "conclude": office}
        for each in before:
            lifecycle.take(filed, each, hands.get(each, officer), **said)
        lifecycle.take(filed, name, hands.get(name, officer), **facts | {field: text})

    return at("refused", enter)


UPHELD = {"outcome": "upheld", "signed": True}
HEARD = ("accept", "investigate")
PRINTED: dict[str, dict[str, Door]] = {
    "Organisation.name": organisation("name"),
    "Organisation.name_en": organisation("name_en") | {"own page": own_facts("name_en")},
    "Organisation.address": organisation("address") | {"own page": own_facts("address")},
    "Organisation.telephone": organisation("telephone") | {"own page": own_facts("telephone")},
    "User.name": {
        "sign-up": at("draft", lambda _case, text: sign_up(person=text)),
        "command": at("draft", lambda _case, text: accounts.register_user(
            SYSTEM, "a@example.org", text, SECRET)),
        "invitation": at("draft", join),
        "own page": at("draft", lambda case, text: accounts.update_profile(
            case.world.actor("applicant"), text, "zh")),
    },
    "Factor.code": factor("code"),
    "Factor.name_zh": factor("name_zh"),
    "Factor.name_en": factor("name_en"),
    "Factor.region": {},  # a file names one of a closed list
    "Factor.source": factor("source"),
    "Factor.source_en": factor("source_en"),
    "ActivityRow.name": activity("name"),
    "ActivityRow.own_source": activity("own_source"),
    "ActivityRow.evidence": activity("evidence"),
    "ActivityRow.stated": {"page and API": at("draft", sent)},
    "Inventory.system": {
        "title, by page and API": at("draft", lambda case, text: processes(case, title=text)),
        "source, by page and API": at("draft", lambda case, text: processes(case, source=text)),
        "copy": copied(Inventory, "system", lambda text: system(title=text)),
    },
    "Adoption.papers": {},  # read by a language of its own: registers/test_adoptions.py
    "BodyScope.approval_number": {"register": at("draft", approved)},
    "SchemeVersion.version": scheme("version"),
    "SchemeVersion.name": scheme("names", "zh"),
    "SchemeVersion.name_en": scheme("names", "en"),
    "SchemeVersion.category_name": scheme("category_names", "zh"),
    "SchemeVersion.category_name_en": scheme("category_names", "en"),
    "Application.product_name": product("product_name") | {"new application": at("draft", created)},
    "Application.product_name_en": product("product_name_en"),
    "Application.trademark": product("trademark"),
    "Application.series": product("series"),
    "Application.producer": party("producer"),
    "Application.factory": party("factory"),
    "Application.parameters": stated("product"),
    "ProductModel.parameters": stated("model"),
    "ProductModel.code": model("code"),
    "ProductModel.specification": model("specification"),
    "CorrectionPoint.text": {"step": at("submitted", lambda case, text: case.take(
        "correct", "application_reviewer", points=[{"anchor": "models", "text": text}]))},
    "Opening.reason": {"request": at("submitted", lambda case, text: ask_opening(
        case.application, case.world.actor("applicant"), "models", text))},
    "DocumentReview.findings": {
        "step": step("evaluating", "review_documents", "document_reviewer", "findings", result="fail")},
    "SiteVerification.summary": {"step": at("evaluating", site)},
    "Nonconformity.fact": {"step": nonconformity("fact")},
    "Nonconformity.clause": {"step": nonconformity("clause")},
    "TestReport.number": {"laboratory": at("evaluating", report)},
    "TestReport.cma_number": {},  # taken from the register, where its shape leaves digits only
    "Decision.reasons": {
        "grant": step("pending_decision", "grant", "decision_maker", "reason", signed=True),
    },
    "StatusAct.reason": {
        "suspend": status(then="suspend", cause="misuse"),
        "restore": status("suspend", then="restore", cause="corrected"),
        "withdraw": status(then="withdraw", cause="fraud"),
        "cancel": status(then="cancel", cause="holder_request"),
    },
    "Appeal.findings": {"step": appeal("investigate", "findings", "accept")},
    "Appeal.reasons": {
        "reject": appeal("reject", "reason"),
        "decide": appeal("decide", "reason", *HEARD, **UPHELD),
    },
    "Appeal.conclusion_reasons": {"regulator": appeal(
        "conclude", "reason", "reject", "escalate", conclusion="body_upheld")},
}  # fmt: skip
