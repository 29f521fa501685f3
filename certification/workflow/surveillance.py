"""The follow-up check of a certificate (certification-rules 6.5, 认证认可条例 art. 26).

Planned at issue, inside a window; conducted by a team; concluded by other hands.  What is found
wanting is corrected, or leads to a status act that a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from certification.workflow.certificate import not_in_force
from certification.workflow.impartiality import clear_to, team_hindrances
from certification.workflow.nonconformity import GRADES
from core.clock import today
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance

CHECKS = (
    "product_consistency",
    "quality_assurance",
    "energy_monitoring",
    "footprint_kept",
    "label_use",
    "changes_reported",
    "former_findings",
)
FINDINGS = ("conform", *GRADES)
FUNCTIONS = ("lead_verifier", "verifier")
PLANNED = ("planned",)
ANNOUNCED = ("notified",)
PASSED = ("passed",)
CONCLUDED = (*PASSED, "failed")
DECLINED = ("declined",)  # ordered by the regulator, and answered with reasons instead
CORRECTING = ("correcting",)
OPEN = ("planned", "notified", "conducted", *CORRECTING)
MISSED = (*PLANNED, *ANNOUNCED)  # not made yet: missed once its day is over


class Made(Protocol):
    """A follow-up check, or what mirrors one."""

    @property
    def state(self) -> str: ...
    @property
    def due(self) -> date: ...
    @property
    def conducted_on(self) -> date | None: ...
    @property
    def concluded_on(self) -> date | None: ...


@dataclass(frozen=True)
class Followed:
    """How the follow-up checks of a certificate stood on a day, as anybody may know it (168号令 art. 25).

    `made`: the day of the newest check that was made by then; `result`: how it ended, passed, failed, or
    open while nobody had concluded it; `due`: the last day for the next one; `late`: that day was over.
    """

    made: date | None = None
    result: str = ""
    due: date | None = None
    late: bool = False


def followed(checks: Iterable[Made], day: date, *, in_force: bool) -> Followed:
    """The newest is the one made last, in the plan or ordered beside it; none is still to be made for a
    certificate that was not `in_force`."""
    rows = [(check, check.conducted_on) for check in checks if check.state not in DECLINED]
    made = sorted(((on, place) for place, (_check, on) in enumerate(rows) if on and on <= day))
    done = [rows[place][0] for _on, place in made]
    to_come = [check.due for check, on in rows if not on or on > day]
    due = min(to_come, default=None) if in_force else None
    if not done:
        return Followed(due=due, late=due is not None and due < day)
    last = done[-1]
    concluded = last.concluded_on is not None and last.concluded_on <= day
    ended = "passed" if last.state in PASSED else "failed"
    return Followed(last.conducted_on, ended if concluded else "open", due, due is not None and due < day)


def ordered(surveillance: "Surveillance", _actor: Actor) -> str | None:
    """What the plan asks is made; only what the regulator ordered beside it may be answered with reasons."""
    return None if surveillance.ordered_on else "check-not-ordered"


def certificate_in_force(surveillance: "Surveillance", _actor: Actor) -> str | None:
    return not_in_force(surveillance.certificate)


def on_its_team(surveillance: "Surveillance", actor: Actor) -> str | None:
    leads = {member.user_id for member in surveillance.team if member.function == "lead_verifier"}
    return None if actor.id in leads else "not-on-the-team"


def something_found(surveillance: "Surveillance", _actor: Actor) -> str | None:
    return None if surveillance.findings else "nothing-failed"


def nothing_open(surveillance: "Surveillance", _actor: Actor) -> str | None:
    """Passed at once when nothing was found; after that, when every finding was answered and closed."""
    left = [finding for finding in surveillance.findings if not finding.is_closed]
    if not left:
        return None
    if not surveillance.is_correcting:
        return "surveillance-finding-open"
    return "correction-not-answered" if any(each.awaits_client for each in left) else "correction-not-judged"


def team_clear(surveillance: "Surveillance", actor: Actor, facts: Facts) -> str | None:
    """Whoever plans is not of the team, and the gate of impartiality lets all of it pass."""
    team = facts.get("team") or ()
    functions = {function for _, function in team}
    if "lead_verifier" not in functions or not functions <= set(FUNCTIONS):
        return "team-incomplete"
    people = sorted({user_id for user_id, _ in team})
    if actor.id in people:
        return "took-part-in-planning"
    return next(team_hindrances(surveillance, team, today()), None)


def inside_window(surveillance: "Surveillance", _actor: Actor, facts: Facts) -> str | None:
    """Not before the window opens; after it has closed a late check is still made."""
    on = facts.get("on")
    if on is None:
        return None
    late = today() > surveillance.due
    inside = surveillance.window_from <= on and (late or on <= surveillance.due)
    return None if inside else "outside-the-window"


def record_complete(surveillance: "Surveillance", _actor: Actor, facts: Facts) -> str | None:
    items = {item["slug"]: item for item in facts.get("items") or ()}
    if set(items) != set(CHECKS) or not all(item.get("finding") in FINDINGS for item in items.values()):
        return "surveillance-check-unanswered"
    if any(item["finding"] != "conform" and not item.get("note") for item in items.values()):
        return "site-finding-without-fact"
    if facts.get("conducted_on") is None:
        return "conducted-on-missing"
    planned = surveillance.person_days
    too_few = planned is None or (facts.get("person_days") or 0) < planned
    return "person-days-too-few" if too_few else None


def factory_of(check: "Surveillance") -> tuple[str, str]:
    """Where it is made: the code of the factory, or its name where it has none, and the address."""
    factory = check.application.factory
    return factory.get("uscc") or factory["name"], factory["address"]


def served_together(check: "Surveillance", _actor: Actor, facts: Facts) -> str | None:
    """One visit serves several certificates that one body has issued for one factory; one record holds for
    several checks of the same visit."""
    others = facts.get("joined") or ()
    of_one = {each.certificate_id for each in (check, *others)}
    shared = all(each.state == check.state and _visit(each) == _visit(check) for each in others)
    under_way = not others or check.state in PLANNED or check.visit_id is not None
    return None if shared and under_way and len(of_one) == len(others) + 1 else "check-not-of-this-visit"


def _visit(check: "Surveillance") -> tuple[int | None, tuple[str, str], int | None]:
    return check.party("case_officer"), factory_of(check), check.visit_id


FOOTPRINT = ("footprint_from", "footprint_to", "footprint_declared", "footprint_verified")


def footprint_reported(check: "Surveillance", _actor: Actor, facts: Facts) -> str | None:
    """Where the rule has it reported every year, what was declared and what was verified stand side by side,
    with the span they are about; whoever reports it anyway reports it whole."""
    given = [facts.get(name) is not None for name in FOOTPRINT]
    asked = check.certificate.scheme.rules.surveillance.yearly_footprint
    if not all(given) and (asked or any(given)):
        return "yearly-footprint-missing"
    return "record-of-one-footprint" if any(given) and facts.get("joined") else None


def footprint_judged(check: "Surveillance", _actor: Actor, facts: Facts) -> str | None:
    """A verified value above the limit the certificate was decided by is a finding."""
    verified, decision = facts.get("footprint_verified"), check.application.decision
    if verified is None or decision is None or decision.limit is None:
        return None
    full = decision.comparison == "full"
    value = verified if full else check.certificate.scheme.rounded(verified)
    kept = any(item["slug"] == "footprint_kept" and item.get("finding") == "conform"
               for item in facts.get("items") or ())  # fmt: skip
    return "footprint-over-limit-conforms" if kept and value > decision.limit else None


SURVEILLANCE = Machine(
    "surveillance", "planned",
    step("notify", "planned", "notified", "case_officer", certificate_in_force, clear_to("plan"),
         demands=[needs("surveillance-plan-incomplete", "team", "on", "person_days"),
                  team_clear, inside_window, served_together]),
    step("conduct", "notified", "conducted", "lead_verifier",
         certificate_in_force, on_its_team, clear_to("verify"),
         demands=[record_complete, footprint_reported, footprint_judged, served_together]),
    step("require", "conducted", "correcting", "decision_maker", clear_to("decide"), something_found,
         demands=[reason_given, needs("correction-due-missing", "due")]),
    step("pass", "conducted|correcting", "passed", "decision_maker", clear_to("decide"), nothing_open,
         demands=[reason_given]),
    step("fail", "conducted|correcting", "failed", "decision_maker", clear_to("decide"), something_found,
         demands=[reason_given]),
    step("decline_order", "planned|notified", "declined", "decision_maker", clear_to("decide"), ordered,
         demands=[reason_given]),
    step("lapse", "planned|notified|conducted|correcting", "lapsed", "system"),
)  # fmt: skip
