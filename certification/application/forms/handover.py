"""The shape of handing cases over to a colleague."""

from collections.abc import Mapping, Sequence

from wtforms import Field, SelectField
from wtforms.validators import InputRequired

from accounts.models import Membership
from certification.application.models import Responsibility
from core.fields import Fits, StringField, row
from core.i18n import _l
from core.step.fields import ChecksField
from core.step.forms import BlamedForm


class HandoverForm(BlamedForm):
    cases = ChecksField(_l("案卷"), [InputRequired(_l("至少选择一个案卷"))], coerce=row)
    user_id = SelectField(_l("移交给"), [InputRequired(_l("选择接手的同事"))], coerce=row)
    reason = StringField(
        _l("原因"), [InputRequired(_l("写明原因，例如：原负责人离职")), Fits(Responsibility.reason)]
    )

    def offer(self, numbers: list[tuple[int, str]], successors: Sequence[Membership]) -> None:
        self.cases.choices = numbers
        self.user_id.choices = [(seat.user_id, seat.user.name) for seat in successors]

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field:
        return super().box_of(place, slug, detail) or self.cases
