"""The words of what comes after issue: purposes of a case, versions, and why a case about one is refused."""

from core.i18n import _l
from core.words import Word

PURPOSES = {
    "purpose.initial": Word(_l("初次认证"), "", "file"),
    "purpose.change": Word(_l("变更"), "info", "pencil"),
    "purpose.extension": Word(_l("扩展"), "info", "plus"),
    "purpose.reduction": Word(_l("缩小范围"), "info", "minus"),
    "purpose.conversion": Word(_l("换版"), "info", "recycle"),
    "purpose.recertification": Word(_l("再认证"), "info", "recycle"),
    "plan_part.documents": Word(_l("文件评审"), "", "filecheck"),
    "plan_part.tests": Word(_l("产品检测"), "", "flask"),
    "plan_part.site": Word(_l("现场核查"), "", "factory"),
    "certificate.state.superseded": Word(_l("已由新证书接替"), "", "recycle"),
    "certificate.step.supersede": Word(_l("由新证书接替"), "", "recycle"),
    "cause.recertified": Word(_l("再认证后由新证书接替")),
}

REFUSALS = {
    "refusal.holder-cannot-change": Word(
        _l("证书不能转让：只有持证人可以办理这张证书的变更，新的持有人应提出自己的初次认证申请")
    ),
    "refusal.certificate-not-open": Word(_l("证书已经失效，不能再办变更或再认证；需要时提出新的申请")),
    "refusal.certificate-not-begun": Word(_l("证书还没有生效，生效以后才能办")),
    "refusal.certificate-recertified": Word(_l("这张证书已经再认证，新证书已签发，不能再办一次")),
    "refusal.suspended-otherwise": Word(_l("证书不是因为没有换版而暂停的，换版不能使它恢复")),
    "refusal.certificate-not-ready": Word(_l("证书正在暂停或已失效，先恢复证书，再签发新版本")),
    "refusal.recertification-too-early": Word(_l("还没到再认证的申请时间")),
    "refusal.nothing-to-convert": Word(_l("这张证书已按现行规则，不用换版")),
    "refusal.conversion-too-early": Word(_l("新版规则还没有生效，生效以后换版")),
    "refusal.reduction-must-drop-models": Word(_l("缩小范围只能减少型号：去掉至少一个，不加新的")),
    "refusal.extension-must-add-models": Word(_l("扩展要在原有型号之外增加型号，原有型号都要保留")),
    "refusal.purpose-unknown": Word(_l("选择办理变更、扩展、缩小范围、换版还是再认证")),
    "refusal.case-already-open": Word(_l("这张证书已有一件在办的申请：{number}，办完再提出下一件")),
    "refusal.case-is-open": Word(_l("已有一件在办，办完再提出下一件")),
    "refusal.part-not-planned": Word(_l("评审计划没有安排这一部分")),
    "refusal.parts-unknown": Word(_l("评审的部分只能是文件评审、产品检测、现场核查")),
    "refusal.part-omitted": Word(_l("初次认证和再认证不能省略任何一部分（认证认可条例第二十一条）")),
    "refusal.parts-reason-missing": Word(_l("写明为什么可以不做其余部分")),
    "refusal.reapplication-barred": Word(_l("证书被撤销后的等待期还没有满，暂不能再申请同类产品")),
}

WORDS = PURPOSES | REFUSALS
