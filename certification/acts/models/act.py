"""What a body tells its client in writing, numbered and signed; never edited, a later act supersedes it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from certification.certificate.models import Certificate
from core.clock import now
from core.columns import Code, Digest, Sealed, Slug, Statement, Who
from core.db import Base


class WrittenAct(Base):
    """One notice as it was served.  `subject` is what it answers, such as certificate/12."""

    __tablename__ = "written_act"
    __table_args__ = (CheckConstraint("length(statement) > 2", name="statement_present"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Slug] = mapped_column(index=True)  # see certification.acts.statement.KINDS
    subject: Mapped[Slug] = mapped_column(index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    served_on: Mapped[date]
    appeal_until: Mapped[date | None]  # none when nothing was decided against the client
    statement: Mapped[Statement]  # canonical JSON (RFC 8785)
    digest: Mapped[Digest] = mapped_column(unique=True)
    signature: Mapped[Sealed]  # detached JWS, ES256, by the body's key
    document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # the PDF
    made_by: Mapped[Who]
    made_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="joined")
    recipient: Mapped[Organisation] = relationship(foreign_keys=[recipient_id], lazy="joined")
