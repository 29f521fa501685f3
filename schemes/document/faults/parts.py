"""Faults of the parts that hang on no parameter."""

from collections.abc import Iterator

from schemes.document.faults.fault import Fault, Faults
from schemes.document.whole import Document
from schemes.terms import USUAL
from schemes.vocabulary import OTHER_KIND, TERM_NAMES

LISTS = ("numbered", "monthly")  # sheets that have columns
LEAST = {"recertification_latest": 0}  # asking on the last day is still punctual


def slugs_once(document: Document) -> Faults:
    for pointer, slugs in _named(document):
        for index, slug in enumerate(slugs):
            if slug in slugs[:index]:
                yield Fault(f"{pointer}/{index}/slug", "slug-twice", {"name": slug})


def _named(document: Document) -> Iterator[tuple[str, list[str]]]:
    lists = {
        "/identity/conclusion/grades": document.identity.conclusion.grades,
        "/parameters": document.parameters,
        "/derived": document.derived,
        "/criteria": document.criteria,
        "/tests": document.tests,
        "/accounting/scenarios": document.accounting.scenarios,
        "/documents": document.documents,
        "/checklists/acceptance": document.checklists.acceptance,
        "/checklists/documents": document.checklists.documents,
        "/checklists/site": document.checklists.site,
        "/checklists/review": document.checklists.review,
        "/fees": document.fees,
    }
    for pointer, things in lists.items():
        yield pointer, [thing.slug for thing in things]  # type: ignore[attr-defined]  # each has one
    for index, parameter in enumerate(document.parameters):
        yield f"/parameters/{index}/choices", [choice.slug for choice in parameter.choices]


def effective(document: Document) -> Faults:
    start, end = document.identity.effective_from, document.identity.effective_to
    if end and end < start:
        yield Fault("/identity/effective_to", "effective-ends-before-it-begins")


def conclusion(document: Document) -> Faults:
    """Grades are two or more; what is only passed has none."""
    found = document.identity.conclusion
    if (found.kind == "grades") != (len(found.grades) > 1):
        yield Fault("/identity/conclusion/grades", "grades-do-not-fit")


def surveillance(document: Document) -> Faults:
    for index, slug in enumerate(document.surveillance.tests):
        if slug not in document.items:
            yield Fault(f"/surveillance/tests/{index}", "test-unknown", {"name": slug})


def documents(document: Document) -> Faults:
    """Every scheme takes other files besides; a form is a named file or a sheet, and a list has columns."""
    for index, kind in enumerate(document.documents):
        if kind.slug == OTHER_KIND:
            yield Fault(f"/documents/{index}/slug", "file-kind-taken")
        if bool(kind.blank) != bool(kind.blank_file) or (kind.blank and kind.sheet):
            yield Fault(f"/documents/{index}/blank", "blank-form-unclear")
        if (kind.sheet in LISTS) != bool(kind.columns):
            yield Fault(f"/documents/{index}/columns", "sheet-without-columns")


def clocks(document: Document) -> Faults:
    """What runs after issue is counted in months; a clock has at least a day."""
    for name, clock in document.clocks.items():
        if name in TERM_NAMES and clock.unit != "months":
            yield Fault(f"/clocks/{name}/unit", "clock-unit-wrong")
        if clock.length < LEAST.get(name, 1):
            yield Fault(f"/clocks/{name}/length", "body-member-out-of-bounds")


def recertification(document: Document) -> Faults:
    if _months(document, "recertification_earliest") < _months(document, "recertification_latest"):
        yield Fault("/clocks", "recertification-turned")


def _months(document: Document, name: str) -> int:
    stated = document.clocks.get(name)
    usual: int = USUAL[name]["months"]  # type: ignore[assignment]  # a table of mixed values
    return stated.length if stated else usual


def cut_off(document: Document) -> Faults:
    found = document.accounting.cut_off
    if found and found.each > found.total:
        yield Fault("/accounting/cut_off/each", "cut-off-turned")


def tolerances(document: Document) -> Faults:
    found = document.accounting.tolerances
    if found.fuel_usual_times > found.fuel_possible_times:
        yield Fault("/accounting/tolerances/fuel_usual_times", "tolerance-turned")


def person_days(document: Document) -> Faults:
    """A larger plant takes no fewer days, and none fewer than the least."""
    days = document.person_days
    before = (0, days.least)
    for index, size in enumerate(days.by_size):
        if size.people <= before[0] or size.days < before[1]:
            yield Fault(f"/person_days/by_size/{index}", "person-days-turned")
        before = (size.people, size.days)


def counted(document: Document) -> Faults:
    """What days hang on is counted by parameters that are there: people by a whole number of the product."""
    days, fields = document.person_days, document.fields
    if days.people is not None:
        found = fields.get(days.people)
        if found is None:
            yield Fault("/person_days/people", "parameter-unknown", {"name": days.people})
        elif (found.kind, found.per) != ("whole", "product"):
            yield Fault("/person_days/people", "people-not-counted", {"name": days.people})
    for index, slug in enumerate(days.unit_by):
        if slug not in fields:
            yield Fault(f"/person_days/unit_by/{index}", "parameter-unknown", {"name": slug})
    if days.extra_unit is not None and not days.unit_by:
        yield Fault("/person_days/extra_unit", "units-not-counted")
