"""What is typed to ask for a verdict."""

from datetime import date

from wtforms.validators import Length, Optional

from core import asked
from core.clock import today
from core.fields import DateField, FlaskForm, StringField
from core.i18n import _l
from procurement.verdict.dated import Question

SHORT = [Length(max=asked.LONGEST)]


class VerdictForm(FlaskForm):
    """Read from the address, so it carries no token and the answer can be linked to."""

    class Meta:
        csrf = False

    number = StringField(_l("证书编号"), SHORT)
    model = StringField(_l("型号"), SHORT)
    on = DateField(_l("哪一天"), [Optional()])
    maker = StringField(_l("企业名称"), SHORT)
    uscc = StringField(_l("统一社会信用代码"), SHORT)
    factory = StringField(_l("生产厂"), SHORT)
    configuration = StringField(_l("配置"), SHORT)
    category = StringField(_l("品目编码"), SHORT)

    @property
    def day(self) -> date:
        return self.on.data or today()

    def question(self) -> Question:
        texts = {field.name: (field.data or "").strip() for field in self if field.name != "on"}
        return Question(on=self.day, **texts)
