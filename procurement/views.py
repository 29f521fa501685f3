"""The list as everybody reads it, the officer's workbench, and where editions are drawn up."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public
from catalog import queries as catalog
from core import asked, files, lifecycle, tables
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.i18n import _
from core.readers import days
from core.step.door import try_step
from core.step.forms import StepForm
from core.web import page_of
from procurement import export, forms, operations, queries
from procurement.assignments.views import bp as assignment_pages
from procurement.bids.views import bp as bids
from procurement.categories import queries as categories
from procurement.categories.views import bp as category_pages
from procurement.confirmations import queries as confirmations
from procurement.confirmations.views import bp as confirmation_pages
from procurement.objections import queries as objections
from procurement.objections.views import bp as objection_pages
from procurement.policy.views import bp as policy_pages
from procurement.purchases import queries as purchases
from procurement.purchases.views import bp as purchase_pages
from procurement.shortlists.views import bp as shortlist_pages
from procurement.suspensions.views import bp as suspension_pages
from procurement.tender.views import bp as tender_pages
from procurement.verdict import lines, shapes
from procurement.verdict import queries as verdicts
from procurement.verdict.forms import VerdictForm

if TYPE_CHECKING:
    from procurement.models import Edition

bp = Blueprint("procurement", __name__, url_prefix="/procurement")
BLUEPRINTS = (
    *(bp, bids, category_pages, policy_pages, suspension_pages, objection_pages, confirmation_pages),
    *(shortlist_pages, tender_pages, purchase_pages, assignment_pages),
)
DRAWN_IN_S = "10"
OFFICERS = {"procurement_officer", "list_editor", "regulator"}


@bp.app_template_global("listed_in")
def listed_in(entries: Iterable[catalog.Entry]) -> dict[int, str]:
    """For the catalogue's pages: entry id to the number of the list in force it stands on."""
    return lines.listed(entries)


@bp.app_template_global("may_buy")
def may_buy(entry: catalog.Entry) -> list[dict[str, object]]:
    """For the catalogue's page of a product: what the verdict of today says of its models, and why not;
    of what the list in force prints and may not be bought, what holds for tenders that are open."""
    grace = lines.grace_of(entry.number or "")
    return [
        {
            "models": each.models,
            "overall": each.verdict.overall,
            "reasons": shapes.reasons(each.verdict),
            "treatment": each.verdict.treatment,
            "demo": each.verdict.demo,
            "number": each.verdict.question.number,
            "grace": "" if each.verdict.overall == "buyable" else grace,
        }
        for each in lines.of_product(entry, today())
    ]


# For everybody


@bp.get("/lists/")
@public
def lists() -> ResponseReturnValue:
    asked.only("page")
    editions = queries.lists(asked.page())
    return render_template(
        "procurement/lists.html",
        editions=editions,
        counts=queries.line_counts(editions.items),
        policies=queries.policies_in_force(today()),
        clashes=categories.clashes(),
    )


@bp.get("/lists/<number>")
@public
def edition(number: str) -> ResponseReturnValue:
    found = queries.edition(number)
    return _look_into(
        found,
        "procurement/edition.html",
        lambda: {
            "difference": queries.difference(found),
            "signed": queries.is_signed(found),
            "corrections": objections.corrections(found),
            "volumes": queries.volumes(found),
            "drawn": queries.drawn(found),
        },
    )


def _look_into(
    found: "Edition", template: str, beside: Callable[[], dict[str, object]]
) -> tuple[str, dict[str, str]]:
    """A page that looks into an edition: its lines, found and paged, with their status on a day.  What stands
    `beside` them is asked for with the whole page only: of a long edition it takes seconds."""
    form = _asked_of_an_edition()
    page = queries.lines(found, form.asked(), asked.page())
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    body = render_template(
        "procurement/lines.html" if fragment else template,
        edition=found,
        form=form,
        page=page,
        day=form.day,
        verdicts=lines.on_day(page.items, form.day),
        reasons=shapes.reasons,
        differs=queries.line_differences(page.items),
        tally=lines.tally(found, form.day),
        of_day=queries.latest_published(form.day),
        categories=queries.categories_of(found),
        clashes=categories.clashes(),
        strikes=queries.strikes(found, asked.page("strikes")),
        omissions=page_of(found.omissions, asked.page("omissions"), 20, "omissions"),
        **({} if fragment else beside()),
    )
    return body, {"Vary": "HX-Request"}


def _asked_of_an_edition() -> forms.LookForm:
    form = asked.form(forms.LookForm)
    asked.only(*form.data, "page", "strikes", "omissions")
    return form


@bp.get("/lists/<number>.<any(xlsx, csv):kind>")
@public
def export_edition(number: str, kind: str) -> ResponseReturnValue:
    """What was asked for, whole: an export has no pages."""
    found, form = queries.edition(number), _asked_of_an_edition()
    return export.file(kind, found, export.Told(form.day, form.asked(), verdicts.data_version()))


@bp.get("/lists/<number>.json")
@public
def printed_edition(number: str) -> ResponseReturnValue:
    """The published content in its one spelling: the SHA-256 of this file is the published digest."""
    found = queries.edition(number)
    if not found.is_published:
        raise NotFound("edition-not-found")
    write = partial(queries.write_published, found)
    return tables.whole(write, f"{number}.json", tables.MEDIA["json"])


