"""The one verdict: may exactly this be bought on that day, under which rule.  Pure.

What is known is handed in as dated facts; nothing here looks at a table or at the clock.  Six findings are
made, each with its ground, and a seventh where the rule asks for an edition of the list; what follows from
them all is `overall`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, get_args

from certification.certificate.likeness import NEAREST, between, near, same
from certification.workflow.certificate import (
    ACTED_ON,
    NOT_BEGUN,
    SUSPENDED,
    VALID,
)
from procurement.assignments.deciding import Code, settled
from procurement.verdict.dated import Act, Held, Listing, Meant, Question, Rule, Suspended, Version

Answer = Literal["met", "not-met", "unknown", "not-asked"]
ANSWERS = get_args(Answer)
SUBJECTS = ("category", "in-force", "model", "maker", "body", "standard")
STRUCK = "line-struck"
SUSPENDED_MAKER = "maker-suspended"
LISTED = "listing"  # the seventh, where the rule goes by the list
GROUNDS = (
    "compulsory", "preferred", "encouraged", "not-required", "stated-not-required", "part-of-other-goods",
    "category-not-told", "category-of-other-goods",
    "category-to-be-confirmed", "certificate-unknown", "not-as-signed", "issued-after-the-day",
    "covered-until", "succeeded-by", "in-force", "begins-after-the-day", "expired", "suspended", "withdrawn",
    "cancelled", "superseded", "model-not-told", "model-left-scope", "model-entered-later",
    "model-not-covered", "configuration-differs", "model-covered", "maker-code-differs", "maker-not-told",
    "maker-differs", "factory-differs", SUSPENDED_MAKER, "maker-same", "body-not-approved",
    "body-not-named", "body-named", "body-approved", "standard-no-longer-accepted", "standard-last-used",
    "standard-accepted", "no-edition", "listed", "issued-after-cutoff", STRUCK, "left-out", "not-listed",
)  # fmt: skip
OVERALL = ("buyable", "not-buyable", "not-required", "committee", "not-yet-known", "unknown")
LIST, CATEGORY, CRITERIA = MODES = ("list", "category", "criteria")
TREATED = {
    "mandatory": "compulsory",
    "priority": "preferred",
    "encouraged": "encouraged",
    "not-required": "stated-not-required",
}
STANDS = ("in-force", "waiting", "fallen")
DAY = timedelta(days=1)
MEANT = 3  # how many certificates that somebody may have meant
NOBODY = Meant()
NOTHING: Mapping[str, Code] = MappingProxyType({})
NOT_REQUIRED = ("not-required", "stated-not-required", "part-of-other-goods")


@dataclass(frozen=True)
class Finding:
    """One answer with its ground: a slug, and the facts its sentence tells."""

    subject: str
    answer: Answer
    ground: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`number` is that of the certificate that answers, which may be a successor of the one asked for, and
    `status` what that is worth on the day; empty where there is none.  `asked_status` and `asked_act` are
    those of the very certificate asked for."""

    question: Question
    overall: str
    findings: tuple[Finding, ...]
    treatment: str
    basis: str
    mode: str
    number: str
    status: str
    asked_status: str
    asked_act: Act | None
    demo: bool

    @property
    def stands(self) -> str:
        """What a printed line is worth: one of STANDS.  Of a day to come, whether its validity covers it."""
        grounds = {self.on("in-force").ground, self.on("model").ground}
        if not grounds.isdisjoint(("issued-after-the-day", "begins-after-the-day", "model-entered-later")):
            return "waiting"
        if self.is_of_suspended or self.is_struck:
            return "fallen"
        in_force = self.on("in-force").answer == "met" or self.on("in-force").ground == "covered-until"
        return "in-force" if in_force and self.on("model").answer == "met" else "fallen"

    @property
    def stands_by_now(self) -> bool:
        """Not yet in force is not fallen."""
        return self.stands != "fallen"

    @property
    def asked_stands(self) -> bool:
        """Whether the very certificate asked for is valid on the day, whatever it covers."""
        return self.asked_status in VALID

    @property
    def is_of_suspended(self) -> bool:
        return self.on("maker").ground == SUSPENDED_MAKER

    @property
    def is_struck(self) -> bool:
        return any(finding.ground == STRUCK for finding in self.findings)

    @property
    def has_left_scope(self) -> bool:
        return self.on("model").ground == "model-left-scope"

    def against(self) -> list[Finding]:
        """What keeps the answer from being a yes, the noes first."""
        told = [each for each in self.findings if each.answer in ("not-met", "unknown")]
        return sorted(told, key=lambda each: each.answer != "not-met")

    def on(self, subject: str) -> Finding:
        return next(finding for finding in self.findings if finding.subject == subject)


