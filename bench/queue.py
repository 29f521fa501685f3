"""A page of the queue when a body has 3,000 open cases, beside the same page when it has 30.

Three cases are walked by their people into three states; the rest are copies of their rows, spread over
clients, regions, due days and people in charge.
"""

import statistics
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from flask import current_app
from sqlalchemy import Table, insert, select

import certification.models  # noqa: F401  # the tables know each other by name: all, before any is asked
from bench.figure import Figure
from bench.house import house

FEW, MANY = 30, 3000
TIMES = 20
STATES = ("submitted", "evaluating", "in_review")
PAGES = ("", "?view=open", "?view=open&due=late&sort=state", "?q=2026")
READERS = ("application_reviewer", "case_officer", "lead_verifier")
REGIONS = ("320100", "320200", "320300", "320500", "330000")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as cast:
        yield from measured(cast, FEW, MANY)


def measured(cast, few: int, many: int) -> Iterator[Figure]:
    cases = [_walked(cast, state) for state in STATES]
    _copy(cast, cases, few - len(cases))
    short, short_case = _times(cast, cases[0])
    _copy(cast, cases, many - few)
    long, long_case = _times(cast, cases[0])
    median = statistics.median
    yield Figure("queue.page_ratio_3000_to_30", round(median(long) / median(short), 2), "ratio")
    yield Figure("queue.page_p95_ms_3000", round(statistics.quantiles(long, n=20)[-1], 1), "ms")
    yield Figure("queue.case_ratio_3000_to_30", round(median(long_case) / median(short_case), 2), "ratio")


def _walked(cast, state: str):
    from demo import products
    from demo.road import Road

    product = next(product for product in products.invented(500, seed=STATES.index(state)) if product.client)
    return Road(cast, product).to(state)


def _copy(cast, cases, many: int) -> None:
    """So many more cases, each a copy of one of `cases` with what the list looks at."""
    from certification.application.models import Application, Responsibility
    from certification.clocks.models import Clock
    from certification.evaluation.models import EvaluationPlan, TeamMember
    from certification.laboratory.models import PlannedLaboratory
    from core.clock import now
    from core.db import db

    firms = [firm.id for firm in cast.organisations.values() if firm.kind == "manufacturer"]
    kept = [_row(Application.__table__, "id", case.id) for case in cases]
    first, rows = db.session.query(Application).count() + 1, []
    for place in range(many):
        row = kept[place % len(kept)]
        rows.append(
            row
            | {
                "number": f"LC-2026-{first + place:06}",
                "applicant_id": firms[place % len(firms)],
                "factory": row["factory"] | {"region": REGIONS[place % len(REGIONS)]},
            }
        )
    ids = _insert(Application.__table__, rows)
    _beside(Clock.__table__, cases, ids)
    plans = _beside(EvaluationPlan.__table__, cases, ids)
    for table in (TeamMember.__table__, PlannedLaboratory.__table__):
        _insert(table, [row | {"plan_id": new} for old, new in plans for row in _rows(table, "plan_id", old)])
    officer, every = cast.holder("cb", "case_officer"), Responsibility.__table__
    charge = {
        "organisation_id": officer.organisation_id,
        "user_id": officer.id,
        "assigned_by": "",
        "reason": "",
    }
    _insert(every, [charge | {"application_id": new, "since": now()} for new in ids if new % 3])
    db.session.commit()


def _beside(table: Table, cases, ids: list[int]) -> list[tuple[int, int]]:
    """Copy what lies beside a case for each of its copies; (the old id, the new id) of each."""
    rows, former = [], []
    for place, new in enumerate(ids):
        old = cases[place % len(cases)].id
        for row in _rows(table, "application_id", old):
            former.append(row.pop("id"))
            rows.append(row | {"application_id": new})
            if "subject_id" in row:  # a clock, whose day is moved as well
                due = row["due"] and row["due"] + timedelta(days=place % 60 - 20)
                rows[-1] |= {"subject_id": new, "due": due}
    return list(zip(former, _insert(table, rows), strict=True))


def _rows(table: Table, column: str, number: int) -> list[dict]:
    from core.db import db

    found = db.session.execute(select(table).where(table.c[column] == number)).all()
    return [row._asdict() for row in found]


def _row(table: Table, column: str, number: int) -> dict:
    return _rows(table, column, number)[0]


def _insert(table: Table, rows: list[dict]) -> list[int]:
    from core.db import db

    bare = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(query, bare)) if bare else []


def _times(cast, case) -> tuple[list[float], list[float]]:
    """Milliseconds of each page of the list, and of one case, for each reader in turn."""
    lists, cases = [], []
    for role in READERS:
        _open_to(case, cast.holder("cb", role))
        browser = _signed_in(cast.people[_mail(cast, role)])
        for place in range(TIMES + 1):
            for page in PAGES:
                taken = _ms(browser, "/certification/reviews/" + page)
                lists += [taken] if place else []  # the first fills what is kept
            taken = _ms(browser, f"/certification/reviews/{case.id}")
            cases += [taken] if place else []
    return lists, cases


def _open_to(case, actor) -> None:
    """Who may have to declare before the files of a case are opened has done so."""
    from certification.impartiality.operations import declare
    from certification.workflow.impartiality import has_declared
    from core.db import db

    if not has_declared(case, actor.id):
        declare(case, actor, free=True)
        db.session.commit()


def _mail(cast, role: str) -> str:
    actor = cast.holder("cb", role)
    return next(mail for mail, user in cast.people.items() if user.id == actor.id)


def _signed_in(user):
    from accounts.operations import begin_session
    from core.db import db

    begin_session(user)
    db.session.commit()
    browser = current_app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    return browser


def _ms(browser, address: str) -> float:
    started = perf_counter()
    answer = browser.get(address)
    taken = (perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return taken
