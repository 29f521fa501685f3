"""Keeps the catalogue in step with certification: listens, and writes in the same transaction."""

from collections.abc import Sequence

from sqlalchemy import select

from catalog.events import EntryStatusChanged
from catalog.models import Entry, EntryAct, EntryFact, EntryModel, Feed
from catalog.search.text import squash
from certification.events import CertificateIssued, CertificateReissued, CertificateStatusChanged
from core import events
from core.db import db


def list_product(event: CertificateIssued) -> None:
    """A certificate without its entry cannot exist: both stand or fall with one commit."""
    entry = Entry(certificate_id=event.certificate_id, number=event.number, **_content(event))
    entry.codes, entry.facts = _codes(event.models), _facts(event)
    announce([entry])
    db.session.add(entry)
    db.session.flush()


def list_anew(event: CertificateReissued) -> None:
    """A new version of a certificate: the entry says what it says now."""
    entry = _entry_of(event.certificate_id)
    for name, value in _content(event).items():
        setattr(entry, name, value)
    entry.codes.clear()
    entry.facts.clear()
    db.session.flush()  # a model may come back under the same code
    entry.codes, entry.facts = _codes(event.models), _facts(event)
    announce([entry])
    db.session.flush()


def _entry_of(certificate_id: int) -> Entry:
    return db.session.scalars(select(Entry).where(Entry.certificate_id == certificate_id)).one()


def _content(event: CertificateIssued) -> dict[str, object]:
    return {
        "scheme_code": event.scheme_code,
        "scheme_version_id": event.scheme_version_id,
        "family": event.family,
        "category": event.category,
        "name": event.product_name,
        "name_en": event.product_name_en,
        "trademark": event.trademark,
        "maker": event.maker_name,
        "holder_id": event.holder_id,
        "holder": event.holder_name,
        "body": event.body_name,
        "region": event.region,
        "models": list(event.models),
        "carbon": event.carbon,
        "carbon_unit": event.carbon_unit,
        "declared_unit": event.declared_unit,
        "boundary": event.boundary,
        "limit": event.limit,
        "grade": event.grade[0],
        "grade_name": event.grade[1],
        "grade_name_en": event.grade[2],
        "stages": [[slug, format(value, "f")] for slug, value in event.stages],
        "issued_on": event.issued_on,
        "begins_on": event.begins_on,
        "valid_to": event.valid_to,
        "demo": event.demo,
    }


def _codes(models: Sequence[str]) -> list[EntryModel]:
    return [EntryModel(code=code, squashed=squash(code)) for code in models]


def _facts(event: CertificateIssued) -> list[EntryFact]:
    """Once each, however many models bear a value."""
    return [
        EntryFact(parameter=slug, value=value, number=None if number is None else float(number))
        for slug, value, number in dict.fromkeys(event.facts)
    ]


def follow_status(event: CertificateStatusChanged) -> None:
    """Mirror a status act, and tell the offices above."""
    entry = _entry_of(event.certificate_id)
    entry.acts.append(EntryAct(kind=event.act, on=event.on, until=event.until, reason=event.reason))
    db.session.flush()
    events.publish(
        EntryStatusChanged(
            entry_id=entry.id,
            certificate_id=event.certificate_id,
            number=event.number,
            act=event.act,
            status=event.status,
            on=event.on,
            until=event.until,
            reason=event.reason,
        )
    )


def announce(entries: Sequence[Entry]) -> None:
    """Give each entry the next place in the feed, which every index follows."""
    with db.session.no_autoflush:  # an entry has no place yet
        feed = db.session.get(Feed, 1, with_for_update=True)
    if feed is None:
        feed = Feed(id=1, position=0)
        db.session.add(feed)
    for entry in entries:
        feed.position += 1
        entry.position = feed.position
