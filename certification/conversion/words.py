"""The words of a change of a rule: what is told, and why something is not done."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "notice.certificate.convert": Word(
        _l("证书 {certificate}（{product}）：规则 {version} 自 {from}起施行，请在 {convert_by}前换版")
    ),
    "notice.rule_change.open": Word(
        _l("规则 {version} 已公布，旧版证书在 {convert_by}前换版，请看涉及的证书")
    ),
    "notice.certificate.rule_retired": Word(
        _l("证书 {certificate} 的规则《{rule}》自 {day}起废止，不再受理新申请；证书有效到 {last}")
    ),
    "notice.application.amend": Word(
        _l("{number} {product}：改按规则版本 {version} 办理，只是名称、说明或选项有变，不多要求什么")
    ),
    "refusal.nothing-to-amend": Word(
        _l("没有可以改用的新版：新版不只是改名称、说明或增加选项，或案卷已经决定")
    ),
    "tried.case": Word(_l("已决定的案卷"), "", "file"),
    "tried.certificate": Word(_l("有效的证书"), "", "stamp"),
    "refusal.dry-run-not-found": Word(_l("这份草案还没有试算过")),
    "refusal.rule-change-not-found": Word(_l("没有这次规则变更，或者您不能查看")),
}
