"""The people of the registers, and a world of cases to see what an entry lets them do."""

from tests.certification.conftest import body, keeper, laboratory, office, verifier, world

__all__ = ["body", "keeper", "laboratory", "office", "verifier", "world"]
