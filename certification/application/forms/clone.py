"""The shape of copying a case: which body the new one goes to."""

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.validators import InputRequired

from accounts.models import Organisation
from core.fields import FlaskForm, row
from core.i18n import _l


class CloneForm(FlaskForm):
    body = RadioField(_l("认证机构"), [InputRequired(_l("选择认证机构"))], coerce=row)

    def offer(self, bodies: Sequence[Organisation]) -> None:
        self.body.choices = [(body.id, body.name) for body in bodies]
