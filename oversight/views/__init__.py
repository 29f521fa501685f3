"""The regulator's pages, and the doors through which the public brings complaints and reports."""

from oversight.views.brought import brought, public
from oversight.views.reading import bp

from oversight.views import appeals, surveillance  # isort: skip  # more pages of `brought` and of `bp`

BLUEPRINTS = (bp, brought, public)

__all__ = ["BLUEPRINTS", "appeals", "surveillance"]
