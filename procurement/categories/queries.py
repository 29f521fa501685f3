"""What may be asked of the catalogue of 品目: it is public, and asked by code together with its edition."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select

from core.db import db
from core.web import Page, paginate
from procurement.categories import codes
from procurement.categories.models import Crosswalk
from procurement.models import Category


@dataclass
class Related:
    """What a code has to do with other editions: `before` and `after` are the codes of the same goods there,
    `other` is what the same code means there, by edition."""

    before: list[Crosswalk] = field(default_factory=list)
    after: list[Crosswalk] = field(default_factory=list)
    other: dict[str, str] = field(default_factory=dict)


def category(edition: str, code: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.edition == edition, Category.code == code))


def names(edition: str) -> dict[str, str]:
    """Every code of an edition with its name."""
    query = select(Category.code, Category.name).where(Category.edition == codes.edition(edition))
    return dict(db.session.execute(query.order_by(Category.code)).all())


def found(
    edition: str, text: str = "", suspect: bool = False, page: int = 1, size: int = 50
) -> Page[Category]:
    """Of one edition, by the beginning of the code or parts of the name, in the order of the catalogue."""
    query = select(Category).where(Category.edition == codes.edition(edition)).order_by(Category.code)
    for piece in text.split():
        begins = Category.code.istartswith(piece, autoescape=True)
        query = query.where(or_(begins, Category.name.icontains(piece, autoescape=True)))
    if suspect:
        query = query.where(Category.suspect)
    return paginate(query, page, size)


def related(edition: str, asked: Iterable[str]) -> dict[str, Related]:
    """By code of an edition."""
    asked = set(asked)
    result: dict[str, Related] = defaultdict(Related)
    ends = or_(Crosswalk.from_code.in_(asked), Crosswalk.to_code.in_(asked))
    query = select(Crosswalk).where(ends).order_by(Crosswalk.from_code, Crosswalk.to_code)
    for each in db.session.scalars(query):
        if each.to_edition == edition and each.to_code in asked:
            result[each.to_code].before.append(each)
        if each.from_edition == edition and each.from_code in asked:
            result[each.from_code].after.append(each)
        if each.from_edition != edition and each.from_code in asked:
            result[each.from_code].other[each.from_edition] = each.from_name
    elsewhere = select(Category).where(Category.edition != edition, Category.code.in_(asked))
    for category in db.session.scalars(elsewhere):
        result[category.code].other[category.edition] = category.name
    return {code: result[code] for code in asked}


def clashes() -> dict[str, str]:
    """Codes of the catalogue in use that named other goods before: code to what it named."""
    query = select(Crosswalk.from_code, Crosswalk.from_name).join(
        Category, and_(Category.edition == Crosswalk.to_edition, Category.code == Crosswalk.from_code)
    )
    query = query.where(Crosswalk.to_edition == codes.CURRENT, Category.name != Crosswalk.from_name)
    return dict(db.session.execute(query.distinct().order_by(Crosswalk.from_code)).all())
