"""The steps of what the registers hold."""

from registers.adoption.steps import TABLE

__all__ = ["TABLE"]
