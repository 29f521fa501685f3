"""By risk it is planned which rows are traced to source documents; what was planned was looked at."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace as thing

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.operations import create_token
from certification.tracing import queries
from certification.tracing.models import PlannedTrace, WorkingPaper
from certification.tracing.operations import keep_paper, plan_evidence
from certification.workbench.queries import dossier
from certification.workflow.tracing import proposed, risks
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests.certification.people import plan_heavy
from tests.certification.world import PDF, reload
from tests.support.rules import amend

GAS, CLAY = 1, 0
PAGE = "/certification/tracing/%s"


@pytest.fixture
def case(world):
    case = world.case("contracted")
    case.take("plan", "case_officer", **case.plan())
    return case


def row(case, place: int) -> str:
    return f"row:{case.application.inventory.rows[place].key}"


def trace(case, place: int, samples: int | None = 12, **more) -> dict:
    return {"subject": row(case, place), "samples": samples, "meter": "", "note": ""} | more


def both(case, samples: int = 12) -> list[dict]:
    return [trace(case, GAS, samples, meter="1# 总表"), trace(case, CLAY)]


def plan(case, traces, role="lead_verifier", reason="") -> None:
    plan_evidence(case.application, case.world.actor(role), traces=traces, reason=reason)


# By risk


def risky(**more) -> tuple[str, ...]:
    """Of a row that nothing speaks against, with what is changed."""
    found = {"quality": "A", "proof": "x", "own_value": None} | more
    weight, alone = found.pop("weight", Decimal("0.01")), found.pop("alone", False)
    case = thing(scheme=thing(misstatement=Decimal("0.05")), purpose=found.pop("purpose", "recertification"))
    return risks(case, thing(**found), weight, alone)


@pytest.mark.parametrize(
    ("more", "slugs", "documents"),
    [
        ({}, (), 0),
        ({"purpose": "initial"}, ("first_time",), 1),
        ({"weight": Decimal("0.0499")}, (), 0),
        ({"weight": Decimal("0.05")}, ("heavy",), 12),
        ({"quality": "C"}, ("low_quality",), 3),
        ({"quality": "D", "purpose": "initial"}, ("low_quality", "first_time"), 3),
        ({"proof": ""}, ("unproved",), 3),
        ({"own_value": Decimal(1)}, ("own_factor",), 3),
        ({"alone": True}, ("co2_alone",), 3),
        ({"alone": True, "weight": Decimal(1)}, ("heavy", "co2_alone"), 12),
    ],
)
def test_what_speaks_for_tracing_a_row_says_how_many_documents_are_proposed(more, slugs, documents):
    assert risky(**more) == slugs
    assert proposed(slugs) == documents


def test_every_row_is_listed_with_its_risks_what_weighs_most_first(case):
    found = queries.traced(case.application)
    assert [each.line.name for each in found] == ["烧成用天然气", "坯料"]
    assert found[0].risks == ("heavy", "unproved", "own_factor", "first_time")
    assert {each.planned for each in found} == {None}


# The plan


def test_what_is_planned_is_kept_with_its_risks_and_by_whom(case):
    plan(case, both(case))
    gas = next(each for each in case.application.planned_traces if each.subject == row(case, GAS))
    assert (gas.samples, gas.meter, "heavy" in gas.risks) == (12, "1# 总表", True)
    assert gas.planned_by == case.world.actor("lead_verifier").label


def test_another_plan_says_why_and_the_first_stays_readable(case):
    plan(case, both(case))
    with pytest.raises(Invalid) as no:
        plan(case, both(case, samples=3))
    assert no.value.fields == {"reason": "evidence-plan-reason"}
    plan(case, both(case, samples=3), reason="供气商按季结算，全年 3 份。")
    query = select(PlannedTrace).where(PlannedTrace.subject == row(case, GAS)).order_by(PlannedTrace.id)
    kept = db.session.scalars(query).all()
    assert [(each.samples, each.superseded) for each in kept] == [(12, True), (3, False)]
    assert len(case.application.planned_traces) == 2
    kept[0].samples = 1
    with pytest.raises(OutOfOrder, match="planned-trace-is-frozen"):
        db.session.flush()


def test_the_same_plan_again_changes_nothing(case):
    plan(case, both(case))
    plan(case, both(case))
    assert len(db.session.scalars(select(PlannedTrace)).all()) == 2


@pytest.mark.parametrize(
    ("second", "fields"),
    [
        ({"samples": None}, {"traces.1.samples": "trace-without-samples"}),
        ({"subject": "row:nowhere"}, {"traces.1.subject": "trace-of-no-row"}),
        ({"subject": "fact:output"}, {"traces.1.subject": "trace-of-no-row"}),
        ({"subject": "gas"}, {"traces.1.subject": "verified-subject-twice"}),
    ],
)
def test_what_is_wrong_is_refused_at_its_member_and_nothing_is_planned(case, second, fields):
    second = {"subject": row(case, GAS)} if second == {"subject": "gas"} else second
    with pytest.raises(Invalid) as no:
        plan(case, [trace(case, GAS), trace(case, CLAY) | second])
    assert no.value.fields == fields
    assert case.application.planned_traces == []


def test_no_row_that_could_be_material_by_itself_is_left_out(case):
    with pytest.raises(Invalid) as no:
        plan(case, [trace(case, GAS)])
    assert no.value.fields == {"traces": "heavy-row-untraced"}
    assert no.value.detail["rows"] == "坯料"


def test_only_who_verifies_plans_and_only_while_the_case_is_evaluated(case, world):
    with pytest.raises(Unmet, match="not-on-the-team"):
        plan(case, both(case), role="verifier")
    with pytest.raises(NotPermitted):
        plan(case, both(case), role="applicant")
    with pytest.raises(OutOfOrder):
        plan(world.case("in_review"), [])


# What is planned was looked at


def test_no_opinion_while_fewer_documents_were_looked_at_than_planned(case):
    plan(case, both(case, samples=2))
    few = [item | {"samples": 1 if item["subject"] == row(case, GAS) else 12} for item in case.agreed()]
    case.take("verify_data", "lead_verifier", items=few)
    assert [each.lacks for each in queries.traced(case.application)] == [True, False]
    with pytest.raises(Invalid) as no:
        case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert no.value.fields == {"opinion": "planned-evidence-not-seen"}
    assert no.value.detail["rows"] == "烧成用天然气"
    assert case.application.opinion is None
    enough = [item | {"samples": 12} for item in case.agreed()]
    case.take("verify_data", "lead_verifier", items=enough)
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert case.application.opinion.opinion == "unmodified"


def test_no_opinion_without_a_plan_that_names_every_row_that_could_be_material(case):
    case.take("verify_data", "lead_verifier", items=case.agreed())
    with pytest.raises(Invalid) as no:
        case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert no.value.fields == {"opinion": "evidence-plan-missing"}
    assert set(no.value.detail["rows"].split("、")) == {"烧成用天然气", "坯料"}
    plan(case, both(case, samples=1)[:1] + [trace(case, CLAY, 1)])
    [clay] = [each for each in case.application.planned_traces if each.subject == row(case, CLAY)]
    clay.superseded = True
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid) as no:
        case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert no.value.fields == {"opinion": "heavy-row-untraced"}
    assert no.value.detail["rows"] == "坯料"
    assert case.application.opinion is None


def test_a_case_verified_before_there_was_a_plan_goes_on_with_what_was_looked_at(case):
    case.take("verify_data", "lead_verifier", items=case.agreed())
    plan_heavy(case)
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert case.application.opinion.opinion == "unmodified"


def test_where_no_row_could_be_material_by_itself_no_plan_is_asked(case):
    amend(case.application.scheme, misstatement="0.99")
    case.take("verify_data", "lead_verifier", items=case.agreed())
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert case.application.planned_traces == []


def test_the_page_and_programs_say_at_the_opinion_that_the_plan_is_missing(case, world, browser, client):
    case.take("verify_data", "lead_verifier", items=case.agreed())
    db.session.commit()
    said = {"opinion": "unmodified", "text": "没有错报。"}
    place = f"/certification/reviews/{case.id}/give_opinion"
    no = browser("lead_verifier").post(place, data=said | {"version": case.application.version})
    assert no.status_code == 422
    assert "还没有证据计划" in no.text
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    address, headers = f"/api/v1/applications/{case.id}/give_opinion", {"Authorization": f"Bearer {secret}"}
    answer = client.post(address, json=said, headers=headers)
    assert (answer.status_code, answer.json["fields"]["/opinion"]["slug"]) == (422, "evidence-plan-missing")


def test_the_decision_page_says_what_the_plan_asked_and_what_was_done(world, case, browser):
    plan(case, both(case, samples=2))
    named = [row(case, GAS)]
    keep_paper(
        case.application, world.actor("lead_verifier"), subjects=named, note="抄表核对。", file=paper()
    )
    items = [item | {"samples": 12 if item["subject"] == row(case, CLAY) else 2} for item in case.agreed()]
    case.take("verify_data", "lead_verifier", items=items)
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    case.to_in_review()
    case.to_pending_decision()
    db.session.commit()
    page = browser("decision_maker").get(f"/certification/reviews/{case.id}/decide").text
    told = page[page.index('id="traced-title"') :]
    told = told[: told.index("</section>")]
    for said in ("烧成用天然气", "1# 总表", "抄表核对。", "1 份底稿", "另外 0 行不追溯"):
        assert said in told, said
    assert 'data-l="已看">2</td>' in told


# The working papers


def paper() -> FileStorage:
    return FileStorage(BytesIO(PDF), "抄表底稿.pdf")


def keep(case, role="lead_verifier", **more) -> WorkingPaper:
    said = {"subjects": [row(case, GAS)], "note": "12 个月抄表", "file": paper()} | more
    return keep_paper(case.application, case.world.actor(role), **said)


def test_a_paper_is_kept_with_its_rows_and_lies_in_the_archive_of_the_case(case):
    kept = keep(case)
    assert kept.subjects == [row(case, GAS)]
    assert "working-papers/抄表底稿.pdf" in {each.path for each in dossier.entries(case.application)}
    kept.note = "别的"
    with pytest.raises(OutOfOrder, match="working-paper-is-frozen"):
        db.session.flush()


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"subjects": []}, {"subjects": "paper-about-nothing"}),
        ({"subjects": ["row:nowhere"]}, {"subjects": "verified-subject-unknown"}),
        ({"file": None}, {"file": "paper-missing"}),
    ],
)
def test_a_paper_about_nothing_or_without_a_file_is_refused_at_its_box(case, more, fields):
    with pytest.raises(Invalid) as no:
        keep(case, **more)
    assert no.value.fields == fields
    assert case.application.working_papers == []


def test_a_paper_that_is_not_what_it_says_is_refused_at_its_box(case):
    with pytest.raises(Invalid) as no:
        keep(case, file=FileStorage(BytesIO(b"MZ"), "底稿.pdf"))
    assert no.value.fields.keys() == {"file"}


def test_whoever_reviews_documents_keeps_papers_too_and_nobody_off_the_team(case):
    keep(case, role="document_reviewer")
    with pytest.raises(Unmet, match="not-on-the-team"):
        keep(case, role="verifier")


# The page


def typed(case, samples=("12", "12"), **more) -> dict:
    """The heaviest row, which is the gas, comes first."""
    found = {"version": reload(case).version}
    for number, said in enumerate(samples):
        found |= {f"traces-{number}-samples": said, f"traces-{number}-meter": "", f"traces-{number}-note": ""}
    return found | more


def test_it_is_planned_on_the_page_and_reviewer_and_decider_read_it(case, browser):
    db.session.commit()
    lead = browser("lead_verifier")
    blank = lead.get(PAGE % case.id).text
    assert "占比达到重要性" in blank
    assert 'value="12"' in blank
    no = lead.post(PAGE % case.id, data=typed(case, ("12", "")))
    assert no.status_code == 422
    assert "占比达到重要性的行都要追溯到原始单据：坯料" in no.text
    assert reload(case).planned_traces == []
    assert lead.post(PAGE % case.id, data=typed(case, ("12", "0"))).status_code == 422
    assert lead.post(PAGE % case.id, data=typed(case) | {"version": 1}).status_code == 409
    yes = lead.post(PAGE % case.id, data=typed(case, **{"traces-0-meter": "2# 窑总表"}))
    assert yes.status_code == 303
    assert [each.samples for each in reload(case).planned_traces] == [12, 12]
    seen = browser("technical_reviewer").get(f"/certification/reviews/{case.id}?tab=inventory").text
    assert "计划看 12 份" in seen
    assert "2# 窑总表" in seen


def test_a_paper_is_kept_and_opened_on_the_page(case, browser):
    db.session.commit()
    lead, sent = browser("lead_verifier"), {"subjects": row(case, GAS), "note": "抄表"}
    bare = lead.post(f"{PAGE % case.id}/papers", data=sent)
    assert bare.status_code == 422
    assert "选择底稿文件" in bare.text
    kept = lead.post(f"{PAGE % case.id}/papers", data=sent | {"file": (BytesIO(PDF), "底稿.pdf")})
    assert kept.status_code == 303
    [found] = reload(case).working_papers
    with browser("technical_reviewer").get(f"/certification/tracing/papers/{found.id}") as opened:
        assert opened.data == PDF
    assert browser("applicant").get(f"/certification/tracing/papers/{found.id}").status_code in (403, 404)


# Programs


@pytest.fixture
def call(world, case, client):
    def send(role: str, method: str, path: str, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        head = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1/applications/{case.id}/{path}", method=method, headers=head, **more)

    return send


def test_a_program_plans_keeps_and_is_refused_as_the_page_is(case, call):
    told = call("lead_verifier", "GET", "evidence-plan").json
    assert [(each["name"], each["proposed"]) for each in told["items"]] == [
        ("烧成用天然气", 12),
        ("坯料", 12),
    ]
    left = call("lead_verifier", "POST", "evidence-plan", json={"traces": [trace(case, GAS)]})
    assert (left.status_code, left.json["fields"]["/traces"]["slug"]) == (422, "heavy-row-untraced")
    stale = call("lead_verifier", "POST", "evidence-plan", json={"traces": both(case), "version": 999})
    assert (stale.status_code, stale.json["slug"]) == (409, "page-is-stale")
    said = {"traces": both(case), "version": told["version"]}
    made = call("lead_verifier", "POST", "evidence-plan", json=said)
    assert (made.status_code, made.json["items"][0]["planned"]["meter"]) == (200, "1# 总表")
    form = {"subjects": row(case, GAS), "note": "抄表", "file": (BytesIO(PDF), "底稿.pdf")}
    kept = call("lead_verifier", "POST", "working-papers", data=form, content_type="multipart/form-data")
    assert (kept.status_code, kept.json["subjects"]) == (201, [row(case, GAS)])
    assert call("tester", "GET", "evidence-plan").status_code == 404
