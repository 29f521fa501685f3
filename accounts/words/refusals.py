"""Why the answer is no, in sentences: the result, the reason, what to do."""

from core.i18n import _l
from core.words import Word

WORDS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "uscc-length": _l("统一社会信用代码应为 18 位，现在是 {length} 位"),
        "uscc-letter": _l("第 {position} 位不能是“{letter}”：代码只用数字和除 I、O、S、V、Z 以外的大写字母"),
        "uscc-region": _l("第 3 至 8 位应为行政区划数字，现在是“{region}”"),
        "uscc-check-digit": _l("最后一位校验码对不上，有一位抄错了，请对照营业执照核对"),
        "organisation-known": _l("这个单位已经注册，请向本单位管理员索取邀请"),
        "organisation-kind-unknown": _l("没有这种单位类型，请从列表里选择"),
        "organisation-unknown": _l("没有这个单位"),
        "region-shape": _l("请从列表里选择所在地"),
        "account-name-missing": _l("填写名称"),
        "email-taken": _l("这个邮箱已有账号，请直接登录，或换一个邮箱"),
        "password-short": _l("密码至少 {shortest} 个字符，可以是一句话"),
        "password-long": _l("密码最多 {longest} 个字符"),
        "password-wrong": _l("现在的密码不对"),
        "language-unknown": _l("请选择中文或 English"),
        "user-unknown": _l("没有这个账号"),
        "sign-in-failed": _l("邮箱或密码不对，请核对后再试"),
        "sign-in-too-often": _l("错误次数太多，请 5 分钟后再试"),
        "account-locked": _l("账号已停用，请联系本单位管理员"),
        "sign-in-needed": _l("请先登录，或在请求里带上有效的令牌"),
        "token-refused": _l("令牌无效或已停用，请在“我的账号”里新建"),
        "token-expired": _l("令牌已过期，请在“我的账号”里新建"),
        "token-unknown": _l("没有这个令牌"),
        "no-role": _l("您在这个单位还没有角色，请联系单位管理员；任职于几个单位时，可以换一个身份"),
        "not-administrator": _l("这件事由系统管理员办理"),
        "not-organisation-admin": _l("这件事由本单位管理员办理"),
        "role-not-of-kind": _l("本类单位没有这个角色"),
        "role-for-oneself": _l("角色由别人授予：请本单位另一位管理员或系统管理员来改"),
        "member-of-another-body": _l(
            "这个人已在另一家认证机构任职；一人只能在一家认证机构执业，请先从那里离任"
        ),
        "roles-missing": _l("至少选择一个角色"),
        "last-admin": _l("本单位只有这一位管理员，请先指定另一位"),
        "member-unknown": _l("本单位没有这位成员"),
        "membership-missing": _l("您不在这个单位里"),
        "already-member": _l("这个邮箱的主人已经是本单位成员"),
        "invitation-unknown": _l("邀请链接不对，或邀请已经撤回，请向邀请人要新的链接"),
        "invitation-used": _l("邀请已经用过，直接登录就可以"),
        "invitation-expired": _l("邀请已经过期，请向邀请人要新的链接"),
        "invitation-other-address": _l("邀请发给 {email}，请用这个邮箱的账号登录后再打开链接"),
        "held-form-gone": _l("没有保留着的内容，可能已经提交、丢弃或过了 24 小时"),
        "calendar-feed-unknown": _l("没有这个订阅地址，或已停用"),
        "absence-backwards": _l("最后一天早于第一天"),
        "absence-over": _l("这些日子已经过去"),
        "absence-too-long": _l("一次最多 {longest} 天"),
        "absence-stated-already": _l("这些日子里已有登记的缺勤"),
        "absence-unknown": _l("没有这条缺勤记录"),
        "notice-unknown": _l("没有这条通知"),
        "notice-preference-unknown": _l("请从列表里选择通知方式"),
        "form-left-open": _l("页面放得太久，登录状态变了，没有提交；请再点一次"),
    }.items()
}
