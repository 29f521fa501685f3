"""The steps of what the rule book holds."""

from schemes.drafts.steps import TABLE

__all__ = ["TABLE"]
