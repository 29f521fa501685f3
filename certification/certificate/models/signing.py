"""Which keys the bodies have signed with; the keys themselves are files, and nowhere else."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, Digest
from core.db import Base


class SigningKey(Base):
    """A key a body signs with, or signed with: the newest is the one in use."""

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    uscc: Mapped[Code] = mapped_column(index=True)
    kid: Mapped[Digest] = mapped_column(unique=True)  # RFC 7638 thumbprint
    created_at: Mapped[datetime] = mapped_column(default=now)
