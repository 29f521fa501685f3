"""The PDF is a picture of the statement; its text can be read back."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import select

from certification.certificate import document
from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from core import files, jobs, lifecycle
from tests import factories

SHOWN = [
    "低碳产品认证证书",
    "宜兴云陶新材有限公司",
    "宜兴云陶新材有限公司二厂",
    "宜兴某路9号",
    "抛釉砖YT-6015",
    "YT-6016",
    "示例认证中心",
    "TR-",
    "025-00000001",
    "8.45",
    "kgCO2e/m²",
    "10.80",
    "演示数据",
    "从摇篮到大门",
    "最大的2个排放源",
    "附件1",
    "附件2",
    "签发记录",
]
FACTORY = {"name": "宜兴云陶新材有限公司二厂", "uscc": "", "address": "宜兴某路 9 号"}


@pytest.fixture
def issued(world):
    case = world.case("draft")
    case.application.factory = FACTORY | {"uscc": world.maker.uscc, "region": "320282"}
    return certificates.certificate(certificates.number_of(case.to("certified").id))


def text_of(content: bytes) -> str:
    """The text of every page without its spaces: where a line breaks is the layout's business."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def fonts_of(content: bytes) -> dict[str, bool]:
    """Each font, and whether it is embedded."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            found[font["/BaseFont"]] = any(key in descriptor for key in ("/FontFile2", "/FontFile3"))
    return found


def test_the_job_draws_both_pictures_and_their_text_can_be_read_back(db, issued):
    number = issued.number
    db.session.commit()
    assert jobs.run_due() == 3  # the certificate, the report, and the notice of acceptance
    issued = db.session.get(Certificate, issued.id)
    public, full = (
        Path(files.path_of(digest)).read_bytes() for digest in (issued.document, issued.full_document)
    )
    shown = text_of(public)
    for text in (*SHOWN, number, issued.digest, document.grouped(issued.code)):
        assert re.sub(r"\s+", "", text) in shown, text
    assert "企业实测" not in shown
    assert "企业实测" in text_of(full)
    assert all(fonts_of(public).values())
    assert len(pypdf.PdfReader(io.BytesIO(public)).pages) >= 2


def test_a_picture_that_is_there_is_not_drawn_again(db, monkeypatch, issued):
    kept = files.store(io.BytesIO(b"%PDF-1.7\n"), "a.pdf", examined=True).digest
    issued.document = issued.full_document = kept
    db.session.commit()
    monkeypatch.setattr(document, "pdf", lambda _source: pytest.fail("drawn again"))
    document.draw(issued.id)
    assert issued.document == kept


def test_while_it_is_drawn_nobody_waits_for_the_database(db, monkeypatch, issued):
    db.session.commit()
    at_work = []

    def pdf(_source: str) -> bytes:
        at_work.append(db.session().in_transaction())
        return b"%PDF-1.7\n"

    monkeypatch.setattr(document, "pdf", pdf)
    document.draw(issued.id)
    assert at_work == [False, False]


def test_the_lease_is_renewed_while_a_paper_is_drawn(db, monkeypatch, issued):
    """Drawing keeps a processor busy; the thread that renews must come to its turn all the same."""
    db.session.commit()
    leases, draw = [], document.pdf

    def pdf(source: str) -> bytes:
        before, content = lease(), draw(source)
        leases.append((before, lease()))
        return content

    def lease():
        until = db.session.scalar(select(jobs.Job.lease_until).where(jobs.Job.state == "running"))
        db.session.rollback()
        return until

    monkeypatch.setattr(jobs, "RENEWAL_S", 0.02)
    monkeypatch.setattr(document, "pdf", pdf)
    jobs.run_due()
    assert len(leases) == 2
    assert all(after > before for before, after in leases)


def test_what_was_typed_is_shown_and_not_obeyed(issued):
    said = certificates.said(issued)
    said["product"]["name"] = "<img src='file:///etc/passwd'>"
    assert "<img src='file" not in document.html(said, issued.digest, issued.signature)


def test_the_certificate_speaks_chinese_first_whoever_has_it_drawn(app, issued):
    said = certificates.said(issued)
    with app.test_request_context("/?lang=en"):
        drawn = document.html(said, issued.digest, issued.signature)
    assert "原材料获取" in drawn
    assert "Raw material" not in drawn


def test_a_unit_is_set_with_letters_the_font_has():
    assert document.unit("kgCO2e/m2") == "kgCO<sub>2</sub>e/m²"
    assert document.unit("a<b") == "a&lt;b"


# Who may have which


def test_while_the_picture_is_not_there_a_page_asks_again_by_itself(client, issued):
    answer = client.get(f"/certificates/{issued.number}.pdf")
    assert (answer.status_code, answer.headers["Refresh"]) == (202, "3")
    assert "正在生成" in answer.text


def test_everybody_has_the_public_picture_and_the_parties_the_full_one(db, client, browser, sign_in, issued):
    issued.document = files.store(io.BytesIO(b"%PDF-1.7 public"), "a.pdf", examined=True).digest
    issued.full_document = files.store(io.BytesIO(b"%PDF-1.7 full"), "a.pdf", examined=True).digest
    number = issued.number
    assert client.get(f"/certificates/{number}.pdf", buffered=True).data == b"%PDF-1.7 public"
    page = f"/certification/certificates/{number}/full.pdf"
    assert client.get(page).status_code == 303
    for role in ("applicant", "decision_maker"):
        assert browser(role).get(page, buffered=True).data == b"%PDF-1.7 full"
    stranger = factories.user(factories.organisation(), "applicant")
    for visitor in (browser("tester"), sign_in(client, stranger)):
        assert visitor.get(page).status_code == 404


def test_a_withdrawn_certificate_keeps_its_picture(db, client, world, issued):
    issued.document = files.store(io.BytesIO(b"%PDF-1.7 public"), "a.pdf", examined=True).digest
    lifecycle.take(issued, "withdraw", world.actor("decision_maker"), cause="fraud", reason="造假")
    assert client.get(f"/certificates/{issued.number}.pdf", buffered=True).status_code == 200
