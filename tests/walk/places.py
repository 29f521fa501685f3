"""What the arguments of an address are filled with: for each, one object in every state of its life.

A row is found by the arguments of a rule, first together with its blueprint, then without.  It yields
(state, values): the state is a name for people, the values fill the address.  Arguments that only choose
(`<any(csv, json):kind>`) are filled with each of their choices.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule

from accounts import uscc
from accounts.models import Membership, Organisation, RoleProposal
from accounts.queries import organisation_by_uscc
from catalog.models import Entry
from certification.acts.models import Appeal, WrittenAct
from certification.aftercare.models import (
    CheckAnswer,
    CheckFinding,
    StatusProposal,
    Surveillance,
    SuspensionBatch,
)
from certification.application.models import Application, ApplicationFile, Submission
from certification.certificate.models import Certificate, CertificateVersion
from certification.clocks.models import Clock
from certification.complaints.models import BodyComplaint
from certification.conversion.models import DryRun, RuleChange
from certification.evaluation.models import Nonconformity, NonconformityAnswer, SitePhotograph
from certification.fees.models import FeeEntry
from certification.impartiality.models import Competence
from certification.label.artwork import VARIANTS
from certification.label.models import LabelLicence, LabelUse
from certification.laboratory.models import Sample, TestReport
from certification.late.models import LateEntry
from certification.messages.models import MessageFile
from certification.questions.models import Question
from certification.tracing.models import WorkingPaper
from certification.verification.models import VerifiedEvidence
from certification.workbooks.models import SheetUpload
from core.clock import today
from core.db import db
from demo.cast import CAST
from demo.load import SHOWN
from oversight.models import Complaint, ViolationReport
from procurement.assignments.models import CategoryAssignment
from procurement.bids.models import BidCheck, BidPaper
from procurement.models import Edition, EditionPaper
from procurement.objections.models import ListObjection
from procurement.policy.models import PolicyProposal
from procurement.purchases.models import Purchase
from procurement.shortlists.models import Shortlist
from procurement.suspensions.models import EnterpriseSuspension
from registers.adoption.models import Adoption
from registers.operations import REGISTERS
from schemes.drafts.models import DraftComment, Retirement, RuleDraft
from schemes.models import SchemeVersion

Values = dict[str, object]
Row = Callable[[], Iterator[tuple[str, Values]]]


def each(model, argument: str, *kinds: str, attribute: str = "id", where=()) -> Row:
    """One object for every value of `kinds`: the shown applicant's where there is one, else the newest."""

    def find() -> Iterator[tuple[str, Values]]:
        own = shown_applicant()
        found: dict[str, object] = {}
        for row in sorted(db.session.scalars(select(model).where(*where)), key=lambda row: row.id):
            state = "/".join(str(getattr(row, kind)) for kind in kinds)
            if state not in found or owner(found[state]) != own or owner(row) == own:
                found[state] = row
        for state, row in found.items():
            yield state, {argument: getattr(row, attribute)}

    return find


def shown_applicant() -> int:
    keys = [organisation["key"] for organisation in CAST["organisations"]]
    return organisation_by_uscc(uscc.synthetic(keys.index(SHOWN) + 1)).id


def owner(row) -> int | None:
    """The applicant it belongs to in the end."""
    case = getattr(row, "application", row)
    return getattr(case, "applicant_id", None)


def fixed(**values) -> Row:
    return lambda: iter([("", values)])


def of_labels() -> Iterator[tuple[str, Values]]:
    """The picture of every variant, of a label in every state."""
    for licence in db.session.scalars(select(LabelLicence).order_by(LabelLicence.id)):
        for variant in VARIANTS:
            yield f"{licence.state} {variant}", {"number": licence.certificate.number, "variant": variant}


def of_versions() -> Iterator[tuple[str, Values]]:
    for version in db.session.scalars(select(CertificateVersion).order_by(CertificateVersion.id)):
        yield "former", {"number": version.certificate.number, "edition": version.edition}


def waiting() -> list[int]:
    """The cases whose certificates were issued and have not begun."""
    ahead = select(Certificate.application_id).where(Certificate.begins_on > today())
    return list(db.session.scalars(ahead.order_by(Certificate.id)))


