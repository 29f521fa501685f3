"""The road of an application (certification-rules 6.3): every state, every step, who, and why not."""

from typing import TYPE_CHECKING

from certification.workflow import parts
from certification.workflow.acceptance import conditions_confirmed, exceptions_agreed, openings_answered
from certification.workflow.adopted import adopted
from certification.workflow.correction import (
    points_listed,
    points_placed,
    second_list_explained,
    splits_rows,
)
from certification.workflow.criteria import classless
from certification.workflow.decision import conclusion_signed, countersigned, departure_reasoned, reviewed
from certification.workflow.evaluation import (
    RECOMMENDATIONS,
    data_verified,
    documents_passed,
    findings_raised,
    no_open_nonconformity,
    no_open_question,
    on_team,
    plan_sound,
    sample_within_plan,
    site_passed,
    some_part_failed,
    tests_passed,
)
from certification.workflow.impartiality import clear_to
from certification.workflow.nonconformity import GRADES
from certification.workflow.orders import basis_lost, in_scope_on_the_day, retest_sound, within_the_plan
from certification.workflow.purpose import (
    certificate_ready,
    parts_justified,
    plan_complete,
    planned,
    purpose_fits,
    same_holder,
    waiting_period_over,
)
from certification.workflow.sample import METHODS
from certification.workflow.site import list_answered, record_complete
from certification.workflow.verification import OPINIONS, every_item_verified, opinion_fits
from core.clock import today
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Facts, Machine, Ruled, step
from schemes.stated import fitting, lacking

if TYPE_CHECKING:
    from certification.application.models import Application

DRAFT = ("draft",)  # only the applicant has seen it
CORRECTING = ("correcting",)
EDITABLE = (*DRAFT, *CORRECTING)  # the applicant may write in it
AWAITING_ACCEPTANCE = ("submitted",)
EVALUATING = ("evaluating",)
REVIEWING = ("in_review", "pending_decision")  # evaluated, and not decided
VISITED = ("contracted", *EVALUATING)  # the planned visits to the factory are still made
AMENDABLE = ("submitted", *CORRECTING, "accepted", *VISITED, "in_review")  # begun, and not decided
CERTIFIED = ("certified",)
REFUSED = ("refused",)
RECALLED = ("recalled",)
ENDED_WITHOUT = ("declined", *REFUSED, *RECALLED, "terminated")  # without a certificate
CLOSED = (*CERTIFIED, *ENDED_WITHOUT)
DECISION_TOLD = ("countersigned", *CERTIFIED, *REFUSED)  # both have signed: the applicant reads it
AWAITING_AGREEMENT = ("accepted",)  # the body offers one, then the applicant signs it

# Who must act next; an accepted case waits for whoever has not signed, one that is evaluated for several.
WAITED_FOR = {
    "applicant": EDITABLE,
    "application_reviewer": AWAITING_ACCEPTANCE,
    "case_officer": ("contracted",),
    "technical_reviewer": ("in_review",),
    "decision_maker": ("pending_decision",),
    "head_of_body": ("granted",),
    "system": ("countersigned",),
}

# In which states a role has a step to take; a case that is evaluated is shown to those of its team alone.
STEPS_IN = {
    "application_reviewer": AWAITING_ACCEPTANCE,
    "case_officer": (*AWAITING_AGREEMENT, "contracted"),
    "document_reviewer": EVALUATING,
    "verifier": EVALUATING,
    "lead_verifier": EVALUATING,
    "technical_reviewer": ("in_review",),
    "decision_maker": ("pending_decision",),
    "head_of_body": ("granted",),
}

# No refusal may rest on a client not having bought training or consulting (认证认可条例 art. 19).
CONSULTING = ("咨询", "培训", "consult", "training")

# Words by which the text of a product would claim that a management system is certified.
SYSTEM_CLAIMS = ("体系认证", "体系证书", "iso 9001", "iso9001", "iso 14001", "iso14001", "iso 50001",
                 "iso50001", "system certif")  # fmt: skip


# The sections of an application a point or a finding may hang on.
SECTIONS = ("parties", "product", "models", "inventory")


def parties_named(application: "Application", _actor: Actor) -> str | None:
    """168号令 art. 13 keeps client, producer and factory apart; all three must be known."""
    complete = all(
        party.get(field)
        for party in (application.producer, application.factory)
        for field in ("name", "uscc", "address")
    )
    return None if complete else "parties-incomplete"


