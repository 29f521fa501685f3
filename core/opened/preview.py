"""How a file is looked at without being handed out: one page of it as a picture that we draw ourselves.

Nothing of what was sent reaches a browser but its looks.  Both functions are for a bounded child.
"""

from base64 import b64encode
from io import BytesIO

from core.errors import Invalid

KINDS = ("pdf", "png", "jpg", "tif")
EDGE = 1400  # pixels of the longer side
MOST_PIXELS = 80_000_000  # of a picture that is opened; what is larger is only handed out


def count_pages(path: str, kind: str) -> int:
    if kind != "pdf":
        return 1
    import pypdfium2

    with open(path, "rb") as file:
        return len(pypdfium2.PdfDocument(file))


def draw_page(path: str, kind: str, number: int) -> str:
    """A PNG of this page, in base64; the first page is 1.  Invalid where there is none."""
    if not 1 <= number <= count_pages(path, kind):
        raise Invalid("argument-not-offered", name="page", value=number)
    out = BytesIO()
    (_page(path, number) if kind == "pdf" else _picture(path)).save(out, "PNG")
    return b64encode(out.getvalue()).decode()


def _page(path: str, number: int):  # type: ignore[no-untyped-def]  # of PIL, which only the child loads
    import pypdfium2

    with open(path, "rb") as file:
        page = pypdfium2.PdfDocument(file)[number - 1]
        return page.render(scale=min(2, EDGE / max(*page.get_size(), 1))).to_pil().convert("RGB")


def _picture(path: str):  # type: ignore[no-untyped-def]  # as above
    from PIL import Image, ImageOps

    with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Invalid("file-too-much-work")
        picture.thumbnail((EDGE, EDGE))
        return ImageOps.exif_transpose(picture).convert("RGB")
