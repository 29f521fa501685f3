"""The list of orders of tests, for the laboratory that has them and for the body that gave them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from accounts.actor import Actor
from accounts.session import current_actor
from accounts.words import region_name
from certification.application.queries.responsibility import responsible_people
from certification.laboratory.views.laboratory import laboratory
from certification.workbench.queries.orders import ORDERS, client_of
from certification.workbench.views.lists import Room, open_list
from certification.workflow import SAMPLE
from certification.workflow.sample import DOUBTED, UNREPORTED
from core import tables
from core.errors import NotPermitted
from core.i18n import _, language
from core.web import Page
from core.words import word

if TYPE_CHECKING:
    from certification.application.queries.responsibility import Held
    from certification.laboratory.models import Sample

KINDS = ("testing_body", "certification_body")


def _asking() -> Actor:
    actor = current_actor()
    if actor.kind not in KINDS:
        raise NotPermitted("role-not-held")
    return actor


def _rows(actor: Actor, samples: Sequence["Sample"]) -> Iterator[tables.Row]:
    """What a laboratory may not know of a case stays empty for it."""
    officers, tests = _officers(actor, samples), actor.kind == "testing_body"
    for sample in samples:
        case = sample.application
        yield {
            "sample_number": sample.number,
            "product": case.product_name,
            "model": sample.model,
            "client": client_of(actor, sample),
            "state": str(word(f"sample.state.{sample.state}")),
            "expected": sample.expected_on,
            "items": _("、").join(_items(sample)),
            "ordered": sample.ordered_on,
            "scheme": case.scheme.category_name_en if language() == "en" else case.scheme.category_name,
            "laboratory": sample.laboratory.name,
            "officer": officers[case.id].name if case.id in officers else "",
            "region": "" if tests else region_name(case.factory.get("region", "")),
        }


def _items(sample: "Sample") -> list[str]:
    return [item["name_en"] if language() == "en" else item["name"] for item in sample.tests]


def _officers(actor: Actor, samples: Sequence["Sample"]) -> "dict[int, Held]":
    if actor.kind == "testing_body":
        return {}
    return responsible_people(actor, [*{each.application_id: each.application for each in samples}.values()])


def _beside(actor: Actor, page: Page["Sample"]) -> dict[str, object]:
    return {"days": ORDERS.days(actor, page.items), "officers": _officers(actor, page.items)}


LIST = Room(
    ORDERS,
    blueprint=laboratory,
    page="orders",
    template="certification/workbench/orders.html",
    cells="certification/workbench/order_cells.html",
    states="sample.state",
    asking=_asking,
    heads=("sample_number", "product", "model", "client"),
    columns=("state", "expected", "items", "ordered", "scheme", "laboratory", "officer", "region"),
    shown=("state", "expected", "items", "scheme", "laboratory"),
    sorted_by={"state": "state", "expected": "due", "ordered": "ordered", "scheme": "scheme"},
    rows=_rows,
    beside=_beside,
    file=lambda: _("检测委托"),
    client=lambda sample: client_of(current_actor(), sample),
    first=lambda actor: "mine" if actor.kind == "testing_body" else "open",
    wide="all",
    closed=tuple(state for state in SAMPLE.states if state not in (*UNREPORTED, *DOUBTED)),
)
open_list(LIST)
