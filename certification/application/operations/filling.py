"""What of the facts that are handed in differs from what stands, place by place, and how it is put there."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.uscc import check as check_uscc
from certification.application.models import Application, ProductModel
from certification.workflow.correction import PARAMETERS, PARTIES, TEXTS, opens
from core.clock import today
from core.errors import Invalid, OutOfOrder
from core.machine import Facts
from schemes import stated
from schemes.document import Document

MOST_MODELS = 500  # of one product, in a box of the form, a sheet or the API

Line = Mapping[str, Any]  # texts of a model, and its parameters as they were typed
ByModel = dict[str, dict[str, str]]  # by slug, then by the code of the model


def may_touch(application: Application, places: set[str]) -> None:
    """Of what was handed in only that is open which points and findings name."""
    if application.id is None or application.is_draft:
        return
    anchors = application.open_places
    if locked := {place for place in places if not opens(anchors, place)}:
        raise OutOfOrder("section-not-open", sections=sorted(locked))


def fill(application: Application, facts: Facts) -> None:
    """Put what is given in its place.  A text, a party or a parameter that is not given stays."""
    changes = _changes(application, facts)
    may_touch(application, set(changes))
    for place, value in changes.items():
        party, _dot, name = place.rpartition(".")
        if party == "models":
            _state(application, name, value)
        elif party:
            filled = getattr(application, party) | {name: value}
            setattr(application, party, _without_empty(filled) if party == PARAMETERS else filled)
        elif place == "models":
            _set_models(application, value)
        else:
            setattr(application, place, value)


def _changes(application: Application, facts: Facts) -> Facts:
    """What of the facts differs from what stands, by its place; models come before what is said of them."""
    given: Facts = {name: (facts[name] or "").strip() for name in TEXTS if name in facts}
    stands: Facts = {name: getattr(application, name) for name in TEXTS}
    for party in (name for name in PARTIES if name in facts):
        given |= {f"{party}.{name}": text for name, text in _party(party, facts[party]).items()}
        stands |= {f"{party}.{name}": text for name, text in getattr(application, party).items()}
    rules, faults = application.scheme.rules, list[Invalid]()
    if PARAMETERS in facts:
        given |= _placed(_read(rules, facts[PARAMETERS], faults))
        stands |= _placed(application.parameters)
    if "models" in facts:
        given["models"] = _models(facts["models"])
        stands["models"] = {model.code: model.specification for model in application.models}
        said = _of_models(rules, facts["models"], faults)
        given |= {f"models.{slug}": by_code for slug, by_code in said.items()}
        stands |= {f"models.{slug}": _as_stated(application, slug, said[slug]) for slug in said}
    _refuse(faults)
    return {place: value for place, value in given.items() if value != stands.get(place, "")}


def _party(name: str, value: Mapping[str, str | None]) -> dict[str, str]:
    party = {field: (value[field] or "").strip() for field in PARTIES[name] if field in value}
    if party.get("uscc"):
        try:
            party["uscc"] = check_uscc(party["uscc"])
        except Invalid as error:
            raise Invalid(error.slug, {f"{name}-uscc": error.slug}, **error.detail) from error
    return party


def _placed(values: stated.Stated) -> Facts:
    return {f"{PARAMETERS}.{slug}": text for slug, text in values.items()}


def _read(rules: Document, given: Mapping[str, object], faults: list[Invalid]) -> dict[str, str]:
    try:
        return stated.read(rules, "product", given, today())
    except Invalid as error:
        faults.append(_placed_at(error, f"{PARAMETERS}."))
        return {}


def _refuse(faults: Sequence[Invalid]) -> None:
    """Every fault of the product and of every line is told at once."""
    if faults:
        refused = Invalid(stated.WRONG, {name: slug for each in faults for name, slug in each.fields.items()})
        refused.details = {name: detail for each in faults for name, detail in each.details.items()}
        raise refused


def _placed_at(error: Invalid, where: str) -> Invalid:
    """The same no, its fields named by the way to them."""
    refused = Invalid(error.slug, {f"{where}{slug}": fault for slug, fault in error.fields.items()})
    refused.details = {f"{where}{slug}": detail for slug, detail in error.details.items()}
    return refused


def _models(lines: Sequence[Line]) -> dict[str, str]:
    if len(lines) > MOST_MODELS:
        raise Invalid("list-too-long", {"models": "list-too-long"}, most=MOST_MODELS)
    models: dict[str, str] = {}
    for line in lines:
        code = (line.get("code") or "").strip()
        if code in models:
            raise Invalid("model-twice", {"models": "model-twice"}, code=code)
        if code:
            models[code] = (line.get("specification") or "").strip()
    return models


def _of_models(rules: Document, lines: Sequence[Line], faults: list[Invalid]) -> ByModel:
    """The parameters that are said of each model."""
    found = ByModel()
    for number, line in enumerate(lines):
        code = (line.get("code") or "").strip()
        try:
            said = stated.read(rules, "model", line.get(PARAMETERS) or {}, today())
        except Invalid as error:
            faults.append(_placed_at(error, f"models.{number}.{PARAMETERS}."))
            continue
        for slug, text in said.items() if code else ():
            found.setdefault(slug, {})[code] = text
    return found


def _as_stated(application: Application, slug: str, like: Mapping[str, str]) -> dict[str, str]:
    """What stands of one parameter, for the models that `like` speaks of."""
    kept = {model.code: model.parameters.get(slug, "") for model in application.models}
    return {code: kept.get(code, "") for code in like}


def _set_models(application: Application, models: dict[str, str]) -> None:
    for model in list(application.models):
        if model.code not in models:
            application.models.remove(model)
    present = {model.code: model for model in application.models}
    for code, specification in models.items():
        if code in present:
            present[code].specification = specification
        else:
            application.models.append(ProductModel(code=code, specification=specification, parameters={}))


def _state(application: Application, slug: str, by_code: Mapping[str, str]) -> None:
    for model in application.models:
        if model.code in by_code:
            model.parameters = _without_empty(model.parameters | {slug: by_code[model.code]})


def _without_empty(values: stated.Stated) -> dict[str, str]:
    return {slug: text for slug, text in values.items() if text}
