"""Purchases that were recorded while a certificate alone was enough to count."""

import orjson
import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay

pytestmark = pytest.mark.engines("sql")


def test_a_purchase_recorded_before_counts_by_its_kept_answer(fresh):
    answers = {
        1: ("buyable", "X-1", answered("buyable")),
        2: ("not-buyable", "X-2", answered("not-buyable")),
        3: ("not-required", "X-3", answered("not-required")),
        4: ("not-required", "X-4", answered("not-required", category="part-of-other-goods")),
        5: ("not-required", "", answered("not-required", model="unknown")),
        6: ("not-required", "X-6", answered("not-required", model="not-met")),
        7: ("not-required", "X-7", answered("not-required", maker="not-met")),
    }
    with fresh("purchases", "0097") as engine:
        lay(engine, "organisation", id=1, kind="purchasing_unit", uscc="91000000000000772Q", name="某局",
            name_en="", short_name="", address="", telephone="", website="", parent_uscc="", region="",
            created_at="2026-01-01 00:00:00")  # fmt: skip
        for key, (overall, number, answer) in answers.items():
            lay(engine, "purchase", id=key, version=1, organisation_id=1, unit="一处", reference=f"HT-{key}",
                bought_on="2026-05-01", category="", product="砖", number=number, model="", maker="",
                spend="8", overall=overall, certified=True, answer=answer, asked_at="2026-05-01 00:00:00",
                author="某人", created_at="2026-05-01 00:00:00")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT left_out, answer FROM purchase ORDER BY id")).all()
    assert [row[0] for row in rows] == [
        "", "not-buyable", "", "part-of-other-goods", "no-certificate", "not-certified", "not-certified",
    ]  # fmt: skip
    assert [row[1] for row in rows] == [answer for _overall, _number, answer in answers.values()]


def answered(
    overall: str, category: str = "not-required", model: str = "met", maker: str = "not-asked"
) -> str:
    found = {"in-force": "met", "model": model, "maker": maker, "body": "met", "standard": "met"}
    findings = [{"subject": "category", "answer": "not-met", "ground": category}]
    findings += [{"subject": each, "answer": answer, "ground": "x"} for each, answer in found.items()]
    return orjson.dumps({"overall": overall, "findings": findings}).decode()
