"""Nothing granted means nothing allowed, on every route there is."""

import re

import pytest

from core.words import sentence
from tests import factories

# What anybody may see; a new open door is written here, or this test fails.
PUBLIC = {
    "accounts.drop_held_form",
    "accounts.held_form",
    "accounts.invitation",
    "accounts.sign_in",
    "accounts.sign_in_demonstration",
    "accounts.sign_in_now",
    "accounts.sign_out",
    "accounts.sign_up",
    "accounts.sign_up_now",
    "accounts.switch_language",
    "accounts.take_seat",
    "api.document",
    "grievances_public.file",
    "grievances_public.follow_up",
    "grievances_public.new",
    "bids.annex",
    "bids.facts",
    "bids.paper",
    "bids.show",
    "bids.signature",
    "bids.template",
    "bids.workbook",
    "bids_api.check",
    "bids_api.check_again",
    "calendar.feed",
    "categories.index",
    "categories_api.categories",
    "carbon_api.factors",
    "carbon_api.gwp",
    "carbon_api.preview",
    "catalog.home",
    "catalog.product",
    "catalog.products",
    "catalog.products_csv",
    "catalog.technologies",
    "catalog_api.product",
    "catalog_api.products",
    "certification_api.bodies",
    "certification_api.certificate",
    "certification_api.schemes",
    "schemes_api.application_schema",
    "schemes_api.scheme_differences",
    "schemes_api.scheme_schema",
    "schemes_api.scheme_version",
    "certification_api.working_calendar",
    "certification_public.certificate",
    "certification_public.data",
    "certification_public.document",
    "certification_public.jwks",
    "certification_public.verify",
    "certification_public.verify_code",
    "certification_public.verify_form",
    "clocks.calendar",
    "clocks.outages",
    "complaints_api.bring_complaint",
    "complaints_public.file",
    "complaints_public.new",
    "core.components",
    "core.favicon",
    "core.healthz",
    "core.help_page",
    "core.home",
    "core.metrics",
    "core.readyz",
    "certification_public.record_head",
    "core.work",
    "fees.published",
    "notices.announced",
    "notices.feed",
    "notices.notice",
    "policy.index",
    "objections.bring",
    "objections.new",
    "objections.of_edition",
    "objections_api.objections",
    "drafts_api.public_rule_comments",
    "suspensions.index",
    "suspensions_api.suspensions",
    "policy_api.policy",
    "procurement.edition",
    "procurement.edition_on",
    "procurement.edition_paper",
    "procurement.edition_signature",
    "procurement.export_edition",
    "procurement.lists",
    "procurement.verdict",
    "procurement.printed_edition",
    "procurement_api.difference",
    "procurement_api.edition",
    "procurement_api.lists",
    "procurement_api.omissions",
    "procurement_api.strikes",
    "public_registers.listed",
    "rulebook.blank",
    "rulebook.index",
    "rulebook.paper",
    "rulebook.rule",
    "rulebook.version",
    "rules.bring",
    "rules.comment",
    "static",
}

# What is everybody's own, once signed in.
PERSONAL = {
    "accounts.account",
    "accounts.change_password",
    "accounts.choose_role",
    "accounts.create_token",
    "accounts.organisation",
    "accounts.revoke_token",
    "accounts.roles",
    "accounts.inbox",
    "accounts.mails",
    "accounts.notices",
    "accounts.open_notice",
    "accounts.read_all",
    "accounts.read_notice",
    "accounts.revoke_feed",
    "accounts.set_notices",
    "accounts.update_profile",
}


def filled(match):
    """Something that fits an argument of a route."""
    kind, _, choices = (match[1] or "").rstrip(":)").partition("(")
    return choices.split(",")[0].strip() if choices else "1" if kind == "id" else "x"


def doors(app):
    """(endpoint, method, address) of every route, with something put in for its arguments."""
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<([a-z]+(?:\([^)]*\))?:)?\w+>", filled, rule.rule)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address


def closed(app):
    return [door for door in doors(app) if door[0] not in PUBLIC]


def test_the_open_doors_are_these(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_public", False)}
    assert marked | {"static"} == PUBLIC


def test_what_needs_no_role_is_this(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_personal", False)}
    assert marked == PERSONAL


def test_whoever_is_not_signed_in_stands_before_every_other_door(app, client):
    let_in = []
    for endpoint, method, address in closed(app):
        answer = client.open(address, method=method)
        asked = answer.status_code == 303 and answer.location.startswith("/sign-in")
        if not (asked or answer.status_code == 401):
            let_in.append((endpoint, method, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize("kind", ["manufacturer", "certification_body", "regulator"])
def test_whoever_holds_no_role_is_refused_at_every_door_but_the_own(app, client, db, sign_in, kind):
    user = factories.user(factories.organisation(kind))
    db.session.commit()
    sign_in(client, user)
    let_in = []
    for endpoint, method, address in closed(app):
        if endpoint in PERSONAL:
            continue
        answer = client.open(address, method=method)
        if answer.status_code not in (401, 403, 404, 405):
            let_in.append((endpoint, method, answer.status_code))
    assert let_in == []
    told = client.get("/certification/")
    assert (told.status_code, sentence("no-role") in told.text) == (403, True)


def test_an_unmarked_view_is_closed(app, monkeypatch):
    """The guard itself, fed with a view somebody forgot to think about."""
    view = app.view_functions["accounts.sign_up"]
    monkeypatch.setitem(app.view_functions, "accounts.sign_up", lambda: view())
    assert app.test_client().get("/sign-up").location == "/sign-in?next=/sign-up"
    monkeypatch.undo()
    assert app.test_client().get("/sign-up").status_code == 200
