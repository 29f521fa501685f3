"""How far off a sum may be: worked vectors, draws beside them, and the calculator that is asked for both."""

import random
from math import exp, log, sqrt

import pytest

from carbon.uncertainty import Part, analytic, draw, shares, summed_up
from tests.carbon.test_calculator import CLINKER, body

# Computed by hand: a lognormal about its median, and the lognormal of the same mean and variance as the sum.
ONE = [Part(100, 1.2, 1)]
TWO = [Part(60, 1.1, 1), Part(40, 1.3, 2)]
LIMITED = [Part(680, 1.05, 1)]
VECTORS = {"one": ONE, "two": TWO, "limited": LIMITED}


def test_one_row_lies_about_its_median():
    spread = analytic(ONE)
    assert (round(spread.low, 2), round(spread.high, 2), round(spread.mean, 2)) == (69.95, 142.95, 101.68)


def test_the_variances_of_rows_are_added_and_shared():
    spread = analytic(TWO)
    assert (round(spread.mean, 2), round(spread.deviation, 2)) == (101.67, 12.46)
    assert [round(share, 3) for share in shares(TWO)] == [0.213, 0.787]


def test_the_limit_is_met_with_a_probability():
    assert round(analytic(LIMITED, 720).within, 3) == 0.879
    assert analytic(LIMITED, 0).within == 0


@pytest.mark.parametrize("parts", VECTORS.values(), ids=VECTORS)
def test_what_is_computed_is_within_two_percent_of_what_is_drawn(parts):
    limit = 1.05 * sum(part.value for part in parts)
    computed, drawn = analytic(parts, limit), summed_up(draw(parts, 7), limit)
    for name in ("mean", "low", "high", "within"):
        assert getattr(drawn, name) == pytest.approx(getattr(computed, name), rel=0.02)
    assert drawn.deviation == pytest.approx(computed.deviation, rel=0.03)


def test_the_order_of_rows_and_a_row_more_change_no_draw():
    parts = [Part(value, 1 + value / 100, value) for value in range(1, 40)]
    mixed = random.Random(3).sample(parts, len(parts))
    assert (draw(parts, 7) == draw(mixed, 7)).all()
    assert draw([*parts, Part(5)], 7) == pytest.approx(draw(parts, 7) + 5)
    assert (draw(parts, 7) != draw(parts, 8)).any()


def test_draws_have_the_moments_and_the_median_of_a_lognormal():
    drawn, spread = draw([Part(10, 1.5, 1)], 1, 200_000), log(1.5)
    assert len(drawn) == 200_000
    assert len(draw(ONE, 1, 9_999)) == 9_999
    assert sorted(drawn)[100_000] == pytest.approx(10, rel=0.005)
    assert drawn.mean() == pytest.approx(10 * exp(spread**2 / 2), rel=0.005)
    assert drawn.std() == pytest.approx(10 * exp(spread**2 / 2) * sqrt(exp(spread**2) - 1), rel=0.01)


def test_rows_of_both_signs_are_added_by_the_normal():
    parts = [Part(100, 1.1, 1), Part(-40, 1.1, 2)]
    computed, drawn = analytic(parts, 60), summed_up(draw(parts, 7), 60)
    for name in ("mean", "low", "high"):
        assert getattr(drawn, name) == pytest.approx(getattr(computed, name), rel=0.03)
    assert drawn.within == pytest.approx(computed.within, abs=0.03)


def test_what_nobody_doubts_is_certain():
    spread = analytic([Part(5), Part(6)], 11)
    assert (spread.low, spread.high, spread.within) == (11, 11, 1)
    assert analytic([Part(5)], 4).within == 0
    assert shares([Part(5), Part(6)]) == [0, 0]


@pytest.fixture
def ask(client, library):
    def post(sent):
        return client.post("/api/v1/footprints/preview", json=sent)

    return post


def test_the_calculator_says_how_far_off_its_total_may_be(ask):
    one = CLINKER | {"unit": "kg", "factor": {"value": "1", "unit": "kgCO2e/kg"}}
    rows = [
        one | {"name": "a", "amount": "60", "gsd": "1.1"},
        one | {"name": "b", "amount": "40", "gsd": 1.3},
    ]
    got = ask(body(*rows, limit="110", seed=7)).get_json()
    found, drawn = got["uncertainty"], got["uncertainty"]["drawn"]
    assert got["total"]["value"] == "100"
    assert (found["mean"], found["unit"]) == ("101.67", "kgCO2e/t")
    assert found["shares"] == ["0.2135", "0.7865"]
    for one in (found, drawn):
        assert float(one["p_within"]) == pytest.approx(0.773, abs=0.02)
        assert float(one["interval"]["low"]) == pytest.approx(79.3, rel=0.02)
        assert float(one["interval"]["high"]) == pytest.approx(128.1, rel=0.02)
    assert drawn["draws"] == 10_000
    turned = ask(body(*reversed(rows), limit="110", seed=7)).get_json()["uncertainty"]
    assert turned["drawn"] == drawn
    assert turned["shares"] == found["shares"][::-1]


def test_nothing_is_said_of_a_spread_that_nobody_stated(ask):
    assert ask(body(CLINKER, limit="9")).get_json()["uncertainty"] is None
    stated = ask(body(CLINKER | {"gsd": "1.1"}, CLINKER)).get_json()["uncertainty"]
    assert (stated["drawn"], stated["p_within"], stated["shares"]) == (None, None, ["1.0000", "0.0000"])


@pytest.mark.parametrize(
    ("sent", "pointer", "slug"),
    [
        (body(CLINKER | {"gsd": "0.9"}), "/rows/0/gsd", "gsd-out-of-bounds"),
        (body(CLINKER | {"gsd": "11"}), "/rows/0/gsd", "gsd-out-of-bounds"),
        (body(CLINKER | {"gsd": "much"}), "/rows/0/gsd", "number-unreadable"),
        (body(CLINKER | {"gsd": {"value": 1}}), "/rows/0/gsd", "number-unreadable"),
        (body(CLINKER, limit="low"), "/limit", "number-unreadable"),
        (body(CLINKER, limit="0"), "/limit", "number-not-above-zero"),
        (body(CLINKER, seed="1.5"), "/seed", "number-not-whole"),
        (body(CLINKER, seed="-1"), "/seed", "number-out-of-range"),
    ],
)
def test_a_spread_a_limit_or_a_seed_that_cannot_be_is_named(ask, sent, pointer, slug):
    assert ask(sent).get_json()["fields"][pointer]["slug"] == slug
