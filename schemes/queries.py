"""Which schemes there are, and what is tested under them."""

from datetime import date

from sqlalchemy import select

from accounts.models import Organisation
from core.clock import today
from core.db import db
from core.errors import NotFound
from schemes import document
from schemes.document import Difference
from schemes.models import SchemeVersion
from schemes.vocabulary import FAMILIES


def schemes(day: date | None = None) -> list[SchemeVersion]:
    """The scheme versions in force on `day` (today when none is named), by code: of each the one that took
    over last."""
    by_day = sorted(every_scheme(), key=lambda scheme: scheme.effective_from)
    newest = {scheme.code: scheme for scheme in by_day if scheme.in_force_on(day or today())}
    return [newest[code] for code in sorted(newest)]


def every_scheme() -> list[SchemeVersion]:
    """Every version there ever was, by code."""
    return list(db.session.scalars(select(SchemeVersion).order_by(SchemeVersion.code, SchemeVersion.version)))


def product_classes() -> dict[str, SchemeVersion | None]:
    """The classes of products there are rules for: each family as a whole, and each category of it with the
    newest version that names it."""
    found: dict[str, SchemeVersion | None] = dict.fromkeys(FAMILIES)
    for scheme in sorted(every_scheme(), key=lambda each: (each.category, each.effective_from)):
        found[f"{scheme.family}/{scheme.category}"] = scheme
    return found


def is_known(code: str, name: str) -> bool:
    query = select(SchemeVersion.id).where(SchemeVersion.code == code, SchemeVersion.version == name)
    return db.session.scalar(query) is not None


def of_the_province(category: str, codes: set[tuple[str, str]]) -> SchemeVersion | None:
    """A rule of the province, in force or to come, for this category or one of these product codes."""
    for scheme in every_scheme():
        over = (scheme.effective_to or scheme.superseded_on or today()) < today()
        same = {(each.system, each.code) for each in scheme.rules.identity.product_codes} & codes
        if not scheme.is_of_a_body and not over and (scheme.category == category or same):
            return scheme
    return None


def of_bodies_for_the_same(published: SchemeVersion) -> list[SchemeVersion]:
    """Of each body's own rule that is not retired, and is for the category or a product code of this one, the
    newest version."""
    about = published.rules.identity
    codes = {(each.system, each.code) for each in about.product_codes}
    newest = {each.code: each for each in sorted(every_scheme(), key=lambda each: each.effective_from)}
    return [
        scheme
        for scheme in newest.values()
        if scheme.is_of_a_body
        and scheme.retired_on is None
        and (
            scheme.category == about.category
            or {(each.system, each.code) for each in scheme.rules.identity.product_codes} & codes
        )
    ]


def owner_id(scheme: SchemeVersion) -> int | None:
    """The body whose own rule it is, if the house knows it."""
    return db.session.scalar(select(Organisation.id).where(Organisation.uscc == scheme.owner))


def owner_name(scheme: SchemeVersion) -> str:
    """The body whose own rule it is; "" for a rule of the province."""
    if not scheme.is_of_a_body:
        return ""
    name = db.session.scalar(select(Organisation.name).where(Organisation.uscc == scheme.owner))
    return name or scheme.owner


def scheme_names() -> dict[str, str]:
    """What each scheme is called by its newest version, in the language of the page, by code."""
    return {scheme.code: scheme.said_name for scheme in every_scheme()}


def scheme(scheme_id: int) -> SchemeVersion:
    found = db.session.get(SchemeVersion, scheme_id)
    if found is None:
        raise NotFound("scheme-not-found")
    return found


def versions(code: str) -> list[SchemeVersion]:
    """Every version of a rule, the newest first."""
    query = select(SchemeVersion).where(SchemeVersion.code == code)
    return list(
        db.session.scalars(query.order_by(SchemeVersion.effective_from.desc(), SchemeVersion.id.desc()))
    )


def current(code: str) -> SchemeVersion:
    """The version in force today; of a rule that has none, the newest there is."""
    known = versions(code)
    found = next((each for each in schemes() if each.code == code), known[0] if known else None)
    if found is None:
        raise NotFound("scheme-not-found")
    return found


def version(code: str, name: str) -> SchemeVersion:
    """One version, in force or not."""
    found = next((each for each in every_scheme() if (each.code, each.version) == (code, name)), None)
    if found is None:
        raise NotFound("scheme-not-found")
    return found


def differences(code: str, before: str, after: str) -> list[Difference]:
    """What one version of a scheme says otherwise than another."""
    one, other = (document.plain(version(code, name).rules) for name in (before, after))
    return document.differences(one, other)


def scheme_by_code(code: str) -> SchemeVersion:
    """The version of a scheme in force today."""
    found = next((scheme for scheme in schemes() if scheme.code == code), None)
    if found is None:
        retired = any(each.retired_by(today()) for each in versions(code))
        raise NotFound("scheme-retired" if retired else "scheme-not-found")
    return found
