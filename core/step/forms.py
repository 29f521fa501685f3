"""What the form of every step shares, and beside which box a refusal is shown."""

from collections.abc import Callable, Iterable, Mapping

from wtforms import BooleanField, Field, FieldList

from core.errors import Refused
from core.fields import Fits, FlaskForm, HandedField, StringField, TextAreaField
from core.i18n import _l
from core.lifecycle import StepTaken
from core.machine import Facts
from core.words import sentence, word

# Slug of a refusal -> name of the box it is shown beside; what stands nowhere is shown above the form.
_places: dict[str, str] = {}


def connect(*tables: Mapping[str, str]) -> None:
    """Take every office's table; the same slug at two boxes is an error."""
    _places.clear()
    for table in tables:
        if twice := {slug for slug in _places.keys() & table.keys() if _places[slug] != table[slug]}:
            raise ValueError(f"shown at two places: {sorted(twice)}")
        _places.update(table)


def words_of(kind: str, slugs: Iterable[str]) -> Callable[[], list[tuple[str, str]]]:
    """Choices for a field, spoken in the language of the page."""
    return lambda: [(slug, str(word(f"{kind}.{slug}"))) for slug in slugs]


class BlamedForm(FlaskForm):
    """A form that shows a refusal beside the box it is about."""

    def blame(self, refused: Refused) -> list[str]:
        """Put each reason of a refusal beside its field; return the sentences that belong to none."""
        named = getattr(refused, "fields", {}) or {}
        slugs: list[str] = refused.detail.get("unmet") or [refused.slug]
        places = {slug: name for name, slug in named.items()}
        return [said for slug in dict.fromkeys(slugs) if (said := self._place(slug, places, refused.detail))]

    def _place(self, slug: str, places: dict[str, str], detail: Mapping[str, object]) -> str | None:
        said = sentence(slug, detail)
        field = self._fields.get(places.get(slug, "")) or self._fields.get(_places.get(slug, ""))
        if field is None or isinstance(field, FieldList):
            return said
        field.errors = [*field.errors, said]
        return None


class StepForm(BlamedForm):
    """What is handed in with one step; `version` is that of the page it was typed on."""

    version = HandedField("")

    def facts(self) -> Facts:
        """The facts of the step, as core.lifecycle.take is told them."""
        return {
            name: _given(field)
            for name, field in self._fields.items()
            if name not in ("version", "csrf_token")
        }


def _given(field: Field) -> object:
    if isinstance(field, StringField):
        return (field.data or "").strip()
    return field.data


class ReasonForm(StepForm):
    reason = TextAreaField(_l("理由"), [Fits(StepTaken.reason)])


class SignForm(StepForm):
    signed = BooleanField(_l("我已阅读卷宗，独立作出本决定，并对其负责"))
