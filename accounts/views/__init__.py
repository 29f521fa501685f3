"""The pages of accounts: coming in, the own account, the own organisation."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from accounts.views import account, entrance, held, inbox, invitations, organisation, registry, work  # noqa: E402

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
    "work",
]