def verdict(
    asked: Question,
    held: Held | None,
    rules: Iterable[Rule],
    listing: Listing,
    today: date,
    meant: Meant = NOBODY,
    suspended: Iterable[Suspended] = (),
    confirmed: Mapping[str, Code] = NOTHING,
) -> Verdict:
    """`rules` are all in force on the day; `held` is what carries the number, or None; `suspended` are makers
    that a list may not carry, which counts where the rule goes by the list; `confirmed` says, by number of a
    certificate, to which 品目 its product belongs."""
    rules = list(rules)
    certificate = held.on(asked.on) if held else None
    category, rule = _category(asked, certificate, rules, confirmed)
    found = [category]
    if certificate is None:
        found.append(_nobodys(asked, meant))
        found += [Finding(subject, "unknown", "certificate-unknown", {}) for subject in SUBJECTS[2:]]
    else:
        version = certificate.version_on(asked.on)
        found += [
            _in_force(asked, held, certificate, today),
            _model(asked, certificate, version),
            _maker(asked, version, suspended if rule and rule.mode == LIST else ()),
            _body(asked, certificate, rule),
            _standard(asked, version, rule),
        ]
        asks = rule is not None and category.ground not in NOT_REQUIRED
        if rule and asks and rule.mode == LIST and asked.on <= today:  # of a day to come no edition is known
            found.append(_listing(certificate, listing, asked))
    return Verdict(
        asked,
        _overall(found, rule),
        tuple(found),
        rule.treatment if rule else "",
        rule.basis if rule else "",
        rule.mode if rule else "",
        certificate.number if certificate else "",
        certificate.status_on(asked.on) if certificate else "",
        held.status_on(asked.on) if held else "",
        held.act_on(asked.on) if held else None,
        any(each.demo for each in (certificate, rule) if each),
    )


def _overall(found: Sequence[Finding], rule: Rule | None) -> str:
    """A no counts before what is unknown; nothing is green that was not answered."""
    answers = {finding.answer for finding in found[1:]}
    if found[0].ground in NOT_REQUIRED:
        return "not-required"
    if "not-met" in answers or found[0].answer == "not-met":
        return "not-buyable"
    if found[1].ground == "covered-until":
        return "not-yet-known"
    if "unknown" in answers or found[0].answer == "unknown":
        return "unknown"
    return "committee" if rule and rule.mode == CRITERIA else "buyable"


def _category(
    asked: Question, held: Held | None, rules: list[Rule], confirmed: Mapping[str, Code]
) -> tuple[Finding, Rule | None]:
    """Whether the good is in a 品目 with a policy, and which rule that is."""
    newest = max((rule.valid_from for rule in rules), default=None)
    none: dict[str, object] = {"category": asked.category, "policy_date": newest}
    every_own = [rule for rule in rules if held and rule.scheme_code == held.scheme_code]
    if asked.category:
        rules = [rule for rule in rules if rule.category_code == asked.category]
        if not rules:
            return _not_required(next(iter(every_own), None), none), None
    if held is None:
        fits = rules if asked.category else []
        return _named(fits[0]) if fits else _found("category", "unknown", "category-not-told"), None
    own = settled(every_own, _confirmed(held, confirmed))
    if own is None and (not asked.category or any(rule in every_own for rule in rules)):
        codes = sorted({rule.category_code for rule in every_own})
        return _found("category", "unknown", "category-to-be-confirmed", codes=codes), None
    fits = [rule for rule in rules if rule in (own or ())]
    if not fits and asked.category:
        facts = {"category": asked.category, "name": rules[0].category_name}
        return _found("category", "not-met", "category-of-other-goods", **facts), None
    if not fits:
        return _not_required(None, none), None
    return _named(fits[0]), fits[0]


