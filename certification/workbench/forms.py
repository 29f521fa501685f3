"""How a view of a list is named."""

from wtforms.validators import InputRequired

from certification.workbench.models import SavedView
from core.fields import Fits, StringField
from core.i18n import _l
from core.step.forms import BlamedForm


class ViewForm(BlamedForm):
    name = StringField(_l("视图的名称"), [InputRequired(_l("给这个视图起个名字")), Fits(SavedView.name)])
