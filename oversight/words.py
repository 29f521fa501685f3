"""The words of the regulator's pages."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "record.application": Word(_l("案卷")),
    "record.sample": Word(_l("样品")),
    "record.nonconformity": Word(_l("不符合项")),
    "record.certificate": Word(_l("证书")),
    "record.label": Word(_l("标识许可")),
    "refusal.not-the-regulator": Word(_l("这一页只给监管人员看")),
}
