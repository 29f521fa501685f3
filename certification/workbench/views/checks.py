"""The list of follow-up checks, for the body that makes them and for the holder."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from accounts.actor import Actor
from accounts.session import current_actor
from accounts.words import region_name
from certification.aftercare.queries import life
from certification.aftercare.views.surveillance import surveillance
from certification.workbench.queries.certificates import laboratories
from certification.workbench.queries.checks import CHECKS
from certification.workbench.views.certificates import told_of
from certification.workbench.views.lists import Room, open_list
from certification.workflow import SURVEILLANCE
from certification.workflow.surveillance import OPEN
from core import tables
from core.i18n import _, language
from core.web import Page
from core.words import word

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance


def _rows(actor: Actor, checks: Sequence["Surveillance"]) -> Iterator[tables.Row]:
    days, tested = CHECKS.days(actor, checks), laboratories([check.certificate for check in checks])
    for check in checks:
        of, scheme = check.certificate, check.certificate.scheme
        yield {
            "certificate_number": of.number,
            "check": check.ordinal,
            "product": of.product_name,
            "holder": of.holder.name,
            "body": of.body.name,
            "status": str(word(f"surveillance.state.{check.state}")),
            "due": days[check.id],
            "window": check.window_from,
            "visit": check.conducted_on or check.on,
            "team": _("、").join(team(check)),
            "scheme": scheme.category_name_en if language() == "en" else scheme.category_name,
            "laboratory": _("、").join(tested[of.id]),
            "differs": told_of(of),
            "region": region_name(of.application.factory.get("region", "")),
        }


def team(check: "Surveillance") -> list[str]:
    return [*dict.fromkeys(member.user.name for member in check.team)]


def _beside(actor: Actor, page: Page["Surveillance"]) -> dict[str, object]:
    return {
        "days": CHECKS.days(actor, page.items),
        "tested": laboratories([check.certificate for check in page.items]),
        "team": team,
        "late": life.late(actor),
        "proposals": life.proposals(actor) if actor.kind == "certification_body" else [],
    }


def _other(check: "Surveillance") -> str:
    of = check.certificate
    return of.body.name if current_actor().kind == "manufacturer" else of.holder.name


LIST = Room(
    CHECKS,
    blueprint=surveillance,
    page="index",
    template="certification/workbench/checks.html",
    cells="certification/workbench/check_cells.html",
    states="surveillance.state",
    asking=current_actor,
    heads=("certificate_number", "check", "product", "holder", "body", "differs"),
    columns=("status", "due", "window", "visit", "team", "scheme", "laboratory", "region"),
    shown=("status", "due", "visit", "team", "region"),
    sorted_by={each: each for each in ("status", "due", "scheme")},
    rows=_rows,
    beside=_beside,
    file=lambda: _("跟踪检查"),
    client=_other,
    first=lambda _actor: "open",
    wide="all",
    closed=tuple(state for state in SURVEILLANCE.states if state not in OPEN),
    stage="status",
)
open_list(LIST)
