"""Issuing: one number, one statement, one signature, in one transaction, or nothing at all."""

import json
import os
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import update

from accounts.actor import SYSTEM
from certification.application.models import Application
from certification.certificate import keys, statement
from certification.certificate.models import Certificate
from certification.certificate.operations import issue
from certification.certificate.operations.numbers import SERIES
from certification.certificate.queries import certificates
from certification.events import CertificateIssued
from core import audit, clock, events, fonts, jobs, lifecycle
from core.clock import today, travel
from core.errors import Invalid, Unmet
from core.series import NumberSeries
from tests import factories
from tests.certification.world import World
from tests.support.databases import leave

pytestmark = pytest.mark.engines("walks")


def of(case) -> Certificate:
    return certificates.certificate(certificates.number_of(case.id))


def test_the_countersignature_issues_the_certificate(world):
    case = world.case("certified")
    issued, said = of(case), json.loads(of(case).statement)
    assert case.state == "certified"
    assert (issued.state, issued.issued_on) == ("valid", today())
    assert (str(issued.carbon), issued.carbon_unit) == ("8.45", "kgCO2e/m2")
    assert [model.code for model in issued.models] == ["YT-6015", "YT-6016"]
    assert said["decision"]["countersigned_by"].startswith(world.people["head_of_body"].name)
    assert said["evaluation"]["reports"][0]["laboratory"] == "示例检测公司"
    assert said["body"]["approval_number"] == "CNCA-R-TEST-001"
    assert said["query"]["address"].endswith(f"/verify/{issued.number}")
    assert said["query"]["telephone"] == "025-00000001"


def test_what_is_stored_is_canonical_and_signed_by_the_body(app, world):
    issued = of(world.case("certified"))
    said = json.loads(issued.statement)
    assert statement.canonical(said) == issued.statement.encode()
    assert issued.digest == statement.digest(said)
    folder = app.config["KEY_DIR"]
    assert keys.verifies(folder, world.body.uscc, issued.signature, statement.signed_bytes(said))
    assert certificates.signature_holds(issued)


def test_the_validity_is_that_of_the_scheme(world):
    with clock.travel(date(2026, 2, 28)):
        assert of(world.case("certified")).valid_to == date(2029, 2, 27)


def test_the_whole_inventory_is_in_the_annex_with_its_factors(world):
    annex = json.loads(of(world.case("certified")).statement)["annex"]
    assert [row["name"] for row in annex["rows"]] == ["坯料", "烧成用天然气"]
    assert [row["emission"] for row in annex["rows"]] == ["3.45", "5"]
    assert annex["rows"][0]["factor"] | {"value": "3.45", "source": "企业实测"} == annex["rows"][0]["factor"]


