"""Which list fills each `prefix.{slug}` that is put into words somewhere.

The keys are found by reading every page and every module (see test_slugs); here stands where their slugs
come from: the one list of the room that owns them, never a copy.
"""

from itertools import chain

from accounts import chores as accounts_chores
from accounts.actor import ROLES
from accounts.models import inbox, roles
from accounts.notices import GROUPS as NOTICES
from carbon import checks, footprint, records
from carbon.factors import CATEGORIES
from carbon.records import conditions, electricity, fuel, grounds
from catalog.models import TECHNOLOGIES
from catalog.queries.facets import BELOW
from catalog.search import GROUPS, SORTS
from catalog.search import STATUSES as LISTED
from certification import chores as certification_chores
from certification.acts.statement import KINDS as ACTS
from certification.aftercare.queries.rested import KINDS as RESTED
from certification.certificate.operations.issue import CONCLUSION
from certification.certificate.statement import ITEMS
from certification.conversion.queries import KINDS as TRIED
from certification.fees.models import ENTRIES
from certification.fees.operations import PRICES
from certification.label.artwork import VARIANTS
from certification.label.models import MEDIA
from certification.workbench.queries import team_days
from certification.workbench.queries.workbench import MILESTONES, TABS
from certification.workbench.views import certificates, lists, orders, queue
from certification.workbench.views import checks as check_list
from certification.workbooks.models import BECAME
from certification.workflow import (
    MACHINES,
    appeal,
    complaint,
    evaluation,
    judgement,
    nonconformity,
    site,
    verification,
)
from certification.workflow.appeal import CLOCKS as APPEALS
from certification.workflow.certificate import BECOMES, CAUSES, STATUSES
from certification.workflow.clocks import CLOCKS, EXTENDERS
from certification.workflow.competence import COMPETENCES
from certification.workflow.correction import HANDED_IN
from certification.workflow.impartiality import FUNCTIONS as CLEARED
from certification.workflow.impartiality import TIES
from certification.workflow.late import KINDS as LATE_KINDS
from certification.workflow.late import OUTCOMES as LATE
from certification.workflow.messages import OUTCOMES as OPENINGS
from certification.workflow.messages import THREADS
from certification.workflow.proposal import ORDERED, SOURCES, VERDICTS
from certification.workflow.purpose import PARTS, PURPOSES
from certification.workflow.sample import METHODS, SEALS
from certification.workflow.surveillance import CHECKS, FINDINGS
from certification.workflow.tracing import RISKS as TRACE_RISKS
from core.calendar import ledger
from core.calendar.count import KINDS as DAYS
from core.calendar.count import TERMS
from core.words import COUNTED
from oversight.workflow import COMPLAINT, REPORT, SUBJECTS
from procurement.assignments.deciding import REASONS as ASSIGNED
from procurement.assignments.workflow import ASSIGNMENT
from procurement.bids.reading import NOTES
from procurement.categories.forms import KINDS as CATALOGUE_FILES
from procurement.confirmations.models import ANSWERS as SUPPLY
from procurement.objections.workflow import KINDS as OBJECTION_KINDS
from procurement.objections.workflow import OBJECTION_LAW, REMEDIES
from procurement.policy.queries import COMPARED
from procurement.policy.workflow import POLICY
from procurement.purchases.counting import LEFT_OUT
from procurement.rules import OMISSIONS, TREATMENTS
from procurement.shortlists.workflow import DECISIONS, SHORTLIST
from procurement.suspensions.workflow import SUSPENSION
from procurement.tender.queries import KINDS as GOODS_KINDS
from procurement.verdict.judging import ANSWERS, GROUNDS, MODES, OVERALL
from procurement.verdict.judging import LISTED as LISTING
from procurement.verdict.judging import SUBJECTS as FOUND
from procurement.workflow import EDITION
from registers.adoption import papers
from registers.adoption.workflow import ADOPTION
from registers.models import GRADES as REGISTERED
from registers.operations import REGISTERS
from schemes.drafts.bearing import BEARINGS
from schemes.drafts.workflow import ADOPTED, COMMENT, DRAFT, RETIREMENT
from schemes.judging import OUTCOMES
from schemes.vocabulary import ASSURANCES, CLOCK_NAMES, COMPARISONS, FAMILIES, OTHER_KIND, TERM_NAMES

LISTS = (queue.QUEUE, certificates.LIST, check_list.LIST, orders.LIST)

