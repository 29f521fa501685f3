"""Two people on one draft: both values of every field they disagree on, and the choice between them.

Nothing is merged unseen.  The page carries what was typed and what stood when it was opened (`base`), so
that a field only one of the two changed is shown as settled, and only the others ask for a choice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from certification.application import differences
from certification.application.forms.applications import PartiesForm, ProductForm
from certification.application.forms.inventory import HEAD, InventoryForm
from certification.application.queries import submissions
from certification.application.queries.applications import last_change
from certification.workflow.correction import PARAMETERS, PARTIES, TEXTS
from core.i18n import _
from core.words import sentence
from schemes.stated import fields_of

if TYPE_CHECKING:
    from certification.application.models import Application, ProductModel

UNSENT = ("csrf_token", "version", "clash", "draft")


@dataclass(frozen=True)
class Clash:
    """One field two people left differently.  `pick` is mine, theirs, or "" while it must be chosen."""

    name: str
    label: str
    mine: str
    theirs: str
    pick: str = ""


def stands(case: "Application", section: str) -> dict[str, str]:
    """What is saved now, under the names of the section's form."""
    if section == "parties":
        return {
            f"{party}-{name}": getattr(case, party).get(name, "")
            for party, names in PARTIES.items()
            for name in names
        }
    stated = {f"{PARAMETERS}-{slug}": case.parameters.get(slug, "") for slug in _asked(case)}
    return {name: getattr(case, name) for name in TEXTS} | stated | {"models": _listed(case.models)}


def _asked(case: "Application") -> list[str]:
    return [parameter.slug for parameter in fields_of(case.scheme.rules, "product")]


def _listed(models: "Sequence[ProductModel]") -> str:
    return "\n".join(_line(model.code, model.specification, model.parameters) for model in models)


def _line(code: str, specification: str, parameters: Mapping[str, str | None]) -> str:
    said = [code, specification, *(f"{slug}={text}" for slug, text in sorted(parameters.items()) if text)]
    return " ".join(part.strip() for part in said if part and part.strip())


def _typed(form: PartiesForm | ProductForm, section: str) -> dict[str, str]:
    if section == "parties":
        return {
            f"{party}-{name}": (form[party].form[name].data or "").strip()
            for party, names in PARTIES.items()
            for name in names
        }
    typed = [line.data for line in form.models if (line.data["code"] or "").strip()]
    lines = [_line(line["code"], line["specification"] or "", line.get(PARAMETERS, {})) for line in typed]
    stated = form[PARAMETERS].data if PARAMETERS in form else {}
    said = {f"{PARAMETERS}-{slug}": (text or "").strip() for slug, text in stated.items()}
    return {name: (form[name].data or "").strip() for name in TEXTS} | said | {"models": "\n".join(lines)}


def base_of(case: "Application", section: str) -> str:
    """What the page is opened with, for the page to carry; a page shown again carries what it was sent."""
    return request.form.get("base") or json.dumps(stands(case, section), ensure_ascii=False)


def _base() -> Mapping[str, str]:
    try:
        found = json.loads(request.form.get("base", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def clashes(case: "Application", section: str, form: PartiesForm | ProductForm) -> list[Clash]:
    mine, theirs, base = _typed(form, section), stands(case, section), _base()
    shut = {place.replace(".", "-") for place in form.shut}
    apart = [name for name in mine if mine[name] != theirs[name] and name not in shut]
    return [_clash(case, name, mine[name], theirs[name], base.get(name)) for name in apart]


def _clash(case: "Application", name: str, mine: str, theirs: str, base: str | None) -> Clash:
    """Whoever did not touch a field does not insist on it."""
    pick = "" if base is None else {mine: "theirs", theirs: "mine"}.get(base, "")
    return Clash(name, submissions.called(name.replace("-", ".", 1), case), mine, theirs, pick)


def undecided() -> bool:
    """Whether the page of a conflict was sent with a choice missing."""
    return any(f"pick-{name}" not in request.form for name in request.form.getlist("clash"))


def settled(case: "Application", section: str) -> dict[str, MultiDict[str, str]]:
    """What a form is made with once the conflict was decided: {"formdata": …}, or nothing."""
    if "clash" not in request.form:
        return {}
    sent, now = MultiDict(request.form), stands(case, section)
    for name in (name for name in sent.getlist("clash") if request.form.get(f"pick-{name}") == "theirs"):
        if name == "models":
            _take_models(sent, case.models)
        elif name in now:
            sent[name] = now[name]
    return {"formdata": sent}


def _take_models(sent: MultiDict[str, str], models: "Sequence[ProductModel]") -> None:
    for name in [name for name in sent if name.startswith("models-")]:
        del sent[name]
    for number, model in enumerate(models):
        sent[f"models-{number}-code"] = model.code
        sent[f"models-{number}-specification"] = model.specification
        for slug, text in model.parameters.items():
            sent[f"models-{number}-{PARAMETERS}-{slug}"] = text


def page(
    case: "Application",
    section: str,
    version: int,
    found: list[Clash],
    by: tuple[str, datetime] | None = None,
) -> ResponseReturnValue:
    """The page that shows both and asks; its form goes to where the first one went."""
    missing = undecided()
    sent = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in UNSENT and not name.startswith("pick-")
    ]
    shown = render_template(
        "certification/application/conflict.html",
        case=case,
        section=section,
        version=version,
        clashes=found,
        sent=sent,
        changed_by=by or last_change(case),
        problem=sentence("clash-undecided") if missing else sentence("page-is-stale"),
    )
    return shown, 422 if missing else 409


# The activity data: rows have no names of their own, so they are matched as versions are.


def inventory_clashes(mine: InventoryForm, theirs: InventoryForm) -> list[Clash]:
    head = [
        Clash(name, submissions.called(name), mine.head[name], theirs.head[name])
        for name in HEAD
        if mine.head[name] != theirs.head[name]
    ]
    return head + [_row_clash(line) for line in differences.rows(theirs.rows, mine.rows)]


def _row_clash(line: differences.Line) -> Clash:
    absent = _("（没有这一行）")
    mine = _cells(line, "after") if line.after else absent
    theirs = _cells(line, "before") if line.before else absent
    return Clash(_row_name(line), line.name or _("未命名"), mine, theirs)


def _row_name(line: differences.Line) -> str:
    old, new = ("x" if place is None else place for place in (line.old_place, line.new_place))
    return f"row-{old}-{new}"


def _cells(line: differences.Line, side: str) -> str:
    if line.cells:
        told = [(cell.place, getattr(cell, side)) for cell in line.cells]
    else:
        told = [
            (name, value)
            for name, value in getattr(line, side).items()
            if value and name not in ("key", "kind")
        ]
    return "\n".join(f"{submissions.called(name)} {submissions.spoken(name, value)}" for name, value in told)


def settle_inventory(mine: InventoryForm, theirs: InventoryForm) -> None:
    """Write what was chosen of theirs into mine."""
    chosen = {name for name in request.form.getlist("clash") if request.form.get(f"pick-{name}") == "theirs"}
    mine.head |= {name: theirs.head[name] for name in HEAD if name in chosen}
    lines = [line for line in differences.rows(theirs.rows, mine.rows) if _row_name(line) in chosen]
    dropped = {line.new_place for line in lines if line.before is None}
    replaced = {line.new_place: line.before for line in lines if line.before and line.after}
    rows = [dict(replaced.get(place, row)) for place, row in enumerate(mine.rows) if place not in dropped]
    mine.rows = rows + [dict(line.before) for line in lines if line.before and line.after is None]
