"""The tables of accounts, one file per noun."""

from accounts.models.absence import Absence
from accounts.models.inbox import CalendarFeed, Delivery, Notice, NoticePreference
from accounts.models.people import (
    ApiToken,
    Grant,
    HeldForm,
    Invitation,
    Membership,
    Organisation,
    User,
)
from accounts.models.roles import RoleProposal
from accounts.models.sign_in import SignIn

__all__ = [
    "Absence",
    "ApiToken",
    "CalendarFeed",
    "Delivery",
    "Grant",
    "HeldForm",
    "Invitation",
    "Membership",
    "Notice",
    "NoticePreference",
    "Organisation",
    "RoleProposal",
    "SignIn",
    "User",
]