LIVES = (
    *MACHINES,
    EDITION,
    POLICY,
    SUSPENSION,
    ASSIGNMENT,
    OBJECTION_LAW,
    SHORTLIST,
    COMPLAINT,
    REPORT,
    DRAFT,
    COMMENT,
    RETIREMENT,
    ADOPTION,
)
EVERY_ROLE = list(dict.fromkeys(chain.from_iterable(ROLES.values())))

FILLED_BY = {
    "about": SUBJECTS,
    # The papers served on the parties; in a printed list, what befell the certificate of a line.
    "act": [*(kind.slug for kind in ACTS.values()), *BECOMES],
    "below": BELOW,
    "adopted": ADOPTED,
    "bearing": BEARINGS,
    "boundary": footprint.BOUNDARIES,
    "calendar": team_days.KINDS,
    "calendar.kind": DAYS,
    "category": CATEGORIES,
    "hint": ["bare", "units", "usual"],
    "late_entry": LATE,
    "late_kind": LATE_KINDS,
    "opening": OPENINGS,
    "trace_risk": TRACE_RISKS,
    "proposal": roles.OUTCOMES,
    "quantity": {each.name for each in records.every_field()},
    "record": records.KINDS,
    "rested": RESTED,
    "removed_by": grounds.METHODS,
    "gas_condition": conditions.KELVIN,
    "fuel_type": fuel.KINDS,
    "supply": electricity.SUPPLIES,
    "cause": list(chain.from_iterable(CAUSES.values())),
    "certificate.state": [*STATUSES, *LISTED],
    "clearance": CLEARED,
    "clock": [*CLOCK_NAMES, *TERM_NAMES],
    "clock.entry": [*ledger.KINDS, *ledger.ENDS],
    "clock.first": ledger.FIRST,
    "clock.term": TERMS,
    "clock.owner": [*EXTENDERS, "service"],  # an outage is nobody's
    "clock.reason": [pause.reason for rule in CLOCKS for pause in rule.pauses],
    "clock.unit": ledger.UNITS,
    "comparison": COMPARISONS,
    "competent_for": COMPETENCES,
    "conclusion": [*site.CONCLUSIONS, *judgement.CONCLUSIONS, *appeal.CONCLUSIONS, *CONCLUSION.values()],
    "confidence": footprint.CONFIDENCES,
    "criterion": OUTCOMES,
    "delivery.kind": inbox.MAILED,
    "delivery.state": inbox.STATES,
    "duty": EVERY_ROLE,
    "family": [*FAMILIES, "none"],
    "fee": PRICES,
    "fee.entry": ENTRIES,
    "file": [OTHER_KIND],
    "finding": FINDINGS,
    "function": evaluation.FUNCTIONS,
    "apart": [*footprint.gases.APART, *footprint.apart.THEREOF],
    "gas": footprint.GASES,
    "gwp": footprint.SETS,
    "grade": nonconformity.GRADES,
    "severity": checks.SEVERITIES,
    "group": GROUPS,
    "item": ITEMS,
    "job": [*accounts_chores.JOBS, *certification_chores.LONG_JOBS],
    "kind": ROLES,
    "light": ledger.LIGHTS,
    "medium": MEDIA,
    "meeting": site.MEETINGS,
    "milestone": MILESTONES,
    "notice.group": NOTICES,
    "notice.how": inbox.HOW,
    "omission": OMISSIONS,
    "assigned": ASSIGNED,
    "outcome": appeal.OUTCOMES,
    "data_outcome": verification.OUTCOMES,
    "submission": HANDED_IN,
    "verified": ["output", "period", "product", "models", "factory", verification.SYSTEM],
    "opinion": [*verification.OPINIONS, verification.UNRECORDED],
    "assurance": ASSURANCES,
    "paper": papers.KINDS,
    "plan_part": PARTS,
    "complaint_about": complaint.SUBJECTS,
    "complaint_channel": complaint.CHANNELS,
    "complaint_measure": complaint.MEASURES,
    "complaint_outcome": complaint.OUTCOMES,
    "proof": VERDICTS,
    "thread": THREADS,
    "order": ORDERED,
    "proposal_source": SOURCES,
    "purpose": PURPOSES,
    "list.column": [
        *lists.SELECTS,
        *(each for room in LISTS for each in (*room.heads, *room.columns, *room.listing.sorts)),
    ],
    "list.due": [each for room in LISTS for each in room.listing.due],
    "list.lines": [room.listing.name for room in LISTS],
    "list.sought": [room.listing.name for room in LISTS],
    "list.title": [room.listing.name for room in LISTS],
    "list.view": [f"{room.listing.name}_{each}" for room in LISTS for each in room.listing.views],
    "recommendation": evaluation.RECOMMENDATIONS,
    "register": REGISTERS,
    "registration": REGISTERED,
    "result": evaluation.RESULTS,
    "role": [*EVERY_ROLE, "system"],
    "rule": judgement.RULES,
    "sampling": METHODS,
    "seal": SEALS,
    "sheet": BECAME,
    "sort": SORTS,
    "stage": footprint.STAGES,
    "surveillance_check": CHECKS,
    "tried": TRIED,
    "tab": TABS,
    "technology": TECHNOLOGIES,
    "tie": TIES,
    "category_file": CATALOGUE_FILES,
    "treatment": TREATMENTS,
    "bid_note": NOTES,
    "shortlist_decision": DECISIONS,
    "finding_is": ANSWERS,
    "goods_kind": GOODS_KINDS,
    "brief": (*GROUNDS, "not-asked"),
    "ground": GROUNDS,
    "left_out": LEFT_OUT,
    "may_buy": OVERALL,
    "policy_mode": MODES,
    "objection_kind": OBJECTION_KINDS,
    "remedy": REMEDIES,
    "supplied": SUPPLY,
    "policy_said": COMPARED,
    "verdict_in_short": (*FOUND, LISTING),
    "verdict_on": (*FOUND, LISTING),
    "unit": COUNTED,
    "variant": VARIANTS,
    "verdict": judgement.VERDICTS,
}
FILLED_BY |= {f"{life.kind}.state": life.states for life in LIVES if life.kind != "certificate"}
FILLED_BY |= {f"{life.kind}.step": life.steps for life in LIVES}

