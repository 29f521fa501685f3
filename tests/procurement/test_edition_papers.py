"""An edition on paper: asked for when it is published, drawn by the worker in volumes, open to everybody."""

import io
from datetime import date

import pypdf
import pytest
from sqlalchemy import select, update

from core import clock, files, jobs
from core.errors import OutOfOrder
from core.jobs import Job
from procurement import papers
from procurement.models import Edition, EditionLine, EditionPaper

pytestmark = pytest.mark.engines("walks")


def pages(digest: str) -> list[str]:
    """The text of each page, without blanks: where a line is folded is no matter here."""
    content = files.path_of(digest).read_bytes()
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def waiting(db) -> list[dict]:
    return list(db.session.scalars(select(Job.payload).where(Job.kind == papers.KIND).order_by(Job.id)))


@pytest.fixture
def of_five(monkeypatch):
    """Volumes of two lines each, so that five lines fill three."""
    monkeypatch.setattr("procurement.rules.VOLUME", 2)


def test_the_paper_has_a_cover_with_its_totals_and_then_the_lines(issue, publish, app, db):
    issue(models=("A-1", "A-2"), trademark="<青禾>")
    issue(models=("B-1",), maker_name="示例陶瓷厂二")
    edition = publish()
    papers.draw(edition.id, 1)
    db.session.commit()
    [cover, lines] = pages(db.session.scalar(select(EditionPaper.document)))
    for said in (
        edition.title,
        "文号演示〔2026〕1号",
        "公布日期2026-10-22",
        "公示2026-10-01至2026-10-21",
        "A07010327瓷质砖322",
        "全期322",
        edition.digest,
        f"{app.config['PUBLIC_URL']}/procurement/lists/{edition.number}",
        "没有签名：公布时清单主管单位还没有密钥",
    ):
        assert "".join(said.split()) in cover, said
    for said in (
        "A-1",
        "A-2",
        "B-1",
        "<青禾>",
        "优先采购",
        "示例陶瓷厂二",
        *(each.number for each in edition.lines),
    ):
        assert said in lines, said
    assert "A-1" not in cover
    assert "第2页，共2页" in lines


def test_publishing_asks_for_every_volume_and_a_draft_for_none(issue, draft, publish, of_five, db):
    issue(models=("A-1", "A-2", "A-3", "A-4", "A-5"))
    edition = draft("2026-0")
    assert waiting(db) == []
    db.session.delete(edition)
    db.session.flush()
    edition = publish()
    assert waiting(db) == [{"edition_id": edition.id, "volume": volume} for volume in (1, 2, 3)]
    last = papers.html(edition, 3)
    assert ("A-5<" in last, "A-4<" in last, "第 3 册，共 3 册" in last) == (True, False, True)
    assert "合计" not in last


def test_the_worker_draws_each_volume_once(issue, publish, of_five, db, monkeypatch):
    issue(models=("A-1", "A-2", "A-3"))
    edition = publish()
    monkeypatch.setattr(papers.papers, "pdf", lambda source, sheet: f"%PDF-{hash(source)}".encode())
    db.session.query(Job).filter(Job.kind != papers.KIND).delete()
    db.session.commit()
    assert jobs.run_due("long") == 2
    papers.draw(edition.id, 2)
    db.session.commit()
    kept = select(EditionPaper.volume).order_by(EditionPaper.id)
    assert list(db.session.scalars(kept)) == [1, 2]


def test_what_is_no_longer_as_published_is_not_drawn(issue, publish, db):
    issue(models=("A-1",))
    edition = publish()
    of_edition = EditionLine.__table__.c.edition_id == edition.id
    db.session.execute(update(EditionLine.__table__).where(of_edition).values(model="A-2"))
    with pytest.raises(OutOfOrder, match="edition-not-as-published"):
        papers.draw(edition.id, 1)


def test_who_asks_before_it_is_drawn_is_told_to_wait_and_then_gets_it(issue, publish, client, db):
    issue(models=("A-1",))
    edition = publish()
    address = f"/procurement/lists/{edition.number}/1.pdf"
    waits = client.get(address)
    assert (waits.status_code, waits.headers["Refresh"]) == (202, "10")
    assert "正在绘制" in client.get(f"/procurement/lists/{edition.number}").text
    told = client.get(f"/api/v1/lists/{edition.number}").json
    assert [each.endswith(address) for each in told["papers"]] == [True]
    papers.draw(edition.id, 1)
    db.session.commit()
    with client.get(address) as answer:
        assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert "正在绘制" not in client.get(f"/procurement/lists/{edition.number}").text
    for volume in (0, 2, 99999):
        assert client.get(f"/procurement/lists/{edition.number}/{volume}.pdf").status_code == 404


def test_an_edition_in_notice_has_no_paper(notice, client, db):
    db.session.commit()
    [number] = db.session.scalars(select(Edition.number))
    assert client.get(f"/procurement/lists/{number}/1.pdf").status_code == 404
    assert client.get(f"/api/v1/lists/{number}").json["papers"] == []


def test_what_was_published_before_papers_were_drawn_is_asked_for_once(issue, publish, db):
    issue(models=("A-1",))
    edition = publish()
    db.session.query(Job).delete()
    papers.draw_missing_editions()
    papers.draw_missing_editions()
    assert waiting(db) == [{"edition_id": edition.id, "volume": 1}]
    papers.draw(edition.id, 1)
    db.session.query(Job).delete()
    papers.draw_missing_editions()
    assert waiting(db) == []


def test_a_paper_says_what_was_printed_whatever_befell_the_lines_since(issue, act, publish, db):
    entry = issue(models=("A-1",))
    edition = publish()
    with clock.travel(date(2026, 11, 1)):
        act(entry, "withdraw")
        assert "A-1<" in papers.html(edition, 1)
