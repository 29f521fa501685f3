"""Every page, with an object in every state, as everybody who may look: none fails, none leads nowhere.

`--walk short` asks as each role that the demonstration shows, each for a part of what there is, and follows a
few links to each page.
`--walk full` asks as everybody in it, in both languages, and follows every link.
"""

from collections import Counter
from functools import partial
from types import SimpleNamespace

import pytest
from flask import make_response, request
from werkzeug.exceptions import HTTPException

from accounts.session import LANGUAGE_COOKIE
from core.i18n import language
from demo.cast import CAST
from tests.walk.page_types import FOR_PROGRAMS, NO_PAGES, SHOWN, Opened, open_all, page_types
from tests.walk.places import Unfilled, row_of
from tests.walk.steps import NOBODY, Answer, Walker

pytestmark = pytest.mark.engines("walks")

EVERYBODY = [NOBODY, *(person["email"] for person in CAST["people"])]
FOLLOWED = 2  # links to each page, in the short walk
PARTS = 4  # of which each asks for one, in the short walk: together they ask for everything several times

# What answers nobody with 200, and why.
OPENS_TO_NOBODY = {
    "adoptions.picture": "no body of the demonstration sent a logo or a seal",
    "adoptions.preview": "nobody asked for the PDF of a wording",
    "certification.agreement_pdf": "no agreement in a body's own words was signed yet",
    "accounts.held_form": "there only after a form was held at the end of a session",
    "accounts.switch_language": "sets the language and leads back",
    "appeals.evidence": "no appeal of the demonstration brings a file",
    "complaints.evidence": "nobody handed in a file",
    "grievances.desk": "leads on to the reports",
    "grievances.evidence": "nobody handed in a file",
    "grievances.reporter": "the handler alone looks, and nobody handles yet",
    "core.favicon": "leads on to the picture",
    "objections.evidence": "nobody handed in a file",
    "procurement.edition_on": "leads on to the edition of that day",
    "registers.home": "leads on to the first register one may read",
    "reports.original": "reports are entered, no original is handed in",
    "life.picture": "no use of a label brings a picture",
}
# No worker runs; it says so once jobs have waited for minutes.
OF_THE_MOMENT = {"core.readyz"}
# Rules whose things the demonstration does not hold.
NOT_THERE = {
    "certification.sheet_difference": "no workbook waits to be applied",
    "certification.sheet_refused": "no workbook was refused",
    "fees.file": "no proof of payment was handed in",
    "reviews.picture": "no photograph was taken on a visit",
    "reviews.verified_evidence": "what was corrected was declared anew: certification/verification",
    "policy_api.policy_proposal": "no proposal of a rule waits: procurement/test_policy",
    "policy.show": "no proposal of a rule waits: procurement/test_policy",
    "assignments.show": "no scheme is for several categories: procurement/test_assignments",
    "assignments_api.category_assignment": "the same",
    "drafts_api.rule_retirement": "no rule is to be retired: certification/conversion/test_rules_by_api",
}
# Pages that show what is made up.
MADE_UP = {"core.components", "core.work", "core.home"}


def pytest_generate_tests(metafunc):
    if "person" in metafunc.fixturenames:
        full = metafunc.config.getoption("walk") == "full"
        metafunc.parametrize("person", EVERYBODY if full else SHOWN, ids=lambda email: email or "nobody")
    if "language" in metafunc.fixturenames:
        full = metafunc.config.getoption("walk") == "full"
        metafunc.parametrize("language", ["zh", "en"] if full else ["zh"])


def test_every_argument_of_an_address_can_be_filled(walked, secrets, places):
    looked_at = {rule.endpoint for rule in walked.url_map.iter_rules() if "GET" in rule.methods}
    assert looked_at - {rule.endpoint for rule, _state, _address in places} == NOT_THERE.keys()


def test_a_certificate_that_waits_to_begin_is_looked_at_where_any_is(places):
    """Beside those of every other state: as a certificate, as what a case led to, in the catalogue."""
    states = {}
    for rule, state, _address in places:
        states.setdefault(rule.endpoint, set()).add(state.removesuffix(" 0"))
    shown = {endpoint: found for endpoint, found in states.items() if "valid" in found}
    assert len(shown) > 8
    assert [endpoint for endpoint, found in shown.items() if "not_issued" not in found] == []
    assert "certified, to begin" in states["certification.show"]
    assert "to begin" in states["catalog.product"]


def test_an_argument_nobody_filled_is_found(walked, secrets):
    from werkzeug.routing import Map, Rule

    rule = Rule("/certification/<int:unheard_of>", endpoint="certification.unheard_of", methods=["GET"])
    Map([rule])
    with pytest.raises(Unfilled):
        row_of(rule, secrets)


def test_every_rule_opens_to_somebody_in_english_too_as_a_page_or_what_is_named(walked, opened):
    rules = [rule for rule in walked.url_map.iter_rules() if "GET" in rule.methods]
    people = {rule.endpoint for rule in rules if not rule.rule.startswith(FOR_PROGRAMS)}
    assert opened.failures == {}
    assert opened.left - OF_THE_MOMENT == OPENS_TO_NOBODY.keys()
    pages = {page.endpoint for page in page_types(opened)}
    assert pages == people - NO_PAGES.keys() - NOT_THERE.keys() - OPENS_TO_NOBODY.keys()


