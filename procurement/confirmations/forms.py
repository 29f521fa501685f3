"""What a maker types about one product."""

from wtforms import BooleanField, RadioField
from wtforms.validators import Optional

from core.fields import Fits, HandedField, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, words_of
from procurement.confirmations.models import ANSWERS, SupplyAnswer
from procurement.confirmations.queries import Own


class AnswerForm(BlamedForm):
    version = HandedField("")
    answer = RadioField(_l("是否供货"), choices=words_of("supplied", ANSWERS), validate_choice=False)
    reason = TextAreaField(_l("不供货的理由"), [Optional(), Fits(SupplyAnswer.reason)])
    contact = StringField(_l("联系人和电话"), [Fits(SupplyAnswer.contact)])
    pledged = BooleanField(_l("我单位作出上面的承诺"))

    def facts(self) -> dict[str, object]:
        return {name: self[name].data or "" for name in ("answer", "reason", "contact")}


def fresh(own: Own) -> AnswerForm:
    said = own.answer
    names = ("answer", "reason", "contact")
    data: dict[str, object] = {name: getattr(said, name) if said else "" for name in names}
    return AnswerForm(formdata=None, data=data | {"version": said.version if said else 0})