def _confirmed(held: Held, confirmed: Mapping[str, Code]) -> Code | None:
    """Of the certificate, or of the last before it: the product is the same."""
    return next((confirmed[number] for number in (held.number, *held.follows) if number in confirmed), None)


def _not_required(own: Rule | None, facts: dict[str, object]) -> Finding:
    """`own` is the rule for the certified good, which is bought as a part of another: that has none.  Whoever
    reads the answer is told up to which rule the policy was looked through."""
    if own is None:
        return _found("category", "not-met", "not-required", **facts)
    named = {"own": own.category_code, "name": own.category_name, "note": own.scope_note}
    return _found("category", "not-met", "part-of-other-goods", **facts | named)


def _nobodys(asked: Question, meant: Meant) -> Finding:
    likely = [between(asked.number, number) for number in meant.near]
    facts = {"number": asked.number, "near": likely, "holding": list(meant.holding)}
    return _found("in-force", "unknown", "certificate-unknown", **facts)


def _named(rule: Rule) -> Finding:
    """What the rule asks, with what it holds the goods to."""
    facts = {"category": rule.category_code, "name": rule.category_name, "edition": rule.category_edition}
    facts |= {"criterion": rule.criterion} if rule.criterion else {}
    ground = TREATED[rule.treatment]
    return _found("category", "not-met" if ground in NOT_REQUIRED else "met", ground, **facts)


def _in_force(asked: Question, first: Held | None, held: Held, today: date) -> Finding:
    """At the day itself; issued after it is an answer of its own, and of a day to come none is a fact."""
    day, facts = asked.on, dict[str, object](number=held.number)
    if not held.as_signed:
        return _found("in-force", "not-met", "not-as-signed", **facts)
    if held.issued_on > day:
        return _found("in-force", "not-met", "issued-after-the-day", day=held.issued_on, **facts)
    status = held.status_on(day)
    if status in VALID:
        if day > today:
            return _found("in-force", "unknown", "covered-until", day=held.valid_to, **facts)
        if first is not None and first.number != held.number:
            return _found("in-force", "met", "succeeded-by", former=first.number, **facts)
        return _found("in-force", "met", "in-force", day=held.valid_to, **facts)
    if status in NOT_BEGUN:
        return _found("in-force", "not-met", "begins-after-the-day", day=held.begins_on, **facts)
    if status not in ACTED_ON:
        return _found("in-force", "not-met", "expired", day=held.valid_to, **facts)
    act = [act for act in held.acts if act.on <= day][-1]
    told = {"day": act.on, "reason": act.reason, **facts}
    return _found(
        "in-force", "not-met", status, **told | ({"until": act.until} if status in SUSPENDED else {})
    )


def _model(asked: Question, held: Held, version: Version) -> Finding:
    """Exactly this one, in the version that stood on the day."""
    if not asked.model:
        return _found("model", "unknown", "model-not-told")
    if version.covers(asked.model):
        return _configuration(asked, version)
    place = held.versions.index(version)
    former = [before for before in range(place) if held.versions[before].covers(asked.model)]
    if former:
        following = held.versions[former[-1] + 1]
        return _found("model", "not-met", "model-left-scope", day=following.dated, edition=following.edition)
    later = [each for each in held.versions[place + 1 :] if each.covers(asked.model)]
    if later:
        return _found("model", "not-met", "model-entered-later", day=later[0].dated, edition=later[0].edition)
    likely = near(asked.model, [code for code, _specification in version.models])[:NEAREST]
    return _found("model", "not-met", "model-not-covered", near=likely, edition=version.edition)


