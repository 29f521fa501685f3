"""The shape of what is typed on the pages of accounts."""

from collections.abc import Collection
from typing import Any

from flask_babel import LazyString
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import URL, InputRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from accounts import uscc
from accounts.actor import ROLES, Actor
from accounts.models import Absence, ApiToken, Invitation, Organisation, RoleProposal, User
from accounts.models.inbox import HOW
from accounts.notices import GROUPS
from accounts.words import region_groups
from core.errors import Invalid
from core.fields import DateField, EmailField, Fits, FlaskForm, StringField, TelField, URLField
from core.i18n import _l
from core.machine import Facts
from core.step.forms import BlamedForm
from core.words import say, sentence, word

NEEDED = {
    "email": InputRequired(_l("填写邮箱")),
    "password": InputRequired(_l("填写密码")),
    "person": InputRequired(_l("填写您的姓名")),
}


def well_formed_code(_form: object, field: Field) -> None:
    try:
        uscc.check(field.data or "")
    except Invalid as error:
        raise StopValidation(say(error)) from error


FULL_URL = URL(message=_l("网址应写成 https://www.example.cn 的样子"))


class RolesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, actor: Actor, kind: str, among: Collection[str] | None = None) -> None:
        """Offer the roles of organisations of this kind that `actor` may grant, or those `among` them."""
        roles = [role for role in ROLES[kind] if role != "administrator" or role in actor.roles]
        roles = roles if among is None else [role for role in roles if role in among]
        self.choices = [SelectChoice(role, str(word(f"role.{role}"))) for role in roles]

    def duties(self) -> dict[str, object]:
        """What each role offered may do, as small print."""
        return {slug: word(f"duty.{slug}") for slug, *_ in self.iter_choices()}


class RegionField(SelectField):
    def __init__(self, label: LazyString, **more: Any) -> None:  # as SelectField takes it
        super().__init__(label, choices=self._offer, default="", **more)

    @staticmethod
    def _offer() -> list[SelectChoice]:
        groups = region_groups().items()
        named = [
            SelectChoice(code, name, optgroup=group)
            for group, names in groups
            for code, name in names.items()
        ]
        return [SelectChoice("", _l("请选择")), *named]


def _kinds() -> list[SelectChoice]:
    named = (SelectChoice(kind, str(word(f"kind.{kind}"))) for kind in ROLES)
    return [SelectChoice("", _l("请选择")), *named]


def _ways() -> list[SelectChoice]:
    return [SelectChoice(how, str(word(f"notice.how.{how}"))) for how in HOW]


class SignInForm(FlaskForm):
    email = EmailField(_l("邮箱"), [NEEDED["email"], Fits(User.email)])
    password = PasswordField(_l("密码"), [NEEDED["password"]])
    next = HiddenField()


class SignUpForm(FlaskForm):
    uscc = StringField(
        _l("统一社会信用代码"),
        [InputRequired(_l("填写统一社会信用代码")), well_formed_code, Fits(Organisation.uscc)],
    )
    name = StringField(_l("企业名称"), [InputRequired(_l("填写企业名称")), Fits(Organisation.name)])
    region = RegionField(_l("所在地"), validators=[InputRequired(_l("选择所在地"))])
    address = StringField(_l("地址"), [InputRequired(_l("填写地址")), Fits(Organisation.address)])
    telephone = TelField(_l("电话"), [Optional(), Fits(Organisation.telephone)])
    person = StringField(_l("您的姓名"), [NEEDED["person"], Fits(User.name)])
    email = EmailField(_l("邮箱"), [NEEDED["email"], Fits(User.email)])
    password = PasswordField(_l("密码"), [NEEDED["password"]])


class JoinForm(FlaskForm):
    person = StringField(_l("您的姓名"), [NEEDED["person"], Fits(User.name)])
    password = PasswordField(_l("密码"), [NEEDED["password"]])


class ProfileForm(FlaskForm):
    person = StringField(_l("姓名"), [NEEDED["person"], Fits(User.name)])
    language = RadioField(_l("语言"), choices=[SelectChoice("zh", "中文"), SelectChoice("en", "English")])


