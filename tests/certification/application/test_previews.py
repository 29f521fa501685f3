"""Files of a case are looked at in place: each page a picture drawn by us, never handed on as it was sent."""

import zlib
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from certification.application.models import ApplicationFile
from core import files
from core.db import db
from core.errors import Invalid, NotFound
from tests.certification.world import PDF

pytestmark = pytest.mark.engines("types")

TAGGED = b"<script>alert(1)</script>"


def picture(kind: str, size: tuple[int, int] = (60, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def pages(count: int) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), BytesIO()
    for number in range(count):
        document.new_page(200, 100 * (number + 1))
    document.save(out)
    return out.getvalue()


@pytest.fixture
def kept(world):
    """kept(content, name): a file of a case that was handed in."""
    case = world.case("submitted").application

    def keep(content: bytes, name: str) -> ApplicationFile:
        stored = files.store(BytesIO(content), name)
        file = case.files[0]
        file.digest, file.name, file.size = stored.digest, name, stored.size
        db.session.commit()
        return file

    return keep


def shown(answer) -> Image.Image:
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    return Image.open(BytesIO(answer.data), formats=("PNG",))


def test_a_page_of_a_pdf_is_drawn_for_whoever_may_have_the_file(world, kept, browser):
    file = kept(PDF, "台账.pdf")
    for role in ("applicant", "case_officer"):
        with browser(role).get(f"/certification/files/{file.id}/preview.png") as answer:
            assert shown(answer).width > 0
            assert answer.headers["Content-Disposition"] == "inline"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"].startswith("private")
            policy = answer.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(("kind", "name"), [("PNG", "照片.png"), ("JPEG", "照片.JPEG"), ("TIFF", "扫描.tif")])
def test_a_picture_is_drawn_anew_so_that_nothing_hidden_in_it_goes_on(kept, browser, kind, name):
    file = kept(picture(kind) + TAGGED, name)
    with browser("case_officer").get(f"/certification/files/{file.id}/preview.png") as answer:
        assert shown(answer).size == (60, 30)
        assert TAGGED not in answer.data


def test_a_large_picture_is_drawn_small(kept, browser):
    file = kept(picture("PNG", (3000, 1500)), "平面图.png")
    with browser("case_officer").get(f"/certification/files/{file.id}/preview.png") as answer:
        assert shown(answer).size == (1400, 700)


def test_each_page_of_a_pdf_is_drawn_and_none_beyond(kept):
    file = kept(PDF, "三页.pdf")
    stored = files.path_of(file.digest)
    stored.chmod(0o600)
    stored.write_bytes(pages(3))
    assert files.bounded.run(files.preview.count_pages, str(stored), "pdf") == 3
    sizes = [files.bounded.run(files.preview.draw_page, str(stored), "pdf", number) for number in (1, 2, 3)]
    assert len(set(sizes)) == 3
    for beyond in (0, 4):
        with pytest.raises(Invalid):
            files.bounded.run(files.preview.draw_page, str(stored), "pdf", beyond)


def test_a_page_that_is_not_there_is_refused(kept, browser):
    file = kept(PDF, "台账.pdf")
    for page in ("9", "0", "x"):
        address = f"/certification/files/{file.id}/preview.png?page={page}"
        assert browser("case_officer").get(address).status_code == 422


def test_what_has_no_pages_is_not_shown_but_handed_out(kept, browser):
    file = kept("点,值\n甲,1\n".encode(), "数据.csv")
    officer = browser("case_officer")
    assert officer.get(f"/certification/files/{file.id}/preview.png").status_code == 404
    listed = officer.get(f"/certification/reviews/{file.application_id}?tab=files").text
    assert f"/certification/files/{file.id}/preview.png" not in listed
    assert files.pages(file.name, file.digest) == 0
    with pytest.raises(NotFound):
        files.drawn(file.name, file.digest, 1)


def test_a_picture_too_large_to_open_is_refused_and_costs_nothing_else(kept, browser):
    content = bytearray(picture("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    file = kept(bytes(content), "巨幅.png")
    answer = browser("case_officer").get(f"/certification/files/{file.id}/preview.png")
    assert answer.status_code == 422


def test_others_see_neither_file_nor_preview(world, kept, app, client, browser):
    file = kept(PDF, "台账.pdf")
    address = f"/certification/files/{file.id}/preview.png"
    assert client.get(address).status_code == 303
    assert browser("tester").get(address).status_code == 404


def test_the_preview_stands_where_the_files_are_listed_and_on_the_page_of_the_file(kept, browser):
    file = kept(PDF, "台账.pdf")
    officer = browser("case_officer")
    address = f"/certification/files/{file.id}/preview.png"
    listed = officer.get(f"/certification/reviews/{file.application_id}?tab=files").text
    assert f'loading="lazy" src="{address}"' in listed
    page = officer.get(f"/certification/files/{file.id}/rows").text
    assert f'src="{address}?page=1"' in page
    assert "<iframe" not in page + listed
