"""The products the catalogue is tested with."""

from tests.support.products import act, declared, issue, shared

__all__ = ["act", "declared", "issue", "shared"]
