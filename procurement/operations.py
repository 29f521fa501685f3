"""Procurement's verbs: drawing up an edition, taking it to publication, striking what fell since."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from accounts import uscc
from accounts.actor import SYSTEM
from catalog.events import EntryStatusChanged
from catalog.search.text import squash
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor
from core.opened import table
from core.readers import days, numbers
from procurement import queries, rules
from procurement.models import Category, Edition, EditionLine, Omission, PolicyRule, StruckLine
from procurement.rules import TREATMENTS
from procurement.verdict import lines as verdicts
from procurement.verdict.judging import LIST, MODES
from procurement.workflow import judged_in_the_past

T = TypeVar("T")

DATA = Path(__file__).parent / "data"
CODES = {"code", "level", "parent_code"}
POLICY = {
    "category_edition",
    "category_code",
    "category_name",
    "scheme_code",
    "treatment",
    "basis",
    "valid_from",
}


# Editions


def draft_edition(actor: Actor, number: str, title: str, cutoff: date, policy_date: date) -> Edition:
    """Begin an edition and compose it by rule; `number` is year and issue, such as 2026-3."""
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step="draft")
    if queries.number_taken(number):
        raise Invalid("edition-number-taken", {"number": "edition-number-taken"}, number=number)
    if slug := judged_in_the_past(None, actor, {"cutoff": cutoff}):
        raise Invalid(slug, {"cutoff": slug})
    previous = queries.latest_published()
    edition = Edition(number=number, title=title, owner_id=actor.organisation_id, previous=previous)
    edition.cutoff, edition.policy_date = cutoff, policy_date
    db.session.add(edition)
    db.session.flush()
    _compose(edition)
    audit.record(actor, "edition.draft", f"edition/{edition.id}", number=number, cutoff=cutoff)
    return edition


def redraft(edition: Edition, _actor: Actor, *, cutoff: date, policy_date: date, **_facts: object) -> None:
    edition.cutoff, edition.policy_date = cutoff, policy_date
    _compose(edition)


def open_notice(
    edition: Edition, _actor: Actor, *, notice_from: date, notice_to: date, **_facts: object
) -> None:
    edition.notice_from, edition.notice_to = notice_from, notice_to


def take_back(edition: Edition, _actor: Actor, **_facts: object) -> None:
    edition.notice_from = edition.notice_to = None


def publish(edition: Edition, _actor: Actor, *, document_number: str, **_facts: object) -> None:
    """Freeze: what fell during the notice, or is not as it was signed, is left out with its reason; the rest
    gets its digest."""
    _leave_out_fallen(edition)
    edition.document_number, edition.published_on = document_number.strip(), today()
    edition.digest = rules.digest(rules.document(edition, edition.lines))


def _compose(edition: Edition) -> None:
    edition.lines.clear()
    edition.omissions.clear()
    db.session.flush()
    candidates, policies = queries.candidates(edition.cutoff), queries.policies()
    lines, left_out = rules.compose(candidates, policies, edition.policy_date)
    for place, line in enumerate(lines, start=1):
        edition.lines.append(EditionLine(place=place, squashed=squash(line.model), **asdict(line)))
    for candidate, reason in left_out:
        edition.omissions.append(_omission(candidate, reason))
    edition.demo = any(line.demo for line in lines)
    db.session.flush()


def _omission(product: rules.Candidate | EditionLine, reason: str) -> Omission:
    return Omission(
        entry_id=product.entry_id,
        number=product.number,
        product=product.product,
        maker=product.maker,
        reason=reason,
    )


def _leave_out_fallen(edition: Edition) -> None:
    reasons = verdicts.fallen(edition, today())
    unlike = queries.not_as_signed(edition.lines)
    reasons |= {line.id: rules.UNLIKE for line in edition.lines if line.entry_id in unlike}
    fallen = [line for line in edition.lines if line.id in reasons]
    for line in {line.entry_id: line for line in fallen}.values():
        edition.omissions.append(_omission(line, reasons[line.id]))
    for line in fallen:
        edition.lines.remove(line)
    db.session.flush()
    for place, line in enumerate(edition.lines, start=1):
        line.place = place
    edition.demo = any(line.demo for line in edition.lines)
    db.session.flush()


def strike(event: EntryStatusChanged) -> None:
    """Note on every printed line what happened to its certificate; the printed line stays."""
    lines = queries.printed_lines(event.certificate_id)
    facts = {name: getattr(event, name) for name in ("act", "status", "on", "until", "reason")}
    db.session.add_all(StruckLine(line_id=line.id, **facts) for line in lines)
    if lines:
        numbers = sorted({line.edition.number for line in lines})
        audit.record(SYSTEM, f"edition.{event.act}", f"entry/{event.entry_id}", editions=numbers, on=event.on)
    db.session.flush()


# Reference data: categories and policy


@dataclass
class Report:
    """What became of the rows of a file; `refused` holds (row number in the file, slug, value)."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged + len(self.refused)

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


