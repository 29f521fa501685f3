"""What was kept of a check, as people read it."""

import orjson

from core.canonical import Plain
from core.i18n import _
from core.words import word
from procurement.verdict import shapes
from procurement.verdict.judging import SUBJECTS, Finding


def sentence(finding: Plain) -> str:
    """The ground of a finding that was kept."""
    return shapes.sentence(
        Finding(finding["subject"], finding["answer"], finding["ground"], dict(finding["facts"]))
    )


def loss(answer: str) -> str:
    """Why a product lost its footing, of an answer that was kept as text."""
    return sentence(why(orjson.loads(answer)))


def near(finding: Plain) -> list[tuple[str, list[list[int]]]]:
    """What comes near, with the places that differ."""
    found = finding["facts"].get("near") or []
    return [(each["text"], each["differs"]) for each in found]


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


def reasons(line: Plain) -> list[Plain]:
    """What a line was answered for: everything that speaks against it; of a yes, that it is in force."""
    against = [each for each in line["findings"] if each["answer"] in ("not-met", "unknown")]
    return [why(line)] if line["overall"] == "not-required" or not against else against


def heads() -> list[str]:
    return [str(word(f"verdict_on.{subject}")) for subject in SUBJECTS]
