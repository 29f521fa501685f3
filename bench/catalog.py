"""A page of the catalogue among 10,000 products, facets and all, beside a bare page from the same server."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product as every
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from bench.figure import Figure
from bench.house import house
from bench.server import BARE, OURS, fetch, flask, serving, wait_for

PRODUCTS = 10_000
ACTED = 200  # of which a status act was entered: each page must know them all
WARMING = 8  # of so many pages one is asked beforehand

PLACES = ("宜兴", "云陶", "江阴", "金坛", "沛县", "如皋", "昆山", "泰兴", "溧阳", "东海", "盱眙", "句容")
GOODS = ("抛釉砖", "仿古砖", "普通硅酸盐水泥", "矿渣硅酸盐水泥", "便携式计算机", "台式微型计算机", "岩板")
MAKERS = [f"{place}{trade}有限公司" for place, trade in every(PLACES, ("建材", "陶瓷", "信息", "新材料"))]
REGIONS = ("320282", "320281", "320413", "320322", "320682", "320583", "321283", "330500", "340100", "")

TEXTS = (
    "",
    "",
    "",
    "水泥",
    "瓷砖",
    "云陶",
    "便携",
    "抛釉砖",
    "YT-601",
    "JH1234",
    "昆山 计算机",
    "LCP-32-2026",
)
CHOICES = (
    {},
    {"category": "ceramic_tile"},
    {"status": "valid", "below": "20"},
    {"region": "320200", "family": "low_carbon"},
    {"status": ("suspended", "withdrawn")},
    {"carbon_from": "5", "carbon_to": "300"},
)
ORDERS = ({}, {"sort": "newest"}, {"sort": "carbon"}, {"sort": "carbon_desc", "page": 7}, {"page": 2})


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with house(data):
            fill()
        flask(data, "catalog", "reindex")
        ours, bare = _alternate(data)
    yield Figure("catalog.page_p50_ms_10k", _quantile(ours, 50), "ms", _quantile(bare, 50))
    yield Figure("catalog.page_p95_ms_10k", _quantile(ours, 95), "ms", _quantile(bare, 95))


def addresses() -> list[str]:
    """Every way of asking once: what is typed, what is ticked, how it is sorted, which page."""
    asked = [{"q": text} | chosen | order for text, chosen, order in every(TEXTS, CHOICES, ORDERS)]
    return ["/catalog/?" + urlencode(each, doseq=True) for each in asked]


def fill() -> None:
    """Products as certification announces them, some of them suspended or withdrawn."""
    from catalog import projection
    from certification.events import CertificateIssued, CertificateStatusChanged
    from core.clock import today
    from core.db import db
    from schemes.queries import schemes

    random, known, day = Random(2013), schemes(), today()
    for number in range(1, PRODUCTS + 1):
        projection.list_product(CertificateIssued(**_facts(number, random, random.choice(known), day)))
        if number % 1000 == 0:
            db.session.commit()
    for number in range(ACTED):
        place = 1 + number * (PRODUCTS // ACTED)
        act, status = (("suspend", "suspended"), ("withdraw", "withdrawn"))[number % 2]
        projection.follow_status(
            CertificateStatusChanged(place, _number(place), act, status, day, None, "监督不合格")
        )
    db.session.commit()


def _facts(number: int, random: Random, scheme, day) -> dict:
    maker, place, goods = random.choice(MAKERS), random.choice(PLACES), random.choice(GOODS)
    code = f"{random.choice(('YT', 'JH', 'CC', 'PO'))}-{number:05d}"
    carbon = Decimal(random.randint(400, 40_000)) / 100
    issued = day - timedelta(days=random.randrange(900))
    return {
        "certificate_id": number, "number": _number(number), "application_id": number,
        "scheme_code": scheme.code, "scheme_version_id": scheme.id, "family": scheme.family,
        "category": scheme.category, "body_id": 1, "body_name": "江苏示例低碳认证中心",
        "holder_id": 1, "holder_name": maker, "maker_name": maker, "region": random.choice(REGIONS),
        "product_name": f"{place}{goods}", "product_name_en": f"{code} sample", "trademark": place,
        "models": (code, f"{code}B"), "issued_on": issued, "begins_on": issued,
        "valid_to": issued + timedelta(days=365 * scheme.validity_years), "carbon": carbon,
        "carbon_unit": scheme.carbon_unit, "declared_unit": scheme.declared_unit,
        "boundary": scheme.boundary, "limit": carbon * random.choice((1, 2)) + random.randint(0, 60),
        "stages": (("raw_material", carbon / 4), ("manufacturing", carbon * 3 / 4)), "demo": True,
        "grade": ("", "", ""), "facts": (),
    }  # fmt: skip


def _number(number: int) -> str:
    return f"LCP-32-2026-{number:05d}"


def _alternate(data: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of each page, ours and a bare one in turns, one request at a time, both warm."""
    asked, times = addresses(), {"ours": [], "bare": []}
    with (
        serving(OURS, data) as (ours, _),
        serving(BARE, data) as (bare, _),
    ):
        wait_for(bare + "/")
        wait_for(ours + "/healthz")
        for address in asked[::WARMING]:
            fetch(ours + address)
        for address in asked:
            times["ours"].append(_timed(ours + address))
            times["bare"].append(_timed(bare + "/"))
    return times["ours"], times["bare"]


def _timed(address: str) -> float:
    started = time.perf_counter()
    fetch(address)
    return (time.perf_counter() - started) * 1000


def _quantile(times: list[float], percent: int) -> float:
    return round(statistics.quantiles(times, n=100, method="inclusive")[percent - 1], 1)
