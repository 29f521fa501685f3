"""What may enter an edition, what differs from the last one, how what is printed is spelled.  Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any, Protocol

from certification.workflow.certificate import LOST
from core.canonical import canonical
from procurement.assignments.deciding import Code, settled

LISTED = ("mandatory", "priority", "encouraged")  # what a line of the list may be printed under
NOT_REQUIRED = "not-required"
TREATMENTS = (*LISTED, NOT_REQUIRED)
UNLIKE = "not-as-signed"
LEFT = "model-left-scope"
BARRED = "maker-suspended"
OBJECTED = "objection-upheld"
REFUSED = "supply-refused"
TOO_SHORT = "valid-too-short"
UNDECIDED = "category-to-be-confirmed"
OMISSIONS = (
    *(f"status-{status}" for status in LOST),
    "no-policy",
    NOT_REQUIRED,
    "gone",
    UNLIKE,
    LEFT,
    BARRED,
    OBJECTED,
    REFUSED,
    TOO_SHORT,
    UNDECIDED,
)
Plain = Mapping[str, Any]  # JSON: an edition as it is published, a statement as it was signed
FORMAT = "tanbiao/list-edition/1"


@dataclass(frozen=True)
class Candidate:
    """A certified product, with what its certificate is worth on the cut-off day, whether all that the
    catalogue says of it is as it was signed, whether its maker is suspended, and its 品目 where one was
    confirmed."""

    entry_id: int
    certificate_id: int
    number: str
    scheme_code: str
    status: str
    as_signed: bool
    suspended: bool
    maker: str
    trademark: str
    product: str
    models: tuple[str, ...]
    issued_on: date
    valid_to: date
    carbon: Decimal
    carbon_unit: str
    boundary: str
    demo: bool
    category: Code | None = None  # the 品目 that was confirmed


@dataclass(frozen=True)
class Policy:
    """How the goods of a category are to be bought, by certificates of a scheme.

    `last_days` says of former versions of the scheme until when their certificates prove anything here."""

    category_edition: str
    category_code: str
    category_name: str
    scheme_code: str
    treatment: str
    basis: str
    mode: str
    bodies: list[str]
    demo: bool
    valid_from: date
    valid_to: date | None
    scope_note: str = ""  # what of larger goods belongs to it
    criterion: str = ""  # which limit, grade or standard it asks
    last_days: Mapping[str, date] = field(default_factory=dict)
    parameter: str = ""  # by which its products are told from others of the scheme, see `deciding.Heading`
    above: Decimal | None = None
    up_to: Decimal | None = None
    choices: Sequence[str] = ()

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Line:
    """One model of one product under one category, as it will be printed."""

    entry_id: int
    certificate_id: int
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
    carbon: Decimal
    carbon_unit: str
    boundary: str
    demo: bool


OF_PRODUCT = (
    "entry_id", "certificate_id", "number", "maker", "trademark", "product", "issued_on", "valid_to",
    "carbon", "carbon_unit", "boundary",
)  # fmt: skip


class Printed(Protocol):
    """A line as it is or will be printed, wherever it is kept."""

    @property
    def number(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def product(self) -> str: ...
    @property
    def maker(self) -> str: ...
    @property
    def trademark(self) -> str: ...
    @property
    def issued_on(self) -> date: ...
    @property
    def valid_to(self) -> date: ...
    @property
    def carbon(self) -> Decimal: ...
    @property
    def carbon_unit(self) -> str: ...
    @property
    def boundary(self) -> str: ...
    @property
    def demo(self) -> bool: ...


@dataclass(frozen=True)
class Change:
    """A product that came in or went out since the last edition, with which of its models, and why."""

    number: str
    models: tuple[str, ...]
    product: str
    maker: str
    reason: str


@dataclass(frozen=True)
class Difference:
    added: list[Change]
    removed: list[Change]


def why_not(candidate: Candidate, policies: Sequence[Policy], least: date = date.min) -> str | None:
    """The slug of what keeps a product out, the certificate's own state first; None when it enters.  `least`
    is the day up to which certificates have to be valid at least.

    Of what is not as it was signed nothing can be told, its state neither."""
    if not candidate.as_signed:
        return UNLIKE
    if candidate.status in LOST:
        return f"status-{candidate.status}"
    if candidate.valid_to < least:
        return TOO_SHORT
    if candidate.suspended:
        return BARRED
    rules = settled(_fits(candidate, policies), candidate.category)
    if rules is None:
        return UNDECIDED  # never printed under a heading that may be the wrong one
    asked = {policy.treatment for policy in rules}
    if asked.isdisjoint(LISTED):
        return NOT_REQUIRED if asked else "no-policy"
    return None


def compose(
    candidates: Iterable[Candidate],
    policies: Iterable[Policy],
    policy_date: date,
    valid_days: int | None = None,
) -> tuple[list[Line], list[tuple[Candidate, str]]]:
    """The lines of an edition in their printed order, and who was left out for which reason.  What is listed
    is still valid `valid_days` after the day whose policy applies, where so many are asked."""
    least = valid_at_least(policy_date, valid_days)
    in_force = [policy for policy in policies if policy.in_force_on(policy_date)]
    lines, left_out = [], []
    for candidate in candidates:
        if reason := why_not(candidate, in_force, least):
            left_out.append((candidate, reason))
        else:
            lines += _lines(candidate, in_force)
    return sorted(lines, key=_printed_order), left_out


def valid_at_least(effect: date, days: int | None) -> date:
    return date.min if days is None else effect + timedelta(days=days)


def _lines(candidate: Candidate, policies: list[Policy]) -> list[Line]:
    own = {name: getattr(candidate, name) for name in OF_PRODUCT}
    return [
        Line(
            **own,
            model=model,
            category_edition=policy.category_edition,
            category_code=policy.category_code,
            category_name=policy.category_name,
            treatment=policy.treatment,
            basis=policy.basis,
            demo=candidate.demo or policy.demo,
        )
        for policy in settled(_fits(candidate, policies), candidate.category) or ()
        if policy.treatment in LISTED
        for model in candidate.models
    ]


def _fits(candidate: Candidate, policies: Iterable[Policy]) -> list[Policy]:
    return [policy for policy in policies if policy.scheme_code == candidate.scheme_code]


def _printed_order(line: Line) -> tuple[str, ...]:
    return line.category_code, line.maker, line.product, line.number, line.model


def difference(
    lines: Iterable[Printed], reasons: Mapping[str, str], before: Iterable[Printed], since: date | None
) -> Difference:
    """Against the last edition, cut off on `since`; `reasons` says why a number was left out now."""
    now, then = _by_model(lines), _by_model(before)
    added = [line for key, line in now.items() if key not in then]
    removed = [line for key, line in then.items() if key not in now]
    staying = {number for number, _model in now}  # with other models: this one left its certificate
    return Difference(
        _changes(added, lambda line: "issued" if since is None or line.issued_on > since else "admitted"),
        _changes(
            removed,
            lambda line: reasons.get(line.number) or (LEFT if line.number in staying else "gone"),
        ),
    )


def _by_model(lines: Iterable[Printed]) -> dict[tuple[str, str], Printed]:
    return {(line.number, line.model): line for line in lines}


def _changes(lines: Iterable[Printed], why: Callable[[Printed], str]) -> list[Change]:
    """One for each product: its models come and go together as a rule."""
    by_number: dict[str, list[Printed]] = {}
    for line in lines:
        by_number.setdefault(line.number, []).append(line)
    return [
        Change(number, tuple(line.model for line in own), own[0].product, own[0].maker, why(own[0]))
        for number, own in by_number.items()
    ]


COMPARED = ("name", "trademark", "maker", "issued_on", "valid_to", "carbon", "carbon_unit", "boundary")
_compared = attrgetter("product", *COMPARED[1:])


@dataclass(frozen=True)
class Told:
    """What one signed version says of what a line prints: the values in the order of COMPARED."""

    values: tuple[str, ...]
    models: frozenset[str]
    demo: bool


def told(said: Plain) -> Told:
    product, decision = said["product"], said["decision"]
    values = (
        product["name"], product["trademark"], said["manufacturer"]["name"], said["issued_on"],
        said["valid_to"], decision["value"], decision["unit"], said["inventory"]["boundary"],
    )  # fmt: skip
    return Told(values, frozenset(model["code"] for model in product["models"]), said["demo"])


def differing(line: Printed, versions: Sequence[Told]) -> list[str]:
    """What a line prints otherwise than the signed version that comes nearest to it; an edition may have been
    drawn up before the last one."""
    printed = tuple(map(plain, _compared(line)))
    return min((_unlike(line, printed, signed) for signed in versions), key=len, default=["number"])


def _unlike(line: Printed, printed: tuple[object, ...], signed: Told) -> list[str]:
    unlike = []
    if printed != signed.values:
        pairs = zip(COMPARED, printed, signed.values, strict=True)
        unlike = [name for name, own, other in pairs if own != other]
    # The policy of a line may be invented though its certificate is not.
    return (
        unlike + ["demo"] * (signed.demo and not line.demo) + ["models"] * (line.model not in signed.models)
    )


def volumes(lines: int) -> int:
    """How many PDFs so many lines fill."""
    return -(-lines // VOLUME)


# What is printed, in one spelling

HEAD = (
    "number", "title", "cutoff", "policy_date", "notice_from", "notice_to", "published_on", "document_number",
    "demo",
)  # fmt: skip
LATER = ("valid_days", "grace")  # what an edition may say besides; the first ones say nothing of it
VOLUME = 2_000  # lines of one PDF: what is drawn at once is held in memory whole
AT_ONCE = 1_000  # lines spelt in one go
PRINTED = (
    "category_edition", "category_code", "category_name", "treatment", "basis", "maker", "trademark",
    "product", "model", "number", "issued_on", "valid_to", "carbon", "carbon_unit", "boundary", "demo",
)  # fmt: skip


def spelt(edition: object, lines: Iterable[object], total: int) -> Iterator[bytes]:
    """The published edition in its one spelling (RFC 8785), piece by piece: whoever has the content can
    compute the same digest, and nobody need hold it whole.  Numbers and days are text."""
    head = {name: plain(getattr(edition, name)) for name in HEAD}
    more = {name: getattr(edition, name) for name in LATER}
    head |= {name: value for name, value in more.items() if value not in (None, "")}
    whole = canonical({"format": FORMAT, **head, "total": total, "lines": []})
    # No text holds this: a quotation mark within one is escaped.
    before, opening, after = whole.partition(b'"lines":[')
    yield before + opening
    of_line, rest, join = attrgetter(*PRINTED), iter(lines), b""
    while part := [
        dict(zip(PRINTED, map(plain, of_line(line)), strict=True)) for line in islice(rest, AT_ONCE)
    ]:
        yield join + canonical({"lines": part})[len(opening) + 1 : -len(b"]}")]
        join = b","
    yield after


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
