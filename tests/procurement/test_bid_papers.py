"""The annex of a check on paper: drawn by the worker in volumes, and handed to whoever holds its address."""

import io

import pypdf
import pytest
from sqlalchemy import select

from core import files, jobs
from core.clock import today
from core.jobs import Job
from core.words import sentence
from procurement.bids import operations, papers, reading
from procurement.bids.models import BidPaper
from procurement.bids.queries import is_signed
from tests import factories

pytestmark = pytest.mark.engines("walks")


@pytest.fixture
def check(db):
    """check(lines): one that was kept, for today."""

    def make(text: str, title: str = "第 2 包"):
        officer = factories.actor("purchasing_unit", "procurement_officer")
        made = operations.keep(operations.ask(officer, today(), reading.read_text(text)), title)
        db.session.commit()
        return made

    return make


def pages(digest: str) -> list[str]:
    """The text of each page, without blanks: where a line is folded is no matter here."""
    content = files.path_of(digest).read_bytes()
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def waiting(db) -> list[dict]:
    return list(db.session.scalars(select(Job.payload).where(Job.kind == papers.KIND).order_by(Job.id)))


def test_the_paper_says_what_was_asked_answered_and_by_what_it_is_proven(issued, law, check, app, db):
    law("category")
    made = check(f"{issued.number},某厂,,YT-6O15\n{issued.number},,,YT-6015\n,,,X<b>\n,,,YT-1,,A02061908")
    assert not is_signed(made)
    papers.draw(made.id, 1)
    db.session.commit()
    [page, *others] = pages(db.session.scalar(select(BidPaper.document)))
    text = page + "".join(others)
    for said in (
        "投标产品核对结果",
        "第 2 包",
        made.number,
        made.digest,
        f"{app.config['PUBLIC_URL']}/procurement/checks/{made.address}",
        f"数据版本 {json_version(made)}",
        "没有签名：清单的主管单位还没有密钥",
        "不在证书第 1 版的范围内；最接近：YT-6015",
        "企业不同",
        "可以采购",
        "政策不要求",
        "X<b>",
        "演示数据",
    ):
        assert "".join(said.split()) in text, said
    assert f"{made.number}第1页，共{len(others) + 1}页" in page


def json_version(made) -> int:
    return papers.queries.answered(made).content["data_version"]


def test_the_head_of_the_table_stands_on_every_page(issued, law, check, db):
    law("category")
    made = check("\n".join(f"{issued.number},,,YT-{number}" for number in range(60)))
    papers.draw(made.id, 1)
    found = pages(db.session.scalar(select(BidPaper.document)))
    assert len(found) > 2
    assert all("投标文件写的" in page for page in found[:-1])
    assert sum(page.count("投标文件写的") for page in found) in (len(found), len(found) - 1)


def test_many_lines_fill_volumes_each_with_its_own_job(issued, law, check, db, monkeypatch):
    law("category")
    made = check("\n".join(f"{issued.number},,,YT-{number}" for number in range(2001)))
    assert made.volumes == 3
    asked = [{"check_id": made.id, "volume": volume} for volume in (1, 2, 3)]
    assert waiting(db) == asked
    last = papers.html(made, 3)
    assert ("YT-2000<" in last, "YT-1999<" in last, "第 3 册，共 3 册" in last) == (True, False, True)
    monkeypatch.setattr(papers.papers, "pdf", lambda source, sheet: f"%PDF-{hash(source)}".encode())
    db.session.query(Job).filter(Job.kind != papers.KIND).delete()
    db.session.commit()
    assert jobs.run_due("long") == 3
    papers.draw(made.id, 2)
    db.session.commit()
    assert [each.volume for each in db.session.scalars(select(BidPaper).order_by(BidPaper.volume))] == [
        1,
        2,
        3,
    ]


def test_who_asks_before_it_is_drawn_is_told_to_wait_and_then_gets_it(issued, check, client, db):
    made = check(issued.number)
    address = f"/procurement/checks/{made.address}/1.pdf"
    waits = client.get(address)
    assert (waits.status_code, waits.headers["Refresh"]) == (202, "5")
    assert "正在绘制" in client.get(f"/procurement/checks/{made.address}?lang=zh").text
    told = client.get(f"/api/v1/checks/{made.address}").json
    assert [each.endswith(address) for each in told["papers"]] == [True]
    papers.draw(made.id, 1)
    db.session.commit()
    with client.get(address) as answer:
        assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    beyond = client.get(address, headers={"Range": "bytes=99999999-"})  # for which there are no words
    assert (beyond.status_code, sentence("http-400") in beyond.text) == (416, True)
    assert client.get(f"/procurement/checks/{made.address}/2.pdf").status_code == 404
    assert client.get(f"/procurement/checks/{made.address}/0.pdf").status_code == 404
    assert client.get(f"/procurement/checks/{made.number}/1.pdf").status_code == 404


def test_what_was_kept_before_papers_were_drawn_is_asked_for_once(issued, check, db):
    made = check(issued.number)
    db.session.query(Job).delete()
    papers.draw_what_is_missing()
    papers.draw_what_is_missing()
    assert waiting(db) == [{"check_id": made.id, "volume": 1}]
    papers.draw(made.id, 1)
    db.session.query(Job).delete()
    papers.draw_what_is_missing()
    assert waiting(db) == []
