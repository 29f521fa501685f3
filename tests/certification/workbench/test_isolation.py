"""Several bodies, laboratories and applicants work side by side and never see each other's cases.

The doors are read from the app itself: a new one is asked as soon as it exists.
"""

import io
import re

import openpyxl
import pytest

from accounts.actor import ROLES
from certification.acts.models import WrittenAct
from certification.certificate.models import Certificate
from certification.clocks.models import Clock
from certification.workbench.models import SavedView
from certification.workbench.operations import keep_view
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations import drop_row
from core.db import db
from registers.models import Registration
from tests import factories
from tests.certification.workbooks import workbooks
from tests.certification.world import Case
from tests.support.kept import begun

PRODUCT = "不可外传的产品"
ARGUMENT = re.compile(r"<(?:([a-z]+)(\([^)]*\))?:)?(\w+)>")
# Doors whose number names nothing of a case: whoever they are for is tested where they are built.
ELSEWHERE = re.compile(
    r"accounts\.|accounts_|procurement|catalog|carbon|core\.|public_|certification_public|static|brought\."
    r"|oversight\.|api\.|notices\."
)


@pytest.fixture
def secret(world):
    """A case that has been everywhere: uploads, files, findings, samples, reports, clocks, a certificate."""
    return begun(
        ("been everywhere",),
        lambda: everywhere(world),
        lambda case: case.id,
        lambda id: Case.found(world, id, {}),
    )


def everywhere(world) -> Case:
    case = world.case("draft")
    case.application.product_name = PRODUCT
    actor = world.actor("applicant")
    book = openpyxl.load_workbook(io.BytesIO(sheets.template(case.application, INVENTORY, None)))
    sheet = book.worksheets[0]
    sheet["A7"], sheet["B7"], sheet["C7"] = "生产制造", "密", "x"
    content = io.BytesIO()
    book.save(content)
    drop_row(workbooks.upload(case, actor, content.getvalue()).waiting[0], actor)
    case.fill("8.45")
    case.to("evaluating")
    finding = case.raise_finding()
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    case.to("certified")
    keep_view(world.actor("case_officer"), "cases", "不可外传的视图", {})
    db.session.commit()
    return case


def values(case) -> dict[str, object]:
    """One value for every name that stands in an address; what a name means may depend on its door."""
    application = case.application
    return {
        "case_id": case.id,
        "application_id": case.id,
        "finding_id": application.nonconformities[0].id,
        "sample_id": application.samples[0].id,
        "report_id": application.reports[0].id,
        "file_id": application.files[0].id,
        "upload_id": first(SheetUpload).id,
        "row_id": first(SheetRow).id,
        "clock_id": first(Clock).id,
        "certificate_id": first(Certificate).id,
        "number": first(Certificate).number,
        "entry_id": first(Registration).id,
        "view_id": first(SavedView).id,
    }


def first(model):
    return db.session.query(model).order_by(model.id).first()


def doors(app, case, methods=("GET",)):
    """(endpoint, method, address) of every door into a case, with the numbers of this one put in."""
    known = values(case)
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if is_list(rule) or ELSEWHERE.match(rule.endpoint) or getattr(view, "is_public", False):
            continue
        address = ARGUMENT.sub(lambda match, at=rule: filled(match, at, case, known), rule.rule)
        for method in rule.methods & set(methods):
            yield rule.endpoint, method, address


def is_list(rule) -> bool:
    """Nothing in its address names one thing: at most it chooses between some lists."""
    return all(kind == "any" for kind, _choices, _name in ARGUMENT.findall(rule.rule))


def first_of(rule) -> str:
    return ARGUMENT.sub(lambda match: match[2].strip("()").split(",")[0].strip(), rule.rule)


def filled(match, rule, case, known) -> str:
    kind, choices, name = match.groups()
    if kind == "any":
        return choices.strip("()").split(",")[0].strip()
    if name == "number" and rule.endpoint.startswith("acts."):
        act = first(WrittenAct)
        return act.number if act else "x"
    if name == "number" and rule.endpoint.startswith("submissions."):
        return "1"
    if name == "subject_id":
        return str(known["sample_id" if "sample" in rule.rule else "finding_id"])
    if kind is None and name not in known:
        return {"variant": "full", "step": "submit", "secret": "x", "function": "review"}.get(name, "x")
    return str(known.get(name, 1))