def of_bids() -> Iterator[tuple[str, Values]]:
    for paper in db.session.scalars(select(BidPaper).order_by(BidPaper.id)):
        check = db.session.get_one(BidCheck, paper.check_id)
        yield "drawn", {"address": check.address, "volume": paper.volume}


def of_editions() -> Iterator[tuple[str, Values]]:
    for paper in db.session.scalars(select(EditionPaper).order_by(EditionPaper.id)):
        edition = db.session.get_one(Edition, paper.edition_id)
        yield "drawn", {"number": edition.number, "volume": paper.volume}


def of_cases(argument: str) -> Row:
    def find() -> Iterator[tuple[str, Values]]:
        yield from each(Application, argument, "state", where=[Application.id.not_in(waiting())])()
        yield from (("certified, to begin", {argument: case}) for case in waiting())

    return find


def of_catalogue() -> Iterator[tuple[str, Values]]:
    yield from each(Entry, "entry_id", "kind", "category")()
    for entry in db.session.scalars(select(Entry).where(Entry.begins_on > today()).order_by(Entry.id)):
        yield "to begin", {"entry_id": entry.id}


def of_uses() -> Iterator[tuple[str, Values]]:
    for use in db.session.scalars(select(LabelUse).order_by(LabelUse.id)):
        yield f"picture {bool(use.picture)}", {"number": use.certificate.number, "use_id": use.id}


def of_submissions() -> Iterator[tuple[str, Values]]:
    for kept in db.session.scalars(select(Submission).order_by(Submission.id)):
        yield kept.step, {"case_id": kept.application_id, "number": kept.number}


def of_blanks() -> Iterator[tuple[str, Values]]:
    case = db.session.scalars(
        select(Application).where(Application.applicant_id == shown_applicant())
    ).first()
    for kind, asked in case.scheme.rules.kinds.items():
        if asked.sheet:
            yield kind, {"case_id": case.id, "kind": kind}


def of_rules() -> Iterator[tuple[str, Values]]:
    for scheme in db.session.scalars(select(SchemeVersion).order_by(SchemeVersion.id)):
        yield scheme.code, {"code": scheme.code, "version": scheme.version}


def of_forms() -> Iterator[tuple[str, Values]]:
    """Files that a rule hands out as forms."""
    for scheme in db.session.scalars(select(SchemeVersion).order_by(SchemeVersion.id)):
        for kind in scheme.rules.documents:
            if kind.blank_file:
                yield kind.slug, {"code": scheme.code, "version": scheme.version, "kind": kind.slug}


def of_answers() -> Iterator[tuple[str, Values]]:
    for answer in db.session.scalars(select(NonconformityAnswer).order_by(NonconformityAnswer.id)):
        yield answer.outcome, {"finding_id": answer.nonconformity_id, "round_": answer.round}


def of_check_answers() -> Iterator[tuple[str, Values]]:
    for answer in db.session.scalars(select(CheckAnswer).order_by(CheckAnswer.id)):
        yield answer.outcome, {"finding_id": answer.finding_id, "round_": answer.round}


def of_entries() -> Iterator[tuple[str, Values]]:
    for register, model in REGISTERS.items():
        row = db.session.scalars(select(model).order_by(model.id)).first()
        if row:
            yield register, {"register": register, "entry_id": row.id}


def of_grievance() -> Iterator[tuple[str, Values]]:
    for kind, model in (("complaints", Complaint), ("reports", ViolationReport)):
        for state, found in each(model, "grievance_id", "state")():
            yield state, {"kind": kind, **found}


def of_days() -> Iterator[tuple[str, Values]]:
    for state, found in each(Clock, "name", "name", where=[Clock.result == "running"])():
        yield state, {"name": f"clock-{found['name']}"}
    evaluating = select(Application).where(Application.state == "evaluating").order_by(Application.id)
    for case in db.session.scalars(evaluating):
        yield "visit", {"name": f"visit-{case.id}"}


cases = of_cases("case_id")
certificates = each(Certificate, "number", "state", attribute="number")
acts = each(WrittenAct, "number", "kind", attribute="number")

