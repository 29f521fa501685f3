"""A scheme with everything in it, as somebody would hand it in."""

import copy
from typing import Any

Plain = Any  # JSON


def words(zh: str, en: str) -> Plain:
    return {"zh": zh, "en": en}


def row(limits: Plain, vehicle: str, least: str, below: str, **more) -> Plain:
    when = [
        {"parameter": "vehicle", "one_of": [vehicle]},
        {"parameter": "rim", "from": least, "below": below},
    ]
    return {"when": when, "grades": dict(zip(("one", "two"), limits, strict=True)), **more}


TYRE: Plain = {
    "format": 1,
    "identity": {
        "code": "lc-tyre",
        "version": "2027",
        "family": "low_carbon",
        "category": "tyre",
        "names": words("低碳产品认证实施规则：轮胎", "Low-carbon rules: tyres"),
        "category_names": words("轮胎", "Tyres"),
        "rule": {"number": "演示 12", "source": "演示数据"},
        "demo": True,
        "mode": words("产品检测＋初始现场核查", "Testing and site verification"),
        "product_codes": [{"system": "hs", "code": "4011"}],
        "declared": {"amount": "1", "unit": "kg"},
        "boundary": "cradle_to_gate",
        "validity": {"years": 3, "source": "168号令第二十五条"},
        "conclusion": {
            "kind": "grades",
            "grades": [
                {"slug": "one", "names": words("一级", "Grade 1")},
                {"slug": "two", "names": words("二级", "Grade 2")},
            ],
        },
        "effective_from": "2027-01-01",
    },
    "parameters": [
        {
            "slug": "vehicle",
            "names": words("轮胎类别", "Tyre class"),
            "kind": "choice",
            "choices": [
                {"slug": "car", "names": words("轿车", "Car")},
                {"slug": "truck", "names": words("载重", "Truck")},
            ],
            "per": "model",
            "shown": ["certificate", "public", "filter"],
        },
        {
            "slug": "rim",
            "names": words("轮辋名义直径", "Rim diameter"),
            "kind": "number",
            "unit": "in",
            "least": "10",
            "most": "25",
            "step": "0.5",
            "per": "model",
        },
        {
            "slug": "size",
            "names": words("规格", "Size"),
            "kind": "text",
            "pattern": r"[0-9]{3}/[0-9]{2} R[0-9.]+",
            "example": "205/55 R16",
        },
        {
            "slug": "mass",
            "names": words("单条质量", "Mass"),
            "kind": "number",
            "unit": "kg",
            "least": "3",
            "most": "120",
        },
        {
            "slug": "snow",
            "names": words("雪地性能", "Snow"),
            "kind": "yes_no",
            "required": "when",
            "when": [{"parameter": "vehicle", "one_of": ["car"]}],
        },
        {
            "slug": "share",
            "names": words("再生占比", "Recycled"),
            "kind": "number",
            "unit": "%",
            "least": "0",
            "most": "100",
        },
        {
            "slug": "since",
            "names": words("投产日期", "Since"),
            "kind": "date",
            "past": True,
            "required": "never",
        },
    ],
    "derived": [
        {
            "slug": "per_tyre",
            "names": words("每条", "Per tyre"),
            "unit": "kgCO2e",
            "kind": "product",
            "of": ["footprint", "parameter:mass"],
        }
    ],
    "criteria": [
        {
            "slug": "carbon",
            "names": words("单位质量碳足迹", "Footprint"),
            "quantity": "footprint",
            "comparator": "le",
            "unit": "kgCO2e/kg",
            "by": ["vehicle", "rim"],
            "rows": [
                row(("2.18", "2.74"), "car", "10", "17"),
                row(("2.30", "2.90"), "car", "17", "25", decision="guard_band"),
                row(("2.50", None), "truck", "10", "25"),
            ],
            "source": {"text": "演示数据", "clause": "表 3", "demo": True},
        },
        {
            "slug": "rolling",
            "names": words("滚动阻力", "Rolling resistance"),
            "quantity": "test:rolling",
            "comparator": "le",
            "unit": "N/kN",
            "comparison": "rounded",
            "digits": 1,
            "rows": [{"limit": "9.0"}],
        },
        {
            "slug": "recycled",
            "names": words("再生占比", "Recycled"),
            "quantity": "parameter:share",
            "comparator": "ge",
            "unit": "%",
            "rows": [{"grades": {"one": "10", "two": "0"}}],
        },
    ],
    "tests": [
        {
            "slug": "rolling",
            "names": words("滚动阻力系数", "Rolling resistance"),
            "method": "GB/T 29040—2024",
            "unit": "N/kN",
            "specimens": 3,
            "combined": "mean",
            "demo": True,
        }
    ],
    "accounting": {"materiality": "0.95", "cut_off": {"each": "0.01", "total": "0.05"}},
    "documents": [{"slug": "application_form", "names": words("认证委托书", "Application form")}],
    "person_days": {"least": "4", "by_size": [{"people": 100, "days": "5"}]},
    "surveillance": {"tests": ["rolling"]},
    "label": {"kind": "low_carbon"},
    "clocks": {
        "acceptance": {"length": 10, "unit": "working", "source": "演示数据"},
        "suspension_max": {"length": 6, "unit": "months", "source": "演示数据"},
    },
}


def tyre(*changes: tuple[str, Plain]) -> Plain:
    """The tyres, changed at these JSON pointers; `...` takes the member away."""
    given = copy.deepcopy(TYRE)
    for pointer, value in changes:
        *way, last = pointer.removeprefix("/").split("/")
        place = given
        for name in way:
            place = place[int(name)] if isinstance(place, list) else place[name]
        _put(place, last, value)
    return given


def _put(place: Plain, name: str, value: Plain) -> None:
    if isinstance(place, list) and name == "-":
        place.append(value)
    elif value is ...:
        del place[int(name) if isinstance(place, list) else name]
    else:
        place[int(name) if isinstance(place, list) else name] = value