def product_named(application: "Application", _actor: Actor) -> str | None:
    return None if application.product_name else "product-unnamed"


def about_a_product(application: "Application", _actor: Actor) -> str | None:
    """认证认可条例 art. 24: what certifies a product may not suggest that a system was certified."""
    texts = [application.product_name, application.product_name_en, application.series, application.trademark]
    said = " ".join([*texts, *(model.specification for model in application.models)]).lower()
    return "product-claims-system" if any(word in said for word in SYSTEM_CLAIMS) else None


def models_listed(application: "Application", _actor: Actor) -> str | None:
    return None if application.models else "models-missing"


def parameters_stated(application: "Application", _actor: Actor) -> str | None:
    """What the rule requires of the product and of every model."""
    models = [model.parameters for model in application.models]
    own, theirs = lacking(application.scheme.rules, application.parameters, models)
    return "parameters-missing" if own or any(theirs) else None


def parameters_fit(application: "Application", _actor: Actor) -> str | None:
    """What stands is what the rule would read today."""
    rules, day = application.scheme.rules, today()
    said = [("product", application.parameters)] + [("model", each.parameters) for each in application.models]
    fits = all(fitting(rules, per, values, day) == values for per, values in said)
    return None if fits else "parameters-wrong"


def product_in_a_class(application: "Application", _actor: Actor) -> str | None:
    """Every model belongs to a row of every table of limits."""
    return "product-in-no-class" if any(classless(application)) else None


def files_complete(application: "Application", _actor: Actor) -> str | None:
    present = {file.kind for file in application.current_files}
    return "files-missing" if set(application.scheme.required_files) - present else None


def inventory_filled(application: "Application", _actor: Actor) -> str | None:
    if application.inventory.system_fault:
        return "system-unsolved"
    return None if application.inventory.is_filled else "inventory-incomplete"


def activity_read(application: "Application", _actor: Actor) -> str | None:
    """What was typed counts or is given up by whoever typed it: no row is left out because of a slip."""
    return _left(application, "inventory", "activity-unread", "activity-not-applied")


def models_read(application: "Application", _actor: Actor) -> str | None:
    return _left(application, "models", "models-unread", "models-not-applied")


def _left(application: "Application", kind: str, unread: str, not_applied: str) -> str | None:
    if any(row.upload.kind == kind for row in application.unread):
        return unread
    return not_applied if any(upload.kind == kind for upload in application.staged) else None


def nothing_taken_away(application: "Application", _actor: Actor) -> str | None:
    """GB/T 24067-2024: offsetting is out of scope; nothing bought or avoided elsewhere is subtracted."""
    without = any(row.takes_away for row in application.inventory.rows)
    return "negative-without-ground" if without else None


def rows_proved(application: "Application", _actor: Actor) -> str | None:
    """The rows that make up the share the scheme calls material have files to prove them."""
    return "rows-without-evidence" if application.unproved else None


def questions_answered(application: "Application", _actor: Actor) -> str | None:
    """What must be settled is at least answered by who knows."""
    left = any(question.is_red and question.is_unanswered for question in application.questions)
    return "question-unanswered" if left else None


def scheme_in_force(application: "Application", _actor: Actor) -> str | None:
    if application.scheme.retired_by(today()):
        return "scheme-retired"
    return None if application.scheme.in_force_on(today()) else "scheme-not-in-force"


def body_in_scope(application: "Application", _actor: Actor) -> str | None:
    """认证认可条例 art. 9, 10: inside the approved scope, on the day of the act."""
    holds = any(
        scope.scheme_code == application.scheme.code and scope.valid_on(today())
        for scope in application.body_scopes
    )
    return None if holds else "body-out-of-scope"


def scheme_adopted(application: "Application", _actor: Actor) -> str | None:
    """A case goes only to a body that says how it carries out the rule, on the day it is handed in."""
    return None if adopted(application) else "scheme-not-adopted"


def competence_available(application: "Application", _actor: Actor) -> str | None:
    return None if application.competent_people(today()) else "no-competent-person"


def every_point_answered(application: "Application", _actor: Actor) -> str | None:
    return None if all(point.answer for point in application.open_points) else "point-unanswered"


def correction_overdue(application: "Application", _actor: Actor) -> str | None:
    due = application.correction_due
    return None if due is not None and due < today() else "correction-not-overdue"


