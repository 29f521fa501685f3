"""The pages of the rule book: what everybody reads, and where rules are drafted."""

from schemes.drafts.views import bp as drafts
from schemes.views.rules import bp as rules

BLUEPRINTS = (drafts, rules)
