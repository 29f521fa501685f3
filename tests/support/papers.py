"""Small files of every kind that is taken as evidence, made here, and the same with nothing in them."""

import io
import struct
import zipfile

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD  # of the sectors of a compound file
SECTOR = 512
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
META = b"\x00\x00\x00\x0cmeta\x00\x00\x00\x00"  # of a HEIC: the box that describes the picture


def pdf(drawn: bytes = b"0 0 9 9 re f", pages: int = 1) -> bytes:
    """One page with a black square, or with what is `drawn`; two pages are the same page twice."""
    kids = b" ".join([b"3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end


PDF = pdf()


def packed(**members: bytes) -> bytes:
    """A ZIP; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def docx(text: str = "台账", kind: str = WORD, part: str = "word/document.xml", **more: str) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    body = f"<document><p><t>{text}</t></p></document>"
    return packed(
        **{"[Content_Types].xml": types.encode(), part: body.encode()}
        | {name: body.encode() for name, body in more.items()}
    )


def ofd(drawn: str = "<TextCode>发票</TextCode>") -> bytes:
    root = b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
    page = f"<Page><Content>{drawn}</Content></Page>".encode()
    return packed(**{"OFD.xml": root, "Doc_0__Pages__Page_0__Content.xml": page})


def heic(*boxes: bytes) -> bytes:
    """The brands of a phone, and a box that describes the picture, or the `boxes` given."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"".join(boxes or (META,))


def tiff(order: str = "<", tags: tuple[int, ...] = (256, 257)) -> bytes:
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}L", 8)
    entries = b"".join(struct.pack(f"{order}HHLL", tag, 3, 1, 2) for tag in tags)
    return head + struct.pack(f"{order}H", len(tags)) + entries + bytes(4)


# Compound files, [MS-CFB] version 3: a header, one sector of the FAT, the directory, the streams.


def compound(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """Every stream is filled up to 4096 bytes, below which it would lie in another stream."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    bodies = {name: body.ljust(-(-len(body) // SECTOR) * SECTOR, b"\0") for name, body in bodies.items()}
    entries = [_entry("Root Entry", 5, child=1)]
    names = [*bodies, *storages]
    width = -(-(len(names) + 1) // 4)  # sectors of the directory
    table, at, content = [FAT, *range(2, width + 1), END], 1 + width, b""
    for place, name in enumerate(names, start=1):
        after = place + 1 if place < len(names) else FREE
        if name in storages:
            entries.append(_entry(name, 1, right=after))
            continue
        sectors = len(bodies[name]) // SECTOR
        entries.append(_entry(name, 2, right=after, start=at, size=len(bodies[name])))
        table += [*range(at + 1, at + sectors), END]
        at, content = at + sectors, content + bodies[name]
    entries += [_entry("", 0)] * (width * 4 - len(entries))
    fat = struct.pack(f"<{len(table)}L", *table).ljust(SECTOR, b"\xff")
    return _head() + fat + b"".join(entries) + content


def _head() -> bytes:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    shape = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return (magic + shape + counts + struct.pack("<L", 0)).ljust(SECTOR, b"\xff")


def _entry(
    name: str, kind: int, right: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0" if name else b""
    links = struct.pack("<BBLLL", kind, 1, FREE, right, child)
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<H", len(spelt))
        + links
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )


def doc(letters: int = 5, flags: int = 0, **more: bytes) -> bytes:
    """A Word document of so many letters, the mark of its last paragraph among them."""
    head = bytearray(4096)
    struct.pack_into("<H", head, 0x0A, flags)
    struct.pack_into("<l", head, 0x4C, letters)
    return compound({"WordDocument": bytes(head), **more})


def xls(*records: tuple[int, bytes], storages: tuple[str, ...] = (), stream: str = "Workbook") -> bytes:
    """A workbook with one number in it, or with the records given."""
    cell = (0x0203, struct.pack("<HHHd", 0, 0, 0, 1.0))
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records or (cell,))
    return compound({stream: body}, storages)
