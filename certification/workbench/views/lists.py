"""How a list opens: its page, the views that are kept of it, and the same list as a workbook."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from certification.workbench import operations
from certification.workbench.forms import ViewForm
from certification.workbench.queries import lists as questions
from certification.workbench.queries import views
from certification.workbench.queries.lists import Listing, Wanted
from core import asked, tables
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.web import Page
from core.words import word

T = TypeVar("T")

SIZE = 50
SELECTS = ("scheme", "person", "laboratory", "region", "state")


@dataclass(frozen=True)
class Room(Generic[T]):
    """Where a list is shown, and what a line of it tells.

    `asking` lets in whoever may read the list.  `heads`: the columns every line begins with, in the workbook;
    `columns`: those that are chosen, `shown` unless others are; `sorted_by`: by column, its sort.  `rows`:
    the cells of these things, by column.  `beside`: what the page says besides.  `first`: the view of an
    address that asks nothing, `wide` of one that asks something; `closed`: the states of what is over;
    `stage`: the column of the state.
    """

    listing: Listing[T]
    blueprint: Blueprint
    page: str  # the name of its view
    template: str
    cells: str  # the template of what stands in a line
    states: str  # the words of its states begin with it
    asking: Callable[[], Actor]
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    sorted_by: dict[str, str]
    rows: Callable[[Actor, Sequence[T]], Iterable[tables.Row]]
    beside: Callable[[Actor, Page[T]], dict[str, object]]
    file: Callable[[], str]  # what the workbook is called
    client: Callable[[T], str]  # what the client of a line is called
    first: Callable[[Actor], str]
    wide: str
    closed: tuple[str, ...]
    stage: str = "state"

    def at(self, name: str) -> str:
        """The endpoint of a view beside its page."""
        return f"{self.blueprint.name}.{name}"


def open_list(room: Room[T]) -> None:
    """Four addresses: the page, its workbook, and the two that keep a view and let it go."""
    listing = room.listing

    def page() -> ResponseReturnValue:
        return _page(room, ViewForm(formdata=None)), 200

    def keep_view() -> ResponseReturnValue:
        """The list as the address asks it, under a name."""
        actor, form = room.asking(), ViewForm()
        if not form.validate():
            return _page(room, form), 422
        wanted = _wanted(room)
        told = {name: value for name, value in _told(room, wanted).items() if value}
        try:
            operations.keep_view(actor, listing.name, form.name.data or "", told)
            db.session.commit()
        except Invalid as refused:
            db.session.rollback()
            form.blame(refused)
            return _page(room, form), 422
        flash(_("已保存这个视图"), "ok")
        return redirect(_address(room, wanted)(), 303)

    def drop_view(view_id: int) -> ResponseReturnValue:
        operations.drop_view(room.asking(), view_id)
        db.session.commit()
        return redirect(url_for(room.at(room.page)), 303)

    def export() -> ResponseReturnValue:
        """What the filter shows, every page of it, in the same order."""
        actor, wanted = room.asking(), _wanted(room)
        head = {column: str(word(f"list.column.{column}")) for column in (*room.heads, *room.columns)}
        name = f"{room.file()}-{today().isoformat()}-{{total}}.xlsx"
        return tables.export("xlsx", head, _rows(room, actor, wanted), name)

    for address, view, method in (
        ("/", page, "GET"),
        ("/views", keep_view, "POST"),
        ("/views/<id:view_id>/drop", drop_view, "POST"),
        (f"/{listing.name}.xlsx", export, "GET"),
    ):
        name = room.page if view is page else view.__name__
        room.blueprint.add_url_rule(address, name, view, methods=[method])


def _page(room: Room[T], form: ViewForm) -> str:
    actor, wanted, listing = room.asking(), _wanted(room), room.listing
    counts = listing.counted(actor, wanted, asked.page(), SIZE)
    page = listing.listed(counts, asked.page(), SIZE)
    return render_template(
        room.template,
        room=room,
        listing=listing,
        wanted=wanted,
        form=form,
        kept=views.kept(actor, listing.name),
        counts=counts,
        named=questions.named(counts),
        page=page,
        selects=SELECTS,
        states=_states(room, wanted),
        shown=_shown(room),
        address=_address(room, wanted),
        clean=_address(room, Wanted(view=wanted.view))(),
        **room.beside(actor, page),
    )


def _states(room: Room[T], wanted: Wanted) -> list[str]:
    """Those in which something of the view can stand."""
    over = wanted.view == "closed"
    return [each for each in room.listing.states if not room.listing.halved or (each in room.closed) == over]


def _wanted(room: Room[T]) -> Wanted:
    """What the address asks; one that asks nothing shows what is looked for first."""
    listing = room.listing
    state = asked.choice("state", listing.states)
    asks = any(asked.text(name) for name in ("q", "due", *SELECTS, "client"))
    usual = "closed" if state in room.closed else room.wide if asks else room.first(room.asking())
    return Wanted(
        view=asked.choice("view", listing.views, usual),
        due=asked.choice("due", listing.due),
        scheme=asked.text("scheme"),
        client=asked.number("client"),
        person=asked.number("person"),
        laboratory=asked.number("laboratory"),
        region=asked.text("region"),
        state=state,
        text=asked.text("q"),
        sort=asked.choice("sort", listing.sorts, "due"),
        falling=asked.choice("order", ("rising", "falling")) == "falling",
    )


def _shown(room: Room[T]) -> list[str]:
    """The columns that are chosen, in the order of the list."""
    chosen = asked.everything().get("column", room.shown)
    return [column for column in room.columns if column in chosen]


def _address(room: Room[T], wanted: Wanted) -> Callable[..., str]:
    """address(due="late"): the list with one answer changed and every other kept, from its first page;
    address("export"): what stands beside it."""
    kept = _told(room, wanted)
    doors: dict[str, str] = {}  # a page has some seventy of these addresses

    def changed(beside: str = room.page, **answers: object) -> str:
        told = {name: value for name, value in (kept | answers).items() if value}
        if beside not in doors:
            doors[beside] = url_for(room.at(beside))
        return f"{doors[beside]}?{urlencode(told, doseq=True)}" if told else doors[beside]

    return changed


def _told(room: Room[T], wanted: Wanted) -> dict[str, Any]:  # texts, numbers and the names of columns
    """The answers as an address tells them."""
    told = {name: value for name, value in asdict(wanted).items() if name not in ("text", "falling")}
    told |= {"q": wanted.text, "order": "falling" if wanted.falling else ""}
    chosen = asked.everything().get("column", ())
    return told | {"column": [column for column in room.columns if column in chosen]}


def _rows(room: Room[T], actor: Actor, wanted: Wanted) -> Iterator[tables.Row]:
    for part in room.listing.chunks(actor, wanted):
        yield from room.rows(actor, part)
