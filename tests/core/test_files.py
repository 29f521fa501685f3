"""What is kept as evidence: known by what the readers of its format accept, called by a clean name."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from core import files
from core.errors import Invalid
from core.opened import evidence
from core.readers import names
from core.words import say
from tests.core import hostile
from tests.support import papers
from tests.support.papers import PDF, docx, packed
from tests.support.pictures import chunk, png

pytestmark = pytest.mark.engines("types")

NO_TABLE = "file-is-not-what-it-says"
LISTED = b"PK\x01\x02\x14\x03\x14\x00"  # the list of members: the flags of a member come next


def zeros() -> bytes:
    """A ZIP of 70 KB that comes to 70 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.csv", bytes(70 * 1024 * 1024))
    return out.getvalue()


def locked_pdf() -> bytes:
    out, writer = io.BytesIO(), pypdf.PdfWriter(io.BytesIO(PDF))
    writer.encrypt("secret")
    writer.write(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 2)).save(out, kind)
    return out.getvalue()


PNG = b"\x89PNG\r\n\x1a\n"
# What a reader of the format opens is kept.
KEPT = {
    "plain.pdf": PDF,
    "byte_order_mark.pdf": b"\xef\xbb\xbf" + PDF,
    "line_break.pdf": b"\r\n" + PDF,
    "mail_header.pdf": b"x" * 1000 + PDF,
    "capitals.PDF": PDF,
    "a.png": picture("PNG"),
    "small.png": png(),
    "a.jpg": picture("JPEG"),
    "a.jpeg": picture("JPEG"),
    "filled.jpg": b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xff\xc0\x00\x11\x08\x00\x02\x00\x03" + b"\x00" * 9,
    "little.tif": picture("TIFF"),
    "big.tiff": papers.tiff(">"),
    "phone.heic": papers.heic(),
    "phone.heif": papers.heic(b"\x00\x00\x00\x01free" + b"\x00" * 7 + b"\x10", papers.META),
    "a.xlsx": hostile.plain(),
    "a.docx": docx(),
    "scan.docx": docx("", word__media__image1="x"),
    "old.doc": papers.doc(),
    "old.xls": papers.xls(),
    "older.xls": papers.xls(stream="Book"),
    "wps.et": papers.xls(),
    "invoice.ofd": papers.ofd(),
    "seal.ofd": papers.ofd("<ImageObject/>"),
    "bills.zip": packed(a=b"1", b__c=b"2", **{"d.docx": docx()}),
    "invoice.xml": '<?xml version="1.0"?><发票 xmlns="urn:x"><号码>1</号码></发票>'.encode(),
    "told.xml": b"<a b='1'/>",
    "gbk.xml": '<?xml version="1.0" encoding="GB2312"?><a>发票</a>'.encode("gb2312"),
    "utf8.csv": "日期,电量\n2025-01-01,5\n".encode(),
    "mark.csv": "日期,电量\n".encode("utf-8-sig"),
    "gbk.csv": "日期,电量\r\n".encode("gb18030"),
    "a.json": b'{"a": [1, 2]}',
    "mark.json": b"\xef\xbb\xbf[1]",
}

OTHER = "file-is-another-kind"
NOTHING = "file-holds-nothing"
LOCKED = "file-is-locked"
MACROS = "file-has-macros"
INSIDE = "file-archive-inside"

