"""What the slugs of accounts are called."""

from accounts.words import notices, refusals, regions, roles, work
from accounts.words.regions import region_groups, region_name

WORDS = roles.WORDS | notices.WORDS | refusals.WORDS | regions.WORDS | work.WORDS

__all__ = ["WORDS", "region_groups", "region_name"]
