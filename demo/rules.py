"""Drafts of rules on their way: one still faulty, one before the public, one that waits for approval;
and a body's own agreement, half done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import NOBODY
from certification.conversion import operations as conversion
from core import clock, lifecycle
from core.clock import today
from demo.cast import Cast
from demo.papers import paper
from registers.adoption import operations as adoptions
from schemes import queries as rules
from schemes.drafts import blanks, operations, queries
from schemes.drafts.models import RuleDraft

DAY = timedelta(days=1)
PERIOD = 60
EFFECTIVE = date(2027, 7, 1)
AGREEMENT = """# 认证协议（演示数据）

双方就产品的低碳认证约定如下。

- 获证后，只在证书覆盖的型号和有效期内宣传认证。
- 每年接受一次跟踪检查。
"""


def leave_drafts(cast: Cast) -> None:
    _published(cast)
    _begun(cast)
    _approved_by_one(cast)
    _before_the_public(cast)
    _worded(cast)


def _begun(cast: Cast) -> RuleDraft:
    """A rule of a new category, of which little is written."""
    author = cast.actor("rules@demo.example")
    draft = operations.begin(author, None, False)
    names = {"zh": "低碳产品认证实施规则：钢化玻璃", "en": "Low-carbon certification rules: toughened glass"}
    identity = {"code": "lc-toughened-glass", "version": "1", "names": names, "demo": True}
    operations.write(draft, author, {"identity": identity})
    return draft


def _published(cast: Cast) -> None:
    """The next version of the rule of laptops asks one more document, and has a form for it; its day is still
    to come."""
    author, former = cast.actor("rules@demo.example"), rules.scheme_by_code("cfp-laptop")
    draft = operations.begin(author, former.id, True)
    identity = draft.document["identity"] | {"version": "2", "effective_from": EFFECTIVE.isoformat()}
    document = draft.document | {"identity": identity, "transition": {"months": 6, "source": "演示数据"}}
    names = {"zh": "管理体系文件", "en": "Management system documents"}
    kind = {"slug": "management_system", "names": names}
    operations.write(draft, author, document | {"documents": [*document["documents"], kind]})
    stream, _name = paper("management_system", "form")
    blanks.hand_in(draft, author, "management_system", FileStorage(stream, "管理体系文件清单.pdf"))
    approve(cast, draft, "新增管理体系文件，其余不变（演示数据）。")
    last = draft.convert_from
    lifecycle.take(draft, "publish", cast.actor("approver@demo.example"), convert_by=last)
    conversion.tell_of_changes()


def approve(
    cast: Cast,
    draft: RuleDraft,
    summary: str,
    speak: Callable[[Cast, RuleDraft], None] = lambda _cast, _draft: None,
) -> None:
    """A whole draft through comment, in which the public may `speak`, and both approvals."""
    author = cast.actor("rules@demo.example")
    approvers = [cast.actor(f"{name}@demo.example") for name in ("approver", "approver2")]
    lifecycle.take(draft, "submit", author, summary=summary)
    start = today() - (PERIOD + 5) * DAY
    with clock.travel(start):
        period = {"comment_from": start, "comment_to": start + PERIOD * DAY}
        lifecycle.take(draft, "open_comment", approvers[0], **period)
        speak(cast, draft)
    lifecycle.take(draft, "close_comment", author)
    lifecycle.take(draft, "ask_approval", author)
    for approver in approvers:
        lifecycle.take(draft, "approve", approver)


def _next(cast: Cast, code: str, limit: str, summary: str) -> RuleDraft:
    """The next version of a rule, with a stricter limit, under review."""
    author, former = cast.actor("rules@demo.example"), rules.scheme_by_code(code)
    draft = operations.begin(author, former.id, True)
    identity = draft.document["identity"] | {"version": "2", "effective_from": EFFECTIVE.isoformat()}
    operations.write(draft, author, stricter(draft.document | {"identity": identity}, limit))
    lifecycle.take(draft, "submit", author, summary=summary)
    return draft


def _worded(cast: Cast) -> None:
    """A body is about to write its own agreement for cement."""
    officer = cast.actor("officer@demo.example")
    adoption = adoptions.begin(officer, "lc-cement")
    adoptions.word_paper(adoption, officer, "agreement", AGREEMENT)


def stricter(document: dict[str, Any], limit: str) -> dict[str, Any]:  # JSON
    first, *others = document["criteria"]
    row = first["rows"][0] | {"limit": limit}
    return document | {"criteria": [first | {"rows": [row, *first["rows"][1:]]}, *others]}


def _before_the_public(cast: Cast) -> None:
    draft = _next(cast, "lc-cement", "690", "按近年在册产品的水平收紧限值（演示数据）。")
    approver, start = cast.actor("approver@demo.example"), today() - 5 * DAY
    with clock.travel(start):
        lifecycle.take(draft, "open_comment", approver, comment_from=start, comment_to=start + PERIOD * DAY)
    made = conversion.begin_trying(draft, cast.actor("rules@demo.example"))
    while made.finished_at is None:
        conversion.go_on(made.id)
    limits = next(each for each in queries.places(draft) if each.startswith("/criteria/"))
    answered = operations.comment(
        draft, NOBODY, text="粉煤灰供应不稳，过渡期能否再长一些？", name="某水泥企业", place=limits
    )
    operations.comment(
        draft, NOBODY, text="标签上能写数值吗？", name="一位消费者", anonymous=True, place="/label"
    )
    hidden = operations.comment(draft, NOBODY, text="低价出售水泥，电话见下。", name="匿名")
    told = "采纳：换版截止日改为生效后六个月。"
    lifecycle.take(answered, "answer", approver, adopted="partly", answer=told)
    lifecycle.take(hidden, "hide", approver, reason="广告，与规则无关")


def _approved_by_one(cast: Cast) -> None:
    draft = _next(cast, "lc-ceramic-tile", "10.20", "限值收紧，其余只改文字（演示数据）。")
    author, approver = cast.actor("rules@demo.example"), cast.actor("approver@demo.example")
    start = today() - (PERIOD + 5) * DAY
    with clock.travel(start):
        lifecycle.take(draft, "open_comment", approver, comment_from=start, comment_to=start + PERIOD * DAY)
    lifecycle.take(draft, "close_comment", author)
    lifecycle.take(draft, "ask_approval", author)
    lifecycle.take(draft, "approve", approver)
