"""The pages that belong to no office: help, health, and the living style guide."""

from core.views import health, pages, styleguide
from core.views.blueprint import bp

BLUEPRINTS = (bp,)

__all__ = ["BLUEPRINTS", "health", "pages", "styleguide"]