class PasswordForm(FlaskForm):
    current = PasswordField(_l("现在的密码"), [InputRequired(_l("填写现在的密码"))])
    password = PasswordField(_l("新密码"), [NEEDED["password"]])


class TokenForm(FlaskForm):
    name = StringField(_l("令牌名称"), [InputRequired(_l("填写令牌名称")), Fits(ApiToken.name)])


class AbsenceForm(FlaskForm):
    first = DateField(_l("第一天"), [InputRequired(_l("填写第一天"))])
    last = DateField(_l("最后一天"), [InputRequired(_l("填写最后一天"))])
    note = StringField(_l("说明"), [Optional(), Fits(Absence.note)])


class FactsForm(FlaskForm):
    short_name = StringField(_l("简称"), [Optional(), Fits(Organisation.short_name)])
    name_en = StringField(_l("英文名称"), [Optional(), Fits(Organisation.name_en)])
    region = RegionField(_l("所在地"), validators=[Optional()])
    address = StringField(_l("地址"), [Optional(), Fits(Organisation.address)])
    telephone = TelField(_l("电话"), [Optional(), Fits(Organisation.telephone)])
    website = URLField(_l("网站"), [Optional(), FULL_URL, Fits(Organisation.website)])


class OrganisationForm(FlaskForm):
    kind = SelectField(_l("单位类型"), [InputRequired(_l("选择单位类型"))], choices=_kinds)
    uscc = StringField(
        _l("统一社会信用代码"),
        [InputRequired(_l("填写统一社会信用代码")), well_formed_code, Fits(Organisation.uscc)],
    )
    name = StringField(_l("单位名称"), [InputRequired(_l("填写单位名称")), Fits(Organisation.name)])
    region = RegionField(_l("所在地"), validators=[Optional()])
    address = StringField(_l("地址"), [Optional(), Fits(Organisation.address)])
    telephone = TelField(_l("电话"), [Optional(), Fits(Organisation.telephone)])


class InviteForm(FlaskForm):
    email = EmailField(_l("同事的邮箱"), [NEEDED["email"], Fits(Invitation.email)])
    roles = RolesField(_l("角色"))


class RolesForm(FlaskForm):
    roles = RolesField(_l("角色"))


class RoleProposalForm(BlamedForm):
    roles = RolesField(_l("提名的角色"))
    valid_from = DateField(_l("自"), [Optional()])
    valid_to = DateField(_l("至"), [Optional()])
    basis = StringField(_l("任命依据"), [Fits(RoleProposal.basis)])
    evidence = FileField(_l("证据文件"))

    def facts(self) -> Facts:
        sent = self.evidence.data
        facts: Facts = {"roles": self.roles.data or (), "basis": self.basis.data or ""}
        facts |= {"valid_from": self.valid_from.data, "valid_to": self.valid_to.data}
        return facts | {"evidence": sent if sent and sent.filename else None}


class DeclineForm(BlamedForm):
    reason = StringField(_l("不批准的理由"), [Fits(RoleProposal.reason)])


class NoticesForm(FlaskForm):
    """How to be mailed about each group of notices; what is urgent is mailed at once in any case."""

    task = RadioField(_l("待办：需要我处理的事"), choices=_ways)
    deadline = RadioField(_l("期限：快到期和已到期"), choices=_ways)
    progress = RadioField(_l("进展：案卷走到了哪一步"), choices=_ways)
    certificate = RadioField(_l("证书：签发、状态和标识"), choices=_ways)

    def wishes(self) -> dict[str, str]:
        return {group: self[group].data for group in GROUPS}


def typed(form: FlaskForm, *names: str) -> dict[str, str]:
    """What was typed in these fields; "" where a browser sent nothing."""
    return {name: form[name].data or "" for name in names}


def refuse(form: FlaskForm, error: Invalid) -> None:
    """Say a no of an operation at the fields it is about, or over the form."""
    for name, slug in error.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence(slug, error.detail)]
    if not any(name in form for name in error.fields):
        form.form_errors.append(say(error))
