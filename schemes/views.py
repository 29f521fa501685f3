"""The pages of the rule book."""

from schemes.drafts.views import bp as drafts

BLUEPRINTS = (drafts,)
