"""The verbs of an assignment: propose, confirm."""

from collections.abc import Sequence

from catalog import queries as catalog
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor
from procurement import queries as lists
from procurement.assignments import queries
from procurement.assignments.deciding import Code
from procurement.assignments.models import AssignedProduct, CategoryAssignment
from procurement.assignments.queries import Waiting
from procurement.categories import queries as categories
from procurement.models import Category

MOST = 200  # products at once


def propose(
    actor: Actor,
    *,
    numbers: Sequence[str],
    category_edition: str = "",
    category_code: str = "",
    note: str = "",
) -> CategoryAssignment:
    """Of the products of these certificates: as the rules decide each, or all to the 品目 that is given.

    Raises NotPermitted `role-not-held`, Invalid by member: what the rules do not decide, or decide otherwise,
    needs a code and a note."""
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step="propose")
    assert actor.id is not None  # whoever holds the role is somebody
    found = _waiting(numbers)
    given = _category(category_edition, category_code)
    _check_decided(found, given, note)
    made = CategoryAssignment(owner_id=actor.organisation_id, writer_id=actor.id, author=actor.label)
    made.note = note.strip()
    made.products = [_product(each, given or _named(each.decided.code)) for each in found]
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "category_assignment.propose", f"category_assignment/{made.id}", products=len(found))
    return made


def _waiting(numbers: Sequence[str]) -> list[Waiting]:
    """Those of the numbers, each once, in their order; Invalid where one is none that may be assigned."""
    if len(numbers) > MOST:
        raise Invalid("list-too-long", {"numbers": "list-too-long"}, most=MOST)
    asked = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if not asked:
        raise _wrong("assignment-products-missing", "numbers")
    rules = lists.open_schemes(today())
    entries, taken = catalog.by_number(asked), queries.proposed(asked)
    for number in asked:
        if number not in entries or entries[number].scheme_code not in rules:
            raise _wrong("assignment-not-open", "numbers", number)
        if number in taken:
            raise _wrong("assignment-proposed", "numbers", number)
    return queries.decided(rules, [entries[number] for number in asked])


def _category(edition: str, code: str) -> Category | None:
    if not code.strip():
        return None
    found = categories.category(edition.strip(), code.strip())
    if found is None:
        raise _wrong("category-unknown", "category_code", code.strip())
    return found


def _named(code: Code | None) -> Category:
    assert code is not None  # what is not decided is given
    found = categories.category(*code)
    if found is None:
        raise _wrong("category-unknown", "category_code", code[1])
    return found


def _check_decided(found: Sequence[Waiting], given: Category | None, note: str) -> None:
    """What a person decides otherwise than the rules do has its reason."""
    for each in found:
        if given is None and each.decided.code is None:
            raise _wrong("assignment-undecided", "category_code", each.entry.number or "")
        if given is not None and each.decided.code != (given.edition, given.code) and not note.strip():
            raise _wrong("assignment-note-missing", "note")


def _wrong(slug: str, member: str, value: str = "") -> Invalid:
    return Invalid(slug, {member: slug}, value=value)


def _product(waiting: Waiting, category: Category) -> AssignedProduct:
    entry, decided = waiting.entry, waiting.decided
    return AssignedProduct(
        number=entry.number,
        entry_id=entry.id,
        product=entry.name,
        maker=entry.maker,
        category_edition=category.edition,
        category_code=category.code,
        category_name=category.name,
        decided=decided.code[1] if decided.code else "",
        reason=decided.reason,
        values="、".join(decided.values)[:200],
    )


def confirm(assignment: CategoryAssignment, actor: Actor, **_facts: object) -> None:
    assignment.confirmed_by, assignment.confirmed_at = actor.label, now()
