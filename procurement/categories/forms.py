"""What is typed to look into the catalogue of 品目, and to take it from a file."""

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from core import asked
from core.fields import FlaskForm, StringField
from core.i18n import _, _l
from core.step.forms import BlamedForm, words_of
from procurement.categories import codes

KINDS = ("codes", "crosswalk")


def editions() -> list[tuple[str, str]]:
    return [(each, _("%(edition)s 版", edition=each)) for each in codes.EDITIONS]


class SearchForm(FlaskForm):
    """Sent by GET.  A code is looked for in the edition that is named."""

    class Meta:
        csrf = False

    edition = SelectField(_l("目录版本"), choices=editions, default=codes.CURRENT, validate_choice=False)
    q = StringField(_l("编码或名称"), [Length(max=asked.LONGEST)])
    suspect = BooleanField(_l("只看名称要核对的"))

    @property
    def asked_edition(self) -> str:
        return self.edition.data or ("" if self.q.data else codes.CURRENT)


class FileForm(BlamedForm):
    kind = RadioField(
        _l("文件里是"),
        [InputRequired("category-file-kind-missing")],
        choices=words_of("category_file", KINDS),
        default=KINDS[0],
    )
    edition = SelectField(_l("目录版本"), choices=editions, default=codes.CURRENT, validate_choice=False)
    file = FileField(_l("CSV 文件"), [Optional()])
    dry_run = BooleanField(_l("只试读，不保存"))
