"""A verdict as it is asked for and answered by programs, and the sentences of its findings."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from certification.certificate.likeness import Near
from certification.certificate.shapes import differences
from core.api import Answered
from core.i18n import _
from core.members import Body, Day, at_most
from core.words import Word, word
from procurement.verdict.judging import NOT_REQUIRED, Finding, Verdict
from procurement.verdict.queries import MOST

Text = Annotated[str, Field(max_length=200)]


class Asked(Body):
    """What is left out is not compared, but for the model: a certificate covers the models it lists."""

    number: Annotated[str, Field(min_length=1, max_length=200, description="of the certificate")]
    model: Text = ""
    configuration: Text = ""
    maker: Text = ""
    uscc: Text = Field("", description="credit code of the maker; counts before the name")
    factory: Text = ""
    category: Text = Field("", description="品目 code of the 2022 catalogue")


class Verifications(Body):
    on: Day = Field(description="The day the answers are for, such as the end of bidding.")
    items: Annotated[list[Asked], Field(min_length=1), at_most(MOST)]


class Place(Answered):
    """Signs of a text from `start` to before `end`, counted from 0."""

    start: int
    end: int


class NearAnswer(Answered):
    """`differs` are the places of `text` that are different, `asked_differs` those of what was asked;
    `message` says so in words, "" where there are many."""

    text: str
    differs: list[Place]
    asked_differs: list[Place]
    message: str


class FindingAnswer(Answered):
    subject: str
    answer: str
    ground: str
    message: str
    near: list[NearAnswer]


class VerdictAnswer(Answered):
    """`number` is that of the certificate that answers: it may follow the one asked for."""

    asked: dict[str, str]
    overall: str
    number: str
    treatment: str
    basis: str
    mode: str
    demo: bool
    findings: list[FindingAnswer]


class Said(Answered):
    """A verdict in short: `grounds` by subject, and what keeps it from being a yes, in a sentence."""

    overall: str
    number: str = Field(description="of the certificate that answers, which may follow the printed one")
    grounds: dict[str, str]
    message: str


class Answers(Answered):
    """`data_version` is the number of the last entry of the audit record when the facts were read."""

    on: date
    at: str
    data_version: int
    items: list[VerdictAnswer]


def verdict(found: Verdict) -> dict[str, object]:
    asked = {name: value for name, value in vars(found.question).items() if name != "on" and value}
    return {
        "asked": asked,
        "overall": found.overall,
        "number": found.number,
        "treatment": found.treatment,
        "basis": found.basis,
        "mode": found.mode,
        "demo": found.demo,
        "findings": [_finding(each) for each in found.findings],
    }


def said(found: Verdict) -> dict[str, object]:
    return {
        "overall": found.overall,
        "number": found.number,
        "grounds": {each.subject: each.ground for each in found.findings},
        "message": reasons(found),
    }


def _finding(found: Finding) -> dict[str, object]:
    return {
        "subject": found.subject,
        "answer": found.answer,
        "ground": found.ground,
        "message": sentence(found),
        "near": [_near(each) for each in near(found)],
    }


def _near(each: Near) -> dict[str, object]:
    return {
        "text": each.text,
        "differs": _places(each.here),
        "asked_differs": _places(each.there),
        "message": differences(each),
    }


def _places(differing: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in differing]


def near(found: Finding) -> list[Near]:
    """What comes near to what was asked for, where that was not found."""
    given = found.facts.get("near", [])
    return given if isinstance(given, list) else []


def brief(subject: str, answer: str, ground: str) -> Word:
    """A finding in a word or two.  What a policy does not ask for speaks against nobody; of a certificate
    that was not found nothing else was asked."""
    if ground == "certificate-unknown" and subject != "in-force":
        return replace(word("brief.not-asked"), tone="", icon="minus")
    like = word("finding_is.not-asked" if ground in NOT_REQUIRED else f"finding_is.{answer}")
    return replace(word(f"brief.{ground}"), tone=like.tone, icon=like.icon)


def sentence(found: Finding) -> str:
    """The ground as people read it."""
    return str(word(f"ground.{found.ground}")).format_map(_told(found.facts))


def reasons(found: Verdict) -> str:
    """What keeps the answer from being a yes, in one text; of a yes, by which certificate it is one where
    that is not the one asked for."""
    told: list[Finding] = []
    for each in found.against():
        if each.ground not in {before.ground for before in told}:
            told.append(each)
    if not told and found.on("in-force").ground == "succeeded-by":
        told = [found.on("in-force")]
    return str(_("；")).join(map(sentence, told))


def _told(facts: Mapping[str, object]) -> dict[str, object]:
    told = dict(facts)
    also = []
    if omission := facts.get("omission"):
        told["omission"] = str(word(f"omission.{omission}"))
    if told.get("announced"):
        also.append(_("；%(number)s 期公示中已列入", number=told["announced"]))
    if told.get("policy_date"):
        told["since"] = _("（当日现行的政策，最近一条自 %(day)s 起）", day=told["policy_date"])
    if isinstance(holding := facts.get("holding"), list) and holding:
        also.append(_("；有这个型号的证书：%(numbers)s", numbers=_("、").join(holding)))
    if told.get("criterion"):
        also.append(_("；要求：%(text)s", text=told["criterion"]))
    if told.get("note"):
        also.append(_("；范围说明：%(text)s", text=told["note"]))
    told["also"] = "".join(also)
    told.setdefault("since", "")
    if isinstance(codes := facts.get("codes"), list):
        told["codes"] = "、".join(codes)
    return told
