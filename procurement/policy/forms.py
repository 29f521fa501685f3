"""What is typed of a policy rule."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Length, Optional

from core.fields import DateField, ExactField, Fits, StringField, TextAreaField
from core.i18n import _, _l
from core.readers.texts import PROSE
from core.step.fields import ChecksField
from core.step.forms import ReasonForm, SavedForm, StepForm, words_of
from procurement.categories.forms import editions
from procurement.policy import queries
from procurement.policy.checking import parameters
from procurement.policy.models import PolicyProposal
from procurement.policy.operations import SAID, last_days
from procurement.rules import TREATMENTS
from procurement.verdict.judging import MODES
from schemes import queries as schemes
from schemes.called import called


def known_schemes() -> list[tuple[str, str]]:
    return [("", _("请选择")), *schemes.scheme_names().items()]


def known_parameters() -> list[tuple[str, str]]:
    """Of every scheme, each once."""
    found = {
        slug: called(names) for code in schemes.scheme_names() for slug, names in parameters(code).items()
    }
    return [("", _("不按参数分")), *found.items()]


class PolicyForm(SavedForm):
    category_edition = SelectField(_l("目录版本"), choices=editions, default="2022", validate_choice=False)
    category_code = StringField(_l("品目编码"), [Fits(PolicyProposal.category_code)])
    scheme_code = SelectField(_l("按哪条规则的证书"), choices=known_schemes, validate_choice=False)
    treatment = RadioField(
        _l("要求程度"),
        choices=words_of("treatment", TREATMENTS),
        default=TREATMENTS[-1],
        validate_choice=False,
    )
    criterion = StringField(_l("限值、等级或标准"), [Fits(PolicyProposal.criterion)])
    mode = RadioField(
        _l("怎样认定"), choices=words_of("policy_mode", MODES), default=MODES[0], validate_choice=False
    )
    bodies = ChecksField(_l("指定机构"), validate_choice=False)
    scope_note = TextAreaField(_l("范围说明"), [Fits(PolicyProposal.scope_note)])
    last_days = TextAreaField(_l("旧版规则的证书用到"), [Length(max=PROSE)])
    basis = StringField(_l("依据文件"), [Fits(PolicyProposal.basis)])
    parameter = SelectField(_l("按参数归入"), choices=known_parameters, validate_choice=False)
    above = ExactField(_l("大于"), [Optional()])
    up_to = ExactField(_l("不大于"), [Optional()])
    choices = StringField(_l("取值"), [Length(max=PROSE)])
    valid_from = DateField(_l("开始"), [Optional()])
    valid_to = DateField(_l("结束"), [Optional()])
    demo = BooleanField(_l("这是演示数据"))

    def __init__(self, *filled: Any, **how: Any) -> None:  # as FlaskForm takes them
        super().__init__(*filled, **how)
        self.bodies.choices = list(queries.bodies().items())

    def values(self) -> dict[str, Any]:  # as the operation takes them
        given = self.facts()
        return {name: given[name] for name in SAID if name in given} | {
            "bodies": list(self.bodies.data or ()),
            "choices": (self.choices.data or "").split(),
            "last_days": last_days(self.last_days.data),
            "treatment": self.treatment.data or "",
            "mode": self.mode.data or "",
            "parameter": self.parameter.data or "",
            "scheme_code": self.scheme_code.data or "",
            "category_edition": self.category_edition.data or "",
        }


STEPS: dict[str, type[StepForm]] = {"approve": StepForm, "drop": ReasonForm}


def filled(proposal: PolicyProposal) -> PolicyForm:
    said = {name: getattr(proposal, name) for name in SAID}
    said["choices"] = " ".join(proposal.choices)
    said["last_days"] = "\n".join(f"{version} {day}" for version, day in proposal.last_days.items())
    return PolicyForm(formdata=None, data={"version": proposal.version} | said)


def step_form(proposal: PolicyProposal, step: str) -> StepForm:
    return STEPS[step](formdata=None, data={"version": proposal.version})
