"""Workbooks that came back, and the rows of them that could not be read."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from certification.workbooks.exchange.layouts import title_of
from certification.workbooks.exchange.read import Line
from core.clock import now
from core.columns import Digest, FileName, Slug, Who
from core.db import Base, among

KINDS = ("inventory", "models")
BECAME = ("staged", "applied", "refused", "dropped", "replaced")
OUTCOMES = ("waiting", "refused", "accepted", "dropped", "replaced")
HEAD = 0  # the number of the row that holds single values above the rows


class SheetUpload(Base):
    """One workbook as it was read: each row could be read (accepted) or not (refused), and the counts say so.

    `outcome` is staged while its difference from the case is only shown, and refused when too many rows were
    wrong: then nothing of it counts.  `lines` are what stood in it (see exchange.read.Line).  `letters` maps
    a column to its letter in the sheet, a value of the head to its cell.
    """

    __tablename__ = "sheet_upload"
    __table_args__ = (
        among("kind", KINDS),
        among("outcome", BECAME),
        CheckConstraint("rows_read = accepted + refused", name="rows_add_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    outcome: Mapped[Slug]
    filename: Mapped[FileName]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    base_version: Mapped[int | None]  # the version the workbook was made from, when it says so
    result_version: Mapped[int]  # the version the rows made; of a staged one, that it was read beside
    supplement_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_upload.id"))
    rows_read: Mapped[int]
    accepted: Mapped[int]
    refused: Mapped[int]
    letters: Mapped[dict[str, str]] = mapped_column(JSON)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # JSON, see above
    uploaded_by: Mapped[Who]
    uploaded_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    supplement: Mapped["SheetUpload | None"] = relationship(remote_side=[id])
    rows: Mapped[list["SheetRow"]] = relationship(order_by="SheetRow.number", back_populates="upload")

    @property
    def waiting(self) -> list["SheetRow"]:
        return [row for row in self.rows if row.outcome == "waiting"]

    def cell(self, row: "SheetRow | Line", column: str) -> str:
        """The name of a cell in this row, as a spreadsheet says it."""
        kind = row.values.get("kind", "")
        held = self.letters.get(f"{kind}:{column}" if kind else column, "")
        if row.number == HEAD:
            return held
        return f"{title_of(kind)}!{held}{row.number}" if kind else f"{held}{row.number}"


class SheetRow(Base):
    """A row that could not be read: what stood in it, and the slug of what is wrong by column.

    While it waits it is a row of the case: `stands_for` is the handle (see difference.handles) of the row
    that goes on counting in its stead; where none has it, it would be new.
    """

    __tablename__ = "sheet_row"
    __table_args__ = (among("outcome", OUTCOMES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("sheet_upload.id"), index=True)
    number: Mapped[int]  # as the spreadsheet counts
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    errors: Mapped[dict[str, str]] = mapped_column(JSON)
    stands_for: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    outcome: Mapped[Slug] = mapped_column(default="waiting")
    settled_by: Mapped[Who] = mapped_column(default="")
    settled_at: Mapped[datetime | None]

    upload: Mapped[SheetUpload] = relationship(back_populates="rows")

    @property
    def is_head(self) -> bool:
        return self.number == HEAD
