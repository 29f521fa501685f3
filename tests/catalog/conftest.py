"""The products the catalogue is tested with."""

from tests.support.products import act, declared, issue, signed

__all__ = ["act", "declared", "issue", "signed"]
