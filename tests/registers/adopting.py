"""What tests of adoptions stand on: a body with somebody who writes and somebody who approves."""

from core import lifecycle
from registers.adoption import operations
from registers.adoption.models import Adoption
from tests import factories
from tests.certification.world import World

FACTS = {"person_days": None, "pattern": "", "checklists": {}}


def hands(world: World) -> tuple:
    """(author, approver, another author) of the world's body."""
    return tuple(
        factories.user(world.body, role).memberships[0].actor()
        for role in ("rule_author", "rule_approver", "rule_author")
    )


def begun(world: World, author) -> Adoption:
    return operations.begin(author, world.scheme.code)


def in_force(world: World, papers: dict | None = None, **facts) -> Adoption:
    """A second version of the body's adoption, written and approved."""
    author, approver, _another = hands(world)
    made = begun(world, author)
    operations.write(made, author, **FACTS | facts)
    for kind, text in (papers or {}).items():
        operations.word_paper(made, author, kind, text)
    lifecycle.take(made, "propose", author)
    lifecycle.take(made, "approve", approver)
    return made