@bp.get("/lists/<number>/<int(max=9999):volume>.pdf")
@public
def edition_paper(number: str, volume: int) -> ResponseReturnValue:
    """A volume on paper; while the worker still draws it, a page that asks again by itself."""
    found = queries.edition(number)
    drawn = queries.paper(found, volume)
    if drawn is None:
        page = render_template("procurement/drawing_edition.html", edition=found)
        return page, 202, {"Refresh": DRAWN_IN_S, "Retry-After": DRAWN_IN_S}
    name = f"{found.number}-{volume}.pdf"
    return send_file(files.path_of(drawn), "application/pdf", download_name=name, etag=drawn)


@bp.get("/lists/<number>.jws")
@public
def edition_signature(number: str) -> ResponseReturnValue:
    """The detached signature of the owner of the list, where there is one."""
    found = queries.edition(number)
    if not found.signature:
        raise NotFound("edition-not-signed")
    return Response(found.signature, mimetype="application/jose")


@bp.get("/lists/on/<day>")
@public
def edition_on(day: str) -> ResponseReturnValue:
    """The list that was in force on a day: an address that stays."""
    try:
        asked_for = days.day(day)
    except Invalid:
        asked_for = None
    found = queries.latest_published(asked_for) if asked_for else None
    if found is None:
        raise NotFound("edition-not-found")
    return redirect(url_for("procurement.edition", number=found.number, on=day))


@bp.get("/verdict")
@public
def verdict() -> ResponseReturnValue:
    """May exactly this be bought on that day; what is asked stands in the address."""
    form = asked.form(VerdictForm)
    asked.only(*form.data)
    question = form.question()
    if form.errors or not question.number:
        return render_template("procurement/verdict.html", form=form), 422 if form.errors else 200
    [found] = verdicts.verdicts([question])
    return render_template(
        "procurement/verdict.html",
        form=form,
        found=found,
        sentence=shapes.sentence,
        near=shapes.near,
        brief=shapes.brief,
        reasons=shapes.reasons,
        at=now(),
    )


# For officers


@bp.get("/")
def workbench() -> ResponseReturnValue:
    if not OFFICERS & current_actor().roles:
        raise NotPermitted("not-an-officer")
    form = asked.form(forms.LookForm)
    current = queries.latest_published(form.day)
    if current is None:
        return render_template(
            "procurement/no_list.html",
            form=form,
            first=queries.latest_published(),
            may_edit=queries.may_edit(current_actor()),
        )
    return _look_into(
        current,
        "procurement/workbench.html",
        lambda: {
            "may_edit": queries.may_edit(current_actor()),
            "may_record": purchases.may_record(current_actor()),
        },
    )


# For those who draw up the list


@bp.get("/editions/")
def editions() -> ResponseReturnValue:
    day = today()
    number = queries.next_number(day)
    form = forms.DraftForm(formdata=None, number=number, cutoff=day, policy_date=day)
    return _editions(form)


def _editions(form: forms.DraftForm, status: int = 200) -> ResponseReturnValue:
    if not queries.may_see(current_actor()):
        raise NotPermitted("role-not-held", step="draft")
    found = queries.editions(current_actor())
    page = render_template(
        "procurement/editions.html",
        editions=found,
        counts=queries.line_counts(found),
        form=form,
        open_one=queries.open_edition(),
        may_edit=queries.may_edit(current_actor()),
    )
    return page, status


@bp.post("/editions/")
def draft() -> ResponseReturnValue:
    form = forms.DraftForm()
    cutoff, policy_date = form.cutoff.data, form.policy_date.data
    if not form.validate_on_submit() or cutoff is None or policy_date is None:
        return _editions(form, 422)
    try:
        made = operations.draft_edition(
            current_actor(),
            form.number.data or "",
            form.title.data or "",
            cutoff,
            policy_date,
            valid_days=form.valid_days.data,
            grace=form.grace.data or "",
        )
    except (Invalid, Unmet) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _editions(form, 422)
    db.session.commit()
    return redirect(url_for("procurement.editing", edition_id=made.id))


@bp.get("/editions/<id:edition_id>")
def editing(edition_id: int) -> ResponseReturnValue:
    return _editing(queries.edition_of(current_actor(), edition_id))


def _editing(
    found: "Edition", tried: dict[str, StepForm] | None = None, status: int = 200
) -> tuple[str, int]:
    offers = lifecycle.offers(found, current_actor())
    steps = {offer.name: forms.step_form(found, offer.name) for offer in offers} | (tried or {})
    return _look_into(
        found,
        "procurement/editing.html",
        lambda: {
            "offers": offers,
            "steps": steps,
            "difference": queries.difference(found),
            "supply": confirmations.count(found),
            "open_objections": objections.open_count(found),
            "history": queries.history(found),
        },
    )[0], status


@bp.post("/editions/<id:edition_id>/<step>")
def take(edition_id: int, step: str) -> ResponseReturnValue:
    found = queries.edition_of(current_actor(), edition_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.STEPS[step]()
    if again := try_step(found, step, current_actor(), form):
        form.form_errors += again.problems
        return _editing(found, {step: form}, again.status)
    if step == "publish":  # told at once, so that it is read even where the page that follows fails
        told = {
            "number": found.number,
            "lines": queries.line_counts([found])[found.id],
            "digest": found.digest,
        }
        flash(_("第 %(number)s 期已公布：%(lines)s 行，SHA-256 %(digest)s", **told), "ok")
    return redirect(url_for("procurement.editing", edition_id=found.id))
