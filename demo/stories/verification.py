"""A meter was left out: the verifier finds it, the client owns up, and what was verified is certified."""

from datetime import timedelta
from decimal import Decimal

from certification.certificate.models import Certificate
from certification.verification import queries
from core import clock
from core.db import db
from demo import papers
from demo.load import furnish
from demo.road import LOOKED, Road, Say, site_record
from demo.stories.replan import teller, tile

LEAD = timedelta(days=60)  # so long ago the case begins
MISSED = Decimal("0.03")  # of the footprint
FACT = "3# 配电室 6 月至 9 月的抄表数没有计入申报的活动量。"
OWNED = "核对属实：新增的配电室漏计，同意按抄表数更正，记录见附件。"
FOUND = "12 份抄表记录全部核对，与企业更正后的数一致。"
CLOSED = "企业已按抄表数更正该行，抄表记录齐全，予以关闭。"
OPINION = "按 ISO 14064-3 逐项核对；发现的一行错报已由企业更正，没有未更正的错报。"


def verification(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - LEAD
    db.session.commit()
    with clock.travel(start):
        case = Road(cast, tile("抛釉砖（核查演示）"), on_step=teller(say))
        case.to("evaluating")
        case.take("review_documents", "document_reviewer", result="pass", findings="数据可信。")
        case.settle()
        case.test()
        case.find_and_close()
        case.take("verify_site", "lead_verifier", **site_record(case.application))
        line = heaviest(case)
        raise_at(case, line)
        first = case.application.footprint
        correct(case, line)
        verify(case, line)
        close(case)
        conclude(case)
    opinion = case.application.opinion
    assert opinion is not None  # it was just given
    assert first is not None  # what was handed in has one
    say(f"   申报 {first.total}，核实 {opinion.verified.total} {opinion.verified.unit}")
    with clock.travel(start + timedelta(days=3)):
        case.to("certified")
        db.session.commit()
    certificate = db.session.query(Certificate).filter_by(application_id=case.application.id).one()
    say(f"证书 {certificate.number}  {certificate.carbon} {certificate.carbon_unit}")
    return {
        "story": "verification",
        "application": case.application.number,
        "certificate": certificate.number,
        "declared": f"{first.total}",
        "verified": f"{opinion.verified.total}",
        "status": certificate.state,
    }


def heaviest(case: Road) -> queries.Line:
    sheet = queries.sheet(case.application)
    return max((line for line in sheet.lines if line.number), key=lambda line: line.weight)


def raise_at(case: Road, line: queries.Line) -> None:
    """The nonconformity opens the row: the client corrects it, and says so on evidence."""
    case.take("raise", "lead_verifier", grade="major", anchor=f"row:{line.name}", fact=FACT)
    db.session.commit()


def correct(case: Road, line: queries.Line) -> None:
    """As much more as comes to three hundredths of the footprint; what is saved is declared anew."""
    amount = Decimal(line.declared["quantity"])
    more = (amount * (1 + MISSED / line.weight)).quantize(Decimal("0.001"))
    case.declare_anew(line.subject.removeprefix("row:"), quantity=more)
    finding, kept = case.application.nonconformities[-1], papers.stored("meter_readings")
    said = {"answer": OWNED, "evidence": kept.digest, "evidence_name": "3# 配电室抄表.pdf"}
    case.take("answer", "applicant", finding, **said)
    db.session.commit()


def verify(case: Road, line: queries.Line) -> None:
    """The verifier looks at the meter records: the row that was declared anew agrees with them."""
    found = {"subject": line.subject, "outcome": "agreed", "samples": 12, "reason": FOUND}
    case.take("verify_data", "lead_verifier", items=[found])
    db.session.commit()


def close(case: Road) -> None:
    case.take("close", "lead_verifier", case.application.nonconformities[-1], reason=CLOSED)
    db.session.commit()


def conclude(case: Road) -> None:
    """What is left is agreed, the opinion is given, and the evaluation ends."""
    looked = {"outcome": "agreed", "samples": 3, "reason": LOOKED}
    left = [{"subject": line.subject, **looked} for line in queries.sheet(case.application).left]
    case.trace()
    case.take("verify_data", "lead_verifier", items=left)
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text=OPINION)
    case.finish()
    db.session.commit()
