"""Workbooks that came back, and the rows of them that wait to be mended."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from core.clock import now
from core.columns import Digest, FileName, Slug, Who
from core.db import Base, among

KINDS = ("inventory", "models")
OUTCOMES = ("waiting", "refused", "accepted", "dropped", "replaced")


class SheetUpload(Base):
    """One workbook as it was read: every row was accepted or refused, and the counts say so for good.

    `taken` is False when too many rows were wrong: then nothing was accepted.  `letters` maps a column
    to its letter in the sheet; `head` is a list of {cell, column, slug} of what was wrong above the rows.
    """

    __tablename__ = "sheet_upload"
    __table_args__ = (
        among("kind", KINDS),
        CheckConstraint("rows_read = accepted + refused", name="rows_add_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    filename: Mapped[FileName]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    base_version: Mapped[int | None]  # the version the workbook was made from, when it says so
    result_version: Mapped[int]  # the version the rows made
    supplement_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_upload.id"))
    rows_read: Mapped[int]
    accepted: Mapped[int]
    refused: Mapped[int]
    taken: Mapped[bool]
    letters: Mapped[dict] = mapped_column(JSON)
    head: Mapped[list] = mapped_column(JSON)
    uploaded_by: Mapped[Who]
    uploaded_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    rows: Mapped[list["SheetRow"]] = relationship(order_by="SheetRow.number", back_populates="upload")

    @property
    def waiting(self) -> list["SheetRow"]:
        return [row for row in self.rows if row.outcome == "waiting"]

    def cell(self, row: "SheetRow", column: str) -> str:
        return f"{self.letters.get(column, '')}{row.number}"


class SheetRow(Base):
    """A refused row: what stood in it, and the slug of what is wrong by column."""

    __tablename__ = "sheet_row"
    __table_args__ = (among("outcome", OUTCOMES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("sheet_upload.id"), index=True)
    number: Mapped[int]  # as the spreadsheet counts
    values: Mapped[dict] = mapped_column(JSON)
    errors: Mapped[dict] = mapped_column(JSON)
    outcome: Mapped[Slug] = mapped_column(default="waiting")
    settled_by: Mapped[Who] = mapped_column(default="")
    settled_at: Mapped[datetime | None]

    upload: Mapped[SheetUpload] = relationship(back_populates="rows")
