"""What happens on a step is said by one table, to whoever asks on the command line and in docs/steps.md."""

import ast

import pytest

from certification import events, steps
from certification.cli.steps import steps_page
from config import ROOT

PUBLISHED = {
    name for name, found in vars(events).items() if getattr(found, "__module__", "") == events.__name__
}

ON_SAVE = {"ActivityDeclaredAnew"}  # published by a save while a finding waits, which is no step


@pytest.fixture
def explained(app):
    """explained(name): the lines that the command prints; whatever it says when there is no such step."""
    runner = app.test_cli_runner()
    return lambda name: runner.invoke(args=["certification", "explain", name]).output.splitlines()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("application.submit", ["law        draft → submitted, by applicant", "starts acceptance"]),
        (
            "application.submit",
            ["prepares   application.applications.try_footprint", "fees.follow", "submissions.follow"],
        ),
        (
            "application.grant",
            ["no_open_nonconformity", "does       evaluation.decision.grant", "head_of_body (task)"],
        ),
        ("application.countersign", ["then       issue, by the system at once"]),
        ("application.issue", ["CertificateIssued → catalog.projection.list_product"]),
        ("application.issue", ["stops approval_to_certificate", "surveillance.lay_plan"]),
        ("application.refuse", ["act        refusal 不予认证决定", "applicant (progress, urgent)"]),
        ("application.plan", ["document_reviewer | lead_verifier | verifier (task, those named)"]),
        ("certificate.withdraw", ["CertificateStatusChanged → catalog", "proposals.follow"]),
        ("nonconformity.escalate", ["voids nonconformity_minor", "starts nonconformity_major"]),
        ("nonconformity.answer", ["one of the body (task)"]),
        ("test_report.retract", ["batches.follow"]),
    ],
)
def test_a_step_is_explained_from_the_tables(explained, name, said):
    lines = explained(name)
    assert [part for part in said if not any(part in line for line in lines)] == []


def test_what_a_step_has_none_of_is_not_spoken_of(explained):
    titles = {line[2:12].strip() for line in explained("application.report_failure")[1:]}
    assert titles == {"", "asks", "law", "must hold", "clocks", "tells", "followers"}


@pytest.mark.parametrize(
    ("name", "answer"),
    [("nothing.grant", "no law is called nothing"), ("application.fly", "no step fly"), ("grant", "no law")],
)
def test_a_step_that_is_not_is_named(explained, name, answer):
    assert answer in explained(name)[0]


def test_the_page_of_all_steps_says_what_the_tables_say(app):
    with app.test_request_context("/?lang=zh"):
        assert (ROOT / "docs" / "steps.md").read_text() == steps_page()


@pytest.mark.parametrize("noun", steps.NOUNS, ids=lambda noun: noun.__name__.rpartition(".")[2])
def test_an_office_says_beside_its_effects_which_events_they_publish(noun):
    tree = ast.parse((ROOT / f"{noun.__name__.replace('.', '/')}.py").read_text())
    made = {getattr(node.func, "id", "") for node in ast.walk(tree) if isinstance(node, ast.Call)}
    said = {event.__name__ for announced in getattr(noun, "EVENTS", {}).values() for event in announced}
    assert said == made & PUBLISHED - ON_SAVE


def test_a_step_that_two_nouns_claim_is_a_mistake():
    class Noun:
        LAW = {1: 2}

    with pytest.raises(ValueError, match="LAW"):
        steps.one_table([Noun, Noun], "LAW")
