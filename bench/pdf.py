"""What drawing a certificate costs beside WeasyPrint alone on the same page, styled the same; and what the
longest annex costs that an inventory can bring."""

import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure
from bench.house import house

ROUNDS = 9
ANNEX_ROWS = 1600


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as cast:
        certificate = _certificate(cast)
        from certification.certificate.document import render

        page = _page(certificate)
        ours, bare = _alternate(lambda: render(certificate), lambda: _bare(page))
        annex_s = _annex(certificate)
    yield Figure("pdf.render_ms", round(ours, 1), "ms", round(bare, 1))
    yield Figure("pdf.ratio_bare_weasyprint", round(ours / bare, 3), "ratio")
    yield Figure("pdf.annex_1600_rows_s", round(annex_s, 1), "s")
    yield Figure(
        "pdf.annex_rss_mb", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1), "MB"
    )


def _annex(certificate) -> float:
    """Seconds of processor for a certificate with an annex of so many rows."""
    from certification.certificate.document import html, pdf

    said = json.loads(certificate.statement)
    rows = said["annex"]["rows"]
    said["annex"]["rows"] = (rows * ANNEX_ROWS)[:ANNEX_ROWS]
    started = time.process_time()
    pdf(html(said, certificate.digest, certificate.signature, full=True))
    return time.process_time() - started


def _certificate(cast):
    """A real device, taken all the way from the application to its certificate."""
    from core.db import db
    from demo.products import real_devices
    from demo.road import Road

    application = Road(cast, next(real_devices())).to("certified")
    db.session.commit()
    from certification.certificate.models import Certificate

    return db.session.query(Certificate).filter_by(application_id=application.id).one()


def _page(certificate) -> str:
    """What `render` draws, written once and for all as one page with its style in it."""
    from certification.certificate.document import html
    from core.papers import rules

    style = rules("certificate")
    page = html(json.loads(certificate.statement), certificate.digest, certificate.signature)
    return page.replace("</head>", f"<style>{style}</style></head>")


def _bare(page: str) -> bytes:
    """The first example of WeasyPrint's own manual."""
    from weasyprint import HTML

    return HTML(string=page).write_pdf()


def _alternate(ours: Callable[[], bytes], bare: Callable[[], bytes]) -> tuple[float, float]:
    """The median of each in milliseconds, warm, taken in turns, so that a busy moment weighs on both."""
    times = {ours: [], bare: []}
    for number in range(ROUNDS + 1):
        for draw in (ours, bare):
            started = time.perf_counter()
            if not draw().startswith(b"%PDF-"):
                raise RuntimeError("what was drawn is no PDF")
            if number:
                times[draw].append((time.perf_counter() - started) * 1000)
    return statistics.median(times[ours]), statistics.median(times[bare])
