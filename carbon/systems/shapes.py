"""A system of processes as the API describes it; what is sent is read by `carbon.systems.read`."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from carbon.systems.chain import LARGEST

Amount = str | int | float


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Exchange(_Closed):
    """An amount that is not in the unit of whoever makes the product."""

    amount: Amount
    unit: str


class SentProcess(_Closed):
    """Exchanges of one run. `output` is of the product that bears the name; a treatment of waste has a
    negative one. An exchange is an amount in the unit of whoever makes the product, or amount and unit."""

    name: str
    title: str = ""
    stage: str = Field(examples=["raw_material", "manufacturing", "distribution", "use", "end_of_life"])
    unit: str
    output: Amount = "1"
    inputs: dict[str, Amount | Exchange] = Field(default_factory=dict)
    outputs: dict[str, Amount | Exchange] = Field(
        default_factory=dict, description="products made besides, and wastes taken in (negative)"
    )
    shares: dict[str, Amount] = Field(
        default_factory=dict, description="which part each product answers for, 0 to 1, together exactly 1"
    )
    allocation: str = Field(
        "", description="mass, price or energy: compute the shares instead of typing them"
    )
    masses: dict[str, Amount] = Field(default_factory=dict, description="kg of one unit of each product")
    prices: dict[str, Amount] = Field(default_factory=dict, description="of one unit of each product")
    energies: dict[str, Amount] = Field(default_factory=dict, description="MJ of one unit of each product")
    emissions: dict[str, Amount] = Field(default_factory=dict, description="kilograms by gas")


class Sent(_Closed):
    """Processes that are solved together for one product."""

    # An end that `read` holds, and the document tells.
    processes: list[SentProcess] = Field(json_schema_extra={"maxItems": LARGEST})
    demand: dict[str, Amount | Exchange] = Field(description="one product, and how much of it")
    source: str = ""


@dataclass(frozen=True)
class _Described:
    """What is handed on as it was sent, described by the model of what will be read."""

    model: type[BaseModel]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.dict_schema()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(self.model.__pydantic_core_schema__)


SystemAsSent = Annotated[dict[str, Any], _Described(Sent)]  # JSON
