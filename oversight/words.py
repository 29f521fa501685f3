"""The words of the regulator's pages."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "refusal.not-the-regulator": Word(_l("这一页只给监管人员看")),
}
