"""The words of reports of evaluations."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "refusal.evaluation-report-not-found": Word(_l("还没有评价报告：决定签署生效以后才有")),
    "refusal.evaluation-report-is-frozen": Word(_l("评价报告存下以后不能改")),
}
