"""Whoever measures or signs is authorised by the laboratory for the method (ISO/IEC 17025 6.2.6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from accounts.queries import names_of
from certification.laboratory.models import Sample, TestResult
from certification.laboratory.operations.readings import Given, differs
from certification.workflow.competence import PERFORM, SIGN, authorised
from certification.workflow.late import ENDED_SINCE, proved
from core.clock import today
from core.errors import Invalid


def check_tester(
    sample: Sample, results: Sequence[Given], standing: Mapping[str, TestResult], tester_id: int | None
) -> None:
    """Raise Invalid at the day of a value that is new or another; one that is corrected has its tester."""
    methods = {item["slug"]: item["method"] for item in sample.tests}
    for number, given in enumerate(results):
        former = standing.get(given["item"])
        if former is not None and not differs(sample, given, former):
            continue
        person = tester_id if tester_id is not None or former is None else former.tester_id
        place, method = f"results.{number}.performed_on", methods[given["item"]]
        _check(sample, place, person, method, given["performed_on"])


def _check(sample: Sample, place: str, person: int | None, method: str, day: date) -> None:
    found, slug = sample.authorisations, "tester-not-authorised"
    if authorised(found, person, PERFORM, method, day):
        shown = proved(sample.application.late_entries, "test", day, sample.laboratory_id)
        if shown or authorised(found, person, PERFORM, method, today()):
            return
        slug = ENDED_SINCE
    who = "、".join(names_of({person} if person else set()))
    raise Invalid(slug, {place: slug}, who=who, method=method, day=day.isoformat())


def check_signatory(
    sample: Sample, signatory_id: int | None, results: Iterable[TestResult], issued_on: date
) -> None:
    """Raise Invalid at the day of issue for methods outside the field of whoever signs, then or today."""
    lacking = sorted(
        {
            row.method
            for row in results
            for day in (issued_on, today())
            if not authorised(sample.authorisations, signatory_id, SIGN, row.method, day)
        }
    )
    if lacking:
        slug = "signatory-out-of-field"
        raise Invalid(slug, {"issued_on": slug}, methods="、".join(lacking), day=issued_on.isoformat())
