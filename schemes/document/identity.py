"""What a scheme is: its names, its number, what it is for and how long its certificates hold."""

from typing import Literal

from carbon.footprint import BOUNDARIES
from schemes.document.base import (
    PROVINCE,
    Code,
    Day,
    Declared,
    Note,
    Owner,
    Part,
    Positive,
    Slug,
    Words,
    Years,
)
from schemes.vocabulary import CODES, CONCLUSIONS, FAMILIES


class Rule(Part):
    number: Code
    source: Note


class ProductCode(Part):
    """The place of the product in a list of products."""

    system: Literal[CODES]  # type: ignore[valid-type]  # spread at run time
    code: Code


class DeclaredUnit(Part):
    amount: Positive
    unit: Declared


class Validity(Part):
    years: Years
    source: Note


class Grade(Part):
    slug: Slug
    names: Words


class Conclusion(Part):
    """It is passed or not, or one of the grades is reached; the best stands first."""

    kind: Literal[CONCLUSIONS] = "pass"  # type: ignore[valid-type]  # spread at run time
    grades: tuple[Grade, ...] = ()


class Identity(Part):
    code: Slug
    version: Code
    family: Literal[FAMILIES]  # type: ignore[valid-type]  # spread at run time
    owner: Owner = PROVINCE  # whose rule it is: the province's, or that of the body with this credit code
    category: Slug
    names: Words
    category_names: Words
    rule: Rule
    demo: bool  # the rule, or a figure in it, is a sample: 演示数据
    mode: Words  # 认证模式
    product_codes: tuple[ProductCode, ...] = ()
    declared: DeclaredUnit
    boundary: Literal[BOUNDARIES]  # type: ignore[valid-type]  # spread at run time
    validity: Validity
    conclusion: Conclusion = Conclusion()
    effective_from: Day
    effective_to: Day | None = None

    @property
    def carbon_unit(self) -> str:
        """The unit a footprint of this scheme is stated in, such as kgCO2e/t."""
        amount, unit = self.declared.amount, self.declared.unit
        return f"kgCO2e/{'' if amount == 1 else f'{amount.normalize():f} '}{unit}"
