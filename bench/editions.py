"""An edition of 100,000 products: drawn up by rule, published, and taken away as XLSX, CSV and JSON.

Each product has a certificate of its own, really signed, and stands in the catalogue.  The work is done by a
process of its own, so that its peak is not that of whoever laid the data.
"""

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.figure import Figure
from bench.house import house
from bench.server import ROOT, environment

PRODUCTS = int(os.environ.get("EDITION_PRODUCTS", "100000"))  # fewer, to try it out
BATCH = 5_000
NUMBER = "2026-1"
KINDS = ("xlsx", "csv", "json")
LAW = "category_edition,category_code,category_name,scheme_code,treatment,basis,mode,demo,valid_from,valid_to"


def figures(products: int = PRODUCTS) -> Iterator[Figure]:
    """`edition.compile_s_100k` is drawing up and the three files; publishing stands beside it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with house(data) as cast:
            fill(cast, products)
        command = [sys.executable, "-m", "bench.editions"]
        ran = subprocess.run(command, cwd=ROOT, env=environment(data, 0), check=True, capture_output=True)
        found = json.loads(ran.stdout.splitlines()[-1])
    assert found.pop("lines") >= products
    peak, named = found.pop("peak_rss_mb"), f"{products // 1000}k"
    whole = sum(value for name, value in found.items() if name != "publish_s")
    yield Figure(f"edition.compile_s_{named}", round(whole, 2), "s")
    yield from (Figure(f"edition.{name}_{named}", round(value, 2), "s") for name, value in found.items())
    yield Figure("edition.peak_rss_mb", peak, "MB")


def fill(cast: "Cast", products: int) -> None:  # noqa: F821
    """So many products like one that was really certified, and a policy that opens the list to them."""
    from accounts.actor import SYSTEM
    from core import clock
    from core.db import db
    from demo import products as invented
    from demo.road import Road
    from procurement.policy import operations

    with clock.travel(clock.today() - timedelta(days=60)):
        road = Road(cast, next(invented.invented(1, seed=27)))
        road.to("certified")
    certificate = _first(road.application.id)
    row = f"2022,A07010327,瓷质砖,{certificate.scheme.code},priority,演示数据：测试,list,1,2020-01-01,"
    operations.load_policy(SYSTEM, [LAW, row])
    db.session.commit()
    for start in range(0, products, BATCH):
        copy(certificate.id, range(start, min(start + BATCH, products)))
        db.session.commit()


def _first(application_id: int) -> "Certificate":  # noqa: F821
    from certification.certificate.models import Certificate
    from core.db import db

    return db.session.query(Certificate).filter_by(application_id=application_id).one()


def copy(certificate_id: int, places: range) -> None:
    """Of what was issued once, one for each place: its case, its certificate, its models, its entry."""
    from sqlalchemy import insert

    from catalog.models import Entry
    from certification.application.models import Application
    from certification.certificate import statement
    from certification.certificate.models import Certificate, CertificateModel
    from certification.certificate.operations import signing
    from core.db import db

    of = db.session.get_one(Certificate, certificate_id)
    listed = db.session.query(Entry).filter_by(certificate_id=of.id).one()
    said, uscc = json.loads(of.statement), json.loads(of.statement)["body"]["uscc"]
    rows: dict[type, list[dict[str, object]]] = {}
    for place in places:
        number, own = f"{of.number[:-5]}{place + 100_000:06d}", place + 1_000_000
        told = said | {"number": number, "code": f"B{place:011d}"}
        spelt = statement.canonical(told).decode()
        signature = signing.sign(uscc, statement.signed_bytes(told))
        sealed = {"digest": statement.digest(told), "signature": signature}
        ids = {"id": own, "application_id": own, "number": number, "code": told["code"]}
        _add(rows, Application, _like(of.application) | {"id": own, "number": f"B-{place}"})
        _add(rows, Certificate, _like(of) | ids | {"statement": spelt} | sealed)
        for model in of.models:
            _add(rows, CertificateModel, _like(model) | {"certificate_id": own})
        names = {"id": own, "certificate_id": own, "number": number, "position": own}
        _add(rows, Entry, _like(listed) | names)
    for table, values in rows.items():
        without = [{name: value for name, value in each.items() if name != "id"} for each in values]
        db.session.execute(insert(table.__table__), without if table is CertificateModel else values)


def _add(rows: dict[type, list], table: type, row: dict[str, object]) -> None:
    rows.setdefault(table, []).append(row)


def _like(row: object) -> dict[str, object]:
    return {column.name: getattr(row, key) for key, column in type(row).__mapper__.columns.items()}


# In the process that is measured


def run() -> dict[str, float]:
    from app import create_app

    app = create_app()
    app.config["NOTICE_WORKING_DAYS"] = 0
    gc.collect()
    gc.freeze()  # as the server does before it answers, see script/lib/web.py
    with app.app_context():
        return measured(app)


def measured(app: "Flask") -> dict[str, float]:  # noqa: F821
    from core import clock, lifecycle
    from core.db import db
    from demo.cast import engage
    from demo.lists import APPROVERS
    from procurement import operations, queries

    cast, found, day = engage(), {}, clock.today() - timedelta(days=2)
    editor, others = cast.holder("reg", "list_editor"), [cast.actor(other) for other in APPROVERS]

    def draw_up() -> None:
        with clock.travel(day):
            operations.draft_edition(editor, NUMBER, "第 2026-1 期", day, day)
            db.session.commit()

    found["draw_up_s"] = seconds(draw_up)
    with clock.travel(day):
        lifecycle.take(_edition(), "open_notice", editor, notice_from=day, notice_to=day)
        db.session.commit()
    _approve(others)
    found["publish_s"] = seconds(lambda: _publish(editor))
    for kind in KINDS:
        found[f"{kind}_s"] = seconds(lambda kind=kind: _take_away(app, kind))
    found["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    found["lines"] = queries.line_counts([_edition()])[_edition().id]
    return found


def _edition() -> "Edition":  # noqa: F821
    from core.db import db
    from procurement.models import Edition

    return db.session.query(Edition).filter_by(number=NUMBER).one()


def _approve(others: list["Actor"]) -> None:  # noqa: F821
    from core import lifecycle
    from core.db import db

    for other in others:
        lifecycle.take(_edition(), "approve", other)
    db.session.commit()


def _publish(editor: "Actor") -> None:  # noqa: F821
    from core import lifecycle
    from core.db import db

    lifecycle.take(_edition(), "publish", editor, document_number="演示〔2026〕1号")
    db.session.commit()


def _take_away(app: "Flask", kind: str) -> None:  # noqa: F821
    """As a reader takes it: piece by piece, and let go."""
    answer = app.test_client().get(f"/procurement/lists/{NUMBER}.{kind}", buffered=False)
    assert answer.status_code == 200, answer.status
    for _piece in answer.response:
        pass
    answer.close()


def seconds(work) -> float:
    from core.db import db

    db.session.remove()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(run()))
