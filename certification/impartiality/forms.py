"""The shape of what people declare of themselves, and of what their body finds of them."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from accounts.models import Membership, Organisation
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.workflow.impartiality import COMPETENCES, TIES
from core.fields import DateField, Fits, StringField, TextAreaField, row
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import SavedForm, words_of
from schemes.vocabulary import FAMILIES


class DeclarationForm(SavedForm):
    free = RadioField(
        _l("我的声明"),
        [InputRequired(_l("选择一项"))],
        choices=words_of("declaration", ("free", "tied")),
    )
    reason = TextAreaField(_l("利益关系是什么"), [Fits(CaseDeclaration.reason)])

    def facts(self) -> dict[str, object]:
        return {"free": self.free.data == "free", "reason": self.reason.data or ""}


class TieForm(SavedForm):
    client_id = SelectField(_l("企业"), [MayBeEmpty()], coerce=row)
    tie = RadioField(_l("关系"), [MayBeEmpty()], choices=words_of("tie", TIES))
    valid_from = DateField(_l("开始"), [MayBeEmpty()])
    valid_to = DateField(_l("终止"), [MayBeEmpty()])
    note = StringField(_l("说明"), [Fits(ConflictDeclaration.note)])

    def offer(self, clients: Iterable[Organisation]) -> None:
        self.client_id.choices = [(client.id, client.name) for client in clients]

    def facts(self) -> dict[str, object]:
        return super().facts() | {"tie": self.tie.data or ""}


class EndForm(SavedForm):
    valid_to = DateField(_l("终止日期"), [MayBeEmpty()])

    def facts(self) -> dict[str, object]:
        return {"on": self.valid_to.data}


class CompetenceForm(SavedForm):
    user_id = SelectField(_l("人员"), [MayBeEmpty()], coerce=row)
    function = RadioField(_l("职能"), [MayBeEmpty()], choices=words_of("clearance", COMPETENCES))
    family = RadioField(_l("认证类别"), [MayBeEmpty()], choices=words_of("family", FAMILIES))
    basis = StringField(_l("评价依据"), [Fits(Competence.basis)])
    valid_from = DateField(_l("自"), [MayBeEmpty()])
    valid_to = DateField(_l("至"), [MayBeEmpty()])

    def offer(self, people: Iterable[Membership]) -> None:
        self.user_id.choices = [(seat.user_id, seat.user.name) for seat in people]
