"""What several rows state of one thing: a meter, a certificate of green power, a month that a file proves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from carbon.checks.seen import Doubts, Seen, converted, plain
from carbon.footprint import Quantity
from carbon.records.ledger import SHARED, amounts
from carbon.records.links import of_months
from carbon.records.record import Given, Record

ALWAYS = ""  # the month of an amount that is of the whole period
Placed = tuple[int, Record]


def meter_twice(seen: Seen) -> Doubts:
    """Through one meter goes no more than it shows, in whichever rows that is."""
    groups: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for place, record in enumerate(seen.records):
        if "meter" in record.stated and record.quantity:
            given = Given(record.stated)
            groups[_plain(given.text("site")), _plain(given.text("meter"))].append((place, record))
    for group in groups.values():
        if len(group) > 1:
            yield from _above_meter(group, group[0][1].unit)


def _above_meter(group: Sequence[Placed], unit: str) -> Doubts:
    shown: dict[str, list[Decimal]] = defaultdict(list)
    counted: dict[str, Decimal] = defaultdict(Decimal)
    monthly = all(record.stated.get("months") for _place, record in group)
    for _place, record in group:
        for month, amount in _months(record, monthly):
            if (found := converted(amount, record.unit, unit)) is not None:
                shown[month].append(found)
                counted[month] += found * _part(record)
    above = [month for month, amounts in shown.items() if counted[month] > max(amounts)]
    if above:
        (_first, first), (place, last) = group[0], group[-1]
        sums = sum((counted[month] for month in above), Decimal(0))
        metered = sum((max(shown[month]) for month in above), Decimal(0))
        said = {"name": last.name, "other": first.name, "meter": Given(last.stated).text("meter")}
        yield place, {**said, "sum": f"{plain(sums)} {unit}", "metered": f"{plain(metered)} {unit}"}


def certificate_exceeded(seen: Seen) -> Doubts:
    """A certificate covers what it certifies once, in this case and in all others of the same holder."""
    for name, found in certificates(seen.records).items():
        elsewhere = seen.around.certified.get(name, Decimal(0))
        if found.used + elsewhere > found.certified and (found.rows > 1 or elsewhere):
            sums = {"sum": found.used, "certified": found.certified, "elsewhere": elsewhere}
            told = {part: f"{plain(energy)} kWh" for part, energy in sums.items()}
            yield found.place, {"name": found.record, "certificate": found.text, **told}


class Certificate:
    """What the rows take of it, in kWh, and the least that any of them says it certifies."""

    def __init__(self, text: str) -> None:
        self.text, self.record, self.place, self.rows = text, "", 0, 0
        self.used, self.certified = Decimal(0), Decimal("Infinity")

    def take(self, place: int, record: Record, part: Given) -> None:
        self.place, self.record, self.rows = place, record.name, self.rows + 1
        self.used += part.of("energy", "kWh") * _part(record)
        if part.has("certified"):
            self.certified = min(self.certified, part.of("certified", "kWh"))


def certificates(records: Iterable[Record]) -> dict[str, Certificate]:
    """By their names, however they are spaced and spelt."""
    found: dict[str, Certificate] = {}
    for place, record in enumerate(records):
        if "supplies" not in record.stated:
            continue
        for part in Given(record.stated).each("supplies"):
            if part.text("supply") == "contract" and part.has("certificate", "energy"):
                text = part.text("certificate")
                found.setdefault(_plain(text), Certificate(text)).take(place, record, part)
    return found


def month_twice(seen: Seen) -> Doubts:
    """One file, the same month, the same amount: one invoice or reading, most likely, in two rows.  An amount
    that is the whole output, such as one item times a published figure, is neither."""
    first: dict[tuple[object, ...], int] = {}
    told: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place, record in enumerate(seen.records):
        if record.quantity and (record.evidence_digest or "months" in record.stated):
            for key in _proved(record, seen.sheet.output):
                earlier = first.setdefault(key, place)
                if earlier != place:
                    told[earlier, place].append(str(key[1]))
    for (earlier, place), months in told.items():
        named = "、".join(dict.fromkeys(month or f"{seen.period_from}～{seen.period_to}" for month in months))
        names = {"name": seen.records[place].name, "other": seen.records[earlier].name}
        yield place, names | {"months": named}


def _proved(record: Record, output: Quantity) -> Iterator[tuple[object, ...]]:
    whole = (output.amount, output.unit)
    of_all, of_month = record.evidence_digest.split(), of_months(record.stated)
    for month, amount in _months(record, bool(record.stated.get("months"))):
        for digest in {*of_all, *of_month.get(month, ())}:
            if amount and (month or (amount, record.unit) != whole):
                yield digest, month, amount.normalize(), record.unit


def _months(record: Record, monthly: bool) -> list[tuple[str, Decimal]]:
    return amounts(record.stated) if monthly else [(ALWAYS, record.quantity or Decimal(0))]


def _part(record: Record) -> Decimal:
    """Which part of a site's meter is the product's."""
    given = Given(record.stated)
    if not given.has(*SHARED):
        return Decimal(1)
    unit = given.quantity("site_amount").unit
    return given.of("product_amount", unit) / given.of("site_amount", unit)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def taken(records: Iterable[Record]) -> Mapping[str, Decimal]:
    """How many kWh of each certificate these rows take."""
    return {name: found.used for name, found in certificates(records).items()}
