"""Differences of documents in the words of the field, for whoever reads a rule and no JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from core.i18n import _
from core.words import sentence, unit_text
from schemes.document import Difference, Document
from schemes.drafts import editor, limits, names
from schemes.drafts.bearing import bearing
from schemes.drafts.editor import JSON
from schemes.drafts.given import listed


@dataclass(frozen=True)
class Change:
    """What changed, where it stands, and how it read before and after; "" where it was not there.

    `bearing` is one of schemes.drafts.bearing, "" where the change bears no such way.
    """

    pointer: str
    name: str
    before: str
    after: str
    bearing: str = ""


def changes(found: Iterable[Difference], *documents: Mapping[str, JSON]) -> list[Change]:
    """`documents` say what their things are called: the first that knows it."""
    return [_change(each, documents) for each in found]


def called(pointer: str, *documents: Mapping[str, JSON]) -> str:
    """What the place is called; what is no place of a document is called as it is written."""
    try:
        return str(_("：")).join(_way(pointer, documents)[0]) or pointer
    except KeyError:
        return pointer


def fault(found: tuple[str, Mapping[str, JSON]], document: Mapping[str, JSON]) -> str:
    """The sentence of a fault, its slug and its details, with the document's own names for products in it."""
    slug, detail = found
    if not detail.get("place"):
        return sentence(slug, dict(detail))
    fields = {str(each.get("slug")): each for each in listed(document.get("parameters"))}
    cell = str(_("，")).join(_products(fields.get(key, {}), said) for key, said in detail["place"])
    return sentence(slug, {**detail, "cell": cell})


def _products(field: Mapping[str, JSON], said: str) -> str:
    """A choice by its name; of a number the range, what it is a range of, and the unit."""
    named = limits.named(field.get("choices"))
    if said in named:
        return named[said]
    if field.get("kind") == "yes_no":
        said = str({"yes": _("是"), "no": _("否")}[said])
    name = limits.spoken(field.get("names")) or str(field.get("slug"))
    return f"{name} {said} {unit_text(str(field.get('unit') or ''))}".strip()


def _change(each: Difference, documents: tuple[Mapping[str, JSON], ...]) -> Change:
    path, member, what = _way(each.pointer, documents)
    colon = str(_("："))
    return Change(
        each.pointer,
        colon.join(path),
        _told(member, what, each.before),
        _told(member, what, each.after),
        bearing(each, documents[0] if documents else {}),
    )


def _way(
    pointer: str, documents: tuple[Mapping[str, JSON], ...]
) -> tuple[list[str], str, editor.Asked | None]:
    """The names of the members on the way; the last member, and what it is made of."""
    model: type[BaseModel] | None = Document
    path, member, what, inside = [], "", None, False
    here: list[JSON] = list(documents)
    for key in pointer.split("/")[1:]:
        if inside:  # the name of one of several
            path.append(_thing(key, member, what, here))
            here = [limits.thing(each, key) for each in here]
            inside, model = False, what.part if what else None
            continue
        here = [limits.thing(each, key) for each in here]
        if model is None:
            path.append(key)
            continue
        member = editor.called(model, key)
        what = dict(editor.members(model))[key]
        path.append(str(names.named(member)))
        inside, model = what.form != "one", what.part
    return path, member, what


def _thing(key: str, member: str, what: editor.Asked | None, here: list[JSON]) -> str:
    """One of several: by its name, where it has one."""
    if what and key in what.keys:
        return str(names.chosen(f"{member}.key", key))
    return next((known[key] for known in map(limits.named, here) if key in known), key)


def _told(member: str, what: editor.Asked | None, value: JSON) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, list):
        return str(_("；")).join(_told(member, what, each) for each in value)
    if isinstance(value, Mapping):
        return _whole(what.part if what else None, value)
    chosen = names.chosen(member, str(value)) if what and what.words else None
    return str(chosen) if chosen else unit_text(str(value))


UNTOLD = ("slug", "blank_file")  # of a thing that has names: what the house calls it, and a digest


def _whole(model: type[BaseModel] | None, value: Mapping[str, JSON]) -> str:
    """A part of the document as one line: what is said in it, by name."""
    known = dict(editor.members(model)) if model else {}
    told = []
    for key, each in value.items():
        if "names" in value and key in UNTOLD:
            continue
        member = editor.called(model, key) if model and key in known else ""
        text = _told(member, known.get(key), each)
        if text:
            told.append(f"{names.named(member) if member else key} {text}")
    return str(_("，")).join(told)
