"""Purchases for programs."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import current_actor
from core.api import PageNumber, asked_in, described, handed_in
from core.clock import today
from core.db import db
from core.errors import NotPermitted
from core.step.api import refuse_stale
from core.web import json_response
from procurement.purchases import operations, queries, shapes

bp = Blueprint("purchases_api", __name__, url_prefix="/api/v1/purchases")


class SharesQuery(BaseModel):
    year: int | None = Field(None, ge=1900, le=2999, description="This one, where none is named.")


class PurchasesQuery(SharesQuery):
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


@bp.get("")
@described("procurement", query=PurchasesQuery, answer=shapes.Purchases)
def purchases() -> ResponseReturnValue:
    """What the caller's organisation bought in a year, with what was low in carbon."""
    _check_buyer()
    asked, actor = asked_in(PurchasesQuery), current_actor()
    year = asked.year or today().year
    page, found = queries.purchases(actor, year, asked.page, asked.per_page), queries.period(actor, year)
    return json_response(
        {
            "year": year,
            "total": page.total,
            "whole": shapes.share("", found.whole),
            "units": [shapes.share(name, each) for name, each in found.units.items()],
            "items": [shapes.purchase(each) for each in page.items],
        }
    )


@bp.post("")
@described("procurement", json=shapes.NewPurchases, status=201, answer=shapes.Recorded)
def record_purchases() -> ResponseReturnValue:
    """Record what was bought; each is answered for its day, and the answer is kept."""
    asked = handed_in(shapes.NewPurchases)
    made = operations.record(current_actor(), [each.model_dump() for each in asked.items])
    db.session.commit()
    return json_response({"items": [shapes.purchase(each) for each in made]}, 201)


@bp.get("/<id:purchase_id>")
@described("procurement", answer=shapes.PurchaseAnswer)
def purchase(purchase_id: int) -> ResponseReturnValue:
    """One purchase with the answer that was kept."""
    return json_response(shapes.purchase(queries.purchase_of(current_actor(), purchase_id)))


@bp.put("/<id:purchase_id>")
@described("procurement", json=shapes.Written, answer=shapes.PurchaseAnswer)
def write_purchase(purchase_id: int) -> ResponseReturnValue:
    """Write anew what was recorded wrongly; it is answered anew."""
    found, asked = queries.purchase_of(current_actor(), purchase_id), handed_in(shapes.Written)
    refuse_stale(found, asked.version)
    operations.write(found, current_actor(), asked.model_dump(exclude={"version"}))
    db.session.commit()
    return json_response(shapes.purchase(found))


@bp.post("/<id:purchase_id>/removal")
@described("procurement", json=shapes.Removal, answer=shapes.Removed)
def remove_purchase(purchase_id: int) -> ResponseReturnValue:
    """Remove what was never bought; the audit record keeps what it said, and why it went."""
    found, asked = queries.purchase_of(current_actor(), purchase_id), handed_in(shapes.Removal)
    refuse_stale(found, asked.version)
    operations.remove(found, current_actor(), asked.reason)
    db.session.commit()
    return json_response({"removed": purchase_id})


@bp.get("/shares")
@described("procurement", query=SharesQuery, answer=shapes.Shares)
def purchase_shares() -> ResponseReturnValue:
    """For the regulator: what each organisation spent in a year, and what of it was low in carbon."""
    if not queries.may_see_shares(current_actor()):
        raise NotPermitted("not-for-shares")
    year = asked_in(SharesQuery).year or today().year
    found = queries.shares(year)
    return json_response({"year": year, "items": [shapes.share(name, each) for name, each in found.items()]})


def _check_buyer() -> None:
    if not queries.may_record(current_actor()):
        raise NotPermitted("not-a-buyer")
