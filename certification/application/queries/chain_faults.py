"""What is wrong with a process system, process by process: the sentence, the likely cause, and what can be
done about it at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from carbon.units import convertible
from certification.application.queries.product_names import ProductNames
from core.errors import Invalid, NotFound
from core.i18n import _
from core.readers import ids, numbers
from core.words import sentence, unit_text

Plain = Mapping[str, Any]  # JSON, as a system is stored
AT = re.compile(r"/system/processes/(\d+)(?:/(inputs|outputs)/([^/]+))?.*")
OWN_USE, ADD, BY_MASS = "own_use", "add", "by_mass"
SUPPLIER = "raw_material"  # the stage of a process that is added for what another takes


@dataclass(frozen=True)
class Mend:
    """One thing that would mend a fault, done by a button."""

    kind: str
    product: str
    text: str


@dataclass(frozen=True)
class Fault:
    """`process` is the name of the process it is said at, "" where it is said of the whole."""

    process: str
    title: str
    slug: str
    text: str
    cause: str = ""
    mends: tuple[Mend, ...] = ()


def faults_of(system: Plain, wrong: Invalid | None) -> list[Fault]:
    """Those of one process together, in the order of the processes."""
    if wrong is None:
        return []
    names, found = ProductNames(system), []
    for pointer, slug in wrong.fields.items():
        text = sentence(slug, _spoken(wrong.detail_of(pointer), names))
        at = AT.fullmatch(pointer)
        place = ids.number(at[1]) if at else None
        if place is None or at is None:
            found.append((-1, Fault("", _("交付"), slug, text)))
            continue
        process = system["processes"][place]
        product = (at[3] or "").replace("~1", "/").replace("~0", "~")
        title = str(process.get("title") or process["name"])
        cause, mends = _cause(system, process, slug, wrong), tuple(_mends(process, slug, product, names))
        found.append((place, Fault(process["name"], title, slug, text, cause, mends)))
    return [fault for _place, fault in sorted(found, key=lambda each: each[0])]


def mended(system: dict[str, Any], place: int, kind: str, product: str) -> str:  # JSON
    """Change the system as a mend says; return the name of the process to look at then.  Raise NotFound when
    the mend is not one that is offered for what stands."""
    process = system["processes"][place]
    if kind == OWN_USE and (less := _own_use(process)):
        own = {"amount": f"{less:f}", "unit": process["unit"]}
        _replace(system, place, inputs={**process["inputs"], process["name"]: own})
    elif kind == BY_MASS and _all_weighed(process):
        _replace(system, place, allocation="mass", shares={})
    elif kind == ADD and product in process.get("inputs", {}) and product not in ProductNames(system).units:
        system["processes"] = [*system["processes"], _supplier(process, product)]
        return product
    else:
        raise NotFound("process-not-found")
    name: str = process["name"]
    return name


def _replace(system: dict[str, Any], place: int, **members: object) -> None:  # JSON
    changed = [*system["processes"]]
    changed[place] = {**changed[place], **members}
    system["processes"] = changed


def _supplier(process: Plain, product: str) -> dict[str, str]:
    stated = process["inputs"][product]
    unit = stated["unit"] if isinstance(stated, Mapping) else process["unit"]
    return {"name": product, "title": product, "stage": SUPPLIER, "unit": unit, "output": "1"}


def _spoken(detail: Mapping[str, Any], names: ProductNames) -> dict[str, Any]:  # as sentences take them
    product = detail.get("product")
    return {**detail, "product": names[product]} if isinstance(product, str) else dict(detail)


def _mends(process: Plain, slug: str, product: str, names: ProductNames) -> Iterator[Mend]:
    if slug == "system-not-productive" and (less := _own_use(process)):
        amount = f"{less:f} {unit_text(process['unit'])}"
        yield Mend(OWN_USE, process["name"], _("改成 %(amount)s", amount=amount))
    if slug == "system-input-unmade":
        yield Mend(ADD, product, _("添加过程“%(name)s”", name=names[product]))
    if slug == "system-coproduct-left" and _all_weighed(process):
        yield Mend(BY_MASS, product, _("按质量分配"))


def _cause(system: Plain, process: Plain, slug: str, wrong: Invalid) -> str:
    if slug == "negative-without-ground":
        return _(
            "避免的产品要有依据：在活动数据里记为“避免的产品”，写明替代了什么，附上文件，由评审人员认可。"
        )
    if slug != "system-not-productive":
        return ""
    if own := _own(process):
        amount, output = own
        unit = unit_text(process["unit"])
        said = _(
            "每产 %(output)s %(unit)s，自己要用 %(amount)s %(unit)s，净产出 %(net)s %(unit)s。",
            output=f"{output:f}",
            amount=f"{amount:f}",
            net=f"{output - amount:f}",
            unit=unit,
        )
        likely = _("常见原因：自用的比例加在了 1 上，如把厂用电率 0.08 填成了 1.08。")
        return f"{said}{likely}" if _own_use(process) else said
    return _round(system, process, wrong.detail.get("products", []))


def _round(system: Plain, process: Plain, products: list[str]) -> str:
    """What goes once around the loop, from this process to what it takes of the others that are blamed."""
    names, said = ProductNames(system), []
    for product in [product for product in products if product in process.get("inputs", {})]:
        stated = process["inputs"][product]
        amount, unit = (
            (stated["amount"], stated["unit"])
            if isinstance(stated, Mapping)
            else (stated, names.units.get(product, ""))
        )
        said.append(
            _(
                "每产 %(output)s %(unit)s，要用 %(amount)s %(of)s“%(product)s”，"
                "而“%(product)s”又要用回这里的产出。",
                output=process.get("output", "1"),
                unit=unit_text(process["unit"]),
                amount=amount,
                of=unit_text(unit),
                product=names[product],
            )
        )
    return "".join(said)


def _own(process: Plain) -> tuple[Decimal, Decimal] | None:
    """What it takes of its own product, where that is no less than it makes, and what it makes."""
    stated = process.get("inputs", {}).get(process["name"])
    if isinstance(stated, Mapping):
        if stated.get("unit") != process["unit"]:
            return None
        stated = stated.get("amount")
    amount, output = numbers.number(stated), numbers.number(process.get("output", "1"))
    return (amount, output) if amount is not None and output is not None and amount >= output > 0 else None


def _own_use(process: Plain) -> Decimal | None:
    """What was meant where a share of its own product was added to the whole: 0.08 for 1.08."""
    own = _own(process)
    return own[0] - own[1] if own and own[1] < own[0] < 2 * own[1] else None


def _all_weighed(process: Plain) -> bool:
    """Whether the units alone say what each product weighs."""
    stated = process.get("outputs", {}).values()
    units = [process["unit"], *(value["unit"] if isinstance(value, Mapping) else "" for value in stated)]
    return all(unit and _weighs(unit) for unit in units)


def _weighs(unit: str) -> bool:
    try:
        return "kg" in convertible(unit)
    except Invalid:
        return False
