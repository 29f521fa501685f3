"""The register as it leaves the house: the columns the national register holds (certification-rules 3.6)."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.certificate import attested
from certification.certificate.models import Certificate
from certification.certificate.queries.certificates import of_party
from certification.certificate.statement import Said, begins_on
from certification.workflow.certificate import status_on
from core.clock import today
from core.db import db, streamed
from core.words import word

Column = Callable[[Certificate, Said], object]
BATCH = 200
# The code of the national register, where it has one, and the word.
STATUS = {
    "not_issued": ("", "尚未生效"),
    "valid": ("01", "有效"),
    "suspended": ("02", "暂停"),
    "withdrawn": ("03", "撤销"),
    "cancelled": ("", "注销"),
    "superseded": ("", "由新证书接替"),
    "expired": ("", "过期失效"),
}
PARTIES = (("client", "委托人"), ("manufacturer", "生产者"), ("factory", "生产企业"))


def register(actor: Actor | None, number: str = "") -> Select[Certificate]:
    """The certificates an export covers: a party's own, all for the regulator and the command line."""
    if actor is None or (actor.kind == "regulator" and "regulator" in actor.roles):
        query = select(Certificate)
    else:
        query = of_party(actor)
    query = query.where(Certificate.number == number) if number else query
    return query.order_by(Certificate.id)


def total(query: Select[Certificate]) -> int:
    return db.session.scalars(select(func.count()).select_from(query.order_by(None).subquery())).one()


def rows(query: Select[Certificate]) -> Iterator[dict[str, str]]:
    """One mapping of column slug to text for each certificate, read batch by batch."""
    related = (Certificate.acts, Certificate.former, Certificate.surveillance, Certificate.replaces)
    query = query.options(*(selectinload(name) for name in related))
    for certificate in streamed(query, BATCH):
        said = json.loads(certificate.statement)
        yield {slug: _text(value(certificate, said)) for slug, _title, value in COLUMNS}


def head() -> dict[str, str]:
    """The titles of the columns by their slugs."""
    return {slug: title for slug, title, _value in COLUMNS}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _status(place: int) -> Column:
    def column(certificate: Certificate, said: Said) -> str:
        first, last = date.fromisoformat(begins_on(said)), date.fromisoformat(said["valid_to"])
        return STATUS[status_on(first, last, certificate.acts, today())][place]

    return column


def _said(*path: str) -> Column:
    def column(_certificate: Certificate, said: Said) -> object:
        value: Any = said  # whatever JSON has there
        for name in path:
            value = value.get(name, "")
        return value

    return column


def _last(kind: str, name: str) -> Column:
    """A fact of the newest act of a kind; of a suspension only while nothing has ended it."""

    def column(certificate: Certificate, _said: Said) -> object:
        acts = [act for act in certificate.acts if act.kind == kind]
        return getattr(acts[-1], name) if acts else ""

    return column


def _models(_certificate: Certificate, said: Said) -> str:
    listed = said["product"]["models"]
    return "；".join(" ".join(filter(None, (each["code"], each["specification"]))) for each in listed)


def _first_issue(certificate: Certificate, said: Said) -> object:
    while certificate.replaces is not None:
        certificate = certificate.replaces
        said = json.loads(certificate.statement)
    return said["issued_on"]


def _recertifications(certificate: Certificate, _said: Said) -> int:
    return 0 if certificate.replaces is None else 1 + _recertifications(certificate.replaces, _said)


def _checks_done(certificate: Certificate, _said: Said) -> int:
    return sum(check.is_passed for check in certificate.surveillance)


def _unlike(certificate: Certificate, said: Said) -> str:
    """What the register holds otherwise than it was signed; this table shows what was signed."""
    return "；".join(
        str(word(f"differs.{name}")) for name in attested.differing(certificate, certificate, said)
    )


def _party(key: str, title: str) -> list[tuple[str, str, Column]]:
    return [
        (f"{key}_name", f"{title}组织名称", _said(key, "name")),
        (f"{key}_address", f"{title}地址", _said(key, "address")),
        (f"{key}_uscc", f"{title}统一社会信用代码", _said(key, "uscc")),
        (f"{key}_country", f"{title}国别地区", lambda _certificate, _said: "中国"),
    ]


COLUMNS: list[tuple[str, str, Column]] = [
    ("number", "证书编号", _said("number")),
    ("status_code", "证书状态代码", _status(0)),
    ("status", "证书状态", _status(1)),
    ("issued_on", "颁证日期", _said("issued_on")),
    ("begins_on", "证书生效日期", lambda _certificate, said: begins_on(said)),
    ("valid_to", "证书到期日期", _said("valid_to")),
    ("reported_on", "信息上报日期", lambda _certificate, _said: today()),
    ("first_issued_on", "初次获证日期", _first_issue),
    ("changed_on", "变更日期", lambda certificate, _said: certificate.reissued_on),
    ("edition", "证书版次", lambda certificate, _said: certificate.edition),
    ("project", "认证项目", _said("family")),
    ("basis", "认证依据", _said("basis", "number")),
    ("rule", "认证规则", _said("basis", "rule")),
    ("mode", "认证模式", _said("mode", "name")),
    ("category", "产品类别", _said("product", "category_name")),
    ("product", "产品名称", _said("product", "name")),
    ("models", "规格型号", _models),
    *[column for key, title in PARTIES for column in _party(key, title)],
    ("sub_certificate", "是否子证书", lambda _certificate, _said: "否"),
    ("main_number", "主认证证书号", lambda _certificate, _said: ""),
    ("former_number", "原证书编号", lambda it, _said: it.replaces.number if it.replaces else ""),
    ("checks", "监督次数", _checks_done),
    ("recertifications", "再认证次数", _recertifications),
    ("decided_on", "认证决定日期", _said("decision", "decided_on")),
    ("body_name", "发证机构名称", _said("body", "name")),
    ("body_approval", "发证机构批准号", _said("body", "approval_number")),
    ("body_address", "发证机构地址", _said("body", "address")),
    ("body_telephone", "发证机构电话", lambda certificate, _said: certificate.body.telephone),
    ("body_website", "发证机构网址", lambda certificate, _said: certificate.body.website),
    ("suspended_for", "暂停原因", _last("suspend", "reason")),
    ("suspended_from", "暂停起始日期", _last("suspend", "on")),
    ("suspended_until", "暂停截止日期", _last("suspend", "until")),
    ("withdrawn_for", "撤销原因", _last("withdraw", "reason")),
    ("withdrawn_on", "撤销日期", _last("withdraw", "on")),
    ("cancelled_for", "注销原因", _last("cancel", "reason")),
    ("cancelled_on", "注销日期", _last("cancel", "on")),
    ("demo", "演示数据", lambda _certificate, said: "是" if said["demo"] else "否"),
    ("differs", "登记与签名不符", lambda certificate, said: _unlike(certificate, said)),
]
