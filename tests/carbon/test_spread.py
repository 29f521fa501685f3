"""How far off a record may be: what may be stated, what follows from it, and what is refused."""

import pytest

from carbon import records
from tests.carbon.test_calculator import CLINKER, body

BEST = dict.fromkeys(("reliability", "completeness", "temporal", "geographical", "technological"), "1")
SPREAD = {"gsd": "1.2", "gsd_source": "电表准确度等级"}

# Computed by hand from the variances of the guideline.
PEDIGREES = [
    ({"data_kind": "demand"}, 1.024695),  # the root of 1.05
    ({"data_kind": "transport"}, 1.414214),
    ({"data_kind": "infrastructure"}, 1.732051),
    ({"data_kind": "co2"}, 1.024695),
    ({"data_kind": "ch4"}, 1.224745),
    ({"data_kind": "n2o"}, 1.224745),
    ({"data_kind": "demand", "reliability": "5"}, 1.223215),  # 0.000595 + 0.04
    ({"data_kind": "demand", "completeness": "4"}, 1.052262),
    ({"data_kind": "demand", "temporal": "3"}, 1.052262),
    ({"data_kind": "demand", "geographical": "5"}, 1.052262),
    ({"data_kind": "demand", "technological": "4"}, 1.223215),
]


@pytest.mark.parametrize(("grades", "gsd"), PEDIGREES)
def test_a_pedigree_comes_to_a_deviation(grades, gsd):
    assert records.gsd(BEST | grades) == pytest.approx(gsd, abs=1e-6)


def test_grades_add_up_as_variances():
    grades = {"data_kind": "demand", "reliability": "2", "temporal": "3", "geographical": "2"}
    assert records.gsd(BEST | grades | {"technological": "4"}) == pytest.approx(1.231083, abs=1e-6)


def test_a_grade_of_quality_says_nothing_of_a_spread():
    assert records.gsd({}) is None
    assert records.gsd(dict.fromkeys(BEST, "1")) is None  # of which kind of data is not said
    assert records.gsd({"gsd": "1"}) == 1


def asked(client, **row):
    return client.post("/api/v1/footprints/preview", json=body(CLINKER | row))


@pytest.mark.parametrize(
    ("row", "member", "slug"),
    [
        ({"gsd": "0.99"}, "gsd", "gsd-out-of-bounds"),
        ({"gsd": "10.1"}, "gsd", "gsd-out-of-bounds"),
        ({"gsd": "-1.2"}, "gsd", "gsd-out-of-bounds"),
        ({"gsd": "1,2"}, "gsd", "number-comma"),
        ({"gsd": "much"}, "gsd", "number-unreadable"),
        ({"gsd": True}, "gsd", "number-unreadable"),
        ({"gsd_source": "nobody measured"}, "gsd", "value-missing"),
        (BEST, "data_kind", "value-missing"),
        ({"data_kind": "demand"}, "reliability", "value-missing"),
        ({"data_kind": "magic"} | BEST, "data_kind", "not-in-list"),
        ({"data_kind": "demand"} | BEST | {"temporal": "0"}, "temporal", "not-in-list"),
        ({"data_kind": "demand"} | BEST | {"temporal": "6"}, "temporal", "not-in-list"),
        ({"data_kind": "demand"} | BEST | {"temporal": "1.5"}, "temporal", "not-in-list"),
        ({"data_kind": "demand"} | BEST | {"temporal": ["1"]}, "temporal", "body-shape"),
        ({"data_kind": "demand", "gsd": "1.2"} | BEST, "gsd", "spread-given-twice"),
        ({"pedigree": "1,1,1,1,1"}, "pedigree", "body-member-unknown"),
    ],
)
def test_a_spread_that_cannot_be_is_refused_at_its_member(client, library, row, member, slug):
    answer = asked(client, **row)
    assert answer.status_code == 422
    assert answer.json["fields"][f"/rows/0/{member}"]["slug"] == slug, answer.json["fields"]


@pytest.mark.parametrize("grade", ["2", 2])
def test_the_calculator_takes_a_pedigree_and_says_what_it_leaves_out(client, library, grade):
    kilo = CLINKER | {"unit": "kg", "factor": {"value": "1", "unit": "kgCO2e/kg"}}
    stated = kilo | {"amount": "60", "data_kind": "transport"} | BEST | {"geographical": grade}
    sent = body(stated, kilo | {"amount": "40", "factor": {"value": "-1", "unit": "kgCO2-biogenic/kg"}})
    found = client.post("/api/v1/footprints/preview", json=sent).json["uncertainty"]
    assert (found["unstated"], found["uncovered"], found["shares"]) == (1, "0.4000", ["1.0000", "0.0000"])
    assert found["p_within"] is None


def test_a_record_has_one_spread_whatever_gases_it_comes_to(client, library):
    parts = [{"emission": {"amount": "1", "unit": f"kg{gas}/t"}} for gas in ("CO2", "CH4-fossil", "N2O")]
    row = {name: CLINKER[name] for name in ("name", "stage")} | {"amount": "1", "unit": "t"}
    found = asked(client, **row, kind="gas_sum", parts=parts, factor=None, gsd="1.2").json["uncertainty"]
    assert (found["shares"], found["unstated"]) == (["1.0000"], 0)


def test_every_kind_of_record_may_state_its_spread():
    for kind in records.KINDS:
        faults = {}
        assert records.read(kind, SPREAD, "t", faults) == SPREAD
        assert faults == dict.fromkeys(faults, "value-missing")  # of its own quantities
        assert set(SPREAD).isdisjoint(faults)
