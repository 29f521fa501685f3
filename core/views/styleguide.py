"""The living style guide: every component with invented data, in both languages; not there in production."""

from datetime import UTC, date, datetime
from decimal import Decimal

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core.errors import NotFound
from core.forms import SampleForm, SampleStep
from core.i18n import _
from core.icons import CATEGORY_ART, ICONS
from core.views.blueprint import bp, public
from core.web import Page

MOMENT = datetime(2026, 9, 18, 6, 36, tzinfo=UTC)
STAGES = [
    ("raw_material", Decimal("2.38")),
    ("manufacturing", Decimal("5.36")),
    ("distribution", Decimal("0.43")),
    ("use", None),
    ("end_of_life", Decimal("0.28")),
]
CREDIT = [
    ("raw_material", Decimal("412")),
    ("manufacturing", Decimal("218")),
    ("end_of_life", Decimal("-96")),
]
PEERS = [6.9, 7.1, 7.9, 8.4, 8.9, 9.1, 9.4, 9.7, 10.1, 10.6, 11.2, 11.6, 11.9, 12.3, 13.0, 13.4, 14.8, 16.2]
TYPED = [
    ("model", "YT-6012"),
    ("output", "1842000"),
    ("telephone", "1381234"),
    ("boundary", "gate"),
    ("amount", "4.683"),
    ("rows-0-name", "天然气"),
    ("rows-0-amount", "1.620"),
    ("rows-0-unit", "kg"),
    ("rows-1-name", ""),
    ("rows-1-unit", "kg"),
    ("unit", "t"),
    ("decision", "refuse"),
]


@bp.get("/dev/components")
@public
def components() -> ResponseReturnValue:
    _only_outside_production()
    return render_template("dev/components.html", **_samples())


@bp.get("/dev/work")
@public
def work() -> ResponseReturnValue:
    """The workspace shell at its dense setting."""
    _only_outside_production()
    return render_template("dev/work.html", **_samples())


@bp.get("/dev/home")
@public
def home() -> ResponseReturnValue:
    """The front page as the catalogue would render it."""
    _only_outside_production()
    return render_template("home.html", **_home())


def _only_outside_production() -> None:
    if current_app.config.get("PRODUCTION"):
        raise NotFound("http-404")


def _samples() -> dict[str, object]:
    form = SampleForm(MultiDict(TYPED), meta={"csrf": False})
    form.validate()
    return {
        "sample": form,
        "empty_form": SampleForm(MultiDict(), prefix="second", meta={"csrf": False}),
        "step_forms": {
            step: SampleStep(MultiDict(), prefix=step, meta={"csrf": False})
            for step in ("approve", "return", "submit")
        },
        "step_panel_shown": {
            "offers": [
                {"name": "withdraw", "ready": True},
                {"name": "publish", "unmet": [_("关闭不符合项")]},
            ],
            "step": "withdraw",
            "form": SampleStep(MultiDict(), prefix="panel", meta={"csrf": False}),
        },
        "icons": ICONS,
        "categories": CATEGORY_ART,
        "limit": Decimal("10.80"),
        "total": Decimal("8.45"),
        "stages": [(stage, value) for stage, value in STAGES if value],
        "all_stages": STAGES,
        "credit": CREDIT,
        "peers": PEERS,
        "moment": MOMENT,
        "day": date(2026, 11, 25),
        "page": Page(items=[], number=7, size=20, total=842),
    }


def _home() -> dict[str, object]:
    names = [_("水泥"), _("陶瓷砖"), _("便携式计算机"), _("台式微型计算机")]
    slugs = ["cement", "ceramic_tile", "laptop", "desktop"]
    limits = [Decimal("688"), Decimal("10.80"), None, None]
    units = ["kgCO₂e/t", "kgCO₂e/m²", "", ""]
    categories = [
        {
            "slug": slug,
            "name": name,
            "href": "#",
            "count": 90 - 11 * place,
            "limit": limit,
            "limit_unit": unit,
            "demo": True,
        }
        for place, (slug, name, limit, unit) in enumerate(zip(slugs, names, limits, units, strict=True))
    ]
    latest = [
        {"name": "YT-6012", "href": "#", "maker": "宜兴云陶新材有限公司", "value": Decimal("8.45")}
        | {"unit": "kgCO₂e/m²", "limit": Decimal("10.80"), "demo": True},
        {"name": "CY-3060", "href": "#", "maker": "苏州澄釉陶瓷科技有限公司", "value": Decimal("7.12")}
        | {"unit": "kgCO₂e/m²", "limit": Decimal("10.80"), "demo": True},
    ]
    notice = {"title": _("政府采购清单公布"), "href": "#", "day": "2026-11-03"}
    return {
        "stats": [
            (1284, _("有效证书")),
            (Decimal("-21.6"), _("获证产品与限值之差的中位数，%")),
            (5, _("已发布的认证方案")),
        ],
        "ridges": [(name, _spread(55 + 9 * place)) for place, name in enumerate(names)],
        "categories": categories,
        "latest": latest,
        "notices": [notice | {"tone": "stop", "icon": "stop", "mark": _("撤销")}, notice],
        "doors": {"buy": "#", "apply": "#", "verify": "#"},
        "search_url": "/catalog/",
        "popular": [(names[0], "#"), (names[2], "#")],
    }


def _spread(middle: int) -> list[float]:
    """Footprints in percent of a limit, most of them around `middle`, some beyond it."""
    return [middle + (step % 9 - 4) * 3.1 + (step % 5) * 2.3 for step in range(60)] + [middle + 34.0] * 9
