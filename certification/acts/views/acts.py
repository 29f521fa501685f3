"""Written acts for their parties, and what is announced to everybody."""

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from accounts.session import public as open_to_all
from certification.acts import queries as questions
from certification.acts import statement as law
from certification.acts.operations.appeals import may_appeal
from core import asked, clock, files
from core.errors import NotFound
from core.i18n import _
from core.web import json_response, public_address
from core.words import word

if TYPE_CHECKING:
    from certification.acts.models import WrittenAct
    from certification.application.models import Application

acts = Blueprint("acts", __name__, url_prefix="/certification/acts")
notices = Blueprint("notices", __name__, url_prefix="/notices")

YEAR = 365 * 24 * 3600
DRAWN_IN_S = 3
FEED_SIZE = 50


@acts.app_template_global()
def written_acts(case: "Application") -> "list[WrittenAct]":
    """The acts of a case that whoever reads the page may read."""
    return questions.of_case(current_actor(), case.id)


def a_party() -> Actor:
    """The regulator reads at /oversight/, where that is written down."""
    actor = current_actor()
    if actor.kind == "regulator":
        raise NotFound("act-not-found")
    return actor


@acts.get("/")
def index() -> ResponseReturnValue:
    kind = asked.choice("kind", law.BY_SLUG)
    page = questions.written(a_party(), kind=kind, page=asked.page())
    return render_template("certification/acts/index.html", page=page, kinds=law.BY_SLUG, kind=kind)


@acts.get("/<number>")
def show(number: str) -> ResponseReturnValue:
    actor = a_party()
    found = questions.act(actor, number)
    client = "applicant" in actor.roles and actor.organisation_id == found.recipient_id
    return render_template(
        "certification/acts/show.html",
        act=found,
        said=questions.said(found),
        genuine=questions.signature_holds(found),
        appeal=questions.appeal_against(found),
        may_appeal=client and may_appeal(found, actor) is None,
    )


@acts.get("/<number>.pdf")
def document(number: str) -> ResponseReturnValue:
    """The stored PDF, named by case and number; while the worker draws it, a page that asks again."""
    found = questions.act(a_party(), number)
    if found.document is None:
        page = render_template("certification/acts/drawing.html", act=found)
        return page, 202, {"Refresh": str(DRAWN_IN_S), "Retry-After": str(DRAWN_IN_S)}
    name = f"{found.application.number}_{found.number}.pdf"
    path = files.path_of(found.document)
    return send_file(path, "application/pdf", download_name=name, etag=found.document, max_age=YEAR)


# 公告


@notices.get("/")
@open_to_all
def announced() -> ResponseReturnValue:
    kind, text = asked.choice("kind", law.PUBLIC), asked.text("q")
    page = questions.announced(kind=kind, text=text, page=asked.page())
    return render_template(
        "certification/acts/notices/index.html",
        page=page,
        notices=[questions.Announced(act) for act in page.items],
        kinds=law.PUBLIC,
        kind=kind,
        text=text,
    )


@notices.get("/<number>")
@open_to_all
def notice(number: str) -> ResponseReturnValue:
    found = questions.announcement(number)
    return render_template("certification/acts/notices/show.html", notice=found, at=clock.now())


@notices.get("/feed.json")
@open_to_all
def feed() -> ResponseReturnValue:
    """JSON Feed 1.1 of the newest announcements."""
    newest = questions.announced(size=FEED_SIZE)
    return json_response(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _("证书暂停、恢复、撤销与注销公告"),
            "home_page_url": public_address("notices.announced"),
            "feed_url": public_address("notices.feed"),
            "items": [_item(questions.Announced(act)) for act in newest.items],
        },
        media="application/feed+json",
    )


def _item(notice: questions.Announced) -> dict[str, object]:
    act, said = notice.act, notice.said
    address = public_address("notices.notice", number=act.number)
    return {
        "id": address,
        "url": address,
        "title": f"{word(f'act.{act.kind}')}：{said['case']['product']}（{said['certificate']['number']}）",
        "content_text": "；".join(f"{reason['on']}：{reason['text']}" for reason in said["reasons"]),
        "date_published": act.made_at.isoformat(),
        "authors": [{"name": said["body"]["name"]}],
    }