def agreement_not_offered(application: "Application", _actor: Actor) -> str | None:
    return "agreement-already-offered" if application.body_signed_by else None


def agreement_offered(application: "Application", _actor: Actor) -> str | None:
    return None if application.body_signed_by else "agreement-not-offered"


def footprint_in_scheme_unit(application: "Application", _actor: Actor) -> str | None:
    """Value and limit stand in one declared unit and boundary; nothing is converted silently."""
    same = (
        application.footprint is not None
        and application.footprint.unit == application.scheme.carbon_unit
        and application.footprint.boundary == application.scheme.boundary
    )
    return None if same else "footprint-in-another-unit"


def value_within_limit(application: "Application", _actor: Actor) -> str | None:
    return None if parts.footprint(application).met else "footprint-over-limit"


def criteria_met(application: "Application", _actor: Actor) -> str | None:
    """What the rule asks of parameters, derived figures and results, each by the class of the product."""
    return None if parts.criteria(application).met else "criterion-not-met"


def factors_support_decision(application: "Application", _actor: Actor) -> str | None:
    """No factor is from memory, and no gas counts whose warming the sources do not agree on."""
    if (footprint := application.footprint) is None:
        return None
    lines = [line for row in footprint.rows for line in row.get("lines", [row])]
    if any((line.get("factor") or {}).get("confidence") == "memory" for line in lines):
        return "factor-from-memory"
    unsettled = any(warning["slug"] == "gwp-unsettled" for warning in footprint.warnings)
    return "gwp-unsettled" if unsettled else None


def total_above_zero(application: "Application", _actor: Actor) -> str | None:
    """Only what plants took up makes a product whose footprint lies below zero."""
    footprint = application.footprint
    if footprint is None or footprint.exact >= 0 or footprint.apart.get("biogenic_uptake"):
        return None
    return "total-below-zero"


