"""Who has come in, and has not gone out again: a session is a row here, the cookie only its key."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import real_now
from core.columns import Digest
from core.db import Base

LONGEST_SESSION = timedelta(hours=12)  # NIST SP 800-63B 4.2.3, however busy it is


class SignIn(Base):
    """One session, from coming in to going out.  Its times are real ones, also in a demonstration."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)  # SHA-256 of the secret in the session cookie
    began_at: Mapped[datetime] = mapped_column(default=real_now, index=True)
    ended_at: Mapped[datetime | None]
