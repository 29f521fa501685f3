"""Every submission is a kept version, and what changed between two of them is told field by field."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from certification.application import differences
from certification.application.models import Submission
from certification.application.operations import submissions
from certification.application.operations.applications import save_inventory, update_application
from certification.application.operations.documents import attach_file, remove_file
from certification.application.operations.submissions import CELLS, HEAD, snapshot
from certification.evaluation.models import Decision
from core.db import db
from core.errors import OutOfOrder
from core.words import sentence
from tests.certification.application.test_corrections import answer_all, points_on
from tests.certification.world import PDF, World, reload

pytestmark = pytest.mark.engines("types")

HOME = "/certification/"
ROW = dict.fromkeys(CELLS, "") | {"stage": "manufacturing", "name": "天然气", "quantity": "1600"}


def row(**values) -> dict:
    return ROW | values


def version(**values) -> dict:
    """A version in which everything is as plain as can be."""
    party = {"name": "云陶", "uscc": "", "address": "1 号"}
    return {
        "producer": party,
        "factory": party | {"region": "320282"},
        "product_name": "砖",
        "product_name_en": "",
        "trademark": "",
        "series": "",
        "models": [{"code": "A", "specification": "600"}],
        "inventory": {"head": dict.fromkeys(HEAD, "1"), "rows": [row()], "system": None},
        "footprint": None,
        "files": [{"id": 1, "kind": "business_licence", "name": "a.pdf", "digest": "a", "size": 1}],
        **values,
    }


def with_rows(*rows: dict) -> dict:
    return version(inventory=version()["inventory"] | {"rows": list(rows)})


@pytest.fixture
def twice(world):
    """A case handed in, corrected in four places and handed in again."""
    case = world.case("submitted")
    anchors = ("factory.address", "models", "inventory.row:1", "file:business_licence")
    case.take("correct", "application_reviewer", points=points_on(*anchors))
    application, actor = case.application, world.actor("applicant")
    facts = {"factory": {"address": "2 号"}, "models": [{"code": "YT-6015"}, {"code": "YT-6017"}]}
    update_application(application, actor, application.version, **facts)
    former = next(file for file in application.current_files if file.kind == "business_licence")
    remove_file(application, actor, former.id)
    attach_file(application, actor, "business_licence", BytesIO(PDF + b"%"), "新执照.pdf")
    stored = submissions.inventory(application.inventory)
    rows = [{**line, "quality": line["quality"]} for line in stored["rows"]]
    rows[1]["quantity"] = "0.9"
    head = {"output_amount": "1", "output_unit": "m2"}
    save_inventory(application, actor, head, rows, application.inventory.version)
    answer_all(case)
    case.take("resubmit", "applicant")
    return case


# Versions


# ask 11
def test_every_submission_is_kept_word_for_word_the_first_one_too(twice):
    first, second = twice.application.submissions
    assert [(kept.number, kept.step) for kept in (first, second)] == [(1, "submit"), (2, "resubmit")]
    assert first.content["factory"]["address"] == "宜兴某路 1 号"
    assert second.content["factory"]["address"] == "2 号"
    assert [row["quantity"] for row in first.content["inventory"]["rows"]] == ["1", "1"]
    assert first.content["files"][1]["digest"] != second.content["files"][1]["digest"]
    assert [answer["answer"] for answer in second.content["answers"]] == ["已改"] * 4
    assert first.submitted_by == twice.world.actor("applicant").label
    assert second.content == snapshot(twice.application)


def test_a_version_carries_the_digest_of_what_it_says(twice):
    import hashlib

    for kept in twice.application.submissions:
        assert kept.digest == hashlib.sha256(kept.document.encode()).hexdigest()


@pytest.mark.parametrize("deed", ["document", "submitted_by", "delete"])
def test_nothing_changes_a_version(twice, deed):
    kept = twice.application.submissions[0]
    if deed == "delete":
        db.session.delete(kept)
    else:
        setattr(kept, deed, "anders")
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "submission-is-frozen"


# ask 23
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "refuse"), ("basis", "quantified"), ("value", Decimal(1)), ("unit", "kgCO2e/t"),
        ("limit", Decimal(99)), ("comparison", "rounded"), ("reasons", "别的"), ("decided_by_id", 0),
        ("decided_by", "别人"), ("decided_on", date(2020, 1, 1)),
    ],
)  # fmt: skip
def test_a_decision_is_never_edited_only_a_new_act_can_supersede_it(world, name, value):
    case = world.case("granted")
    setattr(case.application.decision, name, value)
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "decision-is-frozen"


# ask 23
def test_a_decision_is_not_taken_away_either(world):
    case = world.case("granted")
    db.session.delete(case.application.decision)
    with pytest.raises(OutOfOrder, match="decision-is-frozen"):
        db.session.flush()


def test_a_decision_is_still_countersigned(world):
    assert world.case("certified").application.decision.countersigned_by
    assert db.session.query(Decision).one().kind == "grant"


# Differences


# ask 10
def test_the_reviewer_sees_what_changed_since_the_return_field_by_field_files_included(twice, browser):
    page = browser("application_reviewer").get(f"{HOME}reviews/{twice.id}").text
    assert "退回以来改了什么" in page
    for said in ("生产企业地址", "2 号", "YT-6016", "YT-6017", "烧成用天然气", "0.9", "新执照.pdf", "已改"):
        assert said in page
    old, new = (
        [file for file in kept.content["files"] if file["kind"] == "business_licence"][0]
        for kept in twice.application.submissions
    )
    for file in (old, new):
        assert f"/certification/files/{file['id']}" in page
        with browser("application_reviewer").get(f"/certification/files/{file['id']}") as found:
            assert found.data.startswith(b"%PDF")


def test_the_applicant_sees_what_will_be_handed_in_before_doing_so(world, browser):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=points_on("trademark"))
    application, actor = case.application, world.actor("applicant")
    update_application(application, actor, application.version, trademark="云陶")
    answer_all(case)
    db.session.flush()
    page = browser("applicant").get(f"{HOME}applications/{case.id}/resubmit").text
    assert "与上次提交相比改了什么" in page
    assert "云陶" in page
    assert len(application.submissions) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (version(), version(), []),
        (version(), version(trademark="云"), [("trademark", "", "云")]),
        (
            version(),
            version(factory={"name": "云陶", "uscc": "", "address": "2 号", "region": "320282"}),
            [("factory.address", "1 号", "2 号")],
        ),
    ],
)
def test_fields_are_told_from_and_to(old, new, told):
    found = differences.between(old, new)
    assert [(cell.place, cell.before, cell.after) for cell in found.fields] == told
    assert (len(found), bool(found)) == (len(told), bool(told))


def test_models_are_told_by_their_codes():
    new = version(models=[{"code": "A", "specification": "800"}, {"code": "B", "specification": ""}])
    lines = differences.between(version(), new).models
    assert [(line.kind, line.name) for line in lines] == [("changed", "A"), ("added", "B")]
    assert lines[0].cells == (differences.Cell("specification", "600", "800"),)
    assert [line.kind for line in differences.between(new, version()).models] == ["changed", "removed"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([row()], [row(quantity="9")], [("changed", "天然气", ["quantity"])]),
        ([row()], [row(), row(name="电")], [("added", "电", [])]),
        ([row(), row(name="电")], [row(name="电")], [("removed", "天然气", [])]),
        ([row(), row(name="电")], [row(name="电"), row()], []),
        ([row()], [row(name="燃气")], [("changed", "燃气", ["name"])]),
        ([row()], [row(stage="use")], [("changed", "天然气", ["stage"])]),
        ([row(), row()], [row(), row(quantity="2")], [("changed", "天然气", ["quantity"])]),
        ([], [], []),
    ],
)
def test_rows_are_matched_by_what_they_are_and_told_cell_by_cell(old, new, told):
    lines = differences.between(with_rows(*old), with_rows(*new)).rows
    assert [(line.kind, line.name, [cell.place for cell in line.cells]) for line in lines] == told


def test_a_file_replaced_is_told_with_both_names_and_digests():
    new = {"id": 2, "kind": "business_licence", "name": "b.pdf", "digest": "b", "size": 1}
    extra = {"id": 3, "kind": "other", "name": "c.pdf", "digest": "c", "size": 1}
    lines = differences.between(version(), version(files=[new, extra])).files
    assert [(line.kind, line.name) for line in lines] == [("changed", "business_licence"), ("added", "other")]
    assert (lines[0].before["digest"], lines[0].after["digest"]) == ("a", "b")
    gone = differences.between(version(files=[new, extra]), version(files=[new])).files
    assert [(line.kind, line.before["name"]) for line in gone] == [("removed", "c.pdf")]


@pytest.mark.parametrize(
    ("anchor", "touched"),
    [("trademark", True), ("series", False), ("inventory.row:0", True), ("inventory", True),
     ("inventory.row:1", False), ("file:business_licence", False)],
)  # fmt: skip
def test_a_difference_knows_which_points_it_answers(anchor, touched):
    new = version(trademark="云", inventory=version()["inventory"] | {"rows": [row(quantity="9")]})
    assert differences.between(version(), new).touches(anchor) == touched


def test_two_thousand_rows_are_compared_at_once():
    old = with_rows(*(row(name=f"源 {n}") for n in range(2000)))
    new = with_rows(*(row(name=f"源 {n}", quantity=str(n % 2)) for n in reversed(range(2000))))
    assert len(differences.between(old, new).rows) == 2000


# Pages


@pytest.mark.parametrize("role", ["applicant", "application_reviewer", "decision_maker"])
def test_versions_are_read_by_the_parties_and_the_body(twice, browser, role):
    reader = browser(role)
    index = reader.get(f"{HOME}applications/{twice.id}/versions").text
    assert "第 1 版" in index
    assert "6 处变化" in index
    first = reader.get(f"{HOME}applications/{twice.id}/versions/1").text
    assert "YT-6016" in first
    assert twice.application.submissions[0].digest in first
    told = reader.get(f"{HOME}applications/{twice.id}/versions/difference").text
    assert "第 1 版到第 2 版改了什么" in told
    assert "2 号" in told


def test_a_difference_asked_for_backwards_is_turned_round(twice, browser):
    page = f"{HOME}applications/{twice.id}/versions/difference"
    answer = browser("applicant").get(f"{page}?from=2&to=1")
    assert answer.location.endswith("difference?from=1&to=2")
    for missing in (f"{page}?from=1&to=9", f"{HOME}applications/{twice.id}/versions/3"):
        answer = browser("applicant").get(missing)
        assert (answer.status_code, sentence("submission-not-found") in answer.text) == (404, True)


def test_versions_are_not_for_others(twice, app, sign_in, browser):
    other = World(code="lc-other", category="other")
    for role in ("applicant", "application_reviewer", "tester"):
        stranger = sign_in(app.test_client(), other.people[role])
        for page in ("versions", "versions/1", "versions/difference"):
            assert stranger.get(f"{HOME}applications/{twice.id}/{page}").status_code in (403, 404)
    assert browser("tester").get(f"{HOME}applications/{twice.id}/versions").status_code == 404


def test_a_draft_has_no_versions_yet(world, browser):
    case = world.case("draft")
    page = browser("applicant").get(f"{HOME}applications/{case.id}/versions").text
    assert "还没有提交过" in page
    assert db.session.query(Submission).count() == 0
    assert reload(case).submissions == []
