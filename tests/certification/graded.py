"""A world whose scheme asks all a scheme can: every kind of parameter, grades, a table of two dimensions."""

from decimal import Decimal

from carbon import operations as carbon
from certification.application.operations.applications import update_application
from core.clock import today
from schemes import document
from tests.certification.world import Case, World
from tests.schemes.examples import tyre

ROLLING = {
    "slug": "rolling", "name": "滚动阻力系数", "name_en": "Rolling resistance", "method": "GB/T 29040—2024",
    "unit": "N/kN", "comparator": None, "limit": None, "demo": True,
}  # fmt: skip
PRODUCT = {"size": "205/55 R16", "mass": "8.5", "snow": "yes", "share": "10", "since": "2020-01-01"}
MODELS = {"YT-6015": {"vehicle": "car", "rim": "16"}, "YT-6016": {"vehicle": "truck", "rim": "20"}}
# A document has no start in the future, and no clock that a case of today would run on.
ALREADY = (
    ("/identity/effective_from", "2020-01-01"), ("/clocks", {}), ("/person_days", {"least": "2"}),
    ("/accounting/materiality", ...),
)  # fmt: skip


class GradedWorld(World):
    def __init__(self, *changes):
        super().__init__(code="lc-tyre", tests=[ROLLING], limit_value=None, declared_unit="kg")
        self.rule(*changes)

    def rule(self, *changes) -> None:
        """Let the rule be the tyres, changed at these JSON pointers."""
        self.scheme.document = document.written(document.read(tyre(*ALREADY, *changes)))

    def graded(self, state: str = "draft", *, value: str = "2.10", **more) -> "Graded":
        return Graded(self, value, more.pop("tests", {}), **more).to(state)


class Graded(Case):
    """A case of tyres; what is said of product and models may be changed."""

    measured = {"rolling": "8.9"}

    def __init__(self, world, value, tests, product=PRODUCT, models=MODELS):
        super().__init__(world, value, tests)
        self.state_all(product, models)

    def state_all(self, product, models) -> None:
        lines = [{"code": code, "parameters": said} for code, said in models.items()]
        actor = self.world.actor("applicant")
        case = self.application
        update_application(case, actor, case.version, parameters=product, models=lines)

    def fill(self, value: str) -> None:
        """Two declared sources that come to `value` per kilogram."""
        half = Decimal(value) / 2
        rows = [
            {"stage": stage, "name": name, "quantity": Decimal(1), "unit": "kg", "quality": "A",
             "own_value": half, "own_unit": "kgCO2e/kg", "own_source": "企业实测", "evidence": "台账"}
            for stage, name in (("raw_material", "炭黑"), ("manufacturing", "硫化"))
        ]  # fmt: skip
        inventory = self.application.inventory
        head = {"output_amount": Decimal(1), "output_unit": "kg"}
        carbon.save_inventory(inventory, self.world.actor("applicant"), head, rows, inventory.version)

    def measure(self, **more):
        """Every specimen alike."""
        sample = self.deliver(**more)
        results = [
            {"item": item, "readings": [Decimal(value)] * 3, "uncertainty": Decimal("0.01"),
             "performed_on": today()}
            for item, value in self.tests.items()
        ]  # fmt: skip
        self.take("record", "tester", sample, results=results)
        return sample
