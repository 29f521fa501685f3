"""What is kept as evidence: known by what the readers of its format accept, called by a clean name."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from core import files
from core.errors import Invalid
from core.readers import names
from core.words import say
from tests.core import hostile
from tests.support.pictures import chunk, png

pytestmark = pytest.mark.engines("types")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NO_TABLE = "file-is-not-what-it-says"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 2)).save(out, kind)
    return out.getvalue()


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def document(kind: str = WORD, part: str = "word/document.xml") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return packed(**{"[Content_Types].xml": types.encode(), part: b"<document/>"})


PNG = b"\x89PNG\r\n\x1a\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 16
OFD = packed(**{"OFD.xml": b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'})

# What a reader of the format opens is kept.
KEPT = {
    "plain.pdf": b"%PDF-1.7\n",
    "byte_order_mark.pdf": b"\xef\xbb\xbf%PDF-1.4\n",
    "line_break.pdf": b"\r\n%PDF-1.4\n",
    "mail_header.pdf": b"x" * 1000 + b"%PDF-1.4",
    "capitals.PDF": b"%PDF-1.7\n",
    "a.png": picture("PNG"),
    "small.png": png(),
    "a.jpg": picture("JPEG"),
    "a.jpeg": picture("JPEG"),
    "filled.jpg": b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xff\xc0\x00\x11\x08\x00\x02\x00\x03" + b"\x00" * 9,
    "little.tif": picture("TIFF"),
    "big.tiff": b"MM\x00*\x00\x00\x00\x08" + b"\x00" * 8,
    "phone.heic": HEIC,
    "a.xlsx": hostile.plain(),
    "a.docx": document(),
    "invoice.ofd": OFD,
    "invoice.xml": '<?xml version="1.0"?><发票 xmlns="urn:x"><号码>1</号码></发票>'.encode(),
    "gbk.xml": '<?xml version="1.0" encoding="GB2312"?><a>发票</a>'.encode("gb2312"),
    "utf8.csv": "日期,电量\n2025-01-01,5\n".encode(),
    "mark.csv": "日期,电量\n".encode("utf-8-sig"),
    "gbk.csv": "日期,电量\r\n".encode("gb18030"),
    "a.json": b'{"a": [1, 2]}',
    "mark.json": b"\xef\xbb\xbf[]",
}

# What none would open is refused, with what must be said; what takes long to make is made by the test.
REFUSED = {
    "empty.pdf": (b"", "file-empty"),
    "late.pdf": (b"x" * 1100 + b"%PDF-1.4", NO_TABLE),
    "page.png": (PNG + b"<script>alert(1)</script>" * 9, NO_TABLE),
    "zeros.png": (PNG + b"\x00" * 32, NO_TABLE),
    "sizeless.png": (PNG + chunk(b"IHDR", bytes(13)), NO_TABLE),
    "cut.png": (PNG + b"\x00\x00\x00\x0dIHDR", NO_TABLE),
    "page.jpg": (b"\xff\xd8\xff<script>alert(1)</script>", NO_TABLE),
    "cut.jpg": (b"\xff\xd8\xff\xe0\x00", NO_TABLE),
    "endless.jpg": (b"\xff\xd8" + b"\xff\xe0\x00\x02" * 3000, NO_TABLE),
    "empty.tif": (b"II*\x00\xff\xff\xff\xff", NO_TABLE),
    "film.heic": (b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00isom", NO_TABLE),
    "really.pdf": (picture("PNG"), "file-is-another-kind"),
    "really.jpg": (picture("PNG"), "file-is-another-kind"),
    "really.png": (b"%PDF-1.7\n", "file-is-another-kind"),
    "pdf.xlsx": (b"%PDF-1.7\n", NO_TABLE),
    "word.xlsx": (document(), NO_TABLE),
    "sheet.docx": (hostile.plain(), NO_TABLE),
    "hollow.docx": (document(part="word/other.xml"), NO_TABLE),
    "macros.docx": (document("application/vnd.ms-word.document.macroEnabled.main+xml"), "file-has-macros"),
    "bare.docx": (packed(word__document=b"<document/>"), NO_TABLE),
    "many.docx": (hostile.members, "file-too-many-parts"),
    "many.xlsx": (hostile.members, "file-too-many-parts"),
    "many.ofd": (lambda: hostile.members(3000), "file-too-many-parts"),
    "entities.docx": (
        packed(**{"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'}),
        "file-declares-type",
    ),
    "zip.ofd": (packed(a=b"<OFD/>"), NO_TABLE),
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
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-type-forbidden"),
    "nothing": (b"%PDF-1.7\n", "file-type-forbidden"),
}  # fmt: skip


# issue 7, kind 5
def test_what_a_reader_of_the_format_opens_is_kept(app, db):
    for name, content in KEPT.items():
        stored = files.store(io.BytesIO(content), name)
        assert Path(files.path_of(stored.digest)).read_bytes() == content, name
        assert stored.name == name


# issue 7, kind 5
def test_what_none_opens_is_refused_and_leaves_nothing_behind(app, db):
    for name, (content, slug) in REFUSED.items():
        with pytest.raises(Invalid) as no:
            files.store(io.BytesIO(content() if callable(content) else content), name)
        assert no.value.slug == slug, name
    left = [path for path in Path(app.config["FILE_DIR"]).rglob("*") if path.is_file()]
    assert [path for path in left if len(path.name) != 64] == []


def test_a_refusal_says_how_to_save_the_file(db):
    def said(content: bytes, name: str) -> str:
        with pytest.raises(Invalid) as no:
            files.store(io.BytesIO(content), name)
        return say(no.value)

    assert "另存为 docx 或 xlsx" in said(b"\xd0\xcf\x11\xe0", "旧.et")
    assert "另存为 json" in said(b"{a: 1}", "a.json")
    assert "后缀改成 png" in said(picture("PNG"), "a.jpg")


# issue 7, kind 18
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