ROWS: dict[tuple[str, tuple[str, ...]], Row] = {
    ("static", ("filename",)): fixed(filename="js/tanbiao.js"),
    ("procurement", ("day",)): each(
        Edition, "day", attribute="published_on", where=[Edition.published_on.is_not(None)]
    ),
    ("accounts", ("membership_id",)): each(Membership, "membership_id", "active"),
    ("accounts", ("proposal_id",)): each(RoleProposal, "proposal_id", "approved"),
    ("accounts", ("organisation_id",)): each(Organisation, "organisation_id", "kind"),
    ("", ("case_id",)): cases,
    ("", ("case_id", "kind")): of_blanks,
    ("", ("application_id",)): of_cases("application_id"),
    ("", ("clock_id",)): each(Clock, "clock_id", "name"),
    ("", ("case_id", "number")): of_submissions,
    ("", ("file_id",)): each(ApplicationFile, "file_id", "kind"),
    ("messages", ("file_id",)): each(MessageFile, "file_id"),
    ("late", ("entry_id",)): each(LateEntry, "entry_id"),
    ("tracing", ("paper_id",)): each(WorkingPaper, "paper_id"),
    ("", ("complaint_id",)): each(BodyComplaint, "complaint_id", "state"),
    ("", ("objection_id",)): each(ListObjection, "objection_id", "state"),
    ("", ("purchase_id",)): each(Purchase, "purchase_id", "overall"),
    ("", ("shortlist_id",)): each(Shortlist, "shortlist_id", "state"),
    ("", ("assignment_id",)): each(CategoryAssignment, "assignment_id", "state"),
    ("", ("suspension_id",)): each(EnterpriseSuspension, "suspension_id", "state"),
    ("", ("proposal_id",)): each(
        StatusProposal, "proposal_id", "state", where=[StatusProposal.evidence.is_not(None)]
    ),
    ("", ("finding_id", "round_")): of_answers,
    ("surveillance", ("finding_id", "round_")): of_check_answers,
    ("", ("upload_id",)): each(SheetUpload, "upload_id", "kind", "outcome"),
    ("", ("competence_id",)): each(
        Competence, "competence_id", "state", where=[Competence.evidence.is_not(None)]
    ),
    ("", ("photograph_id",)): each(SitePhotograph, "photograph_id", "check_slug"),
    ("", ("evidence_id",)): each(VerifiedEvidence, "evidence_id"),
    ("registers", ("entry_id",)): of_entries,
    ("", ("sample_id",)): each(Sample, "sample_id", "state"),
    ("", ("report_id",)): each(TestReport, "report_id", "state", "conclusion"),
    ("", ("batch_id",)): each(SuspensionBatch, "batch_id"),
    ("", ("change_id",)): each(RuleChange, "change_id"),
    ("", ("number",)): certificates,
    ("acts", ("number",)): acts,
    ("appeals", ("number",)): acts,
    ("notices", ("number",)): acts,
    ("bids", ("address",)): each(BidCheck, "address", attribute="address"),
    ("bids", ("address", "volume")): of_bids,
    ("procurement", ("number", "volume")): of_editions,
    ("bids_api", ("address",)): each(BidCheck, "address", attribute="address"),
    ("objections", ("number",)): each(Edition, "number", "state", attribute="number"),
    ("objections_api", ("number",)): each(Edition, "number", "state", attribute="number"),
    ("procurement", ("number",)): each(Edition, "number", "state", attribute="number"),
    ("procurement_api", ("number",)): each(Edition, "number", "state", attribute="number"),
    ("", ("number", "variant")): of_labels,
    ("", ("number", "use_id")): of_uses,
    ("", ("edition", "number")): of_versions,
    ("", ("surveillance_id",)): each(Surveillance, "surveillance_id", "state"),
    ("", ("code",)): each(Certificate, "code", "state", attribute="code"),
    ("", ("appeal_id",)): each(Appeal, "appeal_id", "state", "outcome"),
    ("catalog", ("entry_id",)): of_catalogue,
    ("catalog_api", ("entry_id",)): of_catalogue,
    ("fees", ("entry_id",)): each(FeeEntry, "entry_id", "kind"),
    ("schemes_api", ("code",)): each(SchemeVersion, "code", "code", attribute="code"),
    ("rulebook", ("code",)): each(SchemeVersion, "code", "code", attribute="code"),
    ("", ("code", "version")): of_rules,
    ("", ("code", "kind", "version")): of_forms,
    ("rules", ("draft_id",)): each(RuleDraft, "draft_id", "state"),
    ("drafts_api", ("draft_id",)): each(RuleDraft, "draft_id", "state"),
    ("", ("comment_id",)): each(DraftComment, "comment_id", "state"),
    ("", ("adoption_id",)): each(Adoption, "adoption_id", "state"),
    ("", ("retirement_id",)): each(Retirement, "retirement_id", "state"),
    ("", ("draft_id",)): each(DryRun, "draft_id", attribute="draft_id"),
    ("policy", ("proposal_id",)): each(PolicyProposal, "proposal_id", "state"),
    ("policy_api", ("proposal_id",)): each(PolicyProposal, "proposal_id", "state"),
    ("", ("edition_id",)): each(Edition, "edition_id", "state"),
    ("grievances", ("grievance_id",)): of_grievance,
    ("calendar", ("name",)): of_days,
}
# What has to be asked for in a query.
QUERIES = {
    "categories_api.categories": "?edition=2022",
    "certification_api.bodies": "?scheme=lc-cement",
    "schemes_api.scheme_differences": "?before=1&after=1",
}
# Which of the things with a life of their own the API asks for by a number.
SUBJECTS = {
    "aftercare_api.surveillance_check": each(Surveillance, "subject_id", "state"),
    "aftercare_api.check_finding": each(CheckFinding, "subject_id", "state"),
    "complaints_api.body_complaint": each(BodyComplaint, "subject_id", "state"),
    "competences_api.competence": each(Competence, "subject_id", "state"),
    "certification_api.sample": each(Sample, "subject_id", "state"),
    "certification_api.report": each(TestReport, "subject_id", "state"),
    "certification_api.question": each(Question, "subject_id", "state", "severity"),
    "certification_api.nonconformity": each(Nonconformity, "subject_id", "state"),
    "certification_api.act": acts,
}


