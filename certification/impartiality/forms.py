"""The shape of what people declare of themselves, and of what their body finds of them."""

from collections.abc import Iterable

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from accounts.models import Membership, Organisation
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.workflow.competence import COMPETENCES, OF_KIND
from certification.workflow.impartiality import TIES
from core.fields import DateField, Fits, StringField, TextAreaField, row
from core.i18n import _, _l
from core.machine import Actor, Facts
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import ReasonForm, SavedForm, StepForm, words_of


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
    version = None  # type: ignore[assignment]  # WTForms leaves such a box out

    user_id = SelectField(_l("人员"), [MayBeEmpty()], coerce=row)
    functions = ChecksField(_l("职能"), choices=words_of("competent_for", COMPETENCES))
    classes = ChecksField(_l("产品类别"))
    basis = StringField(_l("评价依据"), [MayBeEmpty(), Fits(Competence.basis)])
    evidence = FileField(_l("证据文件"), [MayBeEmpty()])
    valid_from = DateField(_l("自"), [MayBeEmpty()])
    valid_to = DateField(_l("至"), [MayBeEmpty()])

    def offer(self, actor: Actor, people: Iterable[Membership], classes: dict[str, str]) -> None:
        """What the actor's kind of organisation finds its people competent for."""
        self.functions.choices = words_of("competent_for", OF_KIND[actor.kind or ""])()
        if actor.kind == "testing_body":
            self.classes.label.text = _("检测方法")
        self.user_id.choices = [(seat.user_id, seat.user.name) for seat in people]
        self.classes.choices = list(classes.items())

    def facts(self) -> Facts:
        sent = self.evidence.data
        return super().facts() | {"evidence": sent if sent and sent.filename else None}


COMPETENCE_STEPS: dict[str, type[StepForm]] = {
    "approve": StepForm,
    **dict.fromkeys(("decline", "suspend", "resume", "terminate"), ReasonForm),
}


def competence_step(competence: Competence, step: str) -> StepForm:
    return COMPETENCE_STEPS[step](formdata=None, data={"version": competence.version})
