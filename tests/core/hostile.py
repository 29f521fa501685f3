"""Files that somebody could send to make a reader work for nothing, made small and in a moment."""

import io
import zipfile

import xlsxwriter

SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(fill) -> bytes:
    """A workbook whose first sheet `fill(book, sheet)` writes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book, book.add_worksheet("活动数据"))
    book.close()
    return file.getvalue()


def with_part(content: bytes, name: str, pieces) -> bytes:
    """The same package with one part replaced, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        with new.open(name, "w") as part:
            for piece in pieces:
                part.write(piece)
    return out.getvalue()


def plain() -> bytes:
    return workbook(lambda book, sheet: sheet.write_string(0, 0, "x"))


def repeated(name: str, head: bytes, piece: bytes, times: int, tail: bytes) -> bytes:
    """A plain workbook with a part that says `piece` again and again."""
    return with_part(plain(), name, [head, *[piece * 1000] * (times // 1000), tail])


def strings() -> bytes:
    """2.9 million shared texts in some 120 KB: 20 seconds of processor for a reader that builds them all."""
    return repeated("xl/sharedStrings.xml", SST, b"<si><t>a</t></si>", 2_900_000, b"</sst>")


def cells() -> bytes:
    head = b"<worksheet><sheetData><row>"
    return repeated(
        "xl/worksheets/sheet1.xml", head, b"<c><v>1</v></c>", 2_000_000, b"</row></sheetData></worksheet>"
    )


def rows() -> bytes:
    tail = b"</sheetData></worksheet>"
    return repeated("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>", b"<row/>", 3_000_000, tail)


def merged() -> bytes:
    tail = b"</mergeCells></worksheet>"
    piece = b'<mergeCell ref="A1:B2"/>'
    return repeated("xl/worksheets/sheet1.xml", b"<worksheet><mergeCells>", piece, 500_000, tail)


def styles() -> bytes:
    tail = b"</cellXfs></styleSheet>"
    return repeated("xl/styles.xml", b"<styleSheet><cellXfs>", b'<xf numFmtId="14"/>', 1_000_000, tail)


def deep() -> bytes:
    return with_part(plain(), "xl/sharedStrings.xml", [b"<a>" * 100_000])


def wide_as_a_tag() -> bytes:
    """One element that never ends."""
    return with_part(plain(), "xl/sharedStrings.xml", [b"<sst ", *[b'a="' + b"x" * 1_000_000] * 50])


def blank() -> bytes:
    head = b"<worksheet>" + b" " * 1_000_000
    return with_part(plain(), "xl/worksheets/sheet1.xml", [head, *[b" " * 1_000_000] * 62])


def entities() -> bytes:
    """A billion laughs: each entity is ten of the one before."""
    steps = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    text = f'<!DOCTYPE a [<!ENTITY e0 "ha">{"".join(steps)}]><sst><si><t>&e11;</t></si></sst>'
    return with_part(plain(), "xl/sharedStrings.xml", [b" " * 5000, text.encode()])


def outside() -> bytes:
    """A text that is to be fetched from the machine it is read on."""
    text = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'
    return with_part(plain(), "xl/sharedStrings.xml", [text])


def members(count: int = 60_000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(count):
            package.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return out.getvalue()


def truncated() -> bytes:
    return plain()[:-40]


def damaged() -> bytes:
    content = bytearray(plain())
    content[200:260] = bytes(60)
    return bytes(content)