# What none would open is refused, with what must be said; what takes long to make is made by the test.
REFUSED = {
    "empty.pdf": (b"", "file-empty"),
    "late.pdf": (b"x" * 1100 + PDF, NO_TABLE),
    "head.pdf": (b"%PDF-1.7\n", NO_TABLE),
    "pageless.pdf": (papers.pdf(pages=0), NO_TABLE),
    "page.png": (PNG + b"<script>alert(1)</script>" * 9, NO_TABLE),
    "zeros.png": (PNG + b"\x00" * 32, NO_TABLE),
    "sizeless.png": (PNG + chunk(b"IHDR", bytes(13)), NO_TABLE),
    "cut.png": (PNG + b"\x00\x00\x00\x0dIHDR", NO_TABLE),
    "page.jpg": (b"\xff\xd8\xff<script>alert(1)</script>", NO_TABLE),
    "cut.jpg": (b"\xff\xd8\xff\xe0\x00", NO_TABLE),
    "endless.jpg": (b"\xff\xd8" + b"\xff\xe0\x00\x02" * 3000, NO_TABLE),
    "empty.tif": (b"II*\x00\xff\xff\xff\xff", NO_TABLE),
    "sizeless.tif": (papers.tiff(tags=(256,)), NO_TABLE),
    "film.heic": (b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00isom" + papers.META, NO_TABLE),
    "brand.heic": (papers.heic(b"\x00\x00\x00\x00mdat"), NO_TABLE),
    "really.pdf": (picture("PNG"), OTHER),
    "really.jpg": (picture("PNG"), OTHER),
    "really.png": (PDF, OTHER),
    "pdf.xlsx": (PDF, OTHER),
    "pdf.csv": (PDF, OTHER),
    "word.xlsx": (docx(), OTHER),
    "sheet.docx": (hostile.plain(), OTHER),
    "word.zip": (docx(), OTHER),
    "old.docx": (papers.doc(), OTHER),
    "new.doc": (docx(), OTHER),
    "sheet.doc": (papers.xls(), OTHER),
    "word.xls": (papers.doc(), OTHER),
    "word.et": (papers.doc(), OTHER),
    "mail.doc": (papers.compound({"__nameid": b"x"}), NO_TABLE),
    "mail.et": (papers.compound({"__nameid": b"x"}), NO_TABLE),
    "cut.xls": (papers.xls()[:900], NO_TABLE),
    "cut.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NO_TABLE),
    "vba.xls": (papers.xls(storages=("_VBA_PROJECT_CUR",)), MACROS),
    "vba.doc": (papers.doc(Macros=b"x"), MACROS),
    "four.xls": (papers.xls((0x85, bytes(5) + b"\x01"), (0x0203, b"")), MACROS),
    "locked.doc": (papers.doc(flags=0x0100), LOCKED),
    "locked.xls": (papers.xls((0x2F, b"")), LOCKED),
    "locked.docx": (papers.compound({"EncryptedPackage": b"x"}), LOCKED),
    "locked.pdf": (locked_pdf, LOCKED),
    "locked.zip": (packed(a=b"1").replace(LISTED + b"\x00", LISTED + b"\x01"), LOCKED),
    "hollow.docx": (docx(part="word/other.xml"), NO_TABLE),
    "macros.docx": (docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), MACROS),
    "macros.zip": (docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), MACROS),
    "bare.docx": (packed(word__document=b"<document/>"), OTHER),
    "text.docx": (b"words", NO_TABLE),
    "cut.docx": (docx()[:200], "file-unreadable"),
    "many.docx": (hostile.members, "file-too-many-parts"),
    "many.xlsx": (hostile.members, "file-too-many-parts"),
    "many.ofd": (lambda: hostile.members(3000), "file-too-many-parts"),
    "many.zip": (lambda: hostile.members(3000), "file-too-many-parts"),
    "bomb.zip": (lambda: hostile.blank(), OTHER),
    "zeros.zip": (zeros, "file-unpacks-too-large"),
    "nested.zip": (packed(**{"a.zip": packed(a=b"1")}), INSIDE),
    "disguised.zip": (packed(a=packed(a=b"1")), INSIDE),
    "named.zip": (packed(**{"a.rar": b"x"}), INSIDE),
    "rar.zip": (packed(a=b"Rar!\x1a\x07"), INSIDE),
    "entities.docx": (
        packed(**{"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'}),
        "file-declares-type",
    ),
    "zip.ofd": (packed(a=b"<OFD/>"), OTHER),
    "page.ofd": (packed(**{"OFD.xml": b"<html/>"}), NO_TABLE),
    "sound.csv": (b"a,b\n\x00\x01", NO_TABLE),
    "control.csv": (b"a\x1b[2J", NO_TABLE),
    "neither.csv": (b"a,\xff\xff\n", NO_TABLE),
    "words.json": (b"{a: 1}", NO_TABLE),
    "latin.json": (b'"\xe4"', NO_TABLE),
    "deep.json": (b"[" * 100_000, NO_TABLE),
    "open.xml": (b"<a><b></a>", NO_TABLE),
    "entities.xml": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><a>&b;</a>', "file-declares-type"),
    "deep.xml": (b"<a>" * 1000, "file-too-full"),
    "program.exe": (b"MZ", "file-type-forbidden"),
    "macros.xlsm": (hostile.plain(), "file-type-forbidden"),
    "nothing": (PDF, "file-type-forbidden"),
    # What is of its kind, with nothing in it.
    "blank.pdf": (papers.pdf(b""), NOTHING),
    "blank.docx": (docx("  "), NOTHING),
    "blank.xlsx": (lambda: hostile.workbook(lambda book, sheet: None), NOTHING),
    "blank.doc": (papers.doc(1), NOTHING),
    "blank.xls": (papers.xls((0x09, b"")), NOTHING),
    "blank.et": (papers.xls((0x09, b"")), NOTHING),
    "blank.ofd": (papers.ofd(" "), NOTHING),
    "blank.zip": (packed(a=b"", b__=b""), NOTHING),
    "blank.csv": (b",,\r\n,,\r\n", NOTHING),
    "blank.json": (b"{}", NOTHING),
    "blank.xml": (b"<a> <b/> </a>", NOTHING),
}  # fmt: skip


@pytest.fixture
def at_once(monkeypatch):
    """Without a child for every file of a table: what the child would do is done here."""
    monkeypatch.setattr("core.bounded.run", lambda function, *arguments: function(*arguments))


def test_what_a_reader_of_the_format_opens_is_kept(app, db, at_once):
    for name, content in KEPT.items():
        stored = files.store(io.BytesIO(content), name)
        assert Path(files.path_of(stored.digest)).read_bytes() == content, name
        assert stored.name == name


def refused(content: bytes, name: str) -> str:
    try:
        files.store(io.BytesIO(content), name)
    except Invalid as no:
        return no.slug
    return ""


@pytest.mark.parametrize("name", ["vba.xls", "blank.pdf", "nested.zip", "blank.docx"])
def test_each_reader_refuses_from_its_child(db, name):
    content, slug = REFUSED[name]
    assert refused(content, name) == slug


def test_what_none_opens_is_refused_and_leaves_nothing_behind(app, db, at_once):
    for name, (content, slug) in REFUSED.items():
        assert refused(content() if callable(content) else content, name) == slug, name
    left = [path for path in Path(app.config["FILE_DIR"]).rglob("*") if path.is_file()]
    assert [path for path in left if len(path.name) != 64] == []


def test_a_refusal_says_how_to_save_the_file(db, at_once):
    def said(content: bytes, name: str) -> str:
        with pytest.raises(Invalid) as no:
            files.store(io.BytesIO(content), name)
        return say(no.value)

    assert "另存为 et" in said(b"\xd0\xcf\x11\xe0", "旧.et")
    assert "另存为 pdf" in said(b"x", "旧.wps")
    assert "去掉密码" in said(papers.doc(flags=0x0100), "a.doc")
    assert "a.zip" in said(packed(**{"a.zip": packed(a=b"1")}), "b.zip")
    assert "没有能读的" in said(papers.pdf(b""), "a.pdf")
    assert "另存为 json" in said(b"{a: 1}", "a.json")
    assert "后缀改成 png" in said(picture("PNG"), "a.jpg")


def test_a_name_that_no_reader_stands_for_is_never_offered():
    assert set(evidence.MEDIA) == set(evidence.READERS)
    assert {name.rpartition(".")[2].lower() for name in KEPT} == set(evidence.NAMES)


def test_the_members_of_an_archive_are_listed_by_the_names_they_were_given(db):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.mkdir("电费")
        package.writestr("电费/一月.csv", b"a,1")
    spelt = "电费/一月.csv".encode("gb18030")
    windows = packed(**{"x" * len(spelt): b"a,1"}).replace(b"x" * len(spelt), spelt)
    for content in (out.getvalue(), windows):
        kept = files.store(io.BytesIO(content), "a.zip")
        assert files.members(kept.name, kept.digest) == [["电费/一月.csv", 3]]
    assert files.members("a.pdf", files.store(io.BytesIO(PDF), "a.pdf").digest) == []


def test_the_same_content_is_looked_through_once_for_each_kind(db, monkeypatch):
    asked = []
    monkeypatch.setattr("core.bounded.run", lambda _function, _path, kind: asked.append(kind))
    for name in ("a.csv", "b.csv", "c.json"):
        files.store(io.BytesIO(b"[1,2,3,4,5]"), name)
    assert asked == ["csv", "json"]


def test_what_a_file_is_served_as_follows_its_name_and_not_who_came_first(app, db):
    content = b"[1,2]"
    first, second = (files.store(io.BytesIO(content), name) for name in ("a.json", "b.csv"))
    assert first.digest == second.digest
    assert files.media_type(first.name) == "application/json"
    assert files.media_type(second.name) == "text/csv"
    assert files.media_type("an old name") == "application/octet-stream"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("表.pdf", "表.pdf"),
        ("../../etc/表.pdf", "表.pdf"),
        ("C:\\文件\\表.pdf", "表.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("fdp\u202efdp.exe", "fdpfdp.exe"),
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("a\ud800.pdf", "a.pdf"),
        ("  two   words .pdf ", "two words .pdf"),
        ("..", "file"),
        ("", "file"),
        ("a/", "file"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
        ("a." + "b" * 300, "b" * 150),
        (".pdf", "pdf"),
    ],
)
def test_a_file_is_called_by_a_name_that_deceives_and_breaks_nothing(sent, kept):
    assert names.file(sent) == kept
