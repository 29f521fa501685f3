"""The orders of tests as a list, for the laboratory that has them and for the body that gave them."""

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    String,
    and_,
    case,
    cast,
    false,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, selectinload

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.models import Application
from certification.application.queries.applications import visible
from certification.laboratory.models import Sample, TestResult
from certification.laboratory.queries.laboratory import awaits
from certification.workbench.queries.lists import (
    Column,
    Known,
    Listing,
    Pairs,
    Wanted,
    by_day,
    containing,
    in_order,
    officers,
    place_in,
    region_of,
)
from certification.workflow import SAMPLE
from core.db import db
from schemes.models import SchemeVersion

DUE = ("late", "next", "soon", "month", "untimed")
SORTS = ("due", "ordered", "sample_number", "client", "scheme", "state")


def _described(actor: Actor, wanted: Wanted) -> CTE:
    """A laboratory sees its own orders, and of their cases the product alone: its client is the body.  A body
    sees those of its cases: the client is the applicant."""
    tests = actor.kind == "testing_body"
    entry, client = officers(actor), aliased(Organisation)
    other = Application.body_id if tests else Application.applicant_id
    waits = or_(Sample.is_unreported, Sample.is_doubted)
    own = Sample.laboratory_id == actor.organisation_id
    seen = Sample.application_id.in_(visible(actor).with_only_columns(Application.id))
    query = (
        select(Sample)
        .join(Application, Application.id == Sample.application_id)
        .join(SchemeVersion, SchemeVersion.id == Application.scheme_id)
        .join(client, client.id == other)
        .outerjoin(entry, entry.c.application_id == Sample.application_id)
        .where(own if tests else seen if actor.kind == "certification_body" else false())
    )
    if text := wanted.text.strip():
        named = (Sample.number, Sample.model, Application.product_name, client.name)
        query = query.where(containing(text, *named))
    return query.with_only_columns(
        Sample.id,
        Sample.number,
        Sample.state,
        Sample.ordered_on,
        Sample.laboratory_id.label("laboratory"),
        other.label("client"),
        client.name.label("client_name"),
        SchemeVersion.code.label("scheme"),
        (cast(null(), String) if tests else region_of(Application)).label("region"),
        (cast(null(), Integer) if tests else entry.c.user_id).label("officer"),
        waits.label("waits"),
        case((waits, Sample.expected_on)).label("due"),
        and_(waits, Sample.expected_on.is_not(None)).label("timed"),
        literal(tests).label("tests"),
        (awaits(actor) if tests else false()).label("mine"),
    ).cte("described")


def _known(found: CTE, _actor: Actor) -> Known:
    waits: ColumnElement[bool] = found.c.waits
    return {
        "view": {"mine": found.c.mine, "open": waits, "closed": ~waits, "all": true()},
        "due": by_day(found, DUE),
    }


def _pairs(found: CTE) -> Pairs:
    """A laboratory asks by its testers, a body by who answers for the case."""
    testers = select(found.c.id, TestResult.tester_id.label("answer"))
    measured = and_(TestResult.sample_id == found.c.id, found.c.tests)
    officer = select(found.c.id, found.c.officer.label("answer"))
    return {"person": [officer, testers.join(TestResult, measured)]}


def _by(found: CTE) -> dict[str, Column]:
    return {
        "due": found.c.due,
        "ordered": found.c.ordered_on,
        "sample_number": found.c.number,
        "client": found.c.client_name,
        "scheme": found.c.scheme,
        "state": place_in(SAMPLE.states, found.c.state),
    }


def _whole(ids: list[int]) -> list[Sample]:
    case_ = selectinload(Sample.application)
    query = select(Sample).where(Sample.id.in_(ids))
    query = query.options(
        *map(case_.selectinload, (Application.body, Application.applicant, Application.models))
    )
    return in_order(db.session.scalars(query), ids)


def client_of(actor: Actor, sample: Sample) -> str:
    """The name of whoever is the client of an order for the actor."""
    case_ = sample.application
    return case_.body.name if actor.kind == "testing_body" else case_.applicant.name


ORDERS = Listing(
    "orders",
    views=("mine", "open", "closed", "all"),
    due=DUE,
    states=tuple(SAMPLE.states),
    described=_described,
    known=_known,
    columns=("scheme", "client", "laboratory", "region", "state"),
    pairs=_pairs,
    sorts=SORTS,
    by=_by,
    ties=("ordered_on", "id"),
    whole=_whole,
    halved=False,
)
