"""Telling in writing: after certain steps the body's act is numbered, signed and kept with the step."""

from datetime import date
from typing import Any

from flask import current_app
from flask_babel import force_locale

from accounts.models import Organisation
from certification.acts import statement as acts
from certification.acts.models import Appeal, WrittenAct
from certification.application.models import Application
from certification.application.words.anchors import anchor_text
from certification.certificate.models import Certificate
from certification.certificate.operations import signing
from certification.clocks.operations import clocks
from certification.evaluation.models import Nonconformity
from certification.laboratory.models import TestResult
from certification.workflow import parts
from certification.workflow.appeal import appeal_clock
from certification.workflow.criteria import unmet
from certification.workflow.judgement import effective, failing
from core import audit, fonts, jobs
from core.calendar import book
from core.canonical import canonical
from core.clock import today
from core.db import db
from core.machine import Actor, Facts
from core.series import take_next
from core.words import unit_text, word
from registers.adoption import own
from schemes.drafts.classes import Held, held

Told = Application | Nonconformity | Certificate | Appeal  # whose steps are told in writing


def follow(subject: Told, step: str, actor: Actor, facts: Facts) -> None:
    """Write the act of a step that is told in writing, in the step's own transaction."""
    kind = acts.KINDS.get((type(subject).__tablename__, step))
    if kind is not None:
        write(kind, subject, actor, facts)


def write(kind: acts.Kind, subject: Told, actor: Actor, facts: Facts) -> WrittenAct:
    application = subject if isinstance(subject, Application) else subject.application
    certificate = subject if isinstance(subject, Certificate) else _certificate(subject)
    with force_locale("zh"):  # an act speaks Chinese, whoever takes the step
        said = _compose(kind, subject, application, certificate, actor, facts)
        said["body"] |= _own(kind, application, said)
    fonts.refuse_undrawable(reason["text"] for reason in said["reasons"])
    act = _keep(kind, subject, application, certificate, actor, said)
    audit.record(actor, "act.write", f"act/{act.id}", number=act.number, kind=kind.slug, digest=act.digest)
    jobs.enqueue("act.draw", act_id=act.id)
    return act


def _certificate(subject: Told) -> Certificate | None:
    return subject.certificate if isinstance(subject, Appeal) else None


def _keep(
    kind: acts.Kind,
    subject: Told,
    application: Application,
    certificate: Certificate | None,
    actor: Actor,
    said: acts.Said,
) -> WrittenAct:
    until = said["appeal"]["until"] if said["appeal"] else None
    act = WrittenAct(
        number=said["number"],
        kind=kind.slug,
        subject=f"{type(subject).__tablename__}/{subject.id}",
        application_id=application.id,
        certificate_id=certificate.id if certificate else None,
        body=application.body,
        recipient=application.applicant,
        served_on=today(),
        appeal_until=date.fromisoformat(until) if until else None,
        statement=canonical(said).decode(),
        digest=acts.digest(said),
        signature=signing.sign(application.body.uscc, canonical(said)),
        made_by=actor.label,
    )
    db.session.add(act)
    db.session.flush()
    return act


def _compose(
    kind: acts.Kind,
    subject: Told,
    application: Application,
    certificate: Certificate | None,
    actor: Actor,
    facts: Facts,
) -> acts.Said:
    body, serial = application.body, take_next(f"act-{kind.slug}", today().year, application.body_id)
    due, source = _due(kind, application, subject, facts)
    return acts.compose(
        number=acts.number(kind, current_app.config["REGION"], body.id, today().year, serial),
        kind=kind.slug,
        demo=application.demo or application.scheme.demo,
        body=_party(body) | {"telephone": body.telephone},
        recipient=_party(application.applicant),
        case={
            "number": application.number,
            "product": application.product_name,
            "rule": application.scheme.name,
            "rule_number": application.scheme.rule_number,
        }
        | ({"owner": application.body.name} if application.scheme.is_of_a_body else {}),
        certificate={"number": certificate.number, "valid_to": certificate.valid_to} if certificate else {},
        served_on=today(),
        due=due,
        due_source=source,
        reasons=_reasons(kind, subject, application, facts),
        consequence=_consequence(kind, subject),
        signed_by=actor.label if actor.id else "",
        appeal=_route(application) if kind.against_client else {},
    )


def _own(kind: acts.Kind, application: Application, said: acts.Said) -> acts.Said:
    """The body's own wording, logo and seal, as its adoption has them on this day."""
    found = own.of_paper(application.body_id, application.scheme.code, kind.slug, said)
    return {"own": found} if found else {}


def _party(organisation: Organisation) -> dict[str, str]:
    return {"name": organisation.name, "uscc": organisation.uscc, "address": organisation.address}


def _route(application: Application) -> dict[str, object]:
    clock = appeal_clock(application.scheme, "appeal")
    until = days_on(today(), clock)
    return acts.appeal_route(application.body.name, until, clock, current_app.config["REGULATOR"])


def days_on(start: date, clock: dict[str, Any]) -> date:  # a clock, as its scheme wrote it
    """The last day of a term that begins the day after `start`."""
    return book.current().term(start, clock["days"], clock["unit"], kind=clock.get("term", "act"))


