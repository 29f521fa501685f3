"""What the demonstration's applicants make: a dozen real devices as their makers published them, and
invented products of Jiangsu firms that do not exist."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from core.opened import table
from demo.cast import CAST
from demo.road import Product
from schemes.queries import scheme_by_code

DATA = Path(__file__).parent / "data"
ELECTRICITY = "ELECFP-CN-2024"  # the published electricity footprint factor, 0.5777 kgCO2e/kWh
YEAR = {"period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31), "gwp": "AR6"}
TILES = ("抛釉砖", "仿古砖", "通体砖", "内墙砖", "透水砖", "岩板", "石英砖", "微晶砖")
CEMENTS = (
    "P·O 42.5",
    "P·O 42.5R",
    "P·O 52.5",
    "P·II 42.5",
    "P·II 52.5",
    "P·C 42.5",
    "P·S·A 42.5",
    "P·F 42.5",
)
KINDS = {
    "laptop": ("cfp-laptop", "便携式计算机", "Laptop computer"),
    "desktop": ("cfp-desktop", "台式微型计算机", "Desktop computer"),
}


def real_devices() -> Iterator[Product]:
    """Devices whose facts stand row by row in data/devices.csv, with the maker's report."""
    with (DATA / "devices.csv").open(encoding="utf-8", newline="") as file:
        for _, device in table.rows(file, ()):
            yield real_device(device)


def real_device(device: dict[str, str]) -> Product:
    """Use phase = yearly energy x lifetime x the published electricity footprint factor; the other
    stages are declared rows: published total x published share."""
    scheme_code, name, name_en = KINDS[device["kind"]]
    total = Decimal(device["published_total_kgco2e"])
    report = f"{device['report_date']}, {device['report_url']}"
    declared = [
        _declared(stage, title, total * Decimal(device[f"share_{stage}"]), report)
        for stage, title in (
            ("manufacturing", "原材料获取与生产（制造商公布值）"),
            ("distribution", "分销运输（制造商公布值）"),
            ("end_of_life", "废弃处置（制造商公布值）"),
        )
    ]
    energy = Decimal(device["yearly_energy_kwh"]) * Decimal(device["lifetime_years"])
    title = f"使用阶段用电（{device['lifetime_years']} 年）"
    use = _row("use", title, energy, "kWh", ELECTRICITY, report, "B")
    return Product(
        client="laptop",
        scheme=scheme_by_code(scheme_code),
        name=f"{device['maker']} {device['name']} {name}",
        name_en=f"{device['maker']} {device['name']} {name_en}",
        trademark=device["maker"],
        series=device["name"].split()[0],
        models=[{"code": device["name"], "specification": f"{device['weight_kg']} kg"}],
        producer=None,
        inventory=YEAR | {"output_amount": Decimal(1), "output_unit": "item"},
        rows=[*declared[:2], use, declared[2]],
    )


