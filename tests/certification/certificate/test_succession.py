"""A certificate issued early waits for the one before it to end; what befalls that one befalls both."""

import csv
import io
from datetime import timedelta

import pytest

from accounts.actor import SYSTEM
from catalog import queries as catalog
from certification.acts.models import WrittenAct
from certification.aftercare.operations.proposals import prepare_withdrawals
from certification.certificate import document
from certification.certificate.operations.versions import open_case
from certification.certificate.queries import certificates
from certification.label.operations.labels import request_label
from core import clock, lifecycle
from core.calendar.count import months_after
from core.clock import today
from core.db import db
from core.errors import OutOfOrder, Unmet
from tests.certification.aftercare.later import case_about, certificate_of, restore
from tests.support.rules import amend

pytestmark = pytest.mark.engines("walks")


@pytest.fixture
def old(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def early(world, old):
    """Ninety days before the last of the old one, on which the new one was issued."""
    with clock.travel(old.valid_to - timedelta(days=90)):
        case_about(world, old, "recertification").to("certified")
        yield old.replaced_by


@pytest.fixture
def act(world):
    causes = {"suspend": "misuse", "restore": "corrected", "withdraw": "fraud", "cancel": "production_ended"}

    def take(certificate, step: str, days: int = 30, reason: str = "查明事实"):
        until = {"until": today() + timedelta(days=days)} if step == "suspend" else {}
        facts = {"cause": causes[step], "reason": reason, **until}
        if step == "restore":
            return restore(world, certificate, **facts)
        lifecycle.take(certificate, step, world.actor("decision_maker"), **facts)

    return take


def kinds(certificate) -> list[str]:
    return [act.kind for act in certificate.acts]


@pytest.mark.parametrize(("step", "state"), [("withdraw", "withdrawn"), ("cancel", "cancelled")])
def test_what_ends_the_old_one_ends_the_one_that_waits(old, early, act, step, state):
    act(old, step)
    assert (old.state, early.state) == (state, state)
    assert early.status_on(early.begins_on) == state
    told = db.session.query(WrittenAct).filter(WrittenAct.certificate_id.in_((old.id, early.id)))
    assert {each.certificate_id for each in told} == {old.id, early.id}


@pytest.mark.parametrize("step", ["withdraw", "cancel"])
def test_what_ends_the_one_that_waits_leaves_the_old_one_to_its_last_day(old, early, act, step, client):
    act(early, step)
    db.session.commit()
    assert old.state == old.status_on(old.valid_to) == "valid"
    shown = client.get(f"/verify/{old.number}?lang=zh").text
    assert {"withdraw": "已撤销", "cancel": "已注销"}[step] in shown
    assert f"{early.begins_on} 起生效" not in shown
    with pytest.raises(Unmet, match="suspension-too-long"):
        act(old, "suspend", days=100)


def test_a_suspension_goes_over_and_is_lifted_with_the_one_it_came_from(old, early, act):
    act(old, "suspend")
    assert (old.state, early.state) == ("suspended", "suspended")
    act(old, "restore")
    assert (old.state, early.state) == ("valid", "not_issued")
    assert early.status_on(early.begins_on) == "valid"


def test_no_new_beginning_pardons_a_suspension(old, early, act):
    """It lasts into the new one, where it is lifted in time, or a withdrawal is put before a person."""
    act(old, "suspend", days=100)
    with clock.travel(early.begins_on):
        assert (old.state, early.state) == ("expired", "suspended")
        act(early, "restore")
        assert early.state == "valid"


def test_a_suspension_that_ran_out_before_the_beginning_is_for_a_person_to_decide(old, early, act):
    act(old, "suspend", days=10)
    with clock.travel(early.begins_on):
        assert prepare_withdrawals() == 1
        assert [(each.kind, each.state) for each in early.proposals] == [("withdraw", "open")]


def test_a_suspension_of_its_own_stays_when_the_old_one_is_restored(old, early, act):
    act(early, "suspend", reason="新证书的检测报告被收回")
    assert (old.state, early.state) == ("valid", "suspended")
    act(old, "suspend")
    act(old, "restore")
    assert (old.state, early.state) == ("valid", "suspended")
    assert kinds(early) == ["suspend"]
    act(early, "restore")
    assert early.state == "not_issued"


def test_a_suspension_that_would_outlast_both_is_refused_and_changes_neither(world, old, early, act):
    amend(world.scheme, clocks={"suspension_max": {"months": 3, "source": "方案"}})
    with pytest.raises(Unmet, match="suspension-too-long"):
        act(old, "suspend", days=100)
    assert kinds(old) == kinds(early) == []


def test_nothing_goes_over_once_the_new_one_has_begun(old, early, act):
    with clock.travel(early.begins_on):
        act(early, "suspend")
        assert (kinds(old), kinds(early)) == ([], ["suspend"])
        with pytest.raises(OutOfOrder):
            act(old, "withdraw")


def test_nothing_is_asked_for_under_a_certificate_that_has_not_begun(world, early, browser):
    with pytest.raises(Unmet, match="certificate-not-begun"):
        open_case(early, world.actor("applicant"), "change")
    page = browser("applicant").get(f"/certification/certificates/{early.number}/life?lang=zh").text
    assert "证书还没有生效，生效以后才能办" in page
    assert "证书已经失效" not in page
    assert "前申请（含当日）" not in page


def test_a_certificate_is_recertified_once(world, old, early, browser):
    with pytest.raises(Unmet, match="certificate-recertified"):
        open_case(old, world.actor("applicant"), "recertification")
    page = browser("applicant").get(f"/certification/certificates/{old.number}/life").text
    assert "这张证书已经再认证" in page


def test_every_page_names_the_first_day_of_the_one_that_waits(old, early, client, browser):
    db.session.commit()
    day, number = early.begins_on, early.number
    own = f"/certification/certificates/{number}"
    [listed] = [entry for entry in catalog.certified() if entry.number == number]
    product = f"/catalog/products/{listed.id}"
    public = (f"/verify/{number}", f"/v/{early.code}", f"/certificates/{number}", product)
    for reader, pages in ((client, public), (browser("applicant"), (own, f"{own}/life"))):
        for page in pages:
            for lang, begins in (("zh", f"自 {day} 起生效"), ("en", f"In force from {day}")):
                answer = reader.get(f"{page}?lang={lang}")
                assert (answer.status_code, begins in answer.text) == (200, True), (page, lang)
    shown = client.get(f"/verify/{old.number}?lang=zh").text
    assert "证书有效" in shown
    assert f"（自 {day} 起生效）" in shown
    paper = document.html(certificates.said(early), early.digest, early.signature)
    assert f"自 {day.year} 年 {day.month} 月 {day.day} 日 起生效" in paper


def test_whoever_asks_by_machine_reads_that_it_is_not_in_force_and_from_when(old, early, client, browser):
    db.session.commit()
    api = "/api/v1/certificates/{}?on={}"
    for certificate, day, status in (
        (early, today(), "not_issued"),
        (early, early.begins_on - timedelta(days=1), "not_issued"),
        (early, early.begins_on, "valid"),
        (old, old.valid_to, "valid"),
        (old, early.begins_on, "expired"),
    ):
        answer = client.get(api.format(certificate.number, day)).json
        assert (answer["status"], answer["begins_on"]) == (status, certificate.begins_on.isoformat()), day
    [listed] = client.get(f"/api/v1/products?q={early.number}").json["items"]
    assert (listed["status"], listed["begins_on"]) == ("not_issued", early.begins_on.isoformat())
    products = csv.DictReader(
        io.StringIO(client.get("/catalog/products.csv?lang=zh").text.removeprefix("\ufeff"))
    )
    assert {row["证书编号"]: (row["生效日期"], row["认证状态"]) for row in products} == {
        old.number: (old.begins_on.isoformat(), "有效"),
        early.number: (early.begins_on.isoformat(), "尚未生效"),
    }
    table = browser("case_officer").get("/certification/register/certificates.csv", buffered=True)
    rows = csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))
    assert [(row["证书状态"], row["证书生效日期"]) for row in rows] == [
        ("有效", old.begins_on.isoformat()),
        ("尚未生效", early.begins_on.isoformat()),
    ]


def test_a_follow_up_check_of_the_new_one_is_counted_from_its_first_day(old, early):
    first = early.surveillance[0]
    assert first.window_from == months_after(early.begins_on, 6)
    assert first.due == months_after(early.begins_on, 12)


def test_a_suspension_that_is_annulled_on_appeal_ends_on_both(old, early, act):
    act(old, "suspend")
    lifecycle.take(old, "reinstate", SYSTEM, reason="申诉成立", appeal="SS-1")
    assert (old.state, early.state) == ("valid", "not_issued")


def test_a_waiting_certificate_carries_no_label(world, old, early):
    with pytest.raises(Unmet, match="certificate-not-valid"):
        request_label(early, world.actor("applicant"), "外箱")
