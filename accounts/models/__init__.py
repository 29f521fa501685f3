"""The tables of accounts, one file per noun."""

from accounts.models.inbox import CalendarFeed, Delivery, Notice, NoticePreference
from accounts.models.people import (
    ApiToken,
    Grant,
    HeldForm,
    Invitation,
    Membership,
    Organisation,
    User,
    new_session_key,
)

__all__ = [
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
    "User",
    "new_session_key",
]
