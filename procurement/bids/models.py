"""A check of a bid: what was asked, what was known, and what was answered.  Nothing in it changes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Code, Digest, Name, Sealed, Who
from core.db import Base
from core.errors import OutOfOrder

COUNTED = "lines > 0"
VOLUME = 1000  # lines of one PDF: what is drawn at once is held in memory whole


class BidCheck(Base):
    """`content` is the annex in its one spelling, `facts` what the answers rest on; `digest` is that of the
    first, which names the digest of the second.  `uscc` and `signature` are empty while nobody signed."""

    __tablename__ = "bid_check"
    __table_args__ = (CheckConstraint(COUNTED, name="lines_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    address: Mapped[Code] = mapped_column(unique=True)  # with a part that nobody guesses
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[Name]
    on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[Who]
    lines: Mapped[int]
    buyable: Mapped[int]
    digest: Mapped[Digest]
    uscc: Mapped[Code] = mapped_column(default="")
    signature: Mapped[Sealed] = mapped_column(default="")
    content: Mapped[bytes] = mapped_column(deferred=True)
    facts: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def volumes(self) -> int:
        """How many PDFs it fills."""
        return -(-self.lines // VOLUME)


class BidPaper(Base):
    """One volume of a check as PDF, kept apart from it, since the check itself never changes."""

    __tablename__ = "bid_paper"
    __table_args__ = (UniqueConstraint("check_id", "volume"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("bid_check.id"))
    volume: Mapped[int]  # from 1
    document: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))


def _refuse(_mapper: object, _connection: object, _row: BidCheck) -> None:
    raise OutOfOrder("check-is-kept")


for _moment in ("before_update", "before_delete"):
    event.listen(BidCheck, _moment, _refuse)
