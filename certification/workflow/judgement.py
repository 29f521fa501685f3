"""How a measured value is judged against a requirement (ISO/IEC 17025:2017 7.8.6)."""

from decimal import Decimal


def verdict(
    comparator: str | None,
    limit: Decimal | None,
    value: Decimal,
    uncertainty: Decimal | None,
    rule: str,
) -> str:
    """pass, fail, undecided or reported (no requirement).

    `comparator` is le or ge.  Under the rule `guard_band` the expanded
    uncertainty narrows the acceptance zone (W = U): a value that meets the
    limit but lies inside the band can be judged neither way.
    """
    if comparator is None or limit is None:
        return "reported"
    distance = limit - value if comparator == "le" else value - limit
    if distance < 0:
        return "fail"
    band = (uncertainty or Decimal(0)) if rule == "guard_band" else Decimal(0)
    return "pass" if distance >= band else "undecided"