def _configuration(asked: Question, version: Version) -> Finding:
    said = next(text for code, text in version.models if same(code, asked.model))
    if asked.configuration and not same(asked.configuration, said):
        return _found("model", "not-met", "configuration-differs", said=said, edition=version.edition)
    return _found("model", "met", "model-covered", edition=version.edition, day=version.dated)


def _maker(asked: Question, version: Version, suspended: Iterable[Suspended]) -> Finding:
    """By credit code where one is told, else by name; then the factory, where one is told; then whether the
    maker of the certificate, told or not, may be listed."""
    facts: dict[str, object] = {"maker": version.maker}
    if asked.uscc:
        if not same(asked.uscc, version.uscc):
            return _found("maker", "not-met", "maker-code-differs", uscc=version.uscc, **facts)
    elif asked.maker and not same(asked.maker, version.maker):
        return _found("maker", "not-met", "maker-differs", near=near(asked.maker, [version.maker]), **facts)
    if asked.factory and not same(asked.factory, version.factory):
        return _found("maker", "not-met", "factory-differs", factory=version.factory, **facts)
    for each in suspended:
        if each.counts_on(asked.on) and each.means(version.uscc, version.maker):
            told = {"day": each.first, "until": each.last, "reason": each.ground, "document": each.basis}
            return _found("maker", "not-met", SUSPENDED_MAKER, **facts | told)
    if not (asked.uscc or asked.maker):
        return _found("maker", "not-asked", "maker-not-told", **facts)
    return _found("maker", "met", "maker-same", **facts)


def _body(asked: Question, held: Held, rule: Rule | None) -> Finding:
    """Approved for the scheme on the day, and named where the rule names bodies."""
    facts: dict[str, object] = {"body": held.body}
    if not any(first <= asked.on <= last for first, last in held.entitled):
        return _found("body", "not-met", "body-not-approved", **facts)
    if rule and rule.bodies and held.body_uscc not in rule.bodies:
        return _found("body", "not-met", "body-not-named", **facts)
    return _found("body", "met", "body-named" if rule and rule.bodies else "body-approved", **facts)


def _standard(asked: Question, version: Version, rule: Rule | None) -> Finding:
    """The version of the scheme still stands on the day, and still proves something under the policy."""
    last = rule.last_days.get(version.rule_version) if rule else None
    if last is not None and asked.on > last:
        return _found("standard", "not-met", "standard-last-used", rule=version.rule, day=last)
    facts: dict[str, object] = {"rule": version.rule, "day": version.accepted_until}
    if version.accepted_until is not None and asked.on > version.accepted_until:
        return _found("standard", "not-met", "standard-no-longer-accepted", **facts)
    return _found("standard", "met", "standard-accepted", **facts)


def _listing(held: Held, listing: Listing, asked: Question) -> Finding:
    """Where the rule goes by the list: the edition in force on the day."""
    facts: dict[str, object] = {"edition": listing.edition, "announced": listing.announced}
    if not listing.edition:
        return _found(LISTED, "not-met", "no-edition", announced=listing.announced)
    if listing.printed:
        return _found(LISTED, "met", "listed", **facts)
    if listing.struck_on is not None:
        struck = {"day": listing.struck_on, "reason": listing.struck_for}
        return _found(LISTED, "not-met", STRUCK, **facts | struck)
    if listing.cutoff is not None and held.issued_on > listing.cutoff:
        return _found(LISTED, "not-met", "issued-after-cutoff", day=listing.cutoff, **facts)
    if listing.omission:
        return _found(LISTED, "not-met", "left-out", omission=listing.omission, **facts)
    return _found(LISTED, "not-met", "not-listed", **facts)


def _found(subject: str, answer: Answer, ground: str, **facts: object) -> Finding:
    return Finding(subject, answer, ground, facts)
