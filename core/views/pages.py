"""Help, and the way around: which doors of the house are open is read from the app itself."""

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.assets import asset
from core.i18n import _l
from core.machine import Actor
from core.views.blueprint import bp, public


class Way(TypedDict):
    """A door of the house as it stands on a page; `current` when the page is behind it."""

    text: str
    href: str
    current: NotRequired[bool]


class Ways(TypedDict):
    """Doors that stand together in the bar; without a heading each stands there by itself."""

    heading: str
    ways: list[Way]


# (endpoint, words); a door that is not built is not shown.
PUBLIC_DOORS = (
    ("catalog.products", _l("产品目录")),
    ("certification_public.verify_form", _l("证书核验")),
    ("procurement.lists", _l("采购服务")),
    ("certification.mine", _l("申请认证")),
    ("core.help_page", _l("帮助")),
)
# By the kind of organisation: (heading, doors).  What follows in a door names the roles without any of which
# it stays shut.
WORK_DOORS = {
    "manufacturer": (
        ("", (("certification.mine", _l("我的事项")), ("acts.index", _l("文书")))),
        (
            _l("发证之后"),
            (
                ("certificates.index", _l("证书")),
                ("surveillance.index", _l("跟踪检查")),
                ("labels.index", _l("标签")),
                ("confirmations.index", _l("清单确认"), "applicant"),
            ),
        ),
    ),
    "certification_body": (
        ("", (("reviews.queue", _l("我的队列")),)),
        (
            _l("办案"),
            (
                ("calendar.month", _l("日程")),
                ("laboratory.orders", _l("检测委托")),
                ("acts.index", _l("文书")),
                ("appeals.index", _l("申诉"), "appeals_officer"),
                ("evidence.index", _l("证据核对")),
            ),
        ),
        (
            _l("发证之后"),
            (
                ("certificates.index", _l("证书")),
                ("surveillance.index", _l("跟踪检查")),
                ("changes.index", _l("规则换版")),
                ("labels.index", _l("标签")),
                ("complaints.index", _l("证书投诉"), "appeals_officer", "head_of_body"),
            ),
        ),
        (
            _l("本机构"),
            (
                ("impartiality.index", _l("公正性")),
                ("registers.home", _l("登记")),
                ("fees.own", _l("收费标准"), "head_of_body"),
                ("rules.index", _l("规则"), "rule_author", "rule_approver"),
                ("adoptions.index", _l("规则的采用"), "rule_author", "rule_approver"),
            ),
        ),
    ),
    "testing_body": (
        (
            "",
            (
                ("laboratory.orders", _l("检测委托")),
                ("calendar.month", _l("日程")),
                ("registers.home", _l("登记")),
            ),
        ),
    ),
    "purchasing_unit": (
        (
            "",
            (
                ("procurement.workbench", _l("采购工作台"), "procurement_officer"),
                ("procurement.lists", _l("采购清单")),
            ),
        ),
    ),
    "regulator": (
        ("", (("oversight.home", _l("运行监测")),)),
        (
            _l("监管"),
            (
                ("oversight.all_cases", _l("案卷"), "regulator"),
                ("grievances.desk", _l("举报与申诉"), "regulator"),
                ("evidence.index", _l("证据核对"), "regulator"),
                ("purchases.shares", _l("低碳采购占比"), "regulator"),
                ("oversight.bodies", _l("登记")),
                ("oversight.record", _l("记录"), "regulator"),
                ("clocks.calendar", _l("工作日历")),
            ),
        ),
        (
            _l("标准与规则"),
            (
                ("rules.index", _l("规则"), "rule_author", "rule_approver"),
                ("changes.index", _l("规则换版"), "regulator"),
            ),
        ),
        (
            _l("政府采购"),
            (
                ("procurement.editions", _l("清单编制"), "list_editor"),
                ("policy.proposals", _l("采购政策"), "list_editor", "regulator"),
                ("assignments.index", _l("产品归入品目"), "list_editor", "regulator"),
                ("objections.index", _l("异议和更正"), "list_editor", "regulator"),
                ("suspensions.proposals", _l("暂停列入"), "list_editor", "regulator"),
                ("procurement.lists", _l("采购清单")),
            ),
        ),
    ),
}


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    return render_template("core/help.html")


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Browsers ask for it beside a document that is no page, such as the PDF of a certificate."""
    return redirect(asset("mark.svg"))


@bp.app_context_processor
def ways() -> dict[str, object]:
    return {"nav": nav, "work_nav": work_nav, "door": door}


def nav() -> list[Way]:
    """The doors everybody sees."""
    return _marked(_open(PUBLIC_DOORS))


def work_nav(actor: Actor) -> list[Ways]:
    """The doors of somebody who works in an organisation, those left out that would not open.

    Where one door is left of several, it needs no heading.
    """
    groups: list[Ways] = []
    for heading, doors in WORK_DOORS.get(actor.kind, ()):
        ways = _open(way[:2] for way in doors if not way[2:] or actor.roles & set(way[2:]))
        if ways:
            groups.append({"heading": str(heading) if len(ways) > 1 else "", "ways": ways})
    _marked([way for group in groups for way in group["ways"]])
    return groups


def door(endpoint: str, **values: Any) -> str:  # as url_for takes them
    """The address of an endpoint of another office, or "" when that office is not there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _open(doors: Iterable[tuple[str, str]]) -> list[Way]:
    return [{"text": text, "href": href} for endpoint, text in doors if (href := door(endpoint))]


def _marked(found: list[Way]) -> list[Way]:
    """The same, the one marked behind which the page is: of several the longest."""
    here = request.script_root + request.path
    within = [way["href"] for way in found if here.startswith(way["href"])]
    for way in found:
        way["current"] = bool(within) and way["href"] == max(within, key=len)
    return found
