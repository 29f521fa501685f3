"""The pages of accounts: coming in, the own account, the own organisation."""

from accounts.views import account, entrance, held, inbox, invitations, organisation, registry, roles, work
from accounts.views.blueprint import bp

BLUEPRINTS = (bp,)

__all__ = [
    "BLUEPRINTS",
    "account",
    "entrance",
    "held",
    "inbox",
    "invitations",
    "organisation",
    "registry",
    "roles",
    "work",
]
