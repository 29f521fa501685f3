"""The list of cases a body works from, and the same list as a workbook."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import actor_of_kind
from accounts.words import region_name
from certification.application.queries.responsibility import responsible_people
from certification.clocks import queries as clocks
from certification.workbench import operations
from certification.workbench.forms import ViewForm
from certification.workbench.queries import loads, views
from certification.workbench.queries import queue as questions
from certification.workbench.queries.queue import DUE, PRESSING, SORTS, VIEWS, Wanted
from certification.workbench.queries.turns import holders_of
from certification.workbench.views.reviews import reviews
from certification.workflow import APPLICATION
from certification.workflow.application import CLOSED, DRAFT
from core import asked, tables
from core.clock import day_of, today
from core.db import db
from core.errors import Invalid
from core.i18n import _, language
from core.words import word

if TYPE_CHECKING:
    from certification.application.models import Application

reviews.add_app_template_global(loads.loads)

SIZE = 50
COLUMNS = ("due", "state", "turn", "scheme", "officer", "team", "laboratory", "region", "updated")
SHOWN = ("due", "state", "turn", "scheme", "officer", "laboratory", "region")  # unless others are chosen
SELECTS = ("scheme", "person", "laboratory", "region", "state")
SORTED_BY = {"due": "due", "state": "state", "scheme": "scheme", "updated": "updated"}  # column -> sort


@reviews.get("/")
def queue() -> ResponseReturnValue:
    return _page(ViewForm(formdata=None)), 200


@reviews.post("/views")
def keep_view() -> ResponseReturnValue:
    """The list as the address asks it, under a name."""
    form = ViewForm()
    if not form.validate():
        return _page(form), 422
    actor, wanted = actor_of_kind("certification_body"), _wanted()
    told = {name: value for name, value in _told(wanted).items() if value}
    try:
        operations.keep_view(actor, form.name.data or "", told)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return _page(form), 422
    flash(_("已保存这个视图"), "ok")
    return redirect(_address(wanted)(), 303)


@reviews.post("/views/<id:view_id>/drop")
def drop_view(view_id: int) -> ResponseReturnValue:
    operations.drop_view(actor_of_kind("certification_body"), view_id)
    db.session.commit()
    return redirect(url_for("reviews.queue"), 303)


def _page(form: ViewForm) -> str:
    actor = actor_of_kind("certification_body")
    wanted = _wanted()
    counts = questions.counted(actor, wanted, asked.page(), SIZE)
    page = questions.listed(counts, asked.page(), SIZE)
    return render_template(
        "certification/workbench/queue.html",
        wanted=wanted,
        form=form,
        kept=views.kept(actor),
        counts=counts,
        named=questions.named(counts),
        page=page,
        views=VIEWS,
        days=DUE,
        selects=SELECTS,
        states=[state for state in APPLICATION.states if (state in CLOSED) == (wanted.view == "closed")],
        columns=COLUMNS,
        shown=_shown(),
        sorts=SORTS,
        sorted_by=SORTED_BY,
        pressing_days=clocks.nearest(page.items, *PRESSING),
        address=_address(wanted),
        clean=_address(Wanted(view=wanted.view))(),
    )


@reviews.get("/cases.xlsx")
def export() -> ResponseReturnValue:
    """What the filter shows, every page of it, in the same order."""
    actor = actor_of_kind("certification_body")
    head = {column: str(word(f"queue.column.{column}")) for column in ("number", "client", *COLUMNS)}
    head = {"product": _("产品"), **head}
    name = _("案卷") + f"-{today().isoformat()}-{{total}}.xlsx"
    return tables.export("xlsx", head, _rows(actor, _wanted()), name)


def _wanted() -> Wanted:
    """What the address asks; one that asks nothing shows what is the reader's to do."""
    state = asked.choice("state", [state for state in APPLICATION.states if state not in DRAFT])
    asks = any(asked.text(name) for name in ("q", "due", *SELECTS, "client"))
    usual = "closed" if state in CLOSED else "open" if asks else "mine"
    return Wanted(
        view=asked.choice("view", VIEWS, usual),
        due=asked.choice("due", DUE),
        scheme=asked.text("scheme"),
        client=asked.number("client"),
        person=asked.number("person"),
        laboratory=asked.number("laboratory"),
        region=asked.text("region"),
        state=state,
        text=asked.text("q"),
        sort=asked.choice("sort", SORTS, "due"),
        falling=asked.choice("order", ("rising", "falling")) == "falling",
    )


def _shown() -> list[str]:
    """The columns that are chosen, in the order of the list."""
    chosen = asked.everything().get("column", SHOWN)
    return [column for column in COLUMNS if column in chosen]


def _address(wanted: Wanted) -> Callable[..., str]:
    """address(due="late"): the list with one answer changed and every other kept, from its first page."""
    kept = _told(wanted)
    doors: dict[str, str] = {}  # a page has some seventy of these addresses

    def changed(endpoint: str = "reviews.queue", **answers: object) -> str:
        told = {name: value for name, value in (kept | answers).items() if value}
        if endpoint not in doors:
            doors[endpoint] = url_for(endpoint)
        return f"{doors[endpoint]}?{urlencode(told, doseq=True)}" if told else doors[endpoint]

    return changed


def _told(wanted: Wanted) -> dict[str, Any]:  # texts, numbers and the names of columns
    """The answers as an address tells them."""
    told = {name: value for name, value in asdict(wanted).items() if name not in ("text", "falling")}
    told |= {"q": wanted.text, "order": "falling" if wanted.falling else ""}
    chosen = asked.everything().get("column", ())
    return told | {"column": [column for column in COLUMNS if column in chosen]}


def _rows(actor: Actor, wanted: Wanted) -> Iterator[tables.Row]:
    for part in questions.chunks(actor, wanted):
        officers, turns = responsible_people(actor, part), holders_of(part)
        due = clocks.nearest(part, *PRESSING)
        for case in part:
            clock = due.get(case.id)
            yield {
                "product": case.product_name,
                "number": case.number,
                "client": case.applicant.name,
                "due": clock and (clock.due or str(word("light.paused"))),
                "state": str(word(f"application.state.{case.state}")),
                "turn": _("、").join(str(word(key)) for key in turns[case.id]),
                "scheme": case.scheme.category_name_en if language() == "en" else case.scheme.category_name,
                "officer": officers[case.id].name,
                "team": _("、").join(_team(case)),
                "laboratory": _("、").join(_laboratories(case)),
                "region": region_name(case.factory.get("region", "")),
                "updated": day_of(case.updated_at),
            }


def _team(case: "Application") -> list[str]:
    return [*dict.fromkeys(member.user.name for member in case.plan.team)] if case.plan else []


def _laboratories(case: "Application") -> list[str]:
    return [planned.laboratory.name for planned in case.plan.laboratories] if case.plan else []