def documents_listed(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    return list_answered(application, facts, "documents", facts.get("result") == "pass")


def review_listed(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    return list_answered(application, facts, "review", facts.get("recommendation") == "grant")


COMPLETE = (
    parties_named,
    product_named,
    about_a_product,
    models_listed,
    parameters_stated,
    parameters_fit,
    product_in_a_class,
    files_complete,
    models_read,
    inventory_filled,
    activity_read,
    nothing_taken_away,
    rows_proved,
    questions_answered,
    scheme_in_force,
    body_in_scope,
    same_holder,
    purpose_fits,
)
EVALUATED = (
    documents_passed, tests_passed, site_passed, findings_raised, no_open_nonconformity, no_open_question,
    data_verified,
)  # fmt: skip
BEFORE_GRANT = "draft|submitted|correcting|accepted|contracted|evaluating|in_review|pending_decision"


def reason_is_lawful(_subject: Ruled, _actor: Actor, facts: Facts) -> str | None:
    """A ground that names consulting or training is shown to a second pair of eyes: the writer's."""
    named = any(word in facts.get("reason", "").lower() for word in CONSULTING)
    return "reason-names-consulting" if named and not facts.get("not_for_consulting") else None


APPLICATION = Machine(
    "application", "draft",
    step("submit", "draft", "submitted", "applicant", *COMPLETE, scheme_adopted, waiting_period_over,
         demands=[needs("declaration-missing", "declared")]),
    step("correct", "submitted", "correcting", "application_reviewer", clear_to("accept"),
         demands=[points_listed, points_placed, splits_rows, second_list_explained]),
    step("resubmit", "correcting", "submitted", "applicant", every_point_answered, *COMPLETE),
    step("terminate", "correcting", "terminated", "system", correction_overdue),
    step("decline", "submitted", "declined", "application_reviewer", clear_to("accept"),
         demands=[reason_given, reason_is_lawful]),
    step("accept", "submitted", "accepted", "application_reviewer",
         body_in_scope, competence_available, clear_to("accept"), openings_answered,
         demands=[conditions_confirmed, exceptions_agreed]),
    step("offer", "accepted", "accepted", "case_officer", agreement_not_offered, clear_to("plan")),
    step("sign", "accepted", "contracted", "applicant", agreement_offered,
         demands=[needs("agreement-not-read", "agreed")]),
    step("plan", "contracted", "evaluating", "case_officer", body_in_scope, clear_to("plan"),
         demands=[plan_complete, parts_justified, plan_sound]),
    step("replan", "evaluating", "evaluating", "case_officer", body_in_scope, clear_to("plan"),
         demands=[reason_given, plan_complete, parts_justified, plan_sound]),
    step("review_documents", "evaluating", "evaluating", "document_reviewer",
         planned("documents"), on_team("document_reviewer"), clear_to("review_documents"),
         demands=[needs("review-incomplete", "result", "findings"),
                  one_of("review-incomplete", "result", "pass", "fail"), documents_listed]),
    step("order_sample", "evaluating", "evaluating", "lead_verifier|verifier|case_officer", planned("tests"),
         clear_to("order"),
         demands=[needs("sample-incomplete", "method", "model", "quantity"),
                  one_of("sample-incomplete", "method", *METHODS), sample_within_plan,
                  within_the_plan, in_scope_on_the_day, retest_sound]),
    step("raise", "evaluating", "evaluating", "document_reviewer|lead_verifier|verifier",
         on_team("document_reviewer", "lead_verifier", "verifier"), clear_to("evaluate"),
         demands=[needs("finding-incomplete", "grade", "anchor", "fact"),
                  one_of("finding-incomplete", "grade", *GRADES)]),
    step("verify_site", "evaluating", "evaluating", "lead_verifier",
         planned("site"), on_team("lead_verifier"), clear_to("verify"), documents_passed,
         demands=[record_complete]),
    step("verify_data", "evaluating", "evaluating", "lead_verifier|verifier",
         on_team("lead_verifier", "verifier"), clear_to("verify"),
         demands=[needs("nothing-verified", "items")]),
    step("give_opinion", "evaluating", "evaluating", "lead_verifier",
         on_team("lead_verifier"), clear_to("verify"), every_item_verified,
         demands=[needs("opinion-incomplete", "opinion", "text"),
                  one_of("opinion-incomplete", "opinion", *OPINIONS), opinion_fits]),
    step("finish", "evaluating", "in_review", "lead_verifier",
         on_team("lead_verifier"), clear_to("evaluate"), *EVALUATED),
    step("report_failure", "evaluating", "in_review", "lead_verifier",
         on_team("lead_verifier"), clear_to("evaluate"), some_part_failed, demands=[reason_given]),
    step("return", "in_review", "evaluating", "technical_reviewer", clear_to("review"),
         demands=[reason_given]),
    step("recommend", "in_review", "pending_decision", "technical_reviewer", clear_to("review"),
         demands=[needs("review-incomplete", "recommendation", "text"),
                  one_of("review-incomplete", "recommendation", *RECOMMENDATIONS), review_listed]),
    step("grant", "pending_decision", "granted", "decision_maker", clear_to("decide"), *EVALUATED,
         reviewed, footprint_in_scheme_unit, value_within_limit, total_above_zero, criteria_met,
         factors_support_decision, body_in_scope,
         demands=[departure_reasoned, needs("signature-missing", "signed")]),
    step("refuse", "pending_decision", "refused", "decision_maker", clear_to("decide"),
         demands=[reason_given, needs("signature-missing", "signed")]),
    step("return_to_review", "pending_decision", "in_review", "decision_maker", clear_to("decide"),
         demands=[reason_given]),
    step("return_to_evaluation", "pending_decision", "evaluating", "decision_maker", clear_to("decide"),
         demands=[reason_given]),
    step("countersign", "granted", "countersigned", "head_of_body", clear_to("countersign"),
         conclusion_signed, same_holder, certificate_ready,
         demands=[needs("signature-missing", "signed")]),
    step("return_decision", "granted", "pending_decision", "head_of_body", clear_to("countersign"),
         demands=[reason_given]),
    step("veto", "granted", "refused", "head_of_body", clear_to("countersign"),
         demands=[reason_given, needs("signature-missing", "signed")]),
    step("issue", "countersigned", "certified", "system", countersigned, body_in_scope,
         same_holder, certificate_ready),
    step("reopen", "refused", "in_review", "system", demands=[needs("appeal-missing", "appeal")]),
    step("readmit", "declined", "submitted", "system", demands=[needs("appeal-missing", "appeal")]),
    step("reinstate", "terminated", "correcting", "system", demands=[needs("appeal-missing", "appeal")]),
    step("fall_back", "in_review|pending_decision|granted", "evaluating", "system", basis_lost,
         demands=[reason_given]),
    step("recall", BEFORE_GRANT, "recalled", "applicant"),
)  # fmt: skip
