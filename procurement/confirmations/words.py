"""What is said of makers' answers."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "supplied.confirmed": Word(_l("确认供货"), "ok", "check"),
    "supplied.refused": Word(_l("不供货"), "stop", "x"),
    "supply_pledge.text": Word(
        _l(
            "演示数据：我单位承诺，清单所列型号与证书一致，本期有效期间按清单供货，不以清单外的产品顶替；"
            "停产或变更的，及时书面告知。"
        )
    ),
    "notice.edition.shown": Word(_l("第 {number} 期采购清单公示到 {day}，请确认您的产品是否供货")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "supply-answer-missing": _l("选择是否供货"),
        "supply-contact-missing": _l("填写联系人和电话"),
        "supply-reason-missing": _l("写明不供货的理由"),
        "supply-pledge-missing": _l("确认供货要作出承诺"),
        "supply-line-unknown": _l("公示的清单里没有您的这张证书"),
        "supply-notice-over": _l("公示已于 {day} 截止，不能再改"),
    }.items()
}
