"""The pages anybody may read: the home page, the products, the technologies."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from accounts.session import public
from accounts.words import region_name
from catalog import queries
from catalog.forms import SIZES, FilterForm, ParameterForm, parameter_form
from catalog.search import SORTS
from core import asked, tables
from core.clock import today
from core.i18n import _
from core.views.pages import door
from core.words import unit_text, word

if TYPE_CHECKING:
    from catalog.models import Entry, EntryAct
    from schemes.models import SchemeVersion

bp = Blueprint("catalog", __name__)
BLUEPRINTS = (bp,)
RIDGES = 6  # as many as the picture has colours for


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    overview, names = queries.overview(), queries.categories()
    below = overview.median_below
    stats = [
        (overview.valid, _("有效证书")),
        (len(queries.schemes()), _("已发布的认证方案")),
        *([(Decimal(f"{-below:.1f}"), _("获证产品与限值之差的中位数，%"))] if below is not None else []),
    ]
    return render_template(
        "home.html",
        stats=stats,
        ridges=[(names.get(slug, slug), shares) for slug, shares in list(overview.shares.items())[:RIDGES]],
        categories=[_shelf(scheme, names, overview) for scheme in queries.schemes()],
        latest=_newcomers(queries.latest()),
        notices=[_notice(act) for act in queries.latest_acts()],
        popular=[
            (names[s.category], url_for("catalog.products", category=s.category))
            for s in queries.schemes()[:3]
        ],
        doors={
            "buy": door("procurement.lists"),
            "apply": door("certification.mine"),
            "verify": door("certification_public.verify_form"),
        },
        search_url=url_for("catalog.products"),
    )


def _shelf(scheme: "SchemeVersion", names: dict[str, str], overview: queries.Overview) -> dict[str, object]:
    return {
        "slug": scheme.category,
        "name": names[scheme.category],
        "href": url_for("catalog.products", category=scheme.category),
        "count": overview.by_category.get(scheme.category, 0),
        "limit": scheme.limit_value,
        "limit_unit": unit_text(scheme.carbon_unit),
        "demo": scheme.limit_demo,
    }


def _newcomers(entries: "list[Entry]") -> list[dict[str, object]]:
    differs = queries.differing(entries)
    return [_newcomer(entry) | {"differs": differs[entry.id]} for entry in entries]


def _newcomer(entry: "Entry") -> dict[str, object]:
    return {
        "name": entry.name,
        "href": url_for("catalog.product", entry_id=entry.id),
        "maker": entry.maker,
        "value": entry.carbon,
        "unit": unit_text(entry.carbon_unit),
        "limit": entry.limit,
        "demo": entry.demo,
    }


def _notice(act: "EntryAct") -> dict[str, object]:
    step = word(f"certificate.step.{act.kind}")
    told = {"step": str(step), "number": act.entry.number, "product": act.entry.name}
    return {
        "title": _("%(step)s：%(product)s（%(number)s）", **told),
        "href": url_for("catalog.product", entry_id=act.entry_id),
        "day": act.on.isoformat(),
        "tone": step.tone,
        "icon": step.icon,
        "mark": str(step),
    }


@bp.get("/catalog/")
@public
def products() -> ResponseReturnValue:
    if asked.as_it_stands("scope") == "certificate" and (verify := door("certification_public.verify_form")):
        return redirect(f"{verify}?{urlencode({'q': asked.as_it_stands('q')})}")
    form = asked.typed(FilterForm)
    about = _about(form)
    criteria, size = form.criteria(about), int(asked.choice("per_page", SIZES, SIZES[0]))
    listing = queries.products(criteria, asked.page(), size)
    categories = queries.categories()
    facets = queries.facets(listing, criteria, categories)
    parameters = queries.facets_of(list(about.looked), listing, criteria)
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    page = render_template(
        "catalog/results.html" if fragment else "catalog/products.html",
        form=form,
        page=listing.page,
        differs=queries.differing(listing.page.items),
        units=listing.counts["unit"],
        facets=facets,
        about=about,
        parameters=parameters,
        chips=[*chips([*facets, *parameters], form), *_ranges(about)],
        overview=queries.overview(),
        sorts=SORTS,
        address=address,
        csv=address("catalog.products_csv"),
    )
    headers = {"Vary": "HX-Request"} | ({"HX-Push-Url": address()} if fragment else {})
    return page, 422 if form.errors or about.errors else 200, headers


def _about(form: FilterForm) -> ParameterForm:
    """What the rules of the one chosen category let people look for, as it stands in the address."""
    return asked.typed(parameter_form(queries.parameters(tuple(form.category.data or ()))))


def address(endpoint: str = "catalog.products", /, **changes: str | list[str] | None) -> str:
    """This search with other choices, from its first page on; None takes a choice away."""
    arguments = MultiDict((name, value) for name, value in asked.all_but() if value)
    for name, value in {"page": None, "scope": None, **changes}.items():
        arguments.setlist(name, value if isinstance(value, list) else [value] if value else [])
    wanted: dict[str, Any] = arguments.to_dict(flat=False)  # whatever stands in an address
    return url_for(endpoint, **wanted)


def chips(facets: list[queries.Facet], form: FilterForm) -> list[tuple[str, str]]:
    """Everything that narrows the result: what it is called, and the address without it."""
    found = [(form.q.data, address(q=None))] if form.q.data else []
    for facet in facets:
        for option in facet.chosen:
            left = [each.value for each in facet.chosen if each is not option]
            found.append((option.text, address(**{facet.group: left})))
    bounds = {"carbon_from": _("不低于 %(value)s"), "carbon_to": _("不高于 %(value)s")}
    for name, text in bounds.items():
        if form[name].data is not None and not form[name].errors:
            found.append((text % {"value": form[name].data}, address(**{name: None})))
    return found


def _ranges(about: ParameterForm) -> list[tuple[str, str]]:
    found = []
    for each in (each for each in about.looked if not each.options):
        for field, text in zip(about.ends(each), ("≥", "≤"), strict=True):
            if field.data is not None and not field.errors:
                found.append((f"{each.name} {text} {field.data:f}", address(**{field.name: None})))
    return found


@bp.get("/catalog/products.csv")
@public
def products_csv() -> ResponseReturnValue:
    names = queries.categories()
    form = asked.form(FilterForm)
    about = asked.form(parameter_form(queries.parameters(tuple(form.category.data or ()))))
    entries = list(queries.every_product(form.criteria(about)))
    differs = queries.differing(entries)
    rows = [_row(entry, names, differs[entry.id]) for entry in entries]
    head = [
        _("证书编号"), _("产品名称"), _("规格型号"), _("商标"), _("生产者"), _("生产地"), _("产品类别"),
        _("碳足迹"), _("单位"), _("核算边界"), _("限值"), _("发证日期"), _("生效日期"), _("有效期至"),
        _("认证状态"), _("演示数据"), _("与签名不符"),
    ]  # fmt: skip
    name = _("产品目录-%(day)s-共%(total)s个.csv", day=today(), total=len(rows))
    return tables.download(tables.to_csv(head, rows), name, tables.CSV, len(rows))


def _row(entry: "Entry", names: dict[str, str], differs: list[str]) -> list[object]:
    status = str(word(f"certificate.state.{entry.status_on(today())}"))
    return [
        entry.number, entry.name, "；".join(entry.models), entry.trademark, entry.maker,
        region_name(entry.region), names.get(entry.category, entry.category), entry.carbon,
        entry.carbon_unit, str(word(f"boundary.{entry.boundary}")), entry.limit, entry.issued_on,
        entry.begins_on, entry.valid_to, status, _("是") if entry.demo else "",
        _("、").join(str(word(f"differs.{name}")) for name in differs),
    ]  # fmt: skip


@bp.get("/catalog/products/<id:entry_id>")
@public
def product(entry_id: int) -> ResponseReturnValue:
    entry = queries.product(entry_id)
    status = entry.status_on(today())
    return render_template(
        "catalog/product.html",
        entry=entry,
        status=status,
        fell=entry.has_fallen_on(today()),
        statement=queries.statement(entry),
        differs=queries.differs(entry),
        peers=queries.overview().peers_of(entry),
        categories=queries.categories(),
        history=_history(entry),
    )


def _history(entry: "Entry") -> list[dict[str, object]]:
    """The newest first, as a reader asks: what is it worth now?"""
    acts = [
        {
            "title": str(word(f"certificate.step.{act.kind}")),
            "time": act.on,
            "text": act.reason,
            "state": "done",
        }
        for act in reversed(entry.acts)
    ]
    later = entry.begins_on if entry.begins_on != entry.issued_on else None
    begins = _("自 %(day)s 起生效", day=later) if later else ""
    text = _("，").join(filter(None, (entry.body, begins)))
    acts.append({"title": _("发证"), "time": entry.issued_on, "text": text, "state": "done"})
    return [acts[0] | {"state": "now"}, *acts[1:]]


@bp.get("/catalog/technologies/")
@public
def technologies() -> ResponseReturnValue:
    return render_template("catalog/technologies.html", technologies=queries.technologies())
