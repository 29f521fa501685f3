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


# (endpoint, words); a door that is not built is not shown.
PUBLIC_DOORS = (
    ("catalog.products", _l("产品目录")),
    ("certification_public.verify_form", _l("证书核验")),
    ("procurement.lists", _l("采购服务")),
    ("certification.mine", _l("申请认证")),
    ("core.help_page", _l("帮助")),
)
# By the kind of organisation; what follows names the roles without any of which the door stays shut.
WORK_DOORS = {
    "manufacturer": (
        ("certification.mine", _l("我的事项")),
        ("acts.index", _l("文书")),
        ("certificates.index", _l("证书")),
        ("surveillance.index", _l("跟踪检查")),
        ("labels.index", _l("标签")),
    ),
    "certification_body": (
        ("reviews.queue", _l("我的队列")),
        ("acts.index", _l("文书")),
        ("appeals.index", _l("申诉"), "appeals_officer"),
        ("fees.own", _l("收费标准"), "head_of_body"),
        ("certificates.index", _l("证书")),
        ("surveillance.index", _l("跟踪检查")),
        ("evidence.index", _l("证据核对")),
        ("changes.index", _l("规则换版")),
        ("labels.index", _l("标签")),
        ("impartiality.index", _l("公正性")),
        ("registers.home", _l("登记")),
        ("rules.index", _l("规则"), "rule_author", "rule_approver"),
        ("adoptions.index", _l("规则的采用"), "rule_author", "rule_approver"),
    ),
    "testing_body": (("laboratory.orders", _l("检测委托")), ("registers.home", _l("登记"))),
    "purchasing_unit": (
        ("procurement.workbench", _l("采购工作台"), "procurement_officer"),
        ("procurement.lists", _l("采购清单")),
    ),
    "regulator": (
        ("oversight.home", _l("运行监测")),
        ("oversight.all_cases", _l("案卷"), "regulator"),
        ("grievances.desk", _l("举报与申诉"), "regulator"),
        ("oversight.bodies", _l("登记")),
        ("oversight.record", _l("记录"), "regulator"),
        ("clocks.calendar", _l("工作日历")),
        ("procurement.editions", _l("清单编制"), "list_editor"),
        ("procurement.lists", _l("采购清单")),
        ("evidence.index", _l("证据核对"), "regulator"),
        ("changes.index", _l("规则换版"), "regulator"),
        ("rules.index", _l("规则"), "rule_author", "rule_approver"),
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
    return _shown(PUBLIC_DOORS)


def work_nav(actor: Actor) -> list[Way]:
    """The doors of somebody who works in an organisation, those left out that would not open."""
    doors = WORK_DOORS.get(actor.kind, ())
    return _shown([way[:2] for way in doors if not way[2:] or actor.roles & set(way[2:])])


def door(endpoint: str, **values: Any) -> str:  # as url_for takes them
    """The address of an endpoint of another office, or "" when that office is not there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _shown(doors: Iterable[tuple[str, str]]) -> list[Way]:
    found: list[Way] = [{"text": text, "href": href} for endpoint, text in doors if (href := door(endpoint))]
    here = request.script_root + request.path
    within = [item["href"] for item in found if here.startswith(item["href"])]
    for item in found:
        item["current"] = bool(within) and item["href"] == max(within, key=len)
    return found
