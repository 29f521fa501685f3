"""The register leaves the house with the national columns, whole, and only to whom it belongs."""

import csv
import io
import json
from datetime import timedelta

import pytest

from certification.application.operations.applications import update_application
from certification.certificate.models import StatusAct
from certification.certificate.queries import exports
from core import lifecycle
from core.clock import today
from tests import factories
from tests.certification.acts.test_acts import certified

pytestmark = pytest.mark.engines("order")


def read(content: bytes) -> list[dict]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def coded(code: str) -> str:
    """A code that happens to be all digits ends with a tab, lest Excel make a number of it."""
    return f"{code}\t" if code.isdecimal() else code


def test_a_body_exports_its_certificates_with_every_column(world, browser):
    case, certificate = certified(world)
    until = today() + timedelta(days=90)
    facts = {"cause": "misuse", "reason": "误用标志。", "until": until}
    lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
    answer = browser("case_officer").get("/certification/register/certificates.csv", buffered=True)
    assert answer.headers["X-Total-Count"] == "1"
    [row] = read(answer.data)
    assert list(row) == list(exports.head().values())
    expected = {
        "证书编号": certificate.number,
        "证书状态代码": "02\t",
        "证书状态": "暂停",
        "颁证日期": certificate.issued_on.isoformat(),
        "证书到期日期": certificate.valid_to.isoformat(),
        "规格型号": "YT-6015 600×1200；YT-6016",
        "委托人组织名称": world.maker.name,
        "委托人统一社会信用代码": coded(world.maker.uscc),
        "生产企业地址": world.maker.address,
        "发证机构批准号": "CNCA-R-TEST-001",
        "暂停原因": "误用标志。",
        "暂停截止日期": until.isoformat(),
        "监督次数": "0",
        "再认证次数": "0",
        "演示数据": "是",
    }
    assert {title: row[title] for title in expected} == expected


def test_the_same_is_given_as_json_with_its_total(world, browser):
    certified(world)
    certified(world)
    answer = browser("applicant").get("/certification/register/certificates.json", buffered=True).json
    assert (answer["total"], len(answer["items"])) == (2, 2)
    assert list(answer["items"][0]) == list(exports.head())


def test_one_certificate_can_be_exported_alone(world, browser):
    number, _other = (certified(world)[1].number for _ in range(2))
    page = f"/certification/register/certificates.json?number={number}"
    [item] = browser("case_officer").get(page, buffered=True).json["items"]
    assert item["number"] == number


def test_a_body_never_exports_the_certificates_of_another(world, app, sign_in):
    certified(world)
    other = factories.user(factories.organisation("certification_body"), "case_officer")
    page = sign_in(app.test_client(), other)
    assert page.get("/certification/register/certificates.json", buffered=True).json == {
        "total": 0,
        "items": [],
    }
    laboratory = sign_in(app.test_client(), world.people["tester"])
    assert laboratory.get("/certification/register/certificates.csv", buffered=True).status_code == 403


def test_text_that_a_spreadsheet_would_run_is_quoted(world, browser):
    case = world.case("draft")
    update_application(
        case.application, world.actor("applicant"), case.application.version, product_name="=1+1"
    )
    case.to("certified")
    [row] = read(browser("applicant").get("/certification/register/certificates.csv", buffered=True).data)
    assert row["产品名称"] == "'=1+1"


def test_the_page_states_the_total_and_the_rules_of_keeping(world, browser):
    certified(world)
    text = browser("case_officer").get("/certification/register/").text
    assert "共 1 张证书" in text
    assert "ISO/IEC 17065 7.12" in text


def test_the_command_writes_the_whole_register(world, db, command, tmp_path):
    certified(world)
    for kind, count in (
        ("csv", lambda text: len(read(text))),
        ("json", lambda text: json.loads(text)["total"]),
    ):
        file = tmp_path / f"register.{kind}"
        assert "1 certificates" in command("certification", "export-register", str(file), "--format", kind)
        assert count(file.read_bytes()) == 1


def test_the_regulator_exports_everything_and_leaves_a_trace(world, db, app, sign_in):
    from sqlalchemy import select

    from core.audit import Entry

    certified(world)
    user = factories.user(factories.organisation("regulator"), "regulator")
    answer = sign_in(app.test_client(), user).get("/oversight/register.json", buffered=True)
    assert answer.json["total"] == 1
    assert "register" in db.session.scalars(select(Entry.subject).where(Entry.verb == "oversight.read")).all()


DOORS = {
    "/certification/register/certificates.csv": ("certification_body", "case_officer"),
    "/certification/register/certificates.json": ("certification_body", "case_officer"),
    "/oversight/register.csv": ("regulator", "regulator"),
    "/oversight/register.json": ("regulator", "regulator"),
}


@pytest.fixture
def breaks_off(monkeypatch):
    """The second certificate cannot be written."""
    given = []

    def reported_on(certificate, _said):
        given.append(certificate)
        if len(given) > 1:
            raise RuntimeError("the second one breaks")
        return today()

    columns = [
        (slug, title, reported_on if slug == "reported_on" else value)
        for slug, title, value in exports.COLUMNS
    ]
    monkeypatch.setattr(exports, "COLUMNS", columns)


@pytest.mark.parametrize("door", DOORS)
def test_an_export_that_fails_halfway_is_an_error_and_no_file(world, app, sign_in, breaks_off, door):
    certified(world)
    certified(world)
    kind, role = DOORS[door]
    if kind == "regulator":
        user = factories.user(factories.organisation(kind), role)
    else:
        user = world.people[role]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = sign_in(app.test_client(), user).get(door, buffered=True)
    assert answer.status_code == 500
    assert "X-Total-Count" not in answer.headers


def test_a_command_that_fails_halfway_leaves_the_former_file(world, breaks_off, command, tmp_path):
    certified(world)
    certified(world)
    file = tmp_path / "exports" / "register.csv"
    file.parent.mkdir()
    file.write_text("of yesterday")
    with pytest.raises(RuntimeError):
        command("certification", "export-register", str(file))
    assert file.read_text() == "of yesterday"
    assert list(file.parent.iterdir()) == [file]


def test_a_superseded_certificate_is_in_the_export(world, browser, db):
    """Its certificate of succession came; the register says so, and does not break off."""
    _case, old = certified(world)
    certified(world)
    facts = {"on": today(), "cause": "recertified", "reason": "由新证书接替", "entered_by": "system"}
    old.acts.append(StatusAct(kind="supersede", **facts))
    db.session.commit()
    answer = browser("case_officer").get("/certification/register/certificates.csv", buffered=True)
    assert [row["证书状态"] for row in read(answer.data)] == ["由新证书接替", "有效"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
