"""A bid of 5,000 lines judged, beside the bare look-ups by index that its answers rest on; and asked by API.

Nine lines of ten are exactly what a certificate says, one of twenty comes near, one of twenty nobody knows;
each is of a certificate of its own, really signed.  The first asking is told apart: a bid is asked of a
house that runs.  The look-ups are three for a line: a certificate by its number, its acts, its models.
"""

import json
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random

from bench import editions
from bench.figure import Figure
from bench.house import house
from bench.server import OURS, serving, wait_for

LINES = 5000
TIMES = 3
CALLERS = 2  # of the API at once, as many as there are cores
LAW = "category_edition,category_code,category_name,scheme_code,treatment,basis,mode,demo,valid_from,valid_to"


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with house(data) as cast:
            secret, questions, day = fill(cast)
            ours, bare = _alternate(questions)
            parts = _profile(questions)
        yield Figure("bid.ratio_bare_lookups", round(ours / bare, 2), "times", None)
        yield Figure("bid.judge_5k", round(ours, 3), "s", round(bare, 3))
        yield from (Figure(f"bid.{name}_5k", round(value, 3), "s") for name, value in parts.items())
        cold, a_second = _asked(data, secret, questions, day)
        yield Figure("bid.first_call_5k", round(cold, 2), "s")
        yield Figure("bid.lines_per_s_api", round(a_second), "lines/s")
    yield from editions.figures()


def fill(cast: "Cast") -> tuple[str, list, "date"]:  # noqa: F821
    """5,000 certificates like one that was really issued; the secret of a program, and what is asked."""
    from accounts import operations as accounts
    from accounts.actor import SYSTEM
    from core import clock
    from core.db import db
    from demo import products
    from demo.road import Road
    from procurement.policy import operations

    with clock.travel(clock.today() - timedelta(days=30)):
        road = Road(cast, next(products.invented(1, seed=27)))
        road.to("certified")
    certificate = _first(road.application.id)
    row = f"2022,A07010327,瓷质砖,{certificate.scheme.code},priority,演示数据：测试,category,1,2020-01-01,"
    operations.load_policy(SYSTEM, [LAW, row])
    numbers = _copies(certificate)
    secret = accounts.create_token(cast.holder("buyer", "procurement_officer"), "核对")[1]
    db.session.commit()
    maker = json.loads(certificate.statement)["manufacturer"]["name"]
    return secret, _questions(numbers, certificate.models[0].code, maker, clock.today()), clock.today()


def _first(application_id: int) -> "Certificate":  # noqa: F821
    from certification.certificate.models import Certificate
    from core.db import db

    return db.session.query(Certificate).filter_by(application_id=application_id).one()


def _copies(of: "Certificate") -> list[str]:  # noqa: F821
    """Of what was issued once, 5,000 of their own number, each signed by its body."""
    from sqlalchemy import insert

    from certification.application.models import Application
    from certification.certificate import statement
    from certification.certificate.models import Certificate, CertificateModel
    from certification.certificate.operations import signing
    from core.db import db

    said, numbers = json.loads(of.statement), []
    cases, certificates, models = [], [], []
    for place in range(1, LINES + 1):
        number, own = f"{of.number[:-5]}{50000 + place}", 100_000 + place
        told = said | {"number": number, "code": f"B{place:011d}"}
        cases.append(_like(of.application) | {"id": own, "number": f"B-{place}"})
        certificates.append(
            _like(of)
            | {"id": own, "application_id": own, "number": number, "code": told["code"]}
            | {"statement": statement.canonical(told).decode(), "digest": statement.digest(told)}
            | {"signature": signing.sign(said["body"]["uscc"], statement.signed_bytes(told))}
        )
        models += [{"certificate_id": own, **_own(each)} for each in of.models]
        numbers.append(number)
    for table, rows in ((Application, cases), (Certificate, certificates), (CertificateModel, models)):
        db.session.execute(insert(table.__table__), rows)
    return numbers


def _like(row: object) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _own(model: object) -> dict[str, object]:
    return {name: value for name, value in _like(model).items() if name not in ("id", "certificate_id")}


def _questions(numbers: list[str], model: str, maker: str, day: "date") -> list:  # noqa: F821
    from procurement.verdict.dated import Question

    chance, found = Random(12), []
    for place, number in enumerate(numbers):
        kind = chance.random()
        if kind < 0.9:
            found.append(Question(number, model, day, maker))
        elif kind < 0.95:
            found.append(Question(number, f"{model[:-1]}{'O' if place % 2 else 'X'}", day, maker))
        else:
            found.append(Question(f"{number[:-1]}X", model, day, maker))
    return found


def _alternate(questions: list) -> tuple[float, float]:
    """The middle of several times each, in turn; the first of each is not counted."""
    from procurement.verdict import queries

    ours, bare = [], []
    for _time in range(TIMES + 1):
        ours.append(_seconds(lambda: queries.verdicts(questions)))
        bare.append(_seconds(lambda: _looked_up(questions)))
    return statistics.median(ours[1:]), statistics.median(bare[1:])


def _looked_up(questions: list) -> None:
    """What an answer rests on, line by line, by the index it lies under; nothing is judged."""
    from sqlalchemy import bindparam, select

    from certification.certificate.models import Certificate, CertificateModel, StatusAct
    from core.db import db

    certificate, acts, models = (each.__table__ for each in (Certificate, StatusAct, CertificateModel))
    number, own = bindparam("number"), bindparam("own")
    first = select(certificate).where(certificate.c.number == number)
    others = [select(each).where(each.c.certificate_id == own) for each in (acts, models)]
    connection = db.session.connection()
    for question in questions:
        row = connection.execute(first, {"number": question.number}).first()
        for query in others if row else ():
            connection.execute(query, {"own": row.id}).all()


def _profile(questions: list) -> dict[str, float]:
    """Of the seconds: to read the facts, and to judge them."""
    from procurement.verdict import queries

    known = queries.known(questions)
    return {
        "facts": _seconds(lambda: queries.known(questions)),
        "judging": _seconds(lambda: queries.judged(known)),
    }


def _seconds(work) -> float:
    from core.db import db

    db.session.expire_all()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _asked(data: Path, secret: str, questions: list, day: "date") -> tuple[float, float]:  # noqa: F821
    """Seconds of the first call to a server that has just begun, which looks at every signature; then lines a
    second, asked by several programs at once."""
    items = [{"number": each.number, "model": each.model, "maker": each.maker} for each in questions]
    body = json.dumps({"on": day.isoformat(), "items": items}).encode()
    with serving(OURS, data) as (address, _process):
        wait_for(f"{address}/healthz")

        def ask(_call: int) -> None:
            headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
            call = urllib.request.Request(f"{address}/api/v1/verifications", body, headers)
            with urllib.request.urlopen(call, timeout=120) as answer:
                assert len(json.load(answer)["items"]) == LINES

        started = time.perf_counter()
        ask(0)
        cold = time.perf_counter() - started
        with ThreadPoolExecutor(CALLERS) as callers:
            list(callers.map(ask, range(CALLERS)))
            started = time.perf_counter()
            list(callers.map(ask, range(CALLERS * TIMES)))
            return cold, LINES * CALLERS * TIMES / (time.perf_counter() - started)
