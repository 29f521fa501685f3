"""Page, program, checked bid, list, download and verification say the same to 500 questions, half of them
under each mode of the rule, and what they say is what follows from how the world was made."""

import csv
import io
import random
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import pytest

from core import clock, lifecycle
from core.clock import today
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
MAKER = "宜兴云陶新材有限公司"
TILE, OTHER = "A07010327", "A02010108"
BOTH = frozenset({"YT-6015", "YT-6016"})
WORDS = {
    "buyable": "可以采购",
    "not-buyable": "不可以凭此采购",
    "not-required": "政策不要求",
    "not-yet-known": "尚不可知",
    "unknown": "不能确认",
}
QUESTIONS, DAYS = 250, 20  # under each mode
AHEAD = timedelta(days=30)  # a day that is still to come


@dataclass(frozen=True)
class Made:
    """How a certificate was made: what the expectation is reckoned from, and nothing else."""

    number: str
    issued: date
    begins: date
    last: date
    printed: bool = False
    models: frozenset[str] = BOTH
    reduced: date | None = None  # from then on YT-6015 alone
    suspended: date | None = None
    successor: "Made | None" = None


@dataclass(frozen=True)
class Line:
    number: str
    model: str
    maker: str
    category: str


@dataclass(frozen=True)
class Sample:
    made: dict[str, Made]
    published: date


@pytest.fixture(params=["list", "category"])
def mode(request):
    return request.param


def travelled(days: int):
    return clock.travel(clock.now() + days * DAY)


@pytest.fixture
def sample(world, law, editions, mode):
    """A certificate that stays as it was, one that is reduced, one suspended, one followed, one too young."""
    law(mode)
    plain, reduced, suspended, followed = (certificate_of(world.case("certified")) for _each in range(4))
    cutoff, published = today(), today() + DAY
    edition = editions("2026-1")
    with travelled(1):
        editions.publish(edition)
    with travelled(5):
        young = certificate_of(world.case("certified"))
    with travelled(10):
        less_from, stopped_from = today(), today()
        case_about(world, reduced, "reduction", ("YT-6015",)).to("certified")
        facts = {"cause": "misuse", "reason": "标签误用", "until": today() + 60 * DAY}
        lifecycle.take(suspended, "suspend", world.actor("decision_maker"), **facts)
    with clock.travel(clock.now() + (followed.valid_to - today() - 90 * DAY)):
        case_about(world, followed, "recertification").to("certified")
        after = made(followed.replaced_by)
    young = made(young)
    assert young.issued > cutoff
    known = [
        made(plain, printed=True),
        made(reduced, printed=True, reduced=less_from),
        made(suspended, printed=True, suspended=stopped_from),
        made(followed, printed=True, successor=after),
        young,
        after,
    ]
    return Sample({each.number: each for each in known}, published)


def made(row, **more) -> Made:
    return Made(row.number, row.issued_on, row.begins_on, row.valid_to, **more)


# What must be said, from how the world was made


def holds(held: Made, day: date) -> bool:
    return held.begins <= day <= held.last and not (held.suspended and held.suspended <= day)


def covers(held: Made, model: str, day: date) -> bool:
    models = {"YT-6015"} if held.reduced and held.reduced <= day else held.models
    return model in models


def expected(of: Sample, line: Line, day: date, mode: str) -> str:
    if line.category == OTHER:
        return "not-required"
    first = of.made.get(line.number)
    if first is None:
        return "unknown"
    held, ahead = first, day > today()
    if held.successor and day > held.last:
        held = held.successor
    printed = first.printed or any(each.printed and each.successor is first for each in of.made.values())
    listed = mode == "category" or ahead or (printed and day >= of.published)
    certain = line.model == "" or covers(held, line.model, day)
    if not (holds(held, day) and certain and line.maker in ("", MAKER) and (listed or line.model == "")):
        return "not-buyable"
    if mode == "list" and not ahead and line.model == "":
        return "not-buyable"  # no line of the list has no model
    if ahead:
        return "not-yet-known"
    return "unknown" if line.model == "" else "buyable"


# What is asked


def asked(of: Sample, chance: random.Random, days: list[date]) -> dict[date, list[Line]]:
    numbers = [*of.made, *of.made, "LCP-32-01-2026-99999"]
    found = {day: [] for day in days}
    for place in range(QUESTIONS - 1):
        model = chance.choice(["YT-6015", "YT-6015", "YT-6016", "YT-6016", "YT-6O15", "X-9", ""])
        maker = chance.choice(["", "", MAKER, MAKER, "宜兴云淘新材有限公司"])
        line = Line(chance.choice(numbers), model, maker, chance.choice(["", "", TILE, OTHER]))
        found[days[place % len(days)]].append(line)
    found[today() + AHEAD].append(Line(next(iter(of.made)), "YT-6015", "", ""))
    return found


