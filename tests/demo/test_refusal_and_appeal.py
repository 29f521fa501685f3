"""The story of a refusal that was annulled on appeal."""

import json

import pytest
from sqlalchemy import select

from certification.acts.models import WrittenAct
from certification.application.models import Application
from certification.evaluation.models import Decision
from core import lifecycle

pytestmark = pytest.mark.engines("walks")


def test_a_refusal_is_appealed_against_annulled_by_other_hands_and_decided_anew(command, db):
    printed = command("demo", "walk", "--story", "refusal-and-appeal")
    story = json.loads(printed.strip().splitlines()[-1])
    case = db.session.scalar(select(Application).where(Application.number == story["application"]))
    asked = select(Decision).where(Decision.application_id == case.id).order_by(Decision.id)
    decisions = db.session.scalars(asked).all()
    assert [(decision.kind, decision.superseded) for decision in decisions] == [
        ("refuse", True), ("grant", False),
    ]  # fmt: skip
    act = db.session.scalar(select(WrittenAct).where(WrittenAct.number == story["act"]))
    assert act.document
    heard = {step.actor_id for step in lifecycle.history("appeal", 1) if step.actor_id}
    judged = {step.actor_id for step in lifecycle.history("application", case.id) if step.actor_id}
    assert not heard & judged
    assert (case.state, story["outcome"]) == ("certified", "annulled")
    assert "窑炉天然气表超过检定周期" in printed
