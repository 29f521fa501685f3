"""What was kept of a check, as people read it."""

from collections.abc import Iterable

import orjson

from certification.certificate.likeness import Near, between
from core.canonical import Plain
from core.i18n import _
from core.words import Word, word
from procurement.verdict import shapes
from procurement.verdict.judging import LISTED, SUBJECTS, Finding
from procurement.verdict.shapes import brief

COMPARED = {
    "in-force": "number",
    "model": "model",
    "maker": "maker",
}  # column that what comes near is near to


def sentence(finding: Plain) -> str:
    """The ground of a finding that was kept."""
    return shapes.sentence(
        Finding(finding["subject"], finding["answer"], finding["ground"], dict(finding["facts"]))
    )


def loss(answer: str) -> str:
    """Why a product lost its footing, of an answer that was kept as text."""
    return sentence(why(orjson.loads(answer)))


def near(line: Plain, finding: Plain) -> list[Near]:
    """What comes near to what the line says."""
    asked = line["asked"].get(COMPARED.get(finding["subject"]), "")
    return [between(asked, each["text"]) for each in finding["facts"].get("near") or []]


def marks(line: Plain) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where what a line says differs from the nearest of its certificate, by column."""
    found = {each["subject"]: near(line, each) for each in line["findings"]}
    return {COMPARED[subject]: nearest[0].there for subject, nearest in found.items() if nearest}


def briefs(line: Plain, subjects: Iterable[str]) -> list[tuple[str, Word | None]]:
    """Each subject with its finding in a word; None where that was not to be asked."""
    found = {
        each["subject"]: brief(each["subject"], each["answer"], each["ground"]) for each in line["findings"]
    }
    return [(subject, found.get(subject)) for subject in subjects]


def subjects(lines: Iterable[Plain]) -> tuple[str, ...]:
    """Those of the columns: that of the list where any line was held to it."""
    listed = any(each["subject"] == LISTED for line in lines for each in line["findings"])
    return (*SUBJECTS, LISTED) if listed else SUBJECTS


def notes(line: Plain) -> list[str]:
    """How a line was understood."""
    said = [str(word(f"bid_note.{slug}")) for slug in line["notes"]]
    if twin := line.get("same_as_row"):
        said.append(_("与第 %(row)s 行重复", row=twin))
    return said


def why(line: Plain) -> Plain:
    """The finding that decided: the first that says no, else that is not known, else that of its status."""
    category, *others = line["findings"]
    if line["overall"] == "not-required":
        return category
    for answer in ("not-met", "unknown"):
        for each in (*others, category):
            if each["answer"] == answer:
                return each
    return others[0]


def otherwise(then: Plain, now: Plain) -> list[Plain]:
    """The findings of now that were others then; where only their facts differ, the one that decided."""
    known = {(each["subject"], each["ground"]) for each in then["findings"]}
    return [each for each in now["findings"] if (each["subject"], each["ground"]) not in known] or [why(now)]


def reasons(line: Plain) -> list[Plain]:
    """What a line was answered for: everything that speaks against it; of a yes, that it is in force."""
    against = {each["ground"]: each for each in line["findings"] if each["answer"] == "unknown"}
    against = {each["ground"]: each for each in line["findings"] if each["answer"] == "not-met"} | against
    if line["overall"] == "not-required" or not against:
        return [why(line)]
    first = why(line)
    return [first, *(each for ground, each in against.items() if ground != first["ground"])]
