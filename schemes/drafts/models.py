"""A draft of a rule, who approved which text of it, and what the public said."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from core.calendar.count import months_after
from core.canonical import canonical
from core.clock import now, today
from core.columns import Address, Code, Digest, Facts, Name, Reason, Slug, Who
from core.db import Base, among
from core.errors import Invalid
from core.i18n import language
from core.readers import days
from core.states import in_states
from schemes.document import digest
from schemes.drafts import workflow
from schemes.drafts.editor import JSON
from schemes.drafts.sections import Fault, faults_in
from schemes.models import SchemeVersion

PROPOSED = text("state = 'proposed'")  # a rule is proposed to be retired once at a time


class RuleDraft(Base):
    """What may become a version of a rule.  Its document may have faults; it is published without any."""

    __tablename__ = "rule_draft"
    __table_args__ = (
        CheckConstraint("comment_to IS NULL OR comment_to >= comment_from", name="comment_in_order"),
        CheckConstraint("state <> 'published' OR published_id IS NOT NULL", name="published_complete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Slug] = mapped_column(default=workflow.DRAFT.start, index=True)
    is_editable = in_states(workflow.EDITABLE)
    is_in_comment = in_states(workflow.IN_COMMENT)
    is_open = in_states(workflow.OPEN)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("scheme_version.id"))
    code: Mapped[Code] = mapped_column(index=True)  # of the rule, as the document has it
    document: Mapped[dict[str, JSON]] = mapped_column(Facts())  # right or wrong
    summary: Mapped[Reason] = mapped_column(default="")  # what changes, and why
    comment_from: Mapped[date | None]
    comment_to: Mapped[date | None]
    convert_by: Mapped[date | None]  # until when certificates of the former version are to be converted
    published_id: Mapped[int | None] = mapped_column(ForeignKey("scheme_version.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    owner: Mapped[Organisation] = relationship(lazy="joined")
    based_on: Mapped[SchemeVersion | None] = relationship(foreign_keys=[based_on_id])
    published: Mapped[SchemeVersion | None] = relationship(foreign_keys=[published_id])
    hands: Mapped[list["DraftHand"]] = relationship(order_by="DraftHand.id", back_populates="draft")
    comments: Mapped[list["DraftComment"]] = relationship(order_by="DraftComment.id", back_populates="draft")

    def party(self, _role: str) -> int:
        return self.owner_id

    @property
    def faults(self) -> dict[str, Fault]:
        return faults_in(self.document)

    @property
    def is_faulty(self) -> bool:
        return bool(self.faults)

    @property
    def text_digest(self) -> str:
        """Of the document as it stands: an approval holds for this text alone."""
        return digest(canonical(self.document).decode())

    @property
    def authors(self) -> frozenset[int]:
        """Whoever wrote in it, ever."""
        return frozenset(hand.person_id for hand in self.hands if hand.did == "wrote")

    @property
    def approved_by(self) -> frozenset[int]:
        """Who approved the text as it stands."""
        text = self.text_digest
        return frozenset(h.person_id for h in self.hands if h.did == "approved" and h.digest == text)

    @property
    def unanswered(self) -> list["DraftComment"]:
        return [comment for comment in self.comments if comment.wants_answer]

    @property
    def effective_from(self) -> date | None:
        """The day the document names, where one can read it."""
        try:
            return days.day(self.said("effective_from"))
        except Invalid:
            return None

    @property
    def is_demo(self) -> bool:
        identity = self.document.get("identity")
        return isinstance(identity, dict) and identity.get("demo") is True

    def said(self, member: str) -> str:
        """What the document says of its identity, right or wrong."""
        identity = self.document.get("identity")
        found = identity.get(member) if isinstance(identity, dict) else None
        return found if isinstance(found, str) else ""

    @property
    def said_name(self) -> str:
        """What the rule is called in the document, in the language of the page; "" while it has no name."""
        identity = self.document.get("identity")
        names = identity.get("names") if isinstance(identity, dict) else None
        found = names.get("en" if language() == "en" else "zh") if isinstance(names, dict) else None
        return found if isinstance(found, str) else ""

    @property
    def was_shown(self) -> bool:
        """Whether it was ever put before the public."""
        return self.comment_from is not None and self.comment_from <= today()

    def takes_comments_on(self, day: date) -> bool:
        first, last = self.comment_from, self.comment_to
        return self.is_in_comment and first is not None and last is not None and first <= day <= last

    @property
    def convert_from(self) -> date | None:
        """The earliest last day on which certificates of earlier versions may be converted: as the document
        says, or the day the new version takes over; None where the draft takes over from none."""
        day, transition = self.effective_from, self.document.get("transition")
        if self.based_on_id is None or day is None:
            return None
        given = transition.get("months") if isinstance(transition, dict) else None
        return months_after(day, given) if type(given) is int else day

    @property
    def former_from(self) -> date | None:
        return self.based_on.effective_from if self.based_on else None


class DraftHand(Base):
    """Who wrote in a draft, or approved a text of it."""

    __tablename__ = "draft_hand"
    __table_args__ = (
        UniqueConstraint("draft_id", "person_id", "did", "digest"),
        among("did", ("wrote", "approved")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("rule_draft.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    person: Mapped[Who]
    did: Mapped[Slug]
    digest: Mapped[Digest]
    at: Mapped[datetime] = mapped_column(default=now)

    draft: Mapped[RuleDraft] = relationship(back_populates="hands")


class DraftComment(Base):
    """What somebody said about a draft, signed in or not, and what was answered for all to read."""

    __tablename__ = "draft_comment"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("state <> 'answered' OR answer <> ''", name="answer_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("rule_draft.id"), index=True)
    number: Mapped[Code] = mapped_column(unique=True)
    state: Mapped[Slug] = mapped_column(default=workflow.COMMENT.start, index=True)
    is_public = in_states(workflow.PUBLIC)
    wants_answer = in_states(workflow.KEPT)
    is_quoted = in_states(("shown", "answered"))
    version: Mapped[int] = mapped_column()
    place: Mapped[Address] = mapped_column(default="")  # the part of the document: a JSON pointer, or all
    text: Mapped[Reason]
    name: Mapped[Name] = mapped_column(default="")
    anonymous: Mapped[bool] = mapped_column(default=False)  # the name is not shown
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[Reason] = mapped_column(default="")
    adopted: Mapped[Slug] = mapped_column(default="")
    ground: Mapped[Reason] = mapped_column(default="")  # for which it is not shown
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    draft: Mapped[RuleDraft] = relationship(back_populates="comments", lazy="joined")

    def party(self, _role: str) -> int:
        return self.draft.owner_id

    @property
    def by(self) -> str:
        return "" if self.anonymous else self.name


class Retirement(Base):
    """A rule that is to take no new case from a day on: proposed by one, confirmed by another."""

    __tablename__ = "rule_retirement"
    __table_args__ = (
        Index(
            "uq_rule_retirement_open",
            "code",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(index=True)  # of the rule
    state: Mapped[Slug] = mapped_column(default=workflow.RETIREMENT.start)
    is_proposed = in_states(workflow.PROPOSED)
    is_retired = in_states(workflow.RETIRED)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    day: Mapped[date]  # the first on which no case is accepted
    reason: Mapped[Reason]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    author: Mapped[Who]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    def party(self, _role: str) -> int:
        return self.owner_id
