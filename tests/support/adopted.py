"""A rule that a body has adopted."""

from datetime import date

from registers.adoption.models import Adoption


def adopted(body_id: int, scheme_code: str, number: int = 1, **values) -> Adoption:
    """A body's adoption of a rule, in force, with nothing of its own unless `values` say so."""
    stands = {"state": "in_force", "in_force_from": date(2020, 1, 1), **values}
    return Adoption(body_id=body_id, scheme_code=scheme_code, number=number, **stands)
