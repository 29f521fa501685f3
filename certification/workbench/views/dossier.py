"""The whole of a case as one file, for its body."""

from flask import Response

from accounts.session import current_actor
from certification.workbench.queries import dossier as queries
from certification.workbench.views.reviews import reviews
from core.web import archive_response


@reviews.get("/<id:case_id>/dossier.zip")
def dossier(case_id: int) -> Response:
    """Every file as it was kept, with a manifest of their digests; sent while it is packed."""
    case = queries.case_of(current_actor(), case_id)
    return archive_response(queries.packed(case), case.number)
