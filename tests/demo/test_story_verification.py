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
    finding = case.nonconformities[-1]
    assert finding.is_closed
    assert [kept.step for kept in case.submissions] == ["submit", "declare_anew"]
    [key] = finding.row_keys
    handed_in = [kept.content["inventory"]["rows"] for kept in case.submissions]
    before, after = ({row["key"]: row["quantity"] for row in rows} for rows in handed_in)
    assert {name for name in before if before[name] != after[name]} == {key}
    assert (case.opinion.misstatements, case.opinion.declared.total) == ([], verified)
    certificate = certificates.certificate(made["certificate"])
    assert (certificate.state, made["status"]) == ("valid", "valid")
    assert certificate.carbon == case.scheme.rounded(verified)
    assert any("申报" in line and "核实" in line for line in lines)