STRANGERS = {
    "body": "certification_body",
    "laboratory": "testing_body",
    "applicant": "manufacturer",
    "purchasing unit": "purchasing_unit",
}


def stranger(app, sign_in, kind: str):
    """Somebody of another organisation of this kind who holds every role there is in it."""
    user = factories.user(factories.organisation(kind), *ROLES[kind])
    return sign_in(app.test_client(), user)


# ask 34
@pytest.mark.parametrize("who", STRANGERS)
def test_no_door_into_a_case_opens_for_a_stranger(app, secret, sign_in, who):
    browser = stranger(app, sign_in, STRANGERS[who])
    opened = []
    for endpoint, method, address in doors(app, secret):
        answer = browser.open(address, method=method, follow_redirects=True, buffered=True)
        if answer.status_code not in (401, 403, 404):
            opened.append((endpoint, address, answer.status_code))
    assert opened == []


# ask 34
@pytest.mark.parametrize("who", STRANGERS)
def test_no_step_on_a_case_is_taken_by_a_stranger(app, secret, sign_in, who):
    browser, taken = stranger(app, sign_in, STRANGERS[who]), []
    for endpoint, method, address in doors(app, secret, ("POST", "PUT", "PATCH", "DELETE")):
        answer = browser.open(address, method=method, data={"version": "1"})
        if answer.status_code not in (401, 403, 404):
            taken.append((endpoint, method, address, answer.status_code))
    assert taken == []


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_names_the_case_of_a_stranger(app, secret, sign_in, who):
    browser, named = stranger(app, sign_in, STRANGERS[who]), []
    marks = (PRODUCT, secret.application.number, first(Certificate).number)
    for rule in app.url_map.iter_rules():
        public = getattr(app.view_functions[rule.endpoint], "is_public", False)
        if not is_list(rule) or public or "GET" not in rule.methods:
            continue
        page = browser.get(first_of(rule), follow_redirects=True, buffered=True).data
        named += [(rule.endpoint, mark) for mark in marks if mark.encode() in page]
    assert named == []


def test_the_doors_do_open_for_those_they_are_for(app, secret, world, sign_in):
    """The other half: a door that nobody passes would be tested in vain."""
    people = [
        factories.user(world.maker, "applicant", "organisation_admin"),
        factories.user(world.body, *ROLES["certification_body"]),
        factories.user(world.laboratory, *ROLES["testing_body"]),
    ]
    db.session.commit()
    browsers = [sign_in(app.test_client(), person) for person in people]
    known = [(endpoint, address) for endpoint, _method, address in doors(app, secret) if endpoint in OPENED]
    opened = {
        endpoint for endpoint, address in known if any(look(browser, address) == 200 for browser in browsers)
    }
    assert OPENED - opened == set()


def look(browser, address: str) -> int:
    return browser.get(address, follow_redirects=True, buffered=True).status_code


OPENED = {
    "certification.show",
    "certification.answers",
    "certification.clone",
    "certification.evidence",
    "certification.file",
    "certification.inventory",
    "certification.sheet",
    "certification.sheet_refused",
    "certification_api.application",
    "certification_api.nonconformity",
    "certification_api.sample",
    "certificates.show",
    "clocks.why",
    "laboratory.sample",
    "reviews.show",
    "submissions.show",
}


# What each of the parties sees of a case: the applicant's page, the workbench, the sample's page, the
# regulator's page.
SEES = {
    "applicant": (200, 403, 403, 403),
    "case_officer": (302, 200, 403, 403),
    "tester": (404, 403, 200, 403),
    "regulator": (404, 403, 403, 200),
}


# ask 34
@pytest.mark.parametrize("role", SEES)
def test_each_party_sees_its_own_side_of_a_case(app, world, secret, sign_in, role):
    person = world.people.get(role) or factories.user(factories.organisation("regulator"), "regulator")
    browser = sign_in(app.test_client(), person)
    addresses = (
        f"/certification/applications/{secret.id}",
        f"/certification/reviews/{secret.id}",
        f"/certification/laboratory/samples/{secret.application.samples[0].id}",
        f"/oversight/cases/{secret.id}",
    )
    assert tuple(browser.get(address).status_code for address in addresses) == SEES[role]
