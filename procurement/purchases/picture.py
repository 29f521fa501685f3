"""A year of purchases as it is drawn: a column a month, what is low in carbon beneath the rest."""

from decimal import Decimal

from core import charts
from core.i18n import _
from procurement.purchases.queries import Period


def columns(of: Period) -> list[tuple[str, tuple[Decimal, Decimal]]]:
    """In thousands of yuan."""
    return [
        (str(month), (each.certified / 1000, (each.spend - each.certified) / 1000))
        for month, each in enumerate(of.months, start=1)
    ]


def said(of: Period) -> str:
    """The same for whoever does not see it."""
    told = [
        _("%(month)s 月 %(spend)s 元，其中低碳 %(share)s", month=month, spend=charts.num(each.spend),
          share=charts.share(each.certified, each.spend))
        for month, each in enumerate(of.months, start=1)
        if each.purchases
    ]  # fmt: skip
    return _("；").join(told)