def import_categories(actor: Actor, lines: Iterable[str], edition: str, source: str = "") -> Report:
    """Take 品目 codes of one edition of the catalogue from a CSV; bad rows are reported, not fatal."""
    known = {
        each.code: each for each in db.session.scalars(select(Category).where(Category.edition == edition))
    }
    report = Report()
    for line, row in table.rows(lines, CODES):
        try:
            code, values = _category(row)
        except Invalid as refused:
            report.refused.append((line, refused.slug, str(refused.detail.get("value", ""))))
            continue
        values["source"] = row.get("source") or source
        report.count(_keep(known, code, values, edition))
    db.session.flush()
    audit.record(actor, "procurement.import_categories", f"categories/{edition}", rows=report.rows)
    return report


def _category(row: dict[str, str]) -> tuple[str, dict[str, object]]:
    code, name = row["code"].strip(), (row.get("name") or row.get("name_clean") or "").strip()
    if not queries.CODE.fullmatch(code):
        raise Invalid("code-shape", value=code)
    if not name:
        raise Invalid("category-name-missing", value=code)
    level = _read(row["level"], numbers.whole)
    if level is None:
        raise Invalid("value-missing", value="level")
    suspect = row.get("name_suspect") == "1"
    return code, {
        "name": name,
        "level": level,
        "parent": row["parent_code"],
        "suspect": suspect,
    }


def _keep(known: dict[str, Category], code: str, values: dict[str, object], edition: str) -> str:
    category = known.get(code)
    if category is None:
        known[code] = Category(edition=edition, code=code, **values)
        db.session.add(known[code])
        return "added"
    facts = {name: value for name, value in values.items() if name != "source"}
    differing = {name: value for name, value in facts.items() if getattr(category, name) != value}
    for name, value in differing.items():
        setattr(category, name, value)
    return "changed" if differing else "unchanged"


def load_policy(actor: Actor, lines: Iterable[str]) -> Report:
    """Take policy rules from a CSV.  A rule that stands is never altered: a new one has a new date."""
    report = Report()
    known = {_identity(rule) for rule in queries.policies()}
    for line, row in table.rows(lines, POLICY):
        try:
            rule = _policy(row)
        except Invalid as refused:
            report.refused.append((line, refused.slug, str(refused.detail.get("value", ""))))
            continue
        if _identity(rule) in known:
            report.count("unchanged")
            continue
        known.add(_identity(rule))
        db.session.add(rule)
        report.count("added")
    db.session.flush()
    audit.record(actor, "procurement.load_policy", "policy", added=report.added)
    return report


def _identity(rule: PolicyRule | rules.Policy) -> tuple[str, str, str, date]:
    return rule.category_edition, rule.category_code, rule.scheme_code, rule.valid_from


def _policy(row: dict[str, str]) -> PolicyRule:
    texts = ("category_edition", "category_code", "category_name", "scheme_code", "treatment", "basis")
    if row["treatment"] not in TREATMENTS:
        raise Invalid("not-in-list", value=row["treatment"])
    if missing := [name for name in (*texts, "valid_from") if not row[name].strip()]:
        raise Invalid("value-missing", value="、".join(missing))
    mode = row.get("mode") or LIST
    if mode not in MODES:
        raise Invalid("not-in-list", value=mode)
    return PolicyRule(
        **{name: row[name] for name in texts},
        mode=mode,
        bodies=[uscc.check(code, "bodies") for code in (row.get("bodies") or "").split()],
        demo=row.get("demo") == "1",
        valid_from=_read(row["valid_from"], days.day),
        valid_to=_read(row.get("valid_to"), days.day),
    )


def _read(text: str | None, reader: Callable[[str | None], T]) -> T:
    try:
        return reader(text)
    except Invalid as error:
        raise Invalid(error.slug, value=text) from error