def invented(count: int, seed: int = 2013) -> Iterator[Product]:
    """`count` invented products, the same ones each time."""
    random = Random(seed)
    makers = {
        "tile": [o["key"] for o in CAST["organisations"] if o["key"].startswith("tile")],
        "cement": [o["key"] for o in CAST["organisations"] if o["key"].startswith("cement")],
        "pc": [o["key"] for o in CAST["organisations"] if o["key"].startswith("pc")],
    }
    for number in range(count):
        kind = ("tile", "tile", "cement", "cement", "pc")[number % 5]
        client = makers[kind][number // 5 % len(makers[kind])]
        yield {"tile": _tile, "cement": _cement, "pc": _computer}[kind](client, number, random)


def process_system() -> Product:
    """The carbon-fibre bicycle of the Brightway tutorial (pcf_cases BW-BIKE): a chain of processes."""
    return Product(
        client="bike",
        scheme=scheme_by_code("demo-process"),
        name="碳纤维自行车（过程系统演示）",
        name_en="Carbon-fibre bicycle (process-system demonstration)",
        trademark="沧湖",
        series="CF",
        models=[{"code": "CF-2500", "specification": "碳纤维车架"}],
        producer=None,
        inventory=YEAR | {"output_amount": Decimal(1), "output_unit": "item"},
        rows=[],
        system={
            "source": "Brightway from-the-ground-up, The supply chain graph",
            "demand": {"bike": "1"},
            "processes": [
                {
                    "name": "bike",
                    "title": "整车",
                    "stage": "manufacturing",
                    "unit": "item",
                    "output": "1",
                    "inputs": {"carbon_fibre": "2.5"},
                    "emissions": {},
                },
                {
                    "name": "carbon_fibre",
                    "title": "碳纤维",
                    "stage": "raw_material",
                    "unit": "kg",
                    "output": "1",
                    "inputs": {"natural_gas": "237.3"},
                    "emissions": {"CO2": "26.6"},
                },
                {
                    "name": "natural_gas",
                    "title": "天然气",
                    "stage": "raw_material",
                    "unit": "MJ",
                    "output": "1",
                    "inputs": {},
                    "emissions": {},
                },
            ],
        },
    )


def _tile(client: str, number: int, random: Random) -> Product:
    output = Decimal(random.randint(600, 2400) * 1000)  # m2 a year
    per = _per_unit(output, random)
    kind, code = TILES[number % len(TILES)], f"{'ABCDEFGH'[number % 8]}T-{6000 + number}"
    rows = [
        _row(
            "raw_material",
            "瓷砂、黏土、长石",
            per("19.5", "0.1"),
            "kg",
            "MAT-UK2025-19_500_5000_15_1",
            "入库台账",
            "B",
        ),
        _row(
            "raw_material",
            "瓦楞纸箱",
            per("0.55", "0.15"),
            "kg",
            "MAT-UK2025-19_506_5159_15_1",
            "包材台账",
            "B",
        ),
        _row(
            "raw_material",
            "原料运入（公路）",
            per("4.2", "0.3"),
            "t·km",
            "TRAN-UK2025-27_304_3136_14-1",
            "磅单汇总",
            "C",
        ),
        _row(
            "manufacturing",
            "天然气（喷雾干燥、窑炉）",
            per("1.35", "0.25"),
            "Nm3",
            "CN-ENT-natgas-EF",
            "燃气结算单",
            "A",
        ),
        _row("manufacturing", "外购电力", per("2.6", "0.3"), "kWh", ELECTRICITY, "电费结算单", "A"),
        _row("manufacturing", "厂内叉车柴油", per("0.009", "0.3"), "kg", "CN-ENT-diesel-EF", "加油记录", "B"),
    ]
    size = random.choice(("600×1200×9.5 mm", "800×800×10 mm", "300×600×8 mm", "750×1500×10 mm"))
    return Product(
        client,
        scheme_by_code("lc-ceramic-tile"),
        f"{kind}",
        "Ceramic tile",
        _brand(client),
        kind,
        [{"code": code, "specification": size}, {"code": f"{code}B", "specification": size}],
        None,
        YEAR | {"output_amount": output, "output_unit": "m2"},
        rows,
    )


def _cement(client: str, number: int, random: Random) -> Product:
    output = Decimal(random.randint(300, 1600) * 1000)  # t a year
    per, grade = _per_unit(output, random), CEMENTS[number % len(CEMENTS)]
    clinker = Decimal(str(random.uniform(0.52, 0.72))).quantize(Decimal("0.001")) * output
    calcination = _row("manufacturing", "熟料煅烧（按化验）", clinker, "t", None, "化验室月报", "A") | {
        "kind": "clinker",
        "cao": {"amount": "63.5", "unit": "%"},
        "mgo": {"amount": "2", "unit": "%"},
    }
    rows = [
        _row(
            "raw_material",
            "石灰石、矿渣运入（内河）",
            per("160", "0.3"),
            "t·km",
            "TRAN-UK2025-27_320_3228_14-1",
            "船单",
            "C",
        ),
        calcination,
        _row(
            "manufacturing",
            "烟煤（窑头、分解炉）",
            per("0.058", "0.2"),
            "t",
            "CN-ENT-bitcoal-EF",
            "入炉煤统计",
            "A",
        ),
        _row("manufacturing", "外购电力", per("72", "0.15"), "kWh", ELECTRICITY, "电费结算单", "A"),
    ]
    return Product(
        client,
        scheme_by_code("lc-cement"),
        f"通用硅酸盐水泥 {grade}",
        f"Common Portland cement {grade}",
        _brand(client),
        grade,
        [{"code": f"{grade}-{number:03d}", "specification": "散装、袋装"}],
        None,
        YEAR | {"output_amount": output, "output_unit": "t"},
        rows,
    )


def _computer(client: str, number: int, random: Random) -> Product:
    kind = "laptop" if number % 2 else "desktop"
    scheme_code, name, name_en = KINDS[kind]
    report = "企业测算，演示数据"
    base = Decimal(random.randint(180, 380))
    energy = Decimal(random.randint(60, 320))
    rows = [
        _declared("manufacturing", "部件与整机制造", base, report),
        _declared("distribution", "分销运输", (base * Decimal("0.04")).quantize(Decimal("0.1")), report),
        _row("use", "使用阶段用电（4 年）", energy, "kWh", ELECTRICITY, "能效标识备案", "B"),
        _declared("end_of_life", "废弃处置", Decimal("1.2"), report),
    ]
    code = f"{'JH' if client == 'pc2' else 'CC'}-{'N' if kind == 'laptop' else 'D'}{1400 + number}"
    return Product(
        client,
        scheme_by_code(scheme_code),
        f"{_brand(client)}{name}",
        f"{name_en} {code}",
        _brand(client),
        code[:4],
        [
            {"code": code, "specification": "16 GB / 512 GB"},
            {"code": f"{code}-Pro", "specification": "32 GB / 1 TB"},
        ],
        None,
        YEAR | {"output_amount": Decimal(1), "output_unit": "item"},
        rows,
    )


def _brand(client: str) -> str:
    name: str = next(o["name"] for o in CAST["organisations"] if o["key"] == client)
    return name[2:4]


def _per_unit(output: Decimal, random: Random) -> Callable[[str, str], Decimal]:
    """A yearly total from a specific use, varied by a share of itself."""

    def total(specific: str, spread: str) -> Decimal:
        varied = Decimal(specific) * Decimal(str(1 + random.uniform(-float(spread), float(spread))))
        return (varied * output).quantize(Decimal(1))

    return total


def _row(
    stage: str, name: str, quantity: Decimal, unit: str, factor_code: str | None, evidence: str, quality: str
) -> dict[str, object]:
    return {
        "stage": stage,
        "name": name,
        "quantity": quantity,
        "unit": unit,
        "factor_code": factor_code,
        "evidence": evidence,
        "quality": quality,
    }


def _declared(stage: str, name: str, value: Decimal, source: str) -> dict[str, object]:
    """A stage taken over as its maker published it: one item times the published figure."""
    return _row(stage, name, Decimal(1), "item", None, source[:200], "C") | {
        "own_value": value,
        "own_unit": "kgCO2e/item",
        "own_source": source,
    }
