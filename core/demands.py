"""What must be handed in with a step, whatever the thing it is taken on."""

from core.machine import Actor, Demand, Facts, Ruled


def reason_given(_subject: Ruled, _actor: Actor, facts: Facts) -> str | None:
    return None if facts.get("reason", "").strip() else "reason-missing"


def blank(value: object) -> bool:
    """Nothing was given; a box that was not ticked is nothing, a zero is something."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is False or value in ([], {})


def needs(slug: str, *names: str) -> Demand[Ruled]:
    """A demand that each named fact is present and not blank."""

    def demand(_subject: Ruled, _actor: Actor, facts: Facts) -> str | None:
        return slug if any(blank(facts.get(name)) for name in names) else None

    demand.__name__ = slug
    return demand


def one_of(slug: str, name: str, *values: str) -> Demand[Ruled]:
    """A demand that a fact, when it is given, is one of the words the law knows."""

    def demand(_subject: Ruled, _actor: Actor, facts: Facts) -> str | None:
        given = facts.get(name)
        return None if given in (None, "", *values) else slug

    demand.__name__ = f"{name}_is_{'_or_'.join(values)}"
    return demand