def _due(kind: acts.Kind, application: Application, subject: Told, facts: Facts) -> tuple[date | None, str]:
    """The day the act names, and where its rule stands: when an answer is due, or how long it lasts."""
    match kind.slug:
        case "acceptance":
            return clocks.day_and_source(application, "acceptance_to_certificate")
        case "correction":
            return clocks.day_and_source(application, "correction")
        case "escalation" if isinstance(subject, Nonconformity):
            return subject.due, ""
        case "suspension":
            return facts.get("until"), ""
        case "appeal_acceptance" if isinstance(subject, Appeal):
            return subject.due_on, appeal_clock(application.scheme, "appeal_handling")["source"]
    return None, ""


def _consequence(kind: acts.Kind, subject: Told) -> str:
    return subject.outcome if kind.slug == "appeal_decision" and isinstance(subject, Appeal) else ""


# Reasons


def _reasons(kind: acts.Kind, subject: Told, application: Application, facts: Facts) -> list[dict[str, str]]:
    match kind.slug:
        case "correction":
            return [
                {"on": str(anchor_text(application, p.anchor)), "text": p.text}
                for p in application.open_points
            ]
        case "termination":
            text = f"补正期限于 {application.correction_due} 届满，没有收到补正材料。"
            return [{"on": "补正", "text": text}]
        case "escalation" | "lapse" if isinstance(subject, Nonconformity):
            text = f"答复期限于 {facts['missed']} 届满，没有收到答复。"
            return [_finding(subject), {"on": "期限", "text": text}]
        case "refusal":
            assert application.decision is not None  # it was refused by one
            return [*criteria_missed(application), *_lines("认证决定", application.decision.reasons)]
        case "suspension" | "restoration" | "withdrawal" | "cancellation":
            return _lines(str(word(f"cause.{facts['cause']}")), facts["reason"])
        case "appeal_decision" if isinstance(subject, Appeal):
            return [*_lines("调查情况", subject.findings), *_lines("决定理由", subject.reasons)]
        case "acceptance":
            return []
    return _lines("理由", facts.get("reason", ""))


def _lines(on: str, text: str) -> list[dict[str, str]]:
    return [{"on": on, "text": line.strip()} for line in text.splitlines() if line.strip()]


def criteria_missed(application: Application) -> list[dict[str, str]]:
    """Every criterion the record shows not to be met, with the fact it rests on."""
    plain = application.scheme.rules.is_plain
    return [
        *_documents(application),
        *(_tests(application) if plain else ()),
        *_site(application),
        *_findings(application),
        *(_limit(application) if plain else _by_class(application)),
    ]


def _by_class(application: Application) -> list[dict[str, str]]:
    """The criteria of a rule that knows classes and grades, each with the row it was held to."""
    rules = application.scheme.rules
    with force_locale("zh"):  # as the rest of the letter
        told = [(line.model, held(rules, line.judged)) for line in unmet(application)]
        return [{"on": f"准则：{each.name}", "text": _held(model, each)} for model, each in told]


def _held(model: str, each: Held) -> str:
    unit = _unit(each.unit)
    about = "，".join(part for part in (model and f"型号 {model}", each.products) if part)
    asked = [
        f"{grade} {each.comparator} {limit:f}".strip() for grade, limit in each.limits if limit is not None
    ]
    value = "" if each.value is None else f"{each.value:f} {unit}".strip()
    limits = f"要求 {'，'.join(asked)} {unit}".strip()
    said = f"{value}，{limits}，{word(f'verdict.{each.outcome}')}"
    return f"{about}：{said}" if about else said


def _documents(application: Application) -> list[dict[str, str]]:
    review = application.document_review
    if review is None or not parts.documents(application).failed:
        return []
    return [{"on": "文件评审", "text": review.findings}]


def _tests(application: Application) -> list[dict[str, str]]:
    names = {item["slug"]: item for item in application.scheme.tests}
    return [
        {"on": f"检测：{names[result.item]['name']}", "text": _measured(result, names[result.item])}
        for result in failing(effective(application.reports))
        if result.item in names
    ]


def _measured(result: TestResult, item: dict[str, Any]) -> str:  # a test, as its scheme wrote it
    sign = {"le": "≤", "lt": "<", "ge": "≥", "gt": ">"}.get(item["comparator"], "")
    unit = _unit(item["unit"])
    verdict = word(f"verdict.{result.verdict}")
    return f"测得 {result.value:f} {unit}，要求 {sign} {item['limit']} {unit}，{verdict}"


def _site(application: Application) -> list[dict[str, str]]:
    if application.site is None or not parts.site(application).failed:
        return []
    return [{"on": "现场核查", "text": application.site.summary or str(word("conclusion.fail"))}]


def _findings(application: Application) -> list[dict[str, str]]:
    still_open = parts.findings(application).lacking
    return [_finding(finding) for finding in application.nonconformities if finding.number in still_open]


def _finding(finding: Nonconformity) -> dict[str, str]:
    grade, basis = word(f"grade.{finding.grade}"), f"（依据：{finding.clause}）" if finding.clause else ""
    place = f"不符合项 {finding.number}（{grade}），{anchor_text(finding.application, finding.anchor)}"
    return {"on": place, "text": finding.fact + basis}


def _limit(application: Application) -> list[dict[str, str]]:
    decision = application.decision
    if decision is None or not parts.footprint(application).failed:
        return []
    unit, exact = _unit(decision.unit), decision.value if decision.exact is None else decision.exact
    rounded = f"（修约为 {decision.value:f}）" if exact != decision.value else ""
    text = f"碳足迹 {exact:f}{rounded} {unit}，限值 {decision.limit:f} {unit}"
    return [{"on": "限值", "text": text}]


def _unit(unit: str) -> str:
    """The document's font has no subscript two."""
    return unit_text(unit).replace("₂", "2")
