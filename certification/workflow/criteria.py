"""What a case comes to, criterion by criterion, for every model that is certified.  Pure.

Each model is judged with what is stated of the product and of it, and with what was measured on it; a model
on which nothing was measured is held to every result there is.  What counts is the worst.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from certification.workflow.judgement import measured
from certification.workflow.purpose import VERSIONS
from schemes import judging
from schemes.document import Criterion, Document, LimitRow
from schemes.document.tables import Value
from schemes.judging import FAIL, OUTCOMES, PASS, UNDECIDED, UNKNOWN, UPPER, Figure, Judged, Sum
from schemes.stated import Stated, typed

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.laboratory.models import TestResult

WORST = (FAIL, UNKNOWN, UNDECIDED, PASS)  # the worst first
NOT_ENOUGH = (FAIL, UNDECIDED)
assert set(WORST) == set(OUTCOMES)


@dataclass(frozen=True)
class Line:
    """One criterion as the worst model meets it; `model` is named where models are of several classes.
    `each` are the figures by model, where they differ: of several results on one, the worst."""

    judged: Judged
    model: str = ""
    each: tuple[tuple[str, Fraction], ...] = ()

    @property
    def criterion(self) -> Criterion:
        return self.judged.criterion


@dataclass(frozen=True)
class Verdict:
    lines: tuple[Line, ...]
    outcome: str
    grade: str = ""

    def on(self, quantity: str) -> list[Line]:
        return [line for line in self.lines if line.criterion.quantity == quantity]


@dataclass(frozen=True)
class Measured:
    """A result that counts: of which model it is, and by which method it was found."""

    model: str
    item: str
    method: str
    figure: Figure


@dataclass(frozen=True)
class Known:
    """What a product is judged by, whichever version of a rule it is held to: what is stated of it and of
    each model, its footprint, and the results that count."""

    product: Stated
    models: tuple[tuple[str, Stated], ...]  # by code
    footprint: Figure | None = None
    measured: tuple[Measured, ...] = ()


def verdict(case: "Application") -> Verdict:
    """Of all criteria of its rule."""
    return judged(case.scheme.rules, known(case.scheme.rules, case))


def judged(rules: Document, known: Known) -> Verdict:
    """Of all criteria of this version.  A case, a conversion and a dry run ask this alone."""
    each = [(code, judging.judge(rules, values, figures)) for code, values, figures in _asked(rules, known)]
    several = len({code for code, _judged in each}) > 1
    codes, alike = [code for code, _judged in each], _alike(rules, known)
    columns = zip(*(judged for _code, judged in each), strict=True)
    lines = [_worst(rules, [*zip(codes, column, strict=True)], several, alike) for column in columns]
    sums = [judging.total(rules, judged) for _code, judged in each]
    return Verdict(tuple(lines), *_sum(rules, sums))


def known(rules: Document, case: "Application") -> Known:
    """What these rules may ask of a case.  What was not measured in it counts as it was measured for the
    edition before, where it brings a new one of a certificate."""
    found = _stated(case)
    own = _measured(case) if rules.tests else ()
    items = {each.item for each in own}
    wanted = any(test.slug not in items for test in rules.tests)
    earlier = tuple(each for each in _before(case) if each.item not in items) if wanted else ()
    return replace(found, footprint=_footprint(rules, case), measured=own + earlier)


def _stated(case: "Application") -> Known:
    return Known(case.parameters, tuple((model.code, model.parameters) for model in case.models))


def _measured(case: "Application") -> tuple[Measured, ...]:
    return tuple(
        Measured(code, result.item, result.method, _figure(result, rule))
        for code, result, rule in measured(case.reports)
    )


def _figure(result: "TestResult", rule: str) -> Figure:
    wide = None if result.uncertainty is None else Fraction(result.uncertainty)
    return Figure(Fraction(result.value), wide, rule)


def _before(case: "Application") -> tuple[Measured, ...]:
    """Of the newest earlier edition that was issued upon tests."""
    if case.about is None or case.purpose not in VERSIONS:
        return ()
    earlier = [each.application for each in case.about.versions if each.application.id < case.id]
    found = next((each for each in reversed(earlier) if each.reports), None)
    return () if found is None else _measured(found)


def unmet(case: "Application") -> list[Line]:
    """What stands in the way of granting by the figures there are."""
    return [line for line in verdict(case).lines if line.judged.outcome in NOT_ENOUGH]


def kept(found: Verdict) -> list[dict[str, Any]]:  # JSON
    """As a decision keeps it: what was held against which limits of which row, and what came of it."""
    return [
        {
            "criterion": line.criterion.slug,
            "model": line.model,
            "row": line.judged.row,
            "held": None if line.judged.held is None else f"{judging.spelt(line.judged.held):f}",
            "limits": {
                grade: end if end is None else f"{end:f}" for grade, end in line.judged.limits.items()
            },
            "outcome": line.judged.outcome,
            "grade": line.judged.grade,
            **(
                {"models": {code: f"{judging.spelt(held):f}" for code, held in line.each}}
                if line.each
                else {}
            ),
        }
        for line in found.lines
    ]


def footprint_criteria(case: "Application") -> list[Criterion]:
    return [each for each in case.scheme.rules.criteria if each.quantity == "footprint"]


def over_limit(value: Fraction, case: "Application") -> bool:
    """By GB/T 8170 the full value is held against the limit of its class, so that what lies on it is not
    above it, or the rounded one where the scheme says so.  What has no limit, or no class yet, is not."""
    rules = case.scheme.rules
    return any(judging.on_footprint(rules, value, values) == FAIL for _code, values in _classes(case))


def footprint_limit(case: "Application") -> Decimal | None:
    """What the footprint must not exceed, in its own unit: of several classes or grades, what suffices for
    every model; None where there is none, or it is a share of something else."""
    rules = case.scheme.rules
    asked = [each for each in footprint_criteria(case) if _in_own_unit(each)]
    ends = [
        end
        for each in asked
        for _code, values in _classes(case)
        for end in [_last(judging.limits_of(rules, each, values))]
        if end is not None
    ]
    return min(ends, default=None)


def requirement(
    rules: Document, values: Mapping[str, Value], item: str
) -> tuple[str, Decimal, LimitRow | None] | None:
    """How a result of this item is compared, the limit that suffices, and the row of its class; None where
    nothing is asked."""
    criterion = rules.on(f"test:{item}")
    if criterion is None:
        return None
    index, end = (
        judging.row_of(rules, criterion, values),
        _last(judging.limits_of(rules, criterion, values)),
    )
    return None if end is None or index is None else (criterion.comparator, end, criterion.rows[index])


def verdict_on(rules: Document, values: Mapping[str, Value], item: str, figure: Figure) -> str:
    """Of one result, as a report says it: pass, fail, undecided, or reported where nothing is asked."""
    quantity = f"test:{item}"
    found = judging.on(rules, quantity, values, {quantity: figure})
    asked = [each for each in found if each.outcome == UNKNOWN or _last(each.limits) is not None]
    outcomes = {UNDECIDED if each.outcome == UNKNOWN else each.outcome for each in asked}
    return next((outcome for outcome in WORST if outcome in outcomes), "reported")


def classless(case: "Application") -> Iterator[tuple[str, Criterion]]:
    """Models, by their codes, that belong to no row of a table."""
    rules = case.scheme.rules
    for code, values in _classes(case):
        for criterion in rules.criteria:
            if judging.row_of(rules, criterion, values) is None:
                yield code, criterion


def _in_own_unit(criterion: Criterion) -> bool:
    return criterion.ground == "absolute_limit" and criterion.comparator in UPPER


def _last(limits: Mapping[str, Decimal | None]) -> Decimal | None:
    """That of the last grade: reaching it is passing."""
    return next(reversed(list(limits.values())), None)


Results = dict[str, list[Figure]]  # by test item


def values_of(case: "Application", model: Mapping[str, str]) -> dict[str, Value]:
    return typed(case.scheme.rules, {**case.parameters, **model})


def _classes(case: "Application") -> list[tuple[str, dict[str, Value]]]:
    """(code, values) of models that differ in what is stated of them; a case without models is one."""
    return [(code, values) for code, values, _results in _tested(case.scheme.rules, _stated(case), {})]


def _alike(rules: Document, known: Known) -> dict[str, list[str]]:
    """The models of each class, by the first of them."""
    of_models, first, found = _results(rules, known.measured), dict[str, str](), dict[str, list[str]]()
    for code, said in known.models:
        like = _like(typed(rules, {**known.product, **said}), of_models.get(code, {}))
        found.setdefault(first.setdefault(like, code), []).append(code)
    return found


def _like(values: Mapping[str, Value], results: "Results") -> str:
    return repr((sorted(values.items()), results))


def _tested(
    rules: Document, known: Known, of_models: dict[str, Results]
) -> list[tuple[str, dict[str, Value], Results]]:
    """(code, values, results) of models that differ in any of them."""
    if rules.is_plain:
        return [("", {}, of_models.get("", {}))]
    found = dict[str, tuple[str, dict[str, Value], Results]]()
    for code, said in known.models:
        values = typed(rules, {**known.product, **said})
        results = of_models.get(code, {})
        found.setdefault(_like(values, results), (code, values, results))
    whole = of_models.get("", {})
    classes = list(found.values()) or [("", typed(rules, known.product), {})]
    return [(code, values, {**whole, **own}) for code, values, own in classes]


def _results(rules: Document, every: Iterable[Measured]) -> dict[str, Results]:
    """By model what was measured on it, each item as its results become one; by "" those of all."""
    asked = [item for item in rules.items if _is_asked(rules, f"test:{item}")]
    found = dict[str, Results]()
    for each in every:
        if each.item in asked:
            found.setdefault(each.model, {}).setdefault(each.item, []).append(each.figure)
    of_all = Results()
    for of_model in found.values():
        for item, figures in of_model.items():
            of_model[item] = combined(rules, item, figures)
            of_all.setdefault(item, []).extend(of_model[item])
    return {**found, "": of_all}


def _is_asked(rules: Document, quantity: str) -> bool:
    asked = {each.quantity for each in rules.criteria} | {part for each in rules.derived for part in each.of}
    return quantity in asked


def _asked(rules: Document, known: Known) -> Iterator[tuple[str, dict[str, Value], dict[str, Figure]]]:
    """What is judged: of every class of models each result in turn."""
    carbon = {} if known.footprint is None else {"footprint": known.footprint}
    for code, values, results in _tested(rules, known, _results(rules, known.measured)):
        for turn in range(max(map(len, results.values()), default=1)):
            tested = {f"test:{item}": found[min(turn, len(found) - 1)] for item, found in results.items()}
            yield code, values, carbon | tested


def combined(rules: Document, item: str, figures: list[Figure]) -> list[Figure]:
    """The results of an item as its rule makes them one: their mean, or each."""
    if rules.items[item].combined != "mean":
        return figures
    wide = [figure.uncertainty for figure in figures if figure.uncertainty is not None]
    mean = sum((figure.value for figure in figures), Fraction(0)) / len(figures)
    return [Figure(mean, max(wide) if len(wide) == len(figures) else None, figures[0].rule)]


def _footprint(rules: Document, case: "Application") -> Figure | None:
    if case.footprint is None:
        return None
    wide = case.footprint_width if _guards_the_footprint(rules) else None
    return Figure(case.footprint.exact, wide)


def _guards_the_footprint(rules: Document) -> bool:
    asked = (each for each in rules.criteria if each.quantity == "footprint")
    return any("guard_band" in (each.decision, *(row.decision for row in each.rows)) for each in asked)


Met = list[tuple[str, Judged]]  # one criterion, by the first model of each class


def _worst(rules: Document, met: Met, several: bool, alike: Mapping[str, list[str]]) -> Line:
    code, judged = min(met, key=lambda one: _badness(rules, one[1]))
    return Line(judged, code if several else "", _figures(rules, met, alike))


def _figures(rules: Document, met: Met, alike: Mapping[str, list[str]]) -> tuple[tuple[str, Fraction], ...]:
    """By model, where they differ; nothing where one of them has none yet."""
    worst = dict[str, Judged]()
    for code, judged in sorted(met, key=lambda one: _badness(rules, one[1]), reverse=True):
        worst[code] = judged
    held = [(code, judged.held) for code, judged in worst.items()]
    known = [(other, figure) for code, figure in held if figure is not None for other in alike.get(code, [])]
    return tuple(known) if len({figure for _code, figure in known}) > 1 else ()


def _badness(rules: Document, judged: Judged) -> tuple[int, int, bool, Fraction]:
    """The least is the worst; of what comes to the same, what is farthest beyond its limit, or nearest, and
    last what no limit can catch."""
    distance = judging.distance(judged)
    return *_rank(rules, judged.outcome, judged.grade), distance is None, -(distance or Fraction(0))


def _sum(rules: Document, sums: list[Sum]) -> tuple[str, str]:
    worst = min(sums, key=lambda one: _rank(rules, one.outcome, one.grade))
    return worst.outcome, worst.grade


def _rank(rules: Document, outcome: str, grade: str) -> tuple[int, int]:
    """The least is the worst."""
    order = [each.slug for each in rules.identity.conclusion.grades]
    return WORST.index(outcome), -order.index(grade) if grade in order else 0
