"""The products the catalogue is tested with."""

from tests.support.products import act, declared, issue

__all__ = ["act", "declared", "issue"]
