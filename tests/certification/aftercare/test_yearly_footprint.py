"""The footprint of the year: declared and verified side by side, judged by the limit of the certificate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts import operations as accounts
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Unmet
from tests.certification.aftercare.later import certificate_of
from tests.support.rules import amend

pytestmark = pytest.mark.engines("walks")

YEAR = {"footprint_from": date(2025, 1, 1), "footprint_to": date(2025, 12, 31)}
WITHIN = YEAR | {"footprint_declared": Decimal("8.40"), "footprint_verified": Decimal("8.52")}
ABOVE = WITHIN | {"footprint_verified": Decimal("10.81")}  # the limit is 10.80


@pytest.fixture
def check(world):
    """The first check of a certificate whose rule has a footprint reported every year, announced."""
    amend(world.scheme, parts={"surveillance": {"tests": ["absorption"], "yearly_footprint": True}})
    row = certificate_of(world.case("certified")).surveillance[0]
    with clock.travel(row.window_from + timedelta(days=30)):
        team = [(world.people["lead_verifier"].id, "lead_verifier")]
        notice = {"team": team, "on": today(), "person_days": Decimal(1)}
        lifecycle.take(row, "notify", world.actor("case_officer"), **notice)
        tables.session.commit()
        yield row


def record(**found: str) -> dict:
    items = [{"slug": slug, "finding": found.get(slug, "conform"), "note": "看到的事实"} for slug in CHECKS]
    return {"items": items, "conducted_on": today(), "person_days": Decimal(1)}


def conduct(world, check, given, **found):
    lifecycle.take(check, "conduct", world.actor("lead_verifier"), **record(**found), **given)


@pytest.mark.parametrize("missing", list(WITHIN))
def test_what_the_rule_asks_for_every_year_is_reported_whole(world, check, missing):
    with pytest.raises(Unmet, match="yearly-footprint-missing"):
        conduct(world, check, WITHIN | {missing: None})
    with pytest.raises(Unmet, match="yearly-footprint-missing"):
        conduct(world, check, {})
    assert check.state == "notified"


def test_a_verified_value_above_the_limit_is_a_finding(world, check):
    with pytest.raises(Unmet, match="footprint-over-limit-conforms"):
        conduct(world, check, ABOVE)
    conduct(world, check, ABOVE, footprint_kept="major")
    assert (check.footprint_declared, check.footprint_verified) == (Decimal("8.40"), Decimal("10.81"))


def test_page_and_api_record_it_alike_and_show_both_values(world, check, browser, client):
    page = f"/certification/surveillance/{check.id}"
    lead = browser("lead_verifier")
    assert "年度碳足迹" in lead.get(page).text
    said = {"version": check.version, "conducted_on": today().isoformat(), "person_days": "1"}
    said |= {f"items-{place}-finding": "conform" for place in range(len(CHECKS))}
    refused = lead.post(f"{page}/conduct", data=said)
    assert refused.status_code == 422
    assert "规则要求每年报送碳足迹" in refused.text
    token = accounts.create_token(world.actor("lead_verifier"), "program")[1]
    tables.session.commit()
    headers, path = {"Authorization": f"Bearer {token}"}, f"/api/v1/surveillance/{check.id}/conduct"
    body = record() | WITHIN
    body = {name: value if name == "items" else str(value) for name, value in body.items()}
    no = client.post(path, headers=headers, json={**body, "footprint_verified": "10.81"})
    assert (no.status_code, list(no.json["fields"])) == (422, ["/footprint_verified"])
    typed = {name: str(value) for name, value in WITHIN.items()}
    assert lead.post(f"{page}/conduct", data=said | typed).status_code == 303
    shown = lead.get(page).text
    assert "核查 8.52" in shown
    assert "企业申报 8.4" in shown
    answer = client.get(f"/api/v1/surveillance/{check.id}", headers=headers).json
    assert (answer["footprint_declared"], answer["footprint_verified"]) == ("8.40", "8.52")
