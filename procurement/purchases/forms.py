"""What is typed of a purchase."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from core.fields import DateField, ExactField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.lifecycle import StepTaken
from core.step.forms import BlamedForm, SavedForm
from procurement.purchases.models import Purchase
from procurement.purchases.operations import SAID


class PurchaseForm(SavedForm):
    bought_on = DateField(_l("采购日期"), [InputRequired("purchase-bought_on-missing")])
    unit = StringField(_l("采购单位"), [Fits(Purchase.unit)])
    reference = StringField(_l("合同或订单编号"), [Fits(Purchase.reference)])
    product = StringField(_l("产品名称"), [Fits(Purchase.product)])
    category = StringField(_l("品目编码"), [Fits(Purchase.category)])
    number = StringField(_l("证书编号"), [Fits(Purchase.number)])
    model = StringField(_l("型号"), [Fits(Purchase.model)])
    maker = StringField(_l("企业名称"), [Fits(Purchase.maker)])
    spend = ExactField(_l("金额（元）"), [InputRequired("purchase-spend-missing")])


class RemoveForm(SavedForm):
    reason = TextAreaField(
        _l("删去的理由"), [Fits(StepTaken.reason), InputRequired("purchase-reason-missing")]
    )


class FileForm(BlamedForm):
    file = FileField(_l("表格文件"), [InputRequired("purchase-file-missing")])


def written(of: Purchase) -> PurchaseForm:
    said = {name: getattr(of, name) for name in SAID}
    return PurchaseForm(formdata=None, data=said | {"version": of.version})
