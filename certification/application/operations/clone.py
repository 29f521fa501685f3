"""A new draft that begins as a copy of an earlier case: most who file once file again."""

from certification.application.models import Application, ApplicationCopy, ApplicationFile, ProductModel
from certification.application.operations.applications import (
    create_application,
    save_inventory,
    update_application,
)
from certification.workflow.correction import PARAMETERS, TEXTS
from core import audit
from core.clock import today
from core.db import db
from core.errors import NotPermitted
from core.machine import Actor, Facts
from schemes import stated
from schemes.models import SchemeVersion

HEAD = ("output_amount", "output_unit", "period_from", "period_to")
PLAIN = ("key", "stage", "name", "quantity", "unit", "factor_code", "own_value", "own_unit", "own_source",
         "kind", "stated", "evidence", "evidence_digest", "quality")  # fmt: skip


def clone_application(source: Application, actor: Actor, scheme: SchemeVersion, body_id: int) -> Application:
    """Open a draft with the texts, parties, models, activity data and files of `source`.

    The rules are those in force today and factors are taken in their newest version; what is out of
    date is told by `queries.clone.refresh`, and stays until it is changed.
    """
    if actor.organisation_id != source.applicant_id:
        raise NotPermitted("case-of-others")
    facts: Facts = {name: getattr(source, name) for name in (*TEXTS, "producer", "factory")}
    facts[PARAMETERS] = stated.fitting(scheme.rules, "product", source.parameters, today())
    models = [_model(model, scheme) for model in source.models]
    draft = create_application(actor, scheme, body_id, product_name=source.product_name)
    update_application(draft, actor, draft.version, **facts, models=models)
    _copy_files(source, draft)
    _copy_inventory(source, draft, actor)
    db.session.add(ApplicationCopy(application_id=draft.id, source_id=source.id, copied_by=actor.label))
    db.session.flush()
    audit.record(actor, "application.clone", f"application/{draft.id}", source=source.number)
    return draft


def _model(model: ProductModel, scheme: SchemeVersion) -> dict[str, object]:
    kept = stated.fitting(scheme.rules, "model", model.parameters, today())
    return {"code": model.code, "specification": model.specification, PARAMETERS: kept}


def _copy_inventory(source: Application, draft: Application, actor: Actor) -> None:
    """The months of a ledger are of the former period; those that the next one shares are drawn from it."""
    head = {name: getattr(source.inventory, name) for name in HEAD}
    rows = [{name: getattr(row, name) for name in PLAIN} for row in source.inventory.rows]
    copied = {file.digest for file in draft.files}
    for row in rows:
        row["stated"] = {name: value for name, value in row["stated"].items() if name != "months"}
        row["evidence_digest"] = " ".join(copied.intersection(row["evidence_digest"].split()))
    save_inventory(draft, actor, head, rows, draft.inventory.version, source.inventory.system)


def _copy_files(source: Application, draft: Application) -> None:
    """The files keep the day they were first handed in, so that their age is seen."""
    for file in source.current_files:
        if file.kind in draft.scheme.file_kinds:
            draft.files.append(
                ApplicationFile(
                    kind=file.kind,
                    name=file.name,
                    digest=file.digest,
                    size=file.size,
                    uploaded_by=file.uploaded_by,
                    uploaded_at=file.uploaded_at,
                )
            )
    db.session.flush()
