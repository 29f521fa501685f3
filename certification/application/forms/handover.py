"""The shape of handing cases over to a colleague."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from certification.application.models import Responsibility
from core.errors import Refused
from core.fields import Fits, FlaskForm, StringField, row
from core.i18n import _l
from core.step.fields import ChecksField
from core.words import sentence


class HandoverForm(FlaskForm):
    cases = ChecksField(_l("案卷"), [InputRequired(_l("至少选择一个案卷"))], coerce=row)
    user_id = SelectField(_l("移交给"), [InputRequired(_l("选择接手的同事"))], coerce=row)
    reason = StringField(
        _l("原因"), [InputRequired(_l("写明原因，例如：原负责人离职")), Fits(Responsibility.reason)]
    )

    def offer(self, numbers: list[tuple[int, str]], successors: list) -> None:
        self.cases.choices = numbers
        self.user_id.choices = [(seat.user_id, seat.user.name) for seat in successors]

    def blame(self, refused: Refused) -> None:
        name = next(iter(getattr(refused, "fields", {}) or {}), "cases")
        field = self._fields.get(name, self.cases)
        field.errors = [*field.errors, sentence(refused.slug, refused.detail)]