def test_what_opened_before_is_asked_as_whom_it_opened_to_alone():
    """On PostgreSQL; what opened to nobody is asked as everybody again."""
    opens = {"/open": "", "/own": "b"}
    heard = []

    def ask(person: str, address: str) -> Answer:
        heard.append((person, address))
        return Answer(200 if opens.get(address) == person else 403, page=1)

    walkers = [SimpleNamespace(person=who, ask=partial(ask, who), failures=dict) for who in ("", "a", "b")]
    places = [(SimpleNamespace(endpoint=address), "", address) for address in ("/open", "/own", "/shut")]
    first = open_all(walkers, places)
    heard.clear()
    assert open_all(walkers, places, Opened.of(first.kept())) == first
    assert heard == [("", "/open"), ("", "/shut"), ("a", "/shut"), ("b", "/own"), ("b", "/shut")]
    assert first.left == {"/shut"}


def test_no_page_fails_and_no_link_is_dead(walked, secrets, places, person, language, request):
    walker = Walker(walked, person, secrets, language)
    assert walker.ask("/account").status == (200 if person else 303)
    full = request.config.getoption("walk") == "full"
    places = places if full else part_of(places, EVERYBODY.index(person))
    for _rule, _state, address in places:
        walker.ask(address)
    followed = None if full else FOLLOWED
    dead = [f"{source} leads to {link}" for source, link in links_to_follow(walker, walked, places, followed)
            if walker.ask(link).dead]  # fmt: skip
    assert walker.failures() == {}
    assert dead == []


def part_of(places: list[tuple], turn: int) -> list[tuple]:
    """One address in PARTS, by turns; every rule is asked once by whom it opens to as well."""
    return [place for number, place in enumerate(places) if (number + turn) % PARTS == 0]


def test_the_parts_of_the_short_walk_leave_nothing_out():
    places = [(None, "", f"/{number}") for number in range(9)]
    parts = [part_of(places, turn) for turn in range(PARTS)]
    assert sorted(place for part in parts for place in part) == places


def test_a_cookie_set_beside_a_picture_and_a_language_turned_by_a_look_are_seen(walked, secrets, monkeypatch):
    def picture():
        response = make_response("<svg/>", {"Content-Type": "image/svg+xml"})
        response.set_cookie("seen", "today")
        return response

    def page():
        response = make_response("<p>Hello</p>")
        response.set_cookie("seat", "1")
        response.set_cookie(LANGUAGE_COOKIE, "en")
        return response

    picture.is_public = page.is_public = True
    monkeypatch.setitem(walked.view_functions, "core.help_page", picture)
    monkeypatch.setitem(walked.view_functions, "core.home", page)
    walker = Walker(walked, NOBODY, secrets)
    walker.ask("/help")
    walker.ask("/dev/home")
    assert walker.kept == {"/help": "seen=today; Path=/", "/dev/home": f"{LANGUAGE_COOKIE}=en; Path=/"}
    assert walker.failures() == walker.kept


def test_whoever_asked_for_english_once_goes_on_in_chinese(walked, secrets, monkeypatch):
    """An address that turns the language is walked to like any other."""
    asked = []
    monkeypatch.setitem(walked.view_functions, "core.help_page", lambda: asked.append(language()) or "said")
    walked.view_functions["core.help_page"].is_public = True
    for spoken in ("zh", "en"):
        walker = Walker(walked, NOBODY, secrets, spoken)
        walker.ask("/language/en")
        walker.ask("/help")
    assert asked == ["zh", "en"]


def links_to_follow(walker: Walker, app, places, most: int | None):
    """(page, link) of what the answered pages lead to: all of it, or `most` to each page."""
    router, count = app.url_map.bind("localhost"), Counter()
    for rule, _state, address in places:
        if rule.endpoint in MADE_UP:
            continue
        for link in dict.fromkeys(walker.ask(address).links):
            known = link in walker.heard
            count[page_of(router, link)] += not known
            if known or most is None or count[page_of(router, link)] <= most:
                yield address, link


def page_of(router, link: str) -> str:
    try:
        return router.match(link.partition("?")[0])[0]
    except HTTPException:
        return link


def test_the_walk_hears_a_page_that_fails_and_sees_a_link_that_is_dead(walked, secrets, monkeypatch):
    def broken():
        raise KeyError("act.supersede")

    broken.is_public = True
    monkeypatch.setitem(walked.view_functions, "core.help_page", broken)
    walker = Walker(walked, NOBODY, secrets)
    assert walker.ask("/help").failed
    assert walker.ask("/nowhere").dead
    assert not walker.ask("/").dead


def test_what_is_wrong_with_a_refusal_is_found_at_each_address(walked, secrets, monkeypatch):
    """Though those that refuse by the same words are read once; one that says more is read for itself."""
    said = {"1": "not_issued", "2": "not_issued", "3": "not_issued 和 not_known"}

    def refuse():
        way = request.args["way"]
        return f'<html lang="zh"><a href="/in?next=/help/{way}">{said[way]}</a></html>', 404

    refuse.is_public = True
    monkeypatch.setitem(walked.view_functions, "core.help_page", refuse)
    walker = Walker(walked, NOBODY, secrets)
    for way in said:
        walker.ask(f"/help?way={way}")
    assert walker.failures() == {
        f"/help?way={way}": [f"slug_is_no_word: {word}" for word in words.split(" 和 ")]
        for way, words in said.items()
    }
    assert len(walker.refused) == 2


def test_the_walk_misses_a_way_out_a_compressed_answer_and_a_word_for_a_slug(walked, secrets, monkeypatch):
    monkeypatch.setitem(walked.view_functions, "core.help_page", lambda: '<html lang="zh">not_issued</html>')
    walker = Walker(walked, SHOWN[1], secrets, packed=True)
    walker.ask("/help")
    assert walker.failures() == {
        "/help": ["slug_is_no_word: not_issued", "is not compressed", "has no way to sign out"]
    }