# Slugs that one function writes out, and nobody stores: where, and which.
WRITTEN_IN = {
    "change": ("certification/application/differences.py", ["added", "removed", "changed"]),
    "declaration": ("certification/impartiality/forms.py", ["free", "tied"]),
    "differs": (
        "certification/certificate/attested.py",
        [
            "number",
            "code",
            "issued_on",
            "valid_to",
            "demo",
            "body",
            "holder",
            "edition",
            "dated",
            "product_name",
            "carbon",
            "carbon_unit",
            "models",
        ],
    ),
    "entry.state": (
        "registers/queries/entries.py",
        ["future", "valid", "expiring", "expired", "ended"],
    ),
    "part": (
        "certification/workbench/queries/workbench.py",
        ["acceptance", "documents", "tests", "site", "findings", "review"],
    ),
    "refresh": (
        "certification/application/queries/clone.py",
        [
            "rules",
            "period",
            "period-missing",
            "quantities",
            "factors-renewed",
            "factors-unsourced",
            "files-old",
        ],
    ),
    "report": ("certification/laboratory/operations/testing.py", ["title", "deviations", "statement"]),
    "section": ("certification/workflow/correction.py", ["parties", "product", "files", "inventory"]),
    "twin": ("certification/aftercare/queries/evidence.py", ["file", "report_number"]),
}
FILLED_BY |= {prefix: slugs for prefix, (_path, slugs) in WRITTEN_IN.items()}

# Lists that fill a prefix only together with others.
PARTS_OF_THEM = (
    [kind.slug for kind in ACTS.values()],
    BECOMES,
    STATUSES,
    EXTENDERS,
    FAMILIES,
    APPEALS,
    TERM_NAMES,
    CONCLUSION.values(),
    site.CONCLUSIONS,
    judgement.CONCLUSIONS,
    appeal.CONCLUSIONS,
)

# What is open to all comers: whoever asks falls back on something to show.
OPEN = {
    "advice": "an answer without advice shows none",
    "anchor": "a row of the inventory is named by its name",
    "area": "a country without a word is named by its region",
    "cell": "a column without a word is named as a place",
    "notice": "a notice whose sentence is gone shows what it is about",
    "refusal": "each reason for a no is looked for by name, see test_law_words",
    "region": "a code nobody knows is left out",
    "warning": "each caution is looked for by name, see tests/carbon/test_words.py",
    "ask": "each check that asks has its question, see tests/carbon/test_checks.py",
}
