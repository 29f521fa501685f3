"""What public bodies may buy: categories, the policy over them, and the editions of the list."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, Connection, ForeignKey, UniqueConstraint, event, inspect, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, object_session, relationship

from accounts.models import Organisation
from certification.workflow.certificate import BECOMES
from core.clock import now
from core.columns import Code, Digest, Name, Note, Reason, Sealed, Slug, Unit, Who
from core.db import Base, among
from core.errors import OutOfOrder
from core.states import in_states
from procurement import workflow
from procurement.rules import LISTED, TREATMENTS
from procurement.verdict.judging import LIST, MODES

if TYPE_CHECKING:
    from procurement.objections.models import ListObjection


STRUCK_BY = (*BECOMES, *workflow.MODEL_ACTS)


class Category(Base):
    """A 品目.  Editions of the catalogue use the same code for different goods: a code needs its edition."""

    __tablename__ = "procurement_category"
    __table_args__ = (UniqueConstraint("edition", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[Code]  # year of the catalogue, such as 2022
    code: Mapped[Code]
    name: Mapped[Name]
    level: Mapped[int]
    parent: Mapped[Code] = mapped_column(default="")
    suspect: Mapped[bool] = mapped_column(default=False)  # the name carries text glued on by its PDF
    source: Mapped[Note] = mapped_column(default="")


class PolicySaid:
    """What a policy rule says, proposed or in force."""

    category_edition: Mapped[Code]
    category_code: Mapped[Code]
    category_name: Mapped[Name]
    scheme_code: Mapped[Slug]
    treatment: Mapped[Slug]  # 强制采购 | 优先采购 | 鼓励采购 | 不作要求
    basis: Mapped[Note]  # 文号, or what it is modelled on
    mode: Mapped[Slug] = mapped_column(default=LIST)  # by which proof a product may be bought
    bodies: Mapped[list[str]] = mapped_column(JSON, default=list)  # credit codes of those it names, if any
    criterion: Mapped[Note] = mapped_column(default="")  # which limit, grade or standard it asks
    scope_note: Mapped[Reason] = mapped_column(default="")  # what of larger goods belongs to it
    parameter: Mapped[Slug] = mapped_column(default="")  # by which products are told apart, of the scheme
    above: Mapped[Decimal | None]  # those with more than this
    up_to: Mapped[Decimal | None]  # and no more than this
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)  # or with one of these
    last_use: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # see last_days
    demo: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def last_days(self) -> dict[str, date]:
        """By former version of the scheme: the last day on which its certificates prove anything here."""
        return {each["version"]: date.fromisoformat(each["until"]) for each in self.last_use}

    @last_days.setter
    def last_days(self, days: Mapping[str, date]) -> None:
        said = [{"version": version, "until": day.isoformat()} for version, day in days.items()]
        self.last_use = sorted(said, key=lambda each: each["until"])


class PolicyRule(PolicySaid, Base):
    """From `valid_from`: how the goods of this category are to be bought, by certificates of a scheme.

    `number` is its place among the rules for the same code and scheme; that it ends when the next one begins
    is the one thing told of it later."""

    __tablename__ = "policy_rule"
    __table_args__ = (
        UniqueConstraint("category_edition", "category_code", "scheme_code", "valid_from"),
        among("treatment", TREATMENTS),
        among("mode", MODES),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("basis <> ''", name="basis_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=1)
    drafted_by: Mapped[Who] = mapped_column(default="")
    approved_by: Mapped[Who] = mapped_column(default="")
    entered_at: Mapped[datetime] = mapped_column(default=now)


class Edition(Base):
    """One issue (期) of the list.  Once published nothing in it changes, ever."""

    __tablename__ = "list_edition"
    __table_args__ = (
        CheckConstraint(
            "state <> 'published' OR (digest IS NOT NULL AND published_on IS NOT NULL"
            " AND document_number IS NOT NULL AND notice_to IS NOT NULL)",
            name="published_complete",
        ),
        CheckConstraint("notice_to IS NULL OR notice_to >= notice_from", name="notice_in_order"),
        CheckConstraint("valid_days IS NULL OR valid_days BETWEEN 1 AND 1095", name="valid_days_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)  # 2026-3
    title: Mapped[Name]
    state: Mapped[Slug] = mapped_column(default="draft", index=True)
    is_in_notice = in_states(workflow.IN_NOTICE)
    is_published = in_states(workflow.PUBLISHED)
    is_public = in_states(workflow.PUBLIC)
    is_open = in_states(workflow.OPEN)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    cutoff: Mapped[date]  # certificates are judged as of this day
    policy_date: Mapped[date]  # the policy in force on this day applies
    notice_from: Mapped[date | None]
    notice_to: Mapped[date | None]
    published_on: Mapped[date | None] = mapped_column(index=True)
    document_number: Mapped[Code | None]
    digest: Mapped[Digest | None]
    signed_by: Mapped[Code] = mapped_column(default="")  # credit code; empty while nobody signed
    signature: Mapped[Sealed] = mapped_column(default="")  # detached, over the published content
    valid_days: Mapped[int | None]  # certificates are valid so long after it takes effect, at least
    grace: Mapped[Reason] = mapped_column(default="")  # for tenders open when a line falls or a list ends
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("list_edition.id"))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    owner: Mapped[Organisation] = relationship(lazy="joined")
    previous: Mapped["Edition | None"] = relationship(remote_side=[id])
    lines: Mapped[list["EditionLine"]] = relationship(
        back_populates="edition", order_by="EditionLine.place", cascade="all, delete-orphan"
    )
    omissions: Mapped[list["Omission"]] = relationship(
        back_populates="edition", order_by="Omission.id", cascade="all, delete-orphan"
    )

    objections: Mapped[list["ListObjection"]] = relationship(
        back_populates="edition", order_by="ListObjection.id", passive_deletes="all"
    )
    hands: Mapped[list["EditionHand"]] = relationship(order_by="EditionHand.id", cascade="all, delete-orphan")

    def party(self, _role: str) -> int:
        return self.owner_id

    @property
    def has_lines(self) -> bool:
        """Asks for one of them: an edition may have hundreds of thousands."""
        session = object_session(self)
        query = select(EditionLine.id).where(EditionLine.edition_id == self.id).limit(1)
        return session is not None and session.scalar(query) is not None

    @property
    def drawers(self) -> frozenset[int]:
        """Who drew it up, ever."""
        return frozenset(hand.person_id for hand in self.hands if hand.did == "drew")

    @property
    def approvers(self) -> frozenset[int]:
        return frozenset(hand.person_id for hand in self.hands if hand.did == "approved")


class EditionHand(Base):
    """Who drew up an edition, or approved it as it was shown."""

    __tablename__ = "edition_hand"
    __table_args__ = (
        UniqueConstraint("edition_id", "person_id", "did"),
        among("did", ("drew", "approved")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    person: Mapped[Who]
    did: Mapped[Slug]
    at: Mapped[datetime] = mapped_column(default=now)


class EditionLine(Base):
    """One model of one certified product under one category, as it is printed."""

    __tablename__ = "edition_line"
    __table_args__ = (
        UniqueConstraint("edition_id", "category_code", "number", "model"),
        UniqueConstraint("edition_id", "place"),
        among("treatment", LISTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"))
    place: Mapped[int]
    entry_id: Mapped[int] = mapped_column(index=True)
    certificate_id: Mapped[int] = mapped_column(index=True)
    category_edition: Mapped[Code]
    category_code: Mapped[Code]
    category_name: Mapped[Name]
    treatment: Mapped[Slug]
    basis: Mapped[Note]
    maker: Mapped[Name]
    trademark: Mapped[Name]
    product: Mapped[Name]
    model: Mapped[Name]
    squashed: Mapped[Code]  # the model without punctuation, to be found by
    number: Mapped[Code]
    issued_on: Mapped[date]
    valid_to: Mapped[date]
    carbon: Mapped[Decimal]
    carbon_unit: Mapped[Unit]
    boundary: Mapped[Slug]
    demo: Mapped[bool] = mapped_column(default=False)

    edition: Mapped[Edition] = relationship(back_populates="lines")
    strikes: Mapped[list["StruckLine"]] = relationship(order_by="StruckLine.id", back_populates="line")


class EditionPaper(Base):
    """One volume of an edition as PDF, kept apart from it, since the edition itself never changes."""

    __tablename__ = "edition_paper"
    __table_args__ = (UniqueConstraint("edition_id", "volume"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"))
    volume: Mapped[int]  # from 1
    document: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))


class Omission(Base):
    """A certified product that did not enter an edition, and why."""

    __tablename__ = "edition_omission"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"), index=True)
    entry_id: Mapped[int]
    number: Mapped[Code]
    product: Mapped[Name]
    maker: Mapped[Name]
    reason: Mapped[Reason]  # slug, see omission.* in words

    edition: Mapped[Edition] = relationship(back_populates="omissions")


class StruckLine(Base):
    """A status act, or a version of the certificate without its model, that fell on a line after it was
    printed.  The line itself stays as published."""

    __tablename__ = "struck_line"
    __table_args__ = (among("act", STRUCK_BY),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("edition_line.id"), index=True)
    act: Mapped[Slug]
    status: Mapped[Slug]
    on: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[Reason]
    entered_at: Mapped[datetime] = mapped_column(default=now)

    line: Mapped[EditionLine] = relationship(back_populates="strikes")


# What is published stays as published: whoever tries to change it, by row or in bulk, is refused.

PRINTED = (Edition, EditionLine, Omission)


def _refuse_if_published(
    _mapper: object, connection: Connection, row: "Edition | EditionLine | Omission"
) -> None:
    """Asks the database, which still says what was before this change."""
    edition_id = row.id if isinstance(row, Edition) else row.edition_id
    query = select(Edition.state).where(Edition.id == edition_id)
    if _changes(row) and connection.scalar(query) == "published":
        raise OutOfOrder("edition-is-published")


def _changes(row: Base) -> bool:
    """A new row that points at this one does not change it; taking it away does."""
    session = object_session(row)
    if session is None or inspect(row).pending:
        return True
    return row in session.deleted or session.is_modified(row, include_collections=False)


def _refuse_bulk(orm_state: ORMExecuteState) -> None:
    if not (orm_state.is_update or orm_state.is_delete):
        return
    if orm_state.bind_mapper and orm_state.bind_mapper.class_ in PRINTED:
        raise OutOfOrder("edition-is-published")


for _kind in PRINTED:
    for _moment in ("before_insert", "before_update", "before_delete"):
        event.listen(_kind, _moment, _refuse_if_published)
event.listen(Session, "do_orm_execute", _refuse_bulk)
