"""How much a box takes is asked of the column that keeps it: no form or template has a number of its own."""

import ast
import importlib.util
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from types import SimpleNamespace

import wtforms
from pydantic import BaseModel
from wtforms.fields.core import UnboundField

from certification import steps as certification
from certification.application.models import ProductModel
from core.fields import Fits, StringField
from core.members import ColumnText, OneOf, taken_apart
from oversight import steps as oversight
from procurement import steps as procurement
from tests.architecture.tree import DESKS, OFFICES, ROOT

# Boxes that no column keeps, and what is done with what they hold.
UNSTORED = {
    "catalog.forms.FilterForm.q": "looked for",
    "catalog.forms.FilterForm.sort": "one of a list",
    "catalog.forms.FilterForm.view": "one of a list",
    "certification.certificate.forms.LookUpForm.q": "looked for",
    "certification.clocks.forms.CalendarForm.entries": "lines of a file, each read into columns of its own",
    "registers.forms.LaboratoryForm.methods": "lines, each stored by itself",
    "oversight.forms.FollowUpForm.code": "its digest is looked for",
    "procurement.forms.LookForm.category": "looked for",
    "procurement.forms.LookForm.q": "looked for",
    "procurement.forms.LookForm.treatment": "looked for",
}
# Texts of steps that are looked up among what there is, and are stored as that.
UNBOUNDED = {
    "CheckItem.slug",
    "CheckedItem.slug",
    "Condition.slug",
    "Member.function",
    "Result.item",
    "Result.unit",
    "SampleOrder.items",
    "SiteItem.slug",
}
LAWS = (certification, oversight, procurement)
MAXLENGTH = re.compile(r"maxlength\s*[=:]\s*[\"']?\d+")


def rooms() -> Iterator:
    """The modules of forms of all offices, but for the form of the style guide, which stores nothing."""
    for place in (*OFFICES[1:], *(f"certification.{desk}" for desk in DESKS)):
        if importlib.util.find_spec(f"{place}.forms") is None:
            continue
        room = importlib.import_module(f"{place}.forms")
        yield room
        for found in pkgutil.iter_modules(getattr(room, "__path__", [])):
            yield importlib.import_module(f"{room.__name__}.{found.name}")


def boxes(room) -> dict[str, UnboundField]:
    """The boxes of text of the forms that a module writes."""
    return {
        f"{room.__name__}.{form.__name__}.{name}": box
        for form in vars(room).values()
        if inspect.isclass(form) and issubclass(form, wtforms.Form) and form.__module__ == room.__name__
        for name, box in vars(form).items()
        if isinstance(box, UnboundField) and issubclass(box.field_class, StringField)
    }


def fits(box: UnboundField) -> bool:
    given = [*(box.args[1] if len(box.args) > 1 else ()), *box.kwargs.get("validators", ())]
    return any(isinstance(check, Fits) for check in given)


def unbound(room) -> set[str]:
    return {name for name, box in boxes(room).items() if not fits(box)}


def numbers(source: str) -> list[int]:
    """The lines on which a length is a number written there."""
    return [
        call.lineno
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Length"
        if any(isinstance(part, ast.Constant) and isinstance(part.value, int) for part in ast.walk(call))
    ]


def test_every_box_of_text_takes_as_much_as_its_column():
    assert sum(len(boxes(room)) for room in rooms()) > 60
    assert set().union(*map(unbound, rooms())) == set(UNSTORED)


def texts(shape: type[BaseModel]) -> Iterator[tuple[str, bool]]:
    """The members of a shape, of those in its lists as well, that are texts, and whether a column, or a list
    of words, bounds them."""
    for name, member in shape.model_fields.items():
        bare, said = taken_apart(member.annotation, *member.metadata)
        if typing.get_origin(bare) is list:
            bare, said = taken_apart(typing.get_args(bare)[0])
        if bare is str:
            yield f"{shape.__name__}.{name}", any(isinstance(each, ColumnText | OneOf) for each in said)
        elif inspect.isclass(bare) and issubclass(bare, BaseModel):
            yield from texts(bare)


def test_every_text_of_a_step_is_bounded_by_its_column():
    shapes = {row.asks for office in LAWS for row in office.TABLE.rows.values() if row.asks}
    found = dict(bounded for shape in shapes for bounded in texts(shape))
    assert len(found) > 50
    assert {name for name, bounded in found.items() if not bounded} == UNBOUNDED


def test_no_form_has_a_length_of_its_own():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for office in OFFICES
        for path in sorted((ROOT / office).rglob("*.py"))
        for line in numbers(path.read_text(encoding="utf-8"))
    ]
    # A telephone number of the style guide, whose form stores nothing.
    assert [place for place in found if not place.startswith("core/forms.py:")] == []


def test_no_template_has_a_length_of_its_own():
    templates = sorted((ROOT / "templates").rglob("*.*")) + sorted((ROOT / "static" / "js").rglob("*.js"))
    assert [str(path) for path in templates if MAXLENGTH.search(path.read_text(encoding="utf-8"))] == []


def test_a_second_number_is_found():
    assert numbers("box = StringField('', [Length(max=200)])\nother = Length(max=LONGEST)") == [1]
    assert numbers("SHORT = Length(-1, 2 * 100)") == [1]
    assert MAXLENGTH.search('<input maxlength="200">')
    assert not MAXLENGTH.search('<input maxlength="{{ field.flags.maxlength }}">')


def test_a_box_without_its_column_is_found():
    class SomeForm(wtforms.Form):
        bare = StringField("")
        bounded = StringField("", [wtforms.validators.Length(max=3)])
        kept = StringField("", [Fits(ProductModel.code)])

    room = SimpleNamespace(__name__=__name__, SomeForm=SomeForm)
    assert unbound(room) == {f"{__name__}.SomeForm.bare", f"{__name__}.SomeForm.bounded"}
