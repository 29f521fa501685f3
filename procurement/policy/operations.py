"""The verbs of policy: propose, write, approve; and the file of a keeper, which enters rules the same way."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from core import audit
from core.calendar.count import DAY
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.lifecycle import MOST_LISTED
from core.machine import Actor
from core.readers import days, numbers
from procurement import queries as lists
from procurement import rules
from procurement.categories import queries as categories
from procurement.loading import Report, each_row, read
from procurement.models import PolicyRule
from procurement.policy import checking
from procurement.policy.checking import Values
from procurement.policy.models import PolicyProposal
from procurement.verdict.judging import LIST
from schemes import queries as schemes

COLUMNS = (
    "category_edition", "category_code", "category_name", "scheme_code", "treatment", "basis", "valid_from",
)  # fmt: skip
UNSORTED: Values = {"parameter": "", "above": None, "up_to": None, "choices": []}
IDENTITY = ("category_edition", "category_code", "scheme_code", "valid_from")
SORTED_BY = ("parameter", "above", "up_to", "choices")
SAID = (*COLUMNS, "mode", "bodies", "criterion", "scope_note", "last_days", "demo", "valid_to", *SORTED_BY)


def enter(values: Values, drafted_by: str, approved_by: str) -> PolicyRule:
    """A rule that is in force from its day; the one before it ends the day before.

    Raises Invalid by member, Unmet `policy-not-later` where a rule of that day or a later one stands."""
    checking.check(values)
    stands = _same_goods(values)
    if stands and stands[-1].valid_from >= values["valid_from"]:
        raise Unmet("policy-not-later", day=stands[-1].valid_from)
    for former in stands[-1:]:
        last = values["valid_from"] - DAY
        former.valid_to = min(last, former.valid_to or last)
    rule = PolicyRule(**values, number=len(stands) + 1, drafted_by=drafted_by, approved_by=approved_by)
    db.session.add(rule)
    db.session.flush()
    return rule


def _same_goods(values: Values) -> list[PolicyRule]:
    """The rules for the same code and scheme, the first before the others."""
    same = [getattr(PolicyRule, name) == values[name] for name in COLUMNS[:2]]
    query = select(PolicyRule).where(*same, PolicyRule.scheme_code == values["scheme_code"])
    return list(db.session.scalars(query.order_by(PolicyRule.valid_from)))


# By people


def propose(actor: Actor, values: Values) -> PolicyProposal:
    """Raises NotPermitted `role-not-held`, Invalid by member."""
    _check_writer(actor)
    found = PolicyProposal(owner_id=actor.organisation_id, writers=[])
    _say(found, actor, values)
    db.session.add(found)
    db.session.flush()
    audit.record(actor, "policy_proposal.propose", f"policy_proposal/{found.id}", code=found.category_code)
    return found


def write(proposal: PolicyProposal, actor: Actor, values: Values) -> None:
    """The same, of one that stands; it may be changed until it is decided."""
    _check_writer(actor)
    if proposal.owner_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="write")
    if not proposal.is_proposed:
        raise OutOfOrder("policy-decided")
    _say(proposal, actor, values)
    audit.record(actor, "policy_proposal.write", f"policy_proposal/{proposal.id}")


def _check_writer(actor: Actor) -> None:
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step="propose")


def _say(proposal: PolicyProposal, actor: Actor, given: Values) -> None:
    assert actor.id is not None  # whoever holds the role is somebody
    values = {"category_name": "", "demo": False, "last_days": {}, **UNSORTED, **given}
    for name in ("bodies", "choices"):
        if len(values[name]) > MOST_LISTED:
            raise Invalid("list-too-long", {name: "list-too-long"}, most=MOST_LISTED)
    category = categories.category(values["category_edition"], values["category_code"])
    if category is not None:
        values["category_name"] = category.name
    with db.session.no_autoflush:
        _check_known(values, known=category is not None)
        checking.check(values)
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.writers, proposal.author = sorted({*proposal.writers, actor.id}), actor.label


def _check_known(values: Values, *, known: bool) -> None:
    """Code and scheme are among those there are."""
    if values["category_edition"] and values["category_code"] and not known:
        raise Invalid(
            "category-unknown", {"category_code": "category-unknown"}, value=values["category_code"]
        )
    if values["scheme_code"] and not schemes.versions(values["scheme_code"]):
        raise Invalid("policy-scheme-missing", {"scheme_code": "policy-scheme-missing"})


def approve(proposal: PolicyProposal, actor: Actor, **_facts: object) -> None:
    values = {name: getattr(proposal, name) for name in SAID}
    proposal.rule = enter(values, proposal.author, actor.label)


# From a file


def load_policy(actor: Actor, lines: Iterable[str]) -> Report:
    """Take policy rules from a CSV.  A rule that stands is not altered: a new one has a new date."""
    known, report = {_identity(rule) for rule in lists.policies()}, Report()

    def take(row: dict[str, str]) -> str:
        values = _values(row)
        key = tuple(values[name] for name in IDENTITY)
        if key in known:
            return "unchanged"
        try:
            enter(values, actor.label, actor.label)
        except Unmet as refused:
            raise Invalid(refused.slug, value=row["valid_from"]) from refused
        known.add(key)
        return "added"

    each_row(lines, COLUMNS, take, report)
    audit.record(actor, "procurement.load_policy", "policy", added=report.added)
    return report


def last_days(text: str | None) -> dict[str, date]:
    """`2023 2027-06-30`, one version a line or parted by semicolons."""
    pieces = [each.split() for each in (text or "").replace("；", ";").replace(";", "\n").splitlines()]
    said = [(each[0], days.day(each[-1]) if len(each) == 2 else None) for each in pieces if each]
    return checking.last_days(said)


def _number(text: str | None) -> Decimal | None:
    return numbers.number(text) if text and text.strip() else None


def _identity(rule: rules.Policy) -> tuple[object, ...]:
    return tuple(getattr(rule, name) for name in IDENTITY)


def _values(row: dict[str, str]) -> dict[str, object]:
    texts = {name: row[name].strip() for name in COLUMNS if name != "valid_from"}
    more = {name: (row.get(name) or "").strip() for name in ("criterion", "scope_note", "parameter")}
    return {
        **texts,
        **more,
        "mode": row.get("mode") or LIST,
        "bodies": (row.get("bodies") or "").split(),
        "choices": (row.get("choices") or "").split(),
        "above": read(row.get("above"), _number),
        "up_to": read(row.get("up_to"), _number),
        "last_days": read(row.get("last_use"), last_days),
        "demo": row.get("demo") == "1",
        "valid_from": read(row["valid_from"], days.day),
        "valid_to": read(row.get("valid_to"), days.day),
    }