def days_of(of: Sample, chance: random.Random) -> list[date]:
    """The days on which anything changes, those beside them, and some of no importance."""
    turns = {of.published} | {
        day
        for each in of.made.values()
        for day in (each.issued, each.begins, each.last, each.reduced, each.suspended)
        if day
    }
    near = sorted({day + step * DAY for day in turns for step in (-1, 0, 1)} | {today()})
    first = min(turns)
    more = [first + chance.randrange((today() - first).days) * DAY for _each in range(5)] + [today() + AHEAD]
    return chance.sample(near, DAYS - len(more)) + more


def shown(text: str) -> str:
    """What stands in the banner of a page."""
    return text.partition("<h1>")[2].partition("</h1>")[0]


@pytest.fixture
def officer(client, sign_in, db):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    return lambda: sign_in(client, user)


def test_every_door_says_the_same_and_what_follows_from_how_the_world_was_made(
    sample, mode, client, program, officer
):
    chance = random.Random(12)
    last = max(each.begins for each in sample.made.values()) + 10 * DAY
    with clock.travel(clock.now() + (last - today())):
        questions = asked(sample, chance, days_of(sample, chance))
        assert sum(map(len, questions.values())) == QUESTIONS
        seen = set()
        for day, lines in questions.items():
            items = [{name: text for name, text in asdict(line).items() if text} for line in lines]
            body = {"on": day.isoformat(), "items": items}
            told = client.post("/api/v1/verifications", json=body, headers=program()).json["items"]
            grounds = [{each["subject"]: each["ground"] for each in one["findings"]} for one in told]
            wanted = [expected(sample, line, day, mode) for line in lines]
            got = [each["overall"] for each in told]
            wrong = [each for each in zip(lines, wanted, got, grounds, strict=True) if each[1] != each[2]]
            assert (day, wrong) == (day, [])
            seen |= set(got)
            assert checked(officer(), day, lines) == list(zip(got, grounds, strict=True))
            for line, item, overall, ground in zip(lines, items, got, grounds, strict=True):
                page = client.get("/procurement/verdict", query_string={**item, "on": day})
                assert shown(page.text) == WORDS[overall]
                verified(client, line, day, overall, ground)
            listed_alike(client, day, program())
        assert seen == WORDS.keys()


def checked(officer, day: date, lines: list[Line]) -> list[tuple[str, dict[str, str]]]:
    """What the check of a bid answers to these lines."""
    text = "证书编号,型号,企业名称,品目编码\n" + "\n".join(
        ",".join((each.number, each.model, each.maker, each.category)) for each in lines
    )
    sent = officer.post("/procurement/checks/", data={"title": "包", "on": day.isoformat(), "pasted": text})
    assert sent.status_code == 303, sent.text
    rows = officer.get(f"{sent.location}.json").json["lines"]
    return [(row["overall"], {each["subject"]: each["ground"] for each in row["findings"]}) for row in rows]


def verified(client, line: Line, day: date, overall: str, grounds: dict[str, str]) -> None:
    """Verification alone answers for one certificate: it is green only where status and model are met."""
    page = client.get(f"/verify/{line.number}", query_string={"model": line.model, "on": day})
    if page.status_code == 404:
        assert grounds["in-force"] == "certificate-unknown"
        return
    green = '<div class="vf-s" role="status">' in page.text
    itself = grounds["in-force"] == "in-force" and grounds["model"] in ("model-covered", "model-not-told")
    assert green == itself, (line, day, grounds)
    assert green or overall != "buyable" or grounds["in-force"] == "succeeded-by"


def listed_alike(client, day: date, headers: dict[str, str]) -> None:
    """Of what is printed, the list for programs, the table to take away and the page say what is answered."""
    lines = client.get("/api/v1/lists/2026-1", query_string={"on": day}).json["items"]
    names = {"number": "number", "model": "model", "category": "category_code"}
    items = [{ours: each[theirs] for ours, theirs in names.items()} for each in lines]
    body = {"on": day.isoformat(), "items": items}
    answers = client.post("/api/v1/verifications", json=body, headers=headers).json["items"]
    overall = [each["overall"] for each in answers]
    assert [each["verdict"]["overall"] for each in lines] == overall
    text = client.get(f"/procurement/lists/2026-1.csv?on={day}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["证书编号"], row["规格型号"], row[f"{day} 能否采购"]) for row in rows] == [
        (item["number"], item["model"], WORDS[each]) for item, each in zip(items, overall, strict=True)
    ]
    page = client.get(f"/procurement/lists/2026-1?on={day}").text.partition("<table")[2]
    for word in WORDS.values():
        assert page.count(f"{word}</span>") == [WORDS[each] for each in overall].count(word)
