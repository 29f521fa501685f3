"""The list for programs."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import public, reads_first
from core.api import Answered, PageNumber, asked_in, described, handed_in
from core.clock import now, today
from core.members import Day
from core.once import repeatable
from core.web import json_response, public_address
from procurement import queries, rules
from procurement.verdict import lines, shapes
from procurement.verdict import queries as verdicts
from procurement.verdict.dated import Question
from procurement.verdict.judging import Verdict

if TYPE_CHECKING:
    from procurement.models import Edition, EditionLine

bp = Blueprint("procurement_api", __name__, url_prefix="/api/v1")


class EditionQuery(BaseModel):
    q: str = Field("", max_length=200)
    category: str = Field("", max_length=20, description="品目 code.")
    treatment: Literal["", "mandatory", "priority", "encouraged"] = ""
    on: Day | None = Field(None, description="The day the status is told for; today when left out.")
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


class ListsQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


class Head(Answered):
    number: str
    title: str
    cutoff: date
    policy_date: date
    notice_from: date | None
    notice_to: date | None
    published_on: date | None
    document_number: str | None
    valid_days: int | None = Field(
        description="How long certificates are valid after it takes effect, at least."
    )
    grace: str = Field(description="What holds for tenders that are open.")
    demo: bool
    state: str
    digest: str | None
    signed_by: str = Field(description="Credit code of the owner of the list; empty where nobody signed.")
    lines: int
    url: str
    papers: list[str] = Field(description="PDF, one for each volume; 202 while it is drawn.")


class Heads(Answered):
    total: int
    items: list[Head]


class Act(Answered):
    act: str
    on: date
    until: date | None
    reason: str


class Line(Answered):
    """What is printed, and beside it what the certificate is worth on a day."""

    category_edition: str
    category_code: str
    category_name: str
    treatment: str
    basis: str
    maker: str
    trademark: str
    product: str
    model: str
    number: str
    issued_on: date
    valid_to: date
    carbon: str
    carbon_unit: str
    boundary: str
    demo: bool
    product_id: int
    differs: list[str] = Field(description="What is not as its certificate was signed.")
    status: str
    status_on: date
    act: Act | None
    verdict: shapes.Said


class WholeEdition(Head):
    """`in_force_on` is the number of the edition that is in force on the day, which may be another one."""

    total: int
    on: date
    in_force_on: str
    data_version: int
    items: list[Line]
    next: str | None


class Change(Answered):
    number: str
    models: list[str]
    product: str
    maker: str
    reason: str
    differs: list[str]


class Omission(Answered):
    """A certified product that was left out, and why."""

    number: str
    product: str
    maker: str
    reason: str


class Omissions(Answered):
    total: int
    items: list[Omission]


class Strike(Answered):
    """What befell a printed line since: the line itself stays as it was published."""

    number: str
    model: str
    product: str
    maker: str
    act: str
    status: str
    on: date
    until: date | None
    reason: str


class Strikes(Answered):
    total: int
    items: list[Strike]


class Changes(Answered):
    added: list[Change]
    removed: list[Change]


@bp.get("/lists")
@described("procurement", query=ListsQuery, answer=Heads)
@public
def lists() -> ResponseReturnValue:
    """The editions of the list that are shown for objection or published, the newest first."""
    asked = asked_in(ListsQuery)
    editions = queries.lists(asked.page, asked.per_page)
    counts = queries.line_counts(editions.items)
    items = [_head(each, counts.get(each.id, 0)) for each in editions.items]
    return json_response({"total": editions.total, "items": items})


@bp.get("/lists/<number>")
@described("procurement", query=EditionQuery, answer=WholeEdition)
@public
def edition(number: str) -> ResponseReturnValue:
    """One edition: each line as printed, beside it what its certificate is worth on a day, and the verdict.

    `differs` names what of a line is not as its certificate was signed."""
    asked, found = asked_in(EditionQuery), queries.edition(number)
    day = asked.on or today()
    look = queries.Asked(asked.q, asked.category, asked.treatment)
    page = queries.lines(found, look, asked.page, asked.per_page)
    found_on = lines.on_day(page.items, day)
    differs, of_day = queries.line_differences(page.items), queries.latest_published(day)
    items = [_line(line, found_on[line.id], differs[line.id], day) for line in page.items]
    following = page.address(page.number + 1) if page.number < page.last else None
    head = _head(found, queries.line_counts([found]).get(found.id, 0))
    told = {
        "on": day,
        "in_force_on": of_day.number if of_day else "",
        "data_version": verdicts.data_version(),
    }
    return json_response(head | told | {"total": page.total, "items": items, "next": following})


@bp.get("/lists/<number>/difference")
@described("procurement", answer=Changes)
@public
def difference(number: str) -> ResponseReturnValue:
    """What came in and went out against the edition before, with reasons."""
    edition = queries.edition(number)
    found, differs = queries.difference(edition), queries.differing_numbers(edition)
    return json_response(
        {
            name: [asdict(each) | {"differs": differs[each.number]} for each in getattr(found, name)]
            for name in ("added", "removed")
        }
    )


@bp.get("/lists/<number>/omissions")
@described("procurement", query=ListsQuery, answer=Omissions)
@public
def omissions(number: str) -> ResponseReturnValue:
    """The certified products that did not enter an edition, each with the reason."""
    asked = asked_in(ListsQuery)
    page = queries.omissions(queries.edition(number), asked.page, asked.per_page)
    names = Omission.model_fields
    items = [{name: getattr(each, name) for name in names} for each in page.items]
    return json_response({"total": page.total, "items": items})


@bp.get("/lists/<number>/strikes")
@described("procurement", query=ListsQuery, answer=Strikes)
@public
def strikes(number: str) -> ResponseReturnValue:
    """What befell the lines of an edition since it was published, model by model, the newest first."""
    asked = asked_in(ListsQuery)
    page = queries.strikes(queries.edition(number), asked.page, asked.per_page)
    items = [
        {name: getattr(each.line, name) for name in ("number", "model", "product", "maker")}
        | {name: getattr(each, name) for name in ("act", "status", "on", "until", "reason")}
        for each in page.items
    ]
    return json_response({"total": page.total, "items": items})


@bp.post("/verifications")
@described("procurement", json=shapes.Verifications, answer=shapes.Answers)
@repeatable
@reads_first
def verifications() -> ResponseReturnValue:
    """May exactly these be bought on that day: six findings for each, and what follows from them.

    Nothing is stored; the same question may be asked again at once.
    """
    asked = handed_in(shapes.Verifications)
    questions = [Question(on=asked.on, **item.model_dump()) for item in asked.items]
    found = verdicts.verdicts(questions)
    return json_response(
        {
            "on": asked.on,
            "at": now().isoformat(),
            "data_version": verdicts.data_version(),
            "items": [shapes.verdict(each) for each in found],
        }
    )


def _head(edition: "Edition", lines: int) -> dict[str, object]:
    names = (*rules.HEAD, *rules.LATER, "state", "digest", "signed_by")
    return {name: getattr(edition, name) for name in names} | {
        "lines": lines,
        "url": public_address("procurement.edition", number=edition.number),
        "papers": [
            public_address("procurement.edition_paper", number=edition.number, volume=volume)
            for volume in range(1, rules.volumes(lines) + 1)
            if edition.is_published
        ],
    }


def _line(line: "EditionLine", found: Verdict, differs: list[str], day: date) -> dict[str, object]:
    act = found.asked_act
    return {name: rules.plain(getattr(line, name)) for name in rules.PRINTED} | {
        "product_id": line.entry_id,
        "differs": differs,
        "status": found.asked_status,
        "status_on": day,
        "act": act and {"act": act.kind, "on": act.on, "until": act.until, "reason": act.reason},
        "verdict": shapes.said(found),
    }
