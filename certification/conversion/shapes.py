"""What programs are answered about a dry run, and about what a new version changes in a case."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import Field

from certification.application.models import Application
from certification.conversion.models import DryRun
from certification.conversion.queries import Amendment, sums
from core.api import Answered
from core.members import Body, Count


class TriedCriterion(Answered):
    """`held` is what was compared, `beyond` by how much it is not met; null where there is no figure.  `row`
    is the class of products, from 0; `limit` what the draft asks of it, `former` what the version in force
    asks; null where nothing is asked, and of what was tried before they were kept."""

    slug: str
    outcome: str
    held: str | None
    beyond: str | None
    grade: str
    row: int | None
    limit: str | None
    former: str | None


class TriedLine(Answered):
    """A case with the day it was decided, or a certificate with the last day of its validity, its body and,
    by slug, the tests, documents and parameters it would have to bring."""

    kind: str
    number: str
    product: str
    holder: str
    day: str
    then: str
    outcome: str
    grade: str
    body: str | None
    lacks: dict[str, list[str]] | None
    criteria: list[TriedCriterion]


class Outcomes(Answered):
    passed: int
    failed: int
    undecided: int
    unknown: int


class DryRunAnswer(Answered):
    digest: str
    stale: bool
    asked_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    cases: Outcomes
    certificates: Outcomes
    items: list[TriedLine]


def answer(found: DryRun) -> dict[str, object]:
    counted = sums(found)
    return {
        "digest": found.digest,
        "stale": found.is_stale,
        "asked_at": found.asked_at,
        "finished_at": found.finished_at,
        "total": found.total,
        "done": found.done,
        "cases": _outcomes(counted["case"]),
        "certificates": _outcomes(counted["certificate"]),
        "items": [_line(each) for each in found.lines],
    }


def _line(line: dict[str, Any]) -> dict[str, object]:  # as queries.tried_certificate has it
    """Also one that was kept before all of this was."""
    kept = dict.fromkeys(("row", "limit", "former"))
    criteria = [kept | each for each in line["criteria"]]
    return {"body": None, "lacks": None} | line | {"criteria": criteria}


def _outcomes(counted: dict[str, int]) -> dict[str, int]:
    called = {"pass": "passed", "fail": "failed"}
    return {called.get(outcome, outcome): count for outcome, count in counted.items()}


class Amended(Body):
    version: Count = Field(description="Of the case, as it was read")


class ChangeAnswer(Answered):
    """In the words of the field; empty where it was not there."""

    pointer: str
    name: str
    before: str
    after: str
    bearing: str = Field(description="stricter, looser, added, gone; empty for none of them")


class OfferedAnswer(Answered):
    scheme_version: str
    effective_from: date
    changes: list[ChangeAnswer]


class AmendmentAnswer(Answered):
    """`offered` is null where no version is in force that only names, explains or adds options."""

    application: int
    version: int
    scheme: str
    scheme_version: str
    offered: OfferedAnswer | None


def amendment(case: Application, offered: Amendment | None) -> dict[str, object]:
    return {
        "application": case.id,
        "version": case.version,
        "scheme": case.scheme.code,
        "scheme_version": case.scheme.version,
        "offered": offered
        and {
            "scheme_version": offered.scheme.version,
            "effective_from": offered.scheme.effective_from,
            "changes": [asdict(each) for each in offered.changes],
        },
    }
