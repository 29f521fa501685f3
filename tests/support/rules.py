"""A scheme written in few words: what a test names is put into the document where it belongs."""

import json
from decimal import Decimal
from typing import Any

from schemes.document import digest, stored, written
from schemes.models import SchemeVersion

Plain = Any  # JSON
ONE = {"zh": "测试", "en": "Test"}
LIST = [{"zh": "供应商", "en": "Supplier"}, ONE]
KINDS = {  # what tests say of some kinds of file
    "application_form": {
        "names": {"zh": "认证委托书", "en": "Application form"},
        "sheet": "head",
        "standing": True,
    },
    "business_licence": {"names": {"zh": "营业执照副本", "en": "Business licence (copy)"}, "standing": True},
    "material_list": {
        "names": {"zh": "原辅材料清单", "en": "List of materials"},
        "sheet": "numbered",
        "columns": LIST,
    },
    "energy_records": {
        "names": {"zh": "能源记录", "en": "Energy records"},
        "sheet": "monthly",
        "columns": LIST,
    },
}


def document(**told) -> str:
    """The document of what stands here, as it would be stored; nothing holds it to any bound."""
    given = {
        "identity": {
            "code": told["code"],
            "version": told["version"],
            "family": told["family"],
            "category": told["category"],
            "names": {"zh": told["name"], "en": told["name_en"]},
            "category_names": {"zh": told["category_name"], "en": told["category_name_en"]},
            "rule": {"number": told["rule_number"], "source": told["rule_source"]},
            "demo": told["demo"],
            "mode": {"zh": told["mode"], "en": told["mode_en"]},
            "declared": {"amount": told["declared_amount"], "unit": told["declared_unit"]},
            "boundary": told["boundary"],
            "validity": {"years": told["validity_years"], "source": told["validity_source"]},
            "effective_from": told["effective_from"],
            "effective_to": told.get("effective_to"),
        },
        "criteria": [*_footprint(told), *(_asked(item) for item in told["tests"] if item["comparator"])],
        "tests": [_test(item, told.get("retests", 1)) for item in told["tests"]],
        "accounting": {
            "gwp": told.get("gwp", "AR6"),
            "digits": told.get("rounding_digits", 2),
            "materiality": told.get("materiality"),
            "misstatement": told.get("misstatement"),
            "assurance": told.get("assurance", "reasonable"),
            "certificates": told.get("certificates", "outside"),
            "tolerances": told.get("tolerances", {}),
            "fuel_source": told.get("fuel_source"),
        },
        "documents": [_kind(kind) for kind in told["required_files"]],
        "person_days": {"least": told["person_days"]},
        "label": {"kind": told["family"]},
        "clocks": {name: _clock(clock) for name, clock in told["clocks"].items()},
        **told.get("parts", {}),
    }
    return written(stored(json.dumps(given, default=str)))


def amend(scheme: SchemeVersion, **told) -> None:
    """Let a version say otherwise, as only a test may."""
    names = (
        "code", "version", "family", "category", "name", "name_en", "category_name", "category_name_en",
        "rule_number", "rule_source", "demo", "mode", "mode_en", "declared_amount", "declared_unit",
        "boundary", "validity_years", "validity_source", "effective_from", "effective_to", "limit_value",
        "limit_source", "limit_demo", "comparison", "tests", "rounding_digits", "gwp", "materiality",
        "misstatement", "assurance", "certificates", "required_files", "person_days", "clocks",
    )  # fmt: skip
    now = {name: getattr(scheme, name) for name in names}
    now["retests"] = scheme.retests([item["slug"] for item in scheme.tests])
    scheme.document = document(**now | told)
    assert scheme.digest == digest(scheme.document)


def _footprint(told: Plain) -> list[Plain]:
    if told["limit_value"] is None:
        return []
    amount = Decimal(told["declared_amount"])
    per = told["declared_unit"] if amount == 1 else f"{amount.normalize():f} {told['declared_unit']}"
    about = {"text": told["limit_source"], "demo": told["limit_demo"]}
    how = {"comparison": told.get("comparison", "full"), "source": about}
    return [_criterion("footprint", "footprint", "le", f"kgCO2e/{per}", told["limit_value"]) | how]


def _asked(item: Plain) -> Plain:
    return _criterion(item["slug"], f"test:{item['slug']}", item["comparator"], item["unit"], item["limit"])


def _criterion(slug: str, quantity: str, comparator: str, unit: str, limit: Plain) -> Plain:
    asked = {"quantity": quantity, "comparator": comparator, "unit": unit, "rows": [{"limit": limit}]}
    return {"slug": slug, "names": ONE, **asked}


BOUNDS = ("least", "most", "uncertainty", "recorded")  # of readings


def _test(item: Plain, retests: int) -> Plain:
    names = {"zh": item["name"], "en": item.get("name_en", item["name"])}
    about = {"method": item["method"], "unit": item["unit"], "demo": item.get("demo", False)}
    more = ("specimens", "combined", "decision", "sampling", "against", *BOUNDS)
    about |= {name: item[name] for name in more if name in item}
    return {"slug": item["slug"], "names": names, "retests": retests, **about}


def _kind(slug: str) -> Plain:
    return {"slug": slug, "names": ONE} | KINDS.get(slug, {})


def _clock(clock: Plain) -> Plain:
    length = clock.get("months", clock.get("days"))
    more = {name: clock[name] for name in ("first", "term", "weak") if name in clock}
    return {"length": length, "unit": clock.get("unit", "months"), "source": clock["source"], **more}
