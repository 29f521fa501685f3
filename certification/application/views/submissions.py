"""The versions of an application and what changed between them: for its parties and the body alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from carbon import queries as carbon
from certification.application import differences
from certification.application.queries import submissions as kept
from certification.workflow.correction import section_of
from core import asked

if TYPE_CHECKING:
    from certification.application.models import Application

submissions = Blueprint("submissions", __name__, url_prefix="/certification/applications")
for name in ("place_text", "spoken", "called", "since_return", "not_handed_in", "place_choices"):
    submissions.add_app_template_global(getattr(kept, name), name)


@submissions.app_template_global()
def place_address(case: "Application", place: str) -> str:
    """Where the applicant mends it: the page of its section, at the field itself."""
    section = section_of(place)
    at = place.partition(":")[2] if section == "files" else place.replace(".", "-").replace(":", "-")
    return url_for(f"certification.{section}", case_id=case.id, _anchor=at)


@submissions.get("/<id:case_id>/versions")
def index(case_id: int) -> ResponseReturnValue:
    case, versions = kept.versions(current_actor(), case_id)
    steps = list(zip(versions, versions[1:], strict=False))
    changed = {new.number: len(differences.between(old.content, new.content)) for old, new in steps}
    return render_template(
        "certification/application/submissions/index.html", case=case, versions=versions, changed=changed
    )


@submissions.get("/<id:case_id>/versions/<id:number>")
def show(case_id: int, number: int) -> ResponseReturnValue:
    case, versions = kept.versions(current_actor(), case_id)
    found = kept.version(case, number)
    return render_template(
        "certification/application/submissions/show.html",
        case=case,
        found=found,
        content=found.content,
        answered=answered(found.content),
        versions=versions,
    )


def answered(content: Mapping[str, Any]) -> list[tuple[carbon.Spoken, Mapping[str, Any]]]:  # JSON
    """What was asked of the activity data with its sentences, and what was handed in as an answer; versions
    of before such answers were kept have none."""
    said = [each for each in content.get("questions", ()) if each["answer"]]
    return list(zip(carbon.spoken(said), said, strict=True))


@submissions.get("/<id:case_id>/versions/difference")
def difference(case_id: int) -> ResponseReturnValue:
    """What the version `to` says otherwise than `from`; the last two when none are named."""
    case, versions = kept.versions(current_actor(), case_id)
    last = len(versions)
    start = asked.number("from", max(1, last - 1))
    end = asked.number("to", last)
    if start > end:
        turned: dict[str, Any] = {"from": end, "to": start}  # url_for has parameters of other types
        return redirect(url_for("submissions.difference", case_id=case_id, **turned))
    old, new = kept.version(case, start), kept.version(case, end)
    return render_template(
        "certification/application/submissions/difference_page.html",
        case=case,
        versions=versions,
        old=old,
        new=new,
        diff=differences.between(old.content, new.content),
        points=kept.round_of(case, new.number - 1),
    )
