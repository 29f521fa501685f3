"""Registers of bodies, laboratories and people: entries are added and ended, never overwritten."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from core import clock
from core.audit import Entry
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from registers import operations as registers
from registers.models import BodyScope, LaboratoryScope, RegisterAct, Registration, Training
from registers.numbers import check_cnas
from registers.queries import entries
from tests import factories

pytestmark = pytest.mark.engines("order")

DATES = {"valid_from": date(2026, 1, 1), "valid_to": date(2029, 12, 31)}
CMA = "261002110042"
REGISTERS = "/certification/registers"


def enter_person(keeper, user, body, **more):
    facts = {"number": f"R-{user.id}", "grade": "verifier", "families": ["low_carbon"], **DATES} | more
    return registers.enter_person(keeper, user_id=user.id, body_id=body.id, **facts)


def slug_of(act) -> tuple[str, dict]:
    with pytest.raises(Invalid) as no:
        act()
    return no.value.slug, no.value.fields


# Adding


def test_a_body_is_approved_for_schemes_on_its_dates(keeper, body):
    rows = registers.enter_body(
        keeper, body_id=body.id, approval_number="CNCA-R-TEST-9", schemes=["lc-a", "lc-b"], **DATES
    )
    assert [row.scheme_code for row in rows] == ["lc-a", "lc-b"]
    assert not rows[0].valid_on(date(2025, 12, 31))
    assert db.session.query(RegisterAct).filter_by(register="bodies", act="enter").count() == 2
    assert db.session.query(Entry).filter_by(verb="register.enter").count() == 2


def test_a_laboratory_is_entered_with_a_number_that_can_be_one(keeper, laboratory):
    [row] = registers.enter_laboratory(
        keeper, laboratory_id=laboratory.id, cma_number=f" {CMA} ", methods=["GB/T 1", "GB/T 1"], **DATES
    )
    assert (row.cma_number, row.method) == (CMA, "GB/T 1")


@pytest.mark.parametrize(
    ("number", "slug"),
    [("2610021100", "cma-number-malformed"), ("263202110001", "cma-authority-unknown"),
     ("261099110001", "cma-field-unknown"), ("261002110000", "cma-number-malformed")],
)  # fmt: skip
def test_a_cma_number_of_another_structure_is_refused_at_its_field(keeper, laboratory, number, slug):
    def act():
        registers.enter_laboratory(
            keeper, laboratory_id=laboratory.id, cma_number=number, methods=["GB/T 1"], **DATES
        )

    assert slug_of(act) == (slug, {"cma_number": slug})


def test_a_cma_approval_lasts_six_years_at_most(keeper, laboratory):
    def act(valid_to):
        return registers.enter_laboratory(
            keeper, laboratory_id=laboratory.id, cma_number=CMA, methods=["GB/T 1"],
            valid_from=date(2026, 1, 1), valid_to=valid_to,
        )  # fmt: skip

    assert slug_of(lambda: act(date(2032, 1, 1)))[0] == "cma-valid-too-long"
    assert act(date(2031, 12, 31))


@pytest.mark.parametrize(
    ("given", "kept"),
    [("cnas l12345", "CNAS L12345"), ("CNASC123-P", "CNAS C123-P"), ("CNAS IB0123", "CNAS IB0123")],
)
def test_a_cnas_number_is_kept_as_it_is_printed(given, kept):
    assert check_cnas(given) == kept


@pytest.mark.parametrize("number", ["", "L12345", "CNAS 123", "CNAS LL1", "CNAS L123456"])
def test_what_is_no_cnas_number_is_refused(number):
    with pytest.raises(Invalid) as no:
        check_cnas(number)
    assert no.value.slug == "cnas-number-malformed"


def test_an_accreditation_is_a_record_of_its_own(keeper, laboratory):
    row = registers.enter_accreditation(
        keeper, organisation_id=laboratory.id, number="CNAS L12345", scope="建筑材料检测", **DATES
    )
    assert row.valid_on(date(2026, 6, 1))


# guard 3
def test_one_person_practises_in_one_body_only(keeper, body, verifier):
    other = factories.organisation("certification_body")
    enter_person(keeper, verifier, body)
    from accounts.models import Membership

    db.session.add(Membership(user_id=verifier.id, organisation_id=other.id))
    db.session.flush()
    slug, fields = slug_of(lambda: enter_person(keeper, verifier, other))
    assert (slug, fields) == ("person-registered-elsewhere", {"person": "person-registered-elsewhere"})
    later = {"valid_from": date(2030, 1, 1), "valid_to": date(2032, 1, 1)}
    assert enter_person(keeper, verifier, other, **later)


def test_a_person_is_registered_for_each_family_and_renewed_under_the_same_number(keeper, body, verifier):
    both = enter_person(keeper, verifier, body, families=["low_carbon", "footprint_label"])
    assert len(both) == 2
    later = {"valid_from": date(2030, 1, 1), "valid_to": date(2033, 1, 1)}
    assert enter_person(keeper, verifier, body, **later)[0].number == both[0].number


@pytest.mark.parametrize(
    ("more", "slug", "field"),
    [
        ({"number": " "}, "value-missing", "number"),
        ({"families": []}, "value-missing", "families"),
        ({"valid_to": date(2025, 1, 1)}, "dates-out-of-order", "valid_to"),
        ({"valid_from": None}, "value-missing", "valid_from"),
    ],
)
def test_what_is_missing_is_said_at_its_field(keeper, body, verifier, more, slug, field):
    assert slug_of(lambda: enter_person(keeper, verifier, body, **more)) == (slug, {field: slug})


def test_the_same_is_not_entered_twice_for_the_same_days(keeper, body, verifier):
    enter_person(keeper, verifier, body)
    assert slug_of(lambda: enter_person(keeper, verifier, body))[0] == "register-overlap"


def test_a_number_names_one_holder_for_good(keeper, body, verifier, laboratory):
    enter_person(keeper, verifier, body, number="X-1")
    colleague = factories.user(body, "verifier")
    assert slug_of(lambda: enter_person(keeper, colleague, body, number="X-1"))[0] == "register-number-taken"


def test_a_person_is_of_the_body_and_a_body_is_a_body(keeper, body, laboratory):
    stranger = factories.user(laboratory, "tester")
    assert slug_of(lambda: enter_person(keeper, stranger, body))[0] == "person-not-of-the-body"
    act = {"approval_number": "N", "schemes": ["lc-a"], **DATES}
    slug, _fields = slug_of(lambda: registers.enter_body(keeper, body_id=laboratory.id, **act))
    assert slug == "organisation-of-another-kind"


# Ending


def test_an_entry_is_ended_from_today_on_and_its_past_stays(keeper, body, verifier):
    [row] = enter_person(keeper, verifier, body)
    registers.end_entry(keeper, "people", row, clock.today(), "调离")
    assert row.valid_on(clock.today())
    assert not row.valid_on(clock.today() + timedelta(days=1))
    act = db.session.query(RegisterAct).filter_by(act="end").one()
    assert (act.former_end, act.reason, act.entered_by) == (DATES["valid_to"], "调离", keeper.label)
    assert db.session.query(Registration).count() == 1


@pytest.mark.parametrize(
    ("on", "reason", "slug"),
    [
        (DATES["valid_from"] - timedelta(days=1), "x", "ends-before-it-began"),
        (None, "x", "ends-before-it-began"),
        (date(2029, 12, 31), "x", "entry-ends-anyway"),
        (date(2029, 1, 1), " ", "reason-missing"),
    ],
)
def test_an_ending_that_cannot_be_or_says_no_reason_is_refused(keeper, body, verifier, on, reason, slug):
    [row] = enter_person(keeper, verifier, body)
    assert slug_of(lambda: registers.end_entry(keeper, "people", row, on, reason))[0] == slug
    assert row.valid_to == DATES["valid_to"]


def test_a_keeper_records_an_end_that_is_past_with_both_its_days(keeper, body, verifier):
    [row] = enter_person(keeper, verifier, body)
    last = max(row.valid_from, clock.today() - timedelta(days=7))
    registers.end_entry(keeper, "people", row, last, "注销")
    assert not row.valid_on(last + timedelta(days=1))
    act = db.session.query(RegisterAct).filter_by(act="end").one()
    assert (row.valid_to, clock.day_of(act.entered_at)) == (last, clock.today())


# guard 4
def test_a_scope_that_was_ended_no_longer_lets_its_body_accept(world):
    from certification.workflow.application import body_in_scope

    case = world.case("submitted").application
    keeper = factories.actor("regulator", "regulator")
    scope = db.session.query(BodyScope).one()
    registers.end_entry(keeper, "bodies", scope, clock.today(), "缩小范围")
    assert body_in_scope(case, None) is None
    with clock.travel(clock.today() + timedelta(days=1)):
        assert body_in_scope(case, None) == "body-out-of-scope"


# Who may


@pytest.mark.parametrize(
    ("kind", "role"),
    [("regulator", "list_editor"), ("certification_body", "organisation_admin"),
     ("testing_body", "organisation_admin"), ("manufacturer", "applicant")],
)  # fmt: skip
def test_only_the_regulator_keeps_the_registers(db, body, kind, role):
    actor = factories.actor(kind, role)
    act = {"body_id": body.id, "approval_number": "N", "schemes": ["a"], **DATES}
    with pytest.raises(NotPermitted) as no:
        registers.enter_body(actor, **act)
    assert no.value.slug == "register-not-yours"
    assert db.session.query(BodyScope).count() == 0


def train(actor, user, **more):
    facts = {"course": "产品碳足迹核查", "provider": "示例培训中心", "hours": 16,
             "valid_from": date(2026, 3, 1), "valid_to": date(2028, 2, 29)}  # fmt: skip
    return registers.enter_training(actor, user_id=user.id, **facts | more)


def test_a_body_records_the_training_of_its_own_people_with_its_expiry(body, verifier):
    boss = factories.user(body, "organisation_admin").memberships[0].actor()
    assert train(boss, verifier).body_id == body.id
    stranger = factories.user(factories.organisation("certification_body"), "verifier")
    assert slug_of(lambda: train(boss, stranger))[0] == "person-not-of-the-body"
    assert slug_of(lambda: train(boss, verifier, hours=0, course="另一门"))[0] == "hours-not-positive"
    assert slug_of(lambda: train(boss, verifier, valid_from=date(2027, 1, 1)))[0] == "date-in-the-future"
    with pytest.raises(NotPermitted):
        train(verifier.memberships[0].actor(), verifier)


def test_a_body_ends_only_the_training_records_of_its_own(body, verifier):
    boss = factories.user(body, "organisation_admin").memberships[0].actor()
    row = train(boss, verifier)
    other = factories.actor("certification_body", "organisation_admin")
    with pytest.raises(NotPermitted):
        registers.end_entry(other, "training", row, clock.today(), "x")
    yesterday = clock.today() - timedelta(days=1)
    before = slug_of(lambda: registers.end_entry(boss, "training", row, yesterday, "证书作废"))
    assert before == ("ends-in-the-past", {"on": "ends-in-the-past"})
    registers.end_entry(boss, "training", row, clock.today(), "证书作废")
    assert db.session.get(Training, row.id).valid_to == clock.today()


def test_bodies_and_laboratories_read_only_their_own(keeper, body, verifier):
    enter_person(keeper, verifier, body)
    other = factories.organisation("certification_body")
    enter_person(keeper, factories.user(other, "verifier"), other)
    reader = factories.user(body, "case_officer").memberships[0].actor()
    assert [entry.holder for entry in entries.entries(reader, "people")] == [body.name]
    assert len(entries.entries(keeper, "people")) == 2
    foreign = db.session.query(Registration).filter_by(body_id=other.id).one()
    with pytest.raises(NotFound, match="register-entry-not-found"):
        entries.entry(reader, "people", foreign.id)
    for register in ("people", "training", "bodies"):
        with pytest.raises(NotPermitted):
            entries.entries(factories.actor("testing_body", "tester"), register)


# The pages


@pytest.fixture
def sitting(app, office, sign_in):
    return sign_in(app.test_client(), factories.user(office, "regulator", "administrator"))


def test_the_keeper_enters_and_ends_through_the_pages(sitting, body, verifier):
    address = f"{REGISTERS}/people/new"
    assert verifier.name in sitting.get(address).text
    fields = {"person": f"{verifier.id}-{body.id}", "number": "R-77", "grade": "verifier",
              "families": ["low_carbon"], "valid_from": "2026-01-01", "valid_to": "2029-12-31"}  # fmt: skip
    wrong = sitting.post(address, data=fields | {"valid_to": "2020-01-01"})
    assert wrong.status_code == 422
    assert "日期先后不对" in wrong.text
    assert "R-77" in wrong.text
    assert sitting.post(address, data=fields).status_code == 303
    assert "R-77" in sitting.get(f"{REGISTERS}/people").text
    row = db.session.query(Registration).one()
    ending = f"{REGISTERS}/people/{row.id}/end"
    assert "R-77" in sitting.get(ending).text
    assert sitting.post(ending, data={"on": "2020-01-01", "reason": "x"}).status_code == 422
    day = clock.today().isoformat()
    assert sitting.post(ending, data={"on": day, "reason": "调离"}).status_code == 303
    page = sitting.get(f"{REGISTERS}/people?q=R-77").text
    assert "原到 2029-12-31：调离" in page


@pytest.mark.parametrize(
    ("register", "fields", "model"),
    [
        ("bodies", {"approval_number": "N-1", "schemes": ["lc-tile"]}, BodyScope),
        ("laboratories", {"cma_number": CMA, "known_methods": ["GB/T 3810.3"], "methods": "GB/T 9\n"},
         LaboratoryScope),
    ],
)  # fmt: skip
def test_bodies_and_laboratories_are_entered_through_the_pages(sitting, world, register, fields, model):
    field, kind = {"bodies": ("body_id", "certification_body"),
                   "laboratories": ("laboratory_id", "testing_body")}[register]  # fmt: skip
    before = db.session.query(model).count()
    holder = factories.organisation(kind)
    fields = fields | {field: holder.id, "valid_from": "2026-01-01", "valid_to": "2029-12-31"}
    assert sitting.post(f"{REGISTERS}/{register}/new", data=fields).status_code == 303
    assert db.session.query(model).count() > before


def test_a_reader_finds_no_button_and_no_door(app, sign_in, body, verifier):
    browser = sign_in(app.test_client(), factories.user(body, "case_officer"))
    assert "新增登记" not in browser.get(f"{REGISTERS}/people").text
    assert browser.get(f"{REGISTERS}/people/new").status_code == 403
    assert browser.get(f"{REGISTERS}/laboratories").status_code == 403
    assert browser.get(f"{REGISTERS}/").location == f"{REGISTERS}/bodies"


def test_a_manufacturer_reads_no_register(app, db, sign_in):
    maker = factories.user(factories.organisation("manufacturer"), "applicant")
    assert sign_in(app.test_client(), maker).get(f"{REGISTERS}/").status_code == 403


def test_the_register_leaves_as_a_table_with_its_total(sitting, keeper, body, verifier):
    enter_person(keeper, verifier, body)
    answer = sitting.get(f"{REGISTERS}/people.xlsx")
    assert answer.headers["X-Total-Count"] == "1"
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet.cell(2, 2).value == verifier.name
    assert sitting.get(f"{REGISTERS}/people.csv").data.startswith(b"\xef\xbb\xbf")


def test_anybody_may_read_who_certifies_and_tests_today(client, world):
    page = client.get("/registers/").text
    assert "示例认证中心" in page
    assert "GB/T 3810.3" in page
    db.session.query(BodyScope).update({"valid_to": clock.today() - timedelta(days=1)})
    assert "CNCA-R-TEST-001" not in client.get("/registers/").text
