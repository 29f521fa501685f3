"""What waits for a second person among the people of a body: findings of competence."""

from datetime import timedelta

from werkzeug.datastructures import FileStorage

from certification.impartiality.operations import propose_competence
from core.clock import today
from demo import papers
from demo.cast import Cast

PROPOSED = ("review_documents",)


def leave_a_proposal(cast: Cast) -> None:
    """The officer proposes the second verifier for tiles; the head has not looked at it yet."""
    propose_competence(
        cast.holder("cb", "organisation_admin"),
        user_id=cast.people["verifier2@demo.example"].id,
        functions=PROPOSED,
        classes=["low_carbon/ceramic_tile"],
        valid_from=today(),
        valid_to=today() + timedelta(days=3 * 365),
        basis="演示数据：见证评审两次，内部考核合格",
        evidence=FileStorage(*papers.paper("competence")),
    )