class Unfilled(LookupError):
    """Nothing says what an argument of this rule is filled with."""


def row_of(rule: Rule, secrets: dict) -> Row:
    choosing = {name for name, each in rule._converters.items() if isinstance(each, AnyConverter)}
    named = tuple(sorted(rule.arguments - choosing))
    blueprint = rule.endpoint.partition(".")[0]
    if not named:
        return fixed()
    if named == ("secret",):
        return fixed(secret=secrets["feed" if blueprint == "calendar" else "invitation"])
    for row in (SUBJECTS.get(rule.endpoint), ROWS.get((blueprint, named)), ROWS.get(("", named))):
        if row:
            return row
    raise Unfilled(f"{rule.endpoint} asks for {named}")


def choices(rule: Rule) -> list[Values]:
    """What the arguments that only choose are filled with."""
    offered = {name: each.items for name, each in rule._converters.items() if isinstance(each, AnyConverter)}
    return [dict(zip(offered, chosen, strict=True)) for chosen in product(*offered.values())]


def addresses(app: Flask, secrets: dict) -> list[tuple[Rule, str, str]]:
    """(rule, state, address) of every rule that can be looked at, once for each state of what it shows."""
    found: dict[str, tuple[Rule, str, str]] = {}
    looked_for = cache(lambda row: list(row()))  # many rules show the same things
    with app.app_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods:
                continue
            for (state, place), values in one_of_each(
                looked_for(row_of(rule, secrets)), choices(rule)
            ).items():
                _host, address = rule.build(values, append_unknown=False)
                address += QUERIES.get(rule.endpoint, "")
                found.setdefault(address, (rule, f"{state} {place}".strip(), address))
    return list(found.values())


def one_of_each(objects: list[tuple[str, Values]], chosen: list[Values]) -> dict[tuple, Values]:
    """The first of each state, with each of the choices that it leaves open."""
    return {
        (state, place): choice | values
        for state, values in reversed(objects)
        for place, choice in enumerate(chosen)
    }
