"""The story of a misstatement that was found, told through the operations the pages call."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from certification.application.models import Application
from certification.certificate.queries import certificates
from demo.stories.verification import verification

pytestmark = pytest.mark.engines("walks")


def test_the_verified_value_is_certified_and_the_misstatement_kept(db):
    lines: list[str] = []
    made = verification(lines.append)
    case = db.session.scalars(select(Application).where(Application.number == made["application"])).one()
    declared, verified = Decimal(made["declared"]), Decimal(made["verified"])
    assert Decimal("0.029") < (verified - declared) / declared < Decimal("0.031")
    [misstated] = case.opinion.misstatements
    assert case.nonconformities[-1].anchor == f"row:{misstated['name']}"
    assert case.nonconformities[-1].is_closed
    certificate = certificates.certificate(made["certificate"])
    assert (certificate.state, made["status"]) == ("valid", "valid")
    assert certificate.carbon == case.scheme.rounded(verified)
    assert any("申报" in line and "核实" in line for line in lines)
