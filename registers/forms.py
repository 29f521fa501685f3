"""The shape of what is entered into the registers."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional

from core.fields import DateField, Fits, IntegerField, StringField, TextAreaField, row
from core.i18n import _l
from core.readers import ids
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import SavedForm, words_of
from registers.models import (
    GRADES,
    Accreditation,
    BodyScope,
    LaboratoryScope,
    RegisterAct,
    Registration,
    Training,
)
from schemes.vocabulary import FAMILIES


class DatedForm(SavedForm):
    """Every entry holds from a day to a day."""

    valid_from = DateField(_l("有效期自"), [MayBeEmpty()])
    valid_to = DateField(_l("有效期至"), [MayBeEmpty()])

    def offer(self, known: Mapping[str, Any]) -> None:  # rows of several kinds
        """`known` holds organisations by kind, schemes, methods and staff to choose from."""


class BodyForm(DatedForm):
    body_id = SelectField(_l("认证机构"), coerce=row)
    approval_number = StringField(_l("批准号"), [Fits(BodyScope.approval_number)])
    schemes = ChecksField(_l("批准的认证规则"))

    def offer(self, known: Mapping[str, Any]) -> None:  # likewise
        self.body_id.choices = [(body.id, body.name) for body in known["certification_body"]]
        self.schemes.choices = known["schemes"]


class LaboratoryForm(DatedForm):
    laboratory_id = SelectField(_l("检测机构"), coerce=row)
    cma_number = StringField(
        _l("资质认定编号"), [Fits(LaboratoryScope.cma_number)], description=_l("12 位数字，有效期 6 年")
    )
    known_methods = ChecksField(_l("检测方法"))
    methods = TextAreaField(_l("其他方法"), [Optional()], description=_l("每行一个"))

    def offer(self, known: Mapping[str, Any]) -> None:  # likewise
        self.laboratory_id.choices = [(lab.id, lab.name) for lab in known["testing_body"]]
        self.known_methods.choices = [(method, method) for method in known["methods"]]

    def facts(self) -> dict[str, object]:
        facts = super().facts()
        typed = [line.strip() for line in facts.pop("methods").splitlines() if line.strip()]
        return facts | {"methods": [*(facts.pop("known_methods") or []), *typed]}


class AccreditationForm(DatedForm):
    organisation_id = SelectField(_l("机构"), coerce=row)
    number = StringField(_l("认可编号"), [Fits(Accreditation.number)], description=_l("例如 CNAS L12345"))
    scope = TextAreaField(_l("认可范围"), [Fits(Accreditation.scope)])

    def offer(self, known: Mapping[str, Any]) -> None:  # likewise
        both = [*known["certification_body"], *known["testing_body"]]
        self.organisation_id.choices = [(one.id, one.name) for one in both]


class _OfStaff(DatedForm):
    person = SelectField(_l("人员"))

    def offer(self, known: Mapping[str, Any]) -> None:  # likewise
        self.person.choices = [
            SelectChoice(f"{user}-{body}", name, optgroup=body_name)
            for user, body, name, body_name in known["staff"]
        ]

    def facts(self) -> dict[str, object]:
        facts = super().facts()
        user, _dash, body = facts.pop("person").partition("-")
        return facts | {"user_id": ids.number(user), "body_id": ids.number(body)}


class PersonForm(_OfStaff):
    number = StringField(_l("注册号"), [Fits(Registration.number)])
    grade = RadioField(_l("级别"), [InputRequired(_l("选择级别"))], choices=words_of("registration", GRADES))
    families = ChecksField(_l("领域"), choices=words_of("family", FAMILIES))


class TrainingForm(_OfStaff):
    course = StringField(_l("课程"), [Fits(Training.course)])
    provider = StringField(_l("培训机构"), [Fits(Training.provider)])
    hours = IntegerField(_l("学时"), [MayBeEmpty()])
    number = StringField(_l("结业证编号"), [Optional(), Fits(Training.number)])


class EndForm(SavedForm):
    on = DateField(_l("终止日期"), [MayBeEmpty()])
    reason = TextAreaField(_l("原因"), [Fits(RegisterAct.reason)])


FORMS: dict[str, type[DatedForm]] = {
    "bodies": BodyForm,
    "laboratories": LaboratoryForm,
    "accreditations": AccreditationForm,
    "people": PersonForm,
    "training": TrainingForm,
}
