"""A catalogue to draw lists from, a policy over it, and those who may draw."""

import io
from datetime import date

import pytest

from accounts import operations as accounts
from accounts.actor import SYSTEM
from core import clock, lifecycle
from core.clock import today
from procurement import operations
from procurement.policy import operations as rules
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import World
from tests.support.editions import approve
from tests.support.markup import faults
from tests.support.products import act, declared, issue, signed

__all__ = ["act", "declared", "issue", "signed"]

POLICY = [
    "category_edition,category_code,category_name,scheme_code,treatment,basis,demo,valid_from,valid_to",
    "2022,A07010327,瓷质砖,lc-ceramic-tile,priority,演示数据：仿照,1,2026-01-01,",
    "2022,A02010108,便携式计算机,cfp-laptop,priority,演示数据：仿照,1,2026-01-01,2026-12-31",
]
LAPTOP = {
    "scheme_code": "cfp-laptop",
    "family": "footprint_label",
    "category": "laptop",
    "product_name": "便携式计算机",
    "models": ("X1-9",),
    "maker_name": "示例电脑厂",
}


@pytest.fixture(autouse=True)
def brief_notice(app):
    """How long a notice lasts is a setting: in these tests of lists as short as one likes."""
    usual, app.config["NOTICE_WORKING_DAYS"] = app.config["NOTICE_WORKING_DAYS"], 0
    yield
    app.config["NOTICE_WORKING_DAYS"] = usual


@pytest.fixture
def policy(db):
    return rules.load_policy(SYSTEM, POLICY)


@pytest.fixture
def editor(db):
    return factories.actor("regulator", "list_editor")


@pytest.fixture
def draft(policy, editor):
    """draft(number, cutoff): an edition composed as of a day."""

    def make(number: str = "2026-1", cutoff: date = date(2026, 10, 1)):
        with clock.travel(max(cutoff, date(2026, 10, 1))):
            return operations.draft_edition(editor, number, f"第 {number} 期", cutoff, cutoff)

    return make


@pytest.fixture
def publish(draft, editor, db):
    """publish(number, cutoff): the same, shown for objection and published a month later."""

    def make(number: str = "2026-1", cutoff: date = date(2026, 10, 1)):
        edition = draft(number, cutoff)
        with clock.travel(cutoff):
            end = cutoff.replace(day=21)
            lifecycle.take(edition, "open_notice", editor, notice_from=cutoff, notice_to=end)
        with clock.travel(cutoff.replace(day=22)):
            approve(edition)
            lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        db.session.commit()
        return edition

    return make


@pytest.fixture
def notice(issue, draft, editor):
    entry = issue(models=("A-1", "A-2"))
    edition = draft()
    with clock.travel(date(2026, 10, 2)):
        lifecycle.take(
            edition, "open_notice", editor, notice_from=date(2026, 10, 2), notice_to=date(2026, 10, 22)
        )
    return edition, entry


# Certificates that were really issued

LAW = "category_edition,category_code,category_name,scheme_code,treatment,basis,mode,demo,valid_from,valid_to"


@pytest.fixture
def world(db):
    return World.begun()


@pytest.fixture
def program(db):
    """program(): what a program of an officer sends along, which counts today."""
    officer = factories.actor("purchasing_unit", "procurement_officer")

    def sign() -> dict[str, str]:
        secret = accounts.create_token(officer, "核对")[1]
        db.session.commit()
        return {"Authorization": f"Bearer {secret}"}

    return sign


@pytest.fixture
def law(world):
    """law(mode): the tiles of the world are to be preferred, by this mode, since long ago."""

    def make(mode: str) -> None:
        row = f"2022,A07010327,瓷质砖,{world.scheme.code},priority,演示数据：测试,{mode},1,2020-01-01,"
        report = rules.load_policy(SYSTEM, [LAW, row])
        assert (report.added, report.refused) == (1, [])

    return make


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def another(world):
    """One that stands beside the one that is `issued`."""
    return certificate_of(world.case("certified"))


@pytest.fixture
def asked(client, program):
    """asked(number, model, on, ...): the overall answer and the ground of each finding, as the API gives it;
    the page, in both languages, says the same."""

    def ask(
        number: str, model: str = "YT-6015", on: date | None = None, **more
    ) -> tuple[str, dict[str, str]]:
        day, item = (on or today()).isoformat(), {"number": number, "model": model, **more}
        answer = client.post("/api/v1/verifications", json={"on": day, "items": [item]}, headers=program())
        assert answer.status_code == 200, answer.text
        [found] = answer.json["items"]
        for language in ("zh", "en"):
            page = client.get("/procurement/verdict", query_string={**item, "on": day, "lang": language})
            assert page.status_code == 200
            assert faults(page.text) == []
        page = client.get("/procurement/verdict", query_string={**item, "on": day}).text
        assert all(finding["message"] in page for finding in found["findings"])
        return found["overall"], {each["subject"]: each["ground"] for each in found["findings"]}

    return ask


@pytest.fixture
def editions(editor, db):
    """editions(number): drawn up and shown for objection today; editions.publish(it), on a day after."""

    def make(number: str):
        edition = operations.draft_edition(editor, number, f"第 {number} 期", today(), today())
        lifecycle.take(edition, "open_notice", editor, notice_from=today(), notice_to=today())
        db.session.commit()
        return edition

    def publish(edition):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        db.session.commit()

    make.publish = publish
    return make


@pytest.fixture
def officer(client, sign_in, db):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    return sign_in(client, user)


@pytest.fixture
def send(officer):
    """send(on=, pasted= or file=, title=): the answer of the page to these lines."""

    def post(on=None, pasted="", file=None, title="第 2 包"):
        sent = {"title": title, "on": (on or today()).isoformat(), "pasted": pasted}
        if file:
            sent["file"] = (io.BytesIO(file[0]), file[1])
        return officer.post("/procurement/checks/", data=sent)

    return post


@pytest.fixture
def kept(send, officer, db):
    """kept(...): the address and the annex of a check that was taken."""

    def post(**sent):
        answer = send(**sent)
        assert answer.status_code == 303, answer.text
        address = answer.location.rpartition("/")[2]
        return address, officer.get(f"/procurement/checks/{address}.json").json

    return post
