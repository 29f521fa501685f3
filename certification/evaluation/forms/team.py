"""A team is asked in one box for each function: the people of the body, hindered ones with the reason."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import LazyString
from wtforms.validators import Optional

from accounts.models import Membership
from core.step.fields import ChecksField
from core.step.forms import StepForm
from core.words import sentence

Staff = Mapping[str, Sequence[tuple[Membership, Sequence[str]]]]  # by function, each with why not


def people(label: LazyString, checks: tuple[Optional, ...] = ()) -> ChecksField:
    return ChecksField(label, checks, coerce=str, validate_choice=False)


class TeamForm(StepForm):
    FUNCTIONS: ClassVar[dict[str, str]] = {}  # box -> function

    def offer_people(self, staff: Staff) -> None:
        """`staff`: function -> [(membership, slugs of why not)]."""
        for name, function in self.FUNCTIONS.items():
            self[name].choices = [(seat.user_id, seat.user.name) for seat, _ in staff[function]]
            self[name].hindrances = {
                seat.user_id: "".join(map(sentence, why)) for seat, why in staff[function] if why
            }

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        team = [
            {"user_id": person, "function": function}
            for name, function in self.FUNCTIONS.items()
            for person in said.pop(name, ())
        ]
        return said | {"team": team}