@pytest.mark.parametrize(
    ("application_demo", "scheme_demo", "demo"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_a_certificate_that_rests_on_sample_data_is_marked(db, application_demo, scheme_demo, demo):
    world = World(demo=scheme_demo, limit_demo=False)
    case = world.case("granted")
    case.application.demo = application_demo
    case.to_certified()
    assert of(case).demo is demo


# Numbers


# guard 15
def test_numbers_are_counted_per_body_family_and_year(db, world):
    other = factories.organisation("certification_body")
    asked = [
        (world.body.id, "low_carbon", 2026),
        (world.body.id, "low_carbon", 2026),
        (world.body.id, "footprint_label", 2026),
        (world.body.id, "low_carbon", 2027),
        (other.id, "low_carbon", 2026),
    ]
    assert [issue.take_number(*series) for series in asked] == [
        f"LCP-32-{world.body.id:02d}-2026-00001",
        f"LCP-32-{world.body.id:02d}-2026-00002",
        f"CFP-32-{world.body.id:02d}-2026-00001",
        f"LCP-32-{world.body.id:02d}-2027-00001",
        f"LCP-32-{other.id:02d}-2026-00001",
    ]


def test_a_number_names_the_province_of_the_register(app, world, monkeypatch):
    monkeypatch.setitem(app.config, "REGION", "33")
    assert issue.take_number(world.body.id, "low_carbon", 2026).startswith("LCP-33-")


# guard 15
def test_bodies_that_issue_at_once_get_numbers_without_a_gap(app, db, world):
    """Two officers countersign three cases each, at the same moment."""
    cases = [world.case("granted").id for _ in range(6)]
    head, start, failures = world.actor("head_of_body"), Barrier(2), []
    db.session.commit()

    def countersign(mine: list[int]) -> None:
        try:
            with app.app_context():
                start.wait()
                for case_id in mine:
                    application = db.session.get(Application, case_id)
                    lifecycle.take(application, "countersign", head, signed=True)
                    db.session.commit()
                db.session.remove()
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=countersign, args=[cases[half::2]]) for half in (0, 1)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failures == []
    numbers = sorted(number for (number,) in db.session.query(Certificate.number))
    assert [int(number[-5:]) for number in numbers] == [1, 2, 3, 4, 5, 6]
    assert audit.verify() > 0


def after(module, name: str, wanted=lambda *_a, **_k: True):
    """Where the process dies: at the first call of `module.name` that is wanted, before it does anything."""

    def arm() -> None:
        real = getattr(module, name)

        def die(*arguments, **more):
            if wanted(*arguments, **more):
                os._exit(9)
            return real(*arguments, **more)

        setattr(module, name, die)

    return arm


def at_commit() -> None:
    from core.db import db

    db.session.commit = lambda: os._exit(9)


@pytest.mark.parametrize(
    "arm",
    [
        after(issue, "new_code"),
        after(keys, "sign"),
        after(audit, "record", lambda _actor, verb, *_a, **_k: verb == "certificate.issue"),
        after(events, "publish"),
        after(jobs, "enqueue"),
        at_commit,
    ],
    ids=["after-number", "after-statement", "after-row", "after-record", "after-event", "before-commit"],
)
def test_a_process_that_dies_while_issuing_leaves_nothing_behind(app, db, world, arm):
    case, head = world.case("granted"), world.actor("head_of_body")
    case_id = case.id
    db.session.commit()
    leave()  # a connection must not be shared with the process that dies
    assert dies(lambda: issue_in_full(app, case_id, head), arm) == 9
    assert db.session.query(Certificate).count() == 0
    numbers = db.session.query(NumberSeries).filter(NumberSeries.series.in_(SERIES))
    assert numbers.count() == 0
    application = db.session.get(Application, case_id)
    assert application.state == "granted"
    lifecycle.take(application, "countersign", head, signed=True)
    assert certificates.number_of(case_id).endswith("-00001")


def dies(work, arm) -> int:
    """Do `work` in a process of its own that was armed before; return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            arm()
            work()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def issue_in_full(app, case_id: int, head) -> None:
    from core.db import db

    with app.app_context():
        application = db.session.get(Application, case_id)
        lifecycle.take(application, "countersign", head, signed=True)
        db.session.commit()


# Codes


def test_codes_use_no_letter_that_is_misread():
    codes = {issue.new_code() for _ in range(300)}
    assert len(codes) == 300
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("OILU")


# What stands in the way


# guard 9
@pytest.mark.parametrize("lack", [{"rows": []}, {"stages": {}}])
def test_a_certificate_without_its_carbon_inventory_is_not_issued(world, monkeypatch, lack):
    whole = issue._footprint
    monkeypatch.setattr(issue, "_footprint", lambda application: whole(application) | lack)
    with pytest.raises(Unmet) as refused:
        world.case("granted").to_certified()
    assert refused.value.detail["items"] == ["inventory"]


def test_a_certificate_that_would_lack_an_item_is_not_issued(db, world):
    world.body.telephone = ""
    with pytest.raises(Unmet) as refused:
        world.case("granted").to_certified()
    assert (refused.value.slug, refused.value.detail["items"]) == ("certificate-item-missing", ["query"])
    db.session.rollback()
    assert db.session.query(Certificate).count() == 0


def stored_before(db, row, **facts) -> None:
    """As an earlier version let it in: past the door of the column."""
    table = type(row).__table__
    db.session.flush()
    db.session.execute(update(table).where(table.c.id == row.id).values(**facts))
    db.session.refresh(row)


def test_a_letter_the_font_lacks_is_named_and_nothing_is_issued(db, world):
    case = world.case("granted")
    stored_before(db, case.application, product_name="抛釉砖𓀀")
    with pytest.raises(Invalid) as refused:
        case.to_certified()
    assert (refused.value.slug, refused.value.detail["characters"]) == ("glyph-missing", ["𓀀（U+13000）"])


# guard 8
def test_a_certificate_is_not_issued_before_its_decision(world):
    case = world.case("granted")
    with travel(today() - timedelta(days=1)), pytest.raises(Unmet, match="issue-before-decision"):
        case.to_certified()


def test_the_system_alone_issues(world):
    case = world.case("granted")
    for role in ("head_of_body", "decision_maker", "applicant"):
        with pytest.raises(Exception, match="role-not-held"):
            lifecycle.take(case.application, "issue", world.actor(role))
    with pytest.raises(Exception, match="step-out-of-order"):
        lifecycle.take(case.application, "issue", SYSTEM)


# What follows


def test_those_above_are_told_in_the_same_transaction(monkeypatch, world):
    told = []
    monkeypatch.setitem(events._listeners, CertificateIssued, [told.append])
    issued = of(world.case("certified"))
    [event] = told
    assert (event.certificate_id, event.number) == (issued.id, issued.number)
    assert event.models == ("YT-6015", "YT-6016")
    assert [(stage, str(value)) for stage, value in event.stages] == [
        ("raw_material", "3.45"),
        ("manufacturing", "5"),
    ]
    assert str(event.limit) == "10.80"


def test_the_picture_is_a_job_after_the_commit(db, world):
    issued = of(world.case("certified"))
    [job] = db.session.query(jobs.Job).filter_by(kind="certificate.draw")
    assert (job.payload, issued.document) == ({"certificate_id": issued.id}, None)


def test_the_record_names_number_and_digest(db, world):
    issued = of(world.case("certified"))
    [entry] = db.session.query(audit.Entry).filter_by(verb="certificate.issue")
    assert json.loads(entry.data)["digest"] == issued.digest
    assert entry.subject == f"certificate/{issued.id}"


def test_every_letter_of_the_statement_is_looked_up_in_the_font():
    assert fonts.undrawable(["低碳 CO2 m² ²³×～\n\t", "砼垚龘"]) == ""
    assert fonts.undrawable(["a₂", "🙂₂"]) == "₂🙂"
