"""Which papers a body may word, with which fields, and a fictive case to try them on.  Pure."""

from typing import Any

from registers.adoption.wording import TEXT, Plain, Shape

ACTS = (
    "acceptance", "correction", "non_acceptance", "refusal", "termination", "escalation", "lapse",
    "suspension", "restoration", "withdrawal", "cancellation",
    "appeal_acceptance", "appeal_rejection", "appeal_decision",
)  # fmt: skip
KINDS = ("agreement", "certificate", *ACTS)

PARTY = dict.fromkeys(("name", "uscc", "address"), TEXT)
BODY = {**PARTY, "telephone": TEXT}

OF_AN_ACT: Shape = {
    "number": TEXT,
    "body": BODY,
    "recipient": PARTY,
    "case": dict.fromkeys(("number", "product", "rule", "rule_number"), TEXT),
    "certificate": dict.fromkeys(("number", "valid_to"), TEXT),
    "served_on": TEXT,
    "due": TEXT,
    "due_source": TEXT,
    "reasons": [dict.fromkeys(("on", "text"), TEXT)],
    "consequence": TEXT,
    "signed_by": TEXT,
    "appeal": dict.fromkeys(("to", "until", "days", "unit", "source", "then"), TEXT),
}
MODELS = [dict.fromkeys(("code", "specification"), TEXT)]
OF_A_CERTIFICATE: Shape = {
    "number": TEXT,
    "client": PARTY,
    "manufacturer": PARTY,
    "factory": PARTY,
    "product": {
        **dict.fromkeys(("name", "name_en", "trademark", "series", "category_name"), TEXT),
        "models": MODELS,
    },
    "basis": dict.fromkeys(("rule", "number", "version"), TEXT),
    "mode": {"name": TEXT},
    "issued_on": TEXT,
    "begins_on": TEXT,
    "valid_to": TEXT,
    "body": {**PARTY, "name_en": TEXT, "approval_number": TEXT},
    "query": dict.fromkeys(("address", "telephone"), TEXT),
}
OF_AN_AGREEMENT: Shape = {
    "client": PARTY,
    "body": BODY,
    "case": dict.fromkeys(
        ("number", "product", "rule", "rule_number", "rule_version", "mode", "validity_years"), TEXT
    ),
    "models": MODELS,
    "offered_on": TEXT,
}


def fields(kind: str) -> Shape:
    return {"agreement": OF_AN_AGREEMENT, "certificate": OF_A_CERTIFICATE}.get(kind, OF_AN_ACT)


# A fictive case, by the names of the fields; what is not named here is a text of its own name.
SAMPLES: Plain = {
    "name": "演示企业有限公司",
    "uscc": "91320000DEMO000000",
    "address": "演示市演示路 1 号",
    "telephone": "025-00000000",
    "code": "DEMO-01",
    "specification": "演示规格",
    "on": "演示事项",
    "text": "演示的事实与理由",
    "product": "演示产品",
    "rule": "演示认证规则",
    "served_on": "2026-01-02",
    "offered_on": "2026-01-02",
    "issued_on": "2026-01-02",
    "begins_on": "2026-01-02",
    "valid_to": "2029-01-01",
    "until": "2026-03-01",
    "due": "2026-02-01",
    "days": "15",
    "unit": "working",
    "number": "DEMO-2026-00001",
    "validity_years": "3",
}


def sample(shape: Any, name: str = "") -> Any:  # as `Shape` has it
    """A fictive case with these fields."""
    if isinstance(shape, list):
        return [sample(shape[0]), sample(shape[0])]
    if isinstance(shape, dict):
        return {inner: sample(each, inner) for inner, each in shape.items()}
    return SAMPLES.get(name, f"演示 {name}")
