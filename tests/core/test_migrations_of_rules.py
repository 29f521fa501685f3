"""What a rule of earlier knew by heart is said by its document after the migrations, and can go back."""

import hashlib
import json

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay, lay_whole

pytestmark = pytest.mark.engines("sql")


def test_the_forms_that_the_house_had_for_a_kind_of_file_are_said_by_its_scheme_and_go_back(fresh):
    kinds = [
        {"slug": slug, "names": {"zh": slug, "en": slug}}
        for slug in ("energy_records", "mill", "process_flow")
    ]
    told = {
        "lines": [{"at": {"word": "file.business_licence"}, "text": "换"}, {"at": {"word": "file.other"}}]
    }
    with fresh("kinds", "0046") as engine:
        lay(engine, "scheme_version", id=1, document=json.dumps({"documents": kinds}), digest="x", code="a",
            version="1", family="low_carbon", category="a", name="a", name_en="a", category_name="a",
            category_name_en="a", is_tested=False, effective_from="2026-01-01")  # fmt: skip
        lay_whole(engine, "user", id=1, language="zh")
        lay(engine, "notice", id=1, user_id=1, kind="x", group="task", subject="x", reference="x",
            facts=json.dumps(told), link="/", urgent=False, asks=False, how="none",
            created_at="2026-09-01 01:00:00")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            row = connection.execute(text("SELECT document, digest FROM scheme_version")).one()
            facts = connection.execute(text("SELECT facts FROM notice")).scalar_one()
        energy, mill, flow = json.loads(row.document)["documents"]
        assert (energy["sheet"], energy["columns"][0]) == ("monthly", {"zh": "月份", "en": "Month"})
        assert (mill, flow["standing"]) == (kinds[1], True)
        assert row.digest == hashlib.sha256(row.document.encode()).hexdigest()
        named = {"zh": "营业执照副本", "en": "Business licence (copy)"}
        lines = (json.loads(facts) if isinstance(facts, str) else facts)["lines"]
        assert [line["at"] for line in lines] == [named, {"word": "file.other"}]
        downgrade(revision="0046")
        with engine.connect() as connection:
            row = connection.execute(text("SELECT document FROM scheme_version")).scalar_one()
            facts = connection.execute(text("SELECT facts FROM notice")).scalar_one()
        assert json.loads(row)["documents"] == kinds
        assert (json.loads(facts) if isinstance(facts, str) else facts) == told


def test_the_checks_that_the_house_knew_are_told_by_name_and_go_back(fresh):
    told = {"lines": [{"at": {"word": "check.evidence_reliability"}, "text": "换"}, {"at": {"word": "x"}}]}
    tests = [{"slug": "clinker_share"}, {"slug": "strength"}]
    with fresh("checks", "0059") as engine:
        lay(engine, "scheme_version", id=1, document=json.dumps({"tests": tests}), digest="x", code="a",
            version="1", family="low_carbon", category="a", name="a", name_en="a", category_name="a",
            category_name_en="a", is_tested=False, effective_from="2026-01-01")  # fmt: skip
        lay_whole(engine, "user", id=1, language="zh")
        lay(engine, "notice", id=1, user_id=1, kind="x", group="task", subject="x", reference="x",
            facts=json.dumps(told), link="/", urgent=False, asks=False, how="none",
            created_at="2026-09-01 01:00:00")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            document = json.loads(
                connection.execute(text("SELECT document FROM scheme_version")).scalar_one()
            )
            facts = connection.execute(text("SELECT facts FROM notice")).scalar_one()
        assert document["tests"] == [{"slug": "clinker_share", "against": "clinker"}, {"slug": "strength"}]
        lines = (json.loads(facts) if isinstance(facts, str) else facts)["lines"]
        assert lines[0]["at"] == {"zh": "证据可靠", "en": "Reliability of evidence"}
        downgrade(revision="0059")
        with engine.connect() as connection:
            document = json.loads(
                connection.execute(text("SELECT document FROM scheme_version")).scalar_one()
            )
            facts = connection.execute(text("SELECT facts FROM notice")).scalar_one()
        assert document["tests"] == tests
        assert (json.loads(facts) if isinstance(facts, str) else facts) == told
