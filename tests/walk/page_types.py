"""The types of pages: every rule of the URL map that answers a look with a page, with whom it is for.

That is its owner, or else the first person of the demonstration, nobody first, whom it opens to.  Of all it
can show them, the longest stands for its type.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.routing import Rule

from demo.cast import accounts_shown
from tests.walk.refusals import status_of
from tests.walk.steps import NOBODY, Walker

SHOWN = [NOBODY, *(email for email, _name, _roles in accounts_shown())]

# Who works on a page that others may look at too.
OWNERS = {
    "adoptions.index": "officer",
    "adoptions.paper": "officer",
    "adoptions.show": "officer",
    "appeals.index": "appeals",
    "appeals.show": "appeals",
    "calendar.month": "officer",
    "certificates.show": "decision",
    "changes.amendment": "officer",
    "changes.index": "officer",
    "changes.show": "officer",
    "clocks.calendar": "regulator",
    "clocks.outages": "regulator",
    "complaints.index": "appeals",
    "complaints.show": "appeals",
    "evidence.batch": "officer",
    "evidence.index": "officer",
    "fees.account": "officer",
    "handover.index": "officer",
    "labels.show": "label",
    "laboratory.order": "tester",
    "laboratory.orders": "tester",
    "laboratory.sample": "tester",
    "late.show": "verifier",
    "messages.show": "verifier",
    "oversight.bodies": "regulator",
    "oversight.home": "regulator",
    "oversight.laboratories": "regulator",
    "oversight.orders": "regulator",
    "oversight.people": "regulator",
    "oversight.surveillance": "regulator",
    "registers.index": "officer",
    "reports.show": "signatory",
    "reviews.decide": "decision",
    "reviews.inspect": "verifier",
    "reviews.queue": "review",
    "reviews.show": "review",
    "reviews.site_record": "verifier",
    "surveillance.index": "verifier",
    "tracing.show": "verifier",
    "surveillance.show": "verifier",
}

# What answers a look with something else than a page.
NO_PAGES = {
    "accounts.role_evidence": "a file that was handed in",
    "acts.document": "a PDF",
    "calendar.day": "a calendar",
    "calendar.feed": "a calendar",
    "bids.annex": "the annex, for programs",
    "bids.facts": "facts, for programs",
    "shortlists.content": "the whole, for programs",
    "shortlists.workbook": "a workbook",
    "bids.paper": "a PDF",
    "procurement.edition_paper": "a PDF",
    "bids.signature": "a signature, for programs",
    "bids.template": "a workbook",
    "bids.workbook": "a workbook",
    "tender.template": "a workbook",
    "purchases.template": "a workbook",
    "purchases.workbook": "a workbook",
    "purchases.shares_workbook": "a workbook",
    "catalog.products_csv": "a table",
    "certificates.document": "a PDF",
    "certification.evidence": "a file that was handed in",
    "certification.file": "a file that was handed in",
    "certification.file_preview": "a picture",
    "certification.sheet_template": "a workbook",
    "certification.blank_form": "a workbook",
    "reviews.dossier": "an archive",
    "rulebook.blank": "a form of a rule",
    "tracing.paper": "a working paper",
    "reporting.document": "a PDF",
    "late.document": "a file that was handed in",
    "rulebook.paper": "a PDF",
    "certification_public.data": "the statement, for programs",
    "certification_public.document": "a PDF",
    "certification_public.jwks": "keys, for programs",
    "drafts.token": "a fresh token for a form that is open",
    "core.healthz": "a word for watchers",
    "core.metrics": "figures for watchers",
    "core.readyz": "a word for watchers",
    "certification_public.record_head": "the head of the record, for programs",
    "labels.art": "a picture",
    "impartiality.evidence": "a file that was handed in",
    "reviews.export": "a table",
    "certificates.export": "a table",
    "surveillance.export": "a table",
    "laboratory.export": "a table",
    "reviews.verified_evidence": "a file that was handed in",
    "complaints.evidence": "a file that was handed in",
    "life.document": "a PDF",
    "life.evidence": "a file that was handed in",
    "messages.file": "a file that was handed in",
    "notices.feed": "a feed",
    "oversight.file": "a file that was handed in",
    "oversight.register": "a table",
    "procurement.export_edition": "a table",
    "procurement.edition_signature": "a signature, for programs",
    "procurement.printed_edition": "the list, for programs",
    "records.download": "a table",
    "dry_runs.workbook": "a table",
    "registers.export": "a table",
    "static": "a file",
    "surveillance.evidence": "a file that was handed in",
}
FOR_PROGRAMS = "/api/"


@dataclass(frozen=True)
class PageType:
    """One page, and whom it is looked at as; `person` is "" where anybody may."""

    endpoint: str
    person: str
    address: str


@dataclass
class Opened:
    """To whom each endpoint opened first, with the length of the page at each address; what failed."""

    pages: dict[str, tuple[str, dict[str, int]]]
    left: set[str]
    failures: dict[str, object]

    def kept(self) -> str:
        return json.dumps({**vars(self), "left": sorted(self.left)})

    @classmethod
    def of(cls, kept: str) -> "Opened":
        read = json.loads(kept)
        return cls(read["pages"], set(read["left"]), read["failures"])


def open_all(
    walkers: Iterable[Walker], places: list[tuple[Rule, str, str]], before: Opened | None = None
) -> Opened:
    """Ask for every address, as its owner if it has one; what has opened to one is not asked as the next.
    What is known from `before` is asked as whom it opened to there alone."""
    known = {endpoint: person for endpoint, (person, _shown) in before.pages.items()} if before else {}
    left: dict[str, list[str]] = {}
    for rule, _state, address in places:
        left.setdefault(rule.endpoint, []).append(address)
    pages, failures = {}, {}
    for walker in walkers:
        person = walker.person
        asked_here = {e: asked for e, asked in left.items() if known.get(e, owner_of(e)) in (None, person)}
        for endpoint, asked in asked_here.items():
            answers = {address: walker.ask(address) for address in asked}
            shown = {
                address: answer.page
                for address, answer in answers.items()
                if answer.status == status_of(endpoint)
            }
            if shown:
                pages[endpoint] = person, shown
                del left[endpoint]
        failures |= walker.failures()
    return Opened(pages, set(left), failures)


def owner_of(endpoint: str) -> str | None:
    return f"{OWNERS[endpoint]}@demo.example" if endpoint in OWNERS else None


def page_types(found: Opened) -> list[PageType]:
    return [
        PageType(endpoint, person, max(shown, key=shown.get))
        for endpoint, (person, shown) in found.pages.items()
        if any(shown.values())
    ]
