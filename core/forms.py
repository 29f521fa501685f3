"""The form of the style guide: one field of every kind, so that each component is seen with real input."""

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from core.fields import DateField, ExactField, FlaskForm, StringField, TextAreaField
from core.i18n import _l

BOUNDARIES = [SelectChoice("gate", _l("从摇篮到大门")), SelectChoice("grave", _l("从摇篮到坟墓"))]
UNITS = [SelectChoice("kg"), SelectChoice("t")]
DECISIONS = [SelectChoice("grant", _l("批准")), SelectChoice("refuse", _l("不予认证"))]
PAPERS = [SelectChoice("invoice", _l("结算单")), SelectChoice("contract", _l("合同"))]


class SampleRow(Form):
    """A row of a list, so that errors inside rows are seen as well."""

    name = StringField(_l("排放源"))
    amount = ExactField(_l("活动量"), [InputRequired(_l("填写活动量"))])
    unit = SelectField(_l("单位"), choices=UNITS)


class SampleStep(FlaskForm):
    reason = TextAreaField(_l("理由"))


class SampleForm(FlaskForm):
    model = StringField(_l("产品型号"), [InputRequired()])
    output = ExactField(_l("年产量"), [InputRequired()])
    telephone = StringField(_l("联系电话"), [Length(11, 11, _l("手机号应为 11 位"))])
    name_en = StringField(_l("英文名称"), [Optional()])
    boundary = SelectField(_l("核算边界"), choices=BOUNDARIES)
    reason = TextAreaField(_l("决定理由"))
    decision = RadioField(_l("您的决定"), choices=DECISIONS)
    conclusion = RadioField(_l("认证结论"), choices=DECISIONS)
    papers = SelectMultipleField(_l("数据来自"), choices=PAPERS)
    end_of_life = BooleanField(_l("含废弃处置"))
    amount = ExactField(_l("运入的原料"))
    unit = SelectField(_l("单位"), choices=UNITS)
    issued_on = DateField(_l("生效日期"))
    evidence = FileField(_l("检验报告"))
    password = PasswordField(_l("再次输入登录密码"))
    rows = FieldList(FormField(SampleRow))
