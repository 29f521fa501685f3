"""Taking the catalogue of 品目, and what became of older codes, from files."""

from collections.abc import Iterable

from sqlalchemy import select

from core import audit
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor
from core.readers import numbers
from procurement.categories import codes
from procurement.categories.models import Crosswalk
from procurement.loading import Report, each_row, read
from procurement.models import Category

CODES = {"code", "level", "parent_code"}
CROSSWALK = ("from_edition", "from_code", "from_name", "to_edition", "to_code", "to_name")
LOADERS = frozenset({"list_editor", "system"})


def import_categories(actor: Actor, lines: Iterable[str], edition: str, source: str = "") -> Report:
    """Take 品目 codes of one edition of the catalogue from a CSV; bad rows are reported, not fatal."""
    _check_loader(actor)
    found = db.session.scalars(select(Category).where(Category.edition == codes.edition(edition)))
    known, report = {each.code: each for each in found}, Report()

    def take(row: dict[str, str]) -> str:
        code, values = _category(row, edition)
        if values["suspect"]:
            report.suspect.append((code, str(values["name"])))
        return _keep(known, code, values | {"source": row.get("source") or source}, edition)

    each_row(lines, CODES, take, report)
    db.session.flush()
    audit.record(actor, "procurement.import_categories", f"categories/{edition}", rows=report.rows)
    return report


def import_crosswalk(actor: Actor, lines: Iterable[str], source: str = "") -> Report:
    """Take what became of older codes from a CSV; one code may have become several."""
    _check_loader(actor)
    known = {_way(each): each for each in db.session.scalars(select(Crosswalk))}
    report = Report()

    def take(row: dict[str, str]) -> str:
        made = _crosswalk(row, row.get("source") or source)
        if (stands := known.setdefault(_way(made), made)) is made:
            db.session.add(made)
            return "added"
        names = (made.from_name, made.to_name)
        if names == (stands.from_name, stands.to_name):
            return "unchanged"
        stands.from_name, stands.to_name = names
        return "changed"

    each_row(lines, CROSSWALK, take, report)
    db.session.flush()
    audit.record(actor, "procurement.import_crosswalk", "categories", rows=report.rows)
    return report


def _check_loader(actor: Actor) -> None:
    if LOADERS.isdisjoint(actor.roles):
        raise NotPermitted("role-not-held", step="import")


def _category(row: dict[str, str], edition: str) -> tuple[str, dict[str, object]]:
    code, name = codes.code(edition, row["code"]), (row.get("name") or row.get("name_clean") or "").strip()
    if not name:
        raise Invalid("category-name-missing", value=code)
    level = read(row["level"], numbers.whole)
    if level is None:
        raise Invalid("value-missing", value="level")
    suspect = row.get("name_suspect") == "1"
    return code, {"name": name, "level": level, "parent": row["parent_code"], "suspect": suspect}


def _keep(known: dict[str, Category], code: str, values: dict[str, object], edition: str) -> str:
    category = known.get(code)
    if category is None:
        known[code] = Category(edition=edition, code=code, **values)
        db.session.add(known[code])
        return "added"
    facts = {name: value for name, value in values.items() if name != "source"}
    differing = {name: value for name, value in facts.items() if getattr(category, name) != value}
    for name, value in differing.items():
        setattr(category, name, value)
    return "changed" if differing else "unchanged"


def _crosswalk(row: dict[str, str], source: str) -> Crosswalk:
    texts = {name: row[name].strip() for name in CROSSWALK}
    for end in ("from", "to"):
        codes.code(texts[f"{end}_edition"], texts[f"{end}_code"])
        if not texts[f"{end}_name"]:
            raise Invalid("category-name-missing", value=texts[f"{end}_code"])
    return Crosswalk(source=source, **texts)


def _way(of: Crosswalk) -> tuple[str, str, str, str]:
    return of.from_edition, of.from_code, of.to_edition, of.to_code
