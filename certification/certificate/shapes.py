"""What the API answers about a certificate."""

from datetime import date

from certification.certificate.queries.certificates import Standing
from certification.certificate.statement import begins_on, public_view


def certificate(standing: Standing, day: date) -> dict:
    """What was signed and stood on `day`; `differs` names what the register holds otherwise."""
    return {
        "number": standing.said["number"],
        "status": standing.status,
        "on": day,
        "begins_on": begins_on(standing.said),
        "valid_to": standing.said["valid_to"],
        "demo": standing.said["demo"],
        "intact": standing.intact,
        "differs": standing.differs,
        "digest": standing.version.digest,
        "signature": standing.version.signature,
        "statement": public_view(standing.said),
    }
