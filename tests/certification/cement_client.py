"""A program of a cement plant: it makes a case, sends what the plant has, answers what is asked, hands in."""

from fractions import Fraction
from io import BytesIO
from typing import Any

Json = dict[str, Any]  # as it goes over the line


def of(amount: str, unit: str) -> Json:
    return {"amount": amount, "unit": unit}


def row(name: str, quantity: str, unit: str, kind: str = "activity", **members: Any) -> Json:
    stage = members.pop("stage", "manufacturing")
    return {"name": name, "stage": stage, "quantity": quantity, "unit": unit, "kind": kind, **members}


def own(value: str, unit: str) -> Json:
    return {"own_value": value, "own_unit": unit, "own_source": "企业实测"}


# What a year of the plant states, a record of every kind there is, with the kilograms each comes to by hand.
YEAR: tuple[tuple[Json, Fraction], ...] = (
    (
        row("熟料煅烧", "700", "t", "clinker", cao=of("65", "%"), mgo=of("2", "%")),
        700_000 * (Fraction(65, 100) * Fraction(44, 56) + Fraction(2, 100) * Fraction(44, 40)),
    ),
    (
        row("烟煤", "80", "t", "fuel", ncv=of("20908", "kJ/kg"), carbon_content=of("26.18", "tC/TJ"),
            oxidation=of("98", "%"), methane=of("10", "kgCH4/TJ"), upstream=of("90", "kgCO2e/t")),
        Fraction("1.67264") * (26180 * Fraction("0.98") * Fraction(44, 12) + 10 * 27) + 80 * 90,
    ),
    (
        row("电表 1 号", "100", "MWh", "electricity", factor_code="ELECFP-CN-2024",
            supplies=[{"supply": "grid", "energy": of("40", "MWh")},
                      {"supply": "own", "energy": of("60", "MWh"), "emission": of("0.03", "kgCO2e/kWh")}]),
        40_000 * Fraction("0.5777") + 60_000 * Fraction("0.03"),
    ),
    (row("外购蒸汽", "10", "GJ", **own("100", "kgCO2e/GJ")), Fraction(1000)),
    (row("石灰石脱硫", "5", "t", "carbonate", carbonate="CaCO3"), 5000 * Fraction("0.43971")),
    (
        row("石膏运入", "120", "t", "transport", stage="raw_material",
            legs=[{"distance": of("80", "km"), "emission": of("50", "gCO2e/t·km")},
                  {"distance": of("20", "km"), "emission": of("100", "gCO2e/t·km")}]),
        Fraction(120 * (4 + 2)),
    ),
    (
        row("石膏", "120", "t", "supplier", stage="raw_material", emission=of("20", "kgCO2e/t"),
            boundary="cradle_to_gate", verifier="某机构", document="EPD-1", valid_until="2030-12-31"),
        Fraction(2400),
    ),
    (
        row("矿渣微粉", "95", "t", "yield", stage="raw_material", loss=of("5", "%"), **own("10", "kgCO2e/t")),
        Fraction(1000),
    ),
    (
        row("钢球", "1", "t", "cff", stage="raw_material", virgin=of("2", "kgCO2e/kg"),
            recycled=of("0.5", "kgCO2e/kg"), recycled_content=of("50", "%"), allocation=of("0.5", "1"),
            quality_ratio=of("1", "1")),
        Fraction(1625),
    ),
    (
        row("耐火砖", "2", "t", "amortised", lifetime=of("2", "year"), counted=of("1", "year"),
            **own("500", "kgCO2e/t")),
        Fraction(500),
    ),
    (
        row("厂内柴油车", "1000", "km", "gas_sum",
            parts=[{"gas": "CO2", "emission": of("0.8", "kgCO2e/km")},
                   {"gas": "N2O", "emission": of("0.01", "kgCO2e/km")}]),
        Fraction(810),
    ),
    (
        row("照明", "10", "item", "use", power=of("100", "W"), hours=of("4000", "h"),
            **own("0.5", "kgCO2e/kWh")),
        Fraction(2000),
    ),
    (row("厂区造林", "10", "t", "removal", removed_by="biogenic", source="林业核查"), Fraction(-10_000)),
    (
        row("余热供出", "100", "GJ", "avoided", displaced="燃气锅炉蒸汽", source="热表",
            **own("60", "kgCO2e/GJ")),
        Fraction(0),  # nobody has accepted it
    ),
)  # fmt: skip
OUTPUT = 1000  # t
KILOGRAMS = sum((kilograms for _row, kilograms in YEAR), Fraction(0))


class Client:
    """`send` is told method, path and what goes along; it answers what came back."""

    def __init__(self, send: Any, pdf: bytes) -> None:  # of the tests, typed nowhere
        self.send, self.pdf = send, pdf

    def call(self, method: str, path: str, expected: int = 200, **more: Any) -> Json:
        answer = self.send(method, path, **more)
        assert answer.status_code == expected, (method, path, answer.json)
        found: Json = answer.json
        return found

    def create(self, scheme: str, body: str) -> Json:
        asked = {"scheme": scheme, "body": body, "product_name": "普通硅酸盐水泥 P·O 42.5"}
        case = self.call("POST", "/applications", 201, json=asked)
        facts = {"version": case["version"], "models": [{"code": "P·O 42.5"}]}
        self.call("PATCH", f"/applications/{case['id']}", json=facts)
        return case

    def files(self, case: int, kinds: list[str]) -> list[str]:
        """One of each kind; their digests."""
        sent = [
            self.call("POST", f"/applications/{case}/files/{kind}", 201, data={"file": self._paper(kind)})
            for kind in kinds
        ]
        return [file["sha256"] for file in sent]

    def inventory(self, case: int, proof: str) -> Json:
        path = f"/applications/{case}/inventory"
        facts = {
            "version": self.call("GET", path)["version"],
            "output_amount": f"{OUTPUT}",
            "output_unit": "t",
            "period_from": "2025-01-01",
            "period_to": "2025-12-31",
            "rows": [row | {"evidence": [proof]} for row, _kilograms in YEAR],
        }
        self.call("PUT", path, json=facts)
        return self.call("GET", path)

    def answer(self, case: int) -> list[str]:
        """Explain whatever must be; what was asked."""
        asked = self.call("GET", f"/applications/{case}/questions")["items"]
        for each in asked:
            if each["severity"] == "red":
                self.call("POST", f"/questions/{each['id']}/explain", json={"answer": "见台账。"})
        return [each["slug"] for each in asked]

    def submit(self, case: int) -> Json:
        return self.call("POST", f"/applications/{case}/submit", json={"declared": True})

    def _paper(self, kind: str) -> tuple[BytesIO, str]:
        return BytesIO(self.pdf + f"\n%{kind}".encode()), f"{kind}.pdf"
