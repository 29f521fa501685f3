"""The list of cases a body works from."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from accounts.actor import Actor
from accounts.session import actor_of_kind
from accounts.words import region_name
from certification.application.queries.responsibility import responsible_people
from certification.clocks import queries as clocks
from certification.workbench.queries import loads
from certification.workbench.queries.queue import CASES, PRESSING
from certification.workbench.queries.turns import holders_of
from certification.workbench.views.lists import Room, open_list
from certification.workbench.views.reviews import reviews
from certification.workflow.application import CLOSED
from core import tables
from core.clock import day_of
from core.i18n import _, language
from core.web import Page
from core.words import word

if TYPE_CHECKING:
    from certification.application.models import Application

reviews.add_app_template_global(loads.loads)


def _rows(actor: Actor, cases: Sequence["Application"]) -> Iterator[tables.Row]:
    officers, turns = responsible_people(actor, cases), holders_of(cases)
    due = clocks.nearest(cases, *PRESSING)
    for case in cases:
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


def _beside(_actor: Actor, page: Page["Application"]) -> dict[str, object]:
    return {"pressing_days": clocks.nearest(page.items, *PRESSING)}


QUEUE = Room(
    CASES,
    blueprint=reviews,
    page="queue",
    template="certification/workbench/queue.html",
    cells="certification/workbench/queue_cells.html",
    states="application.state",
    asking=lambda: actor_of_kind("certification_body"),
    heads=("product", "number", "client"),
    columns=("due", "state", "turn", "scheme", "officer", "team", "laboratory", "region", "updated"),
    shown=("due", "state", "turn", "scheme", "officer", "laboratory", "region"),
    sorted_by={"due": "due", "state": "state", "scheme": "scheme", "updated": "updated"},
    rows=_rows,
    beside=_beside,
    file=lambda: _("案卷"),
    client=lambda case: case.applicant.name,
    first=lambda _actor: "mine",
    wide="open",
    closed=CLOSED,
)
open_list(QUEUE)
