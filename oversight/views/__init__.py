"""The regulator's pages, and the doors through which the public brings complaints and reports."""

from oversight.views.grievances import grievances, public
from oversight.views.reading import bp

from oversight.views import appeals, orders, surveillance  # isort: skip  # more pages of `grievances` and of `bp`

BLUEPRINTS = (bp, grievances, public)

__all__ = ["BLUEPRINTS", "appeals", "orders", "surveillance"]
