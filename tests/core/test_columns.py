"""What a column of text takes, whoever hands it over: cleaned when it is given, refused by its name."""

import pytest
from sqlalchemy import JSON, String

import app as _every_model  # noqa: F401 (so that all tables are known)
from accounts.models import Organisation, User
from certification.acts.models import WrittenAct
from certification.application.models import Application, ProductModel
from core import columns
from core.columns import Facts, Key, Line, Record, most
from core.db import Base, Exact
from core.errors import Invalid

pytestmark = pytest.mark.engines("types")


def every_column(base=Base):
    return [
        (f"{mapper.class_.__name__}.{attribute.key}", attribute.columns[0].type)
        for mapper in base.registry.mappers
        for attribute in mapper.column_attrs
    ]


def bare(base=Base) -> list[str]:
    """The columns of text that do not say what they hold."""
    return [
        name for name, kind in every_column(base)
        if isinstance(kind, String) or getattr(kind, "impl", None).__class__ is String
        and not isinstance(kind, Line | Record | Exact)
    ]  # fmt: skip


def test_every_column_of_text_says_what_it_holds():
    assert len(every_column()) > 500
    assert bare() == []


def test_a_bare_column_is_found():
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    class Other(DeclarativeBase):
        pass

    class Row(Other):
        __tablename__ = "row"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]
        short: Mapped[str] = mapped_column(String(20))
        line: Mapped[columns.Name]
        record: Mapped[columns.Statement]

    assert bare(Other) == ["Row.text", "Row.short"]


def limited():
    return [
        (mapper.class_, attribute.key, attribute.columns[0].type)
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if isinstance(attribute.columns[0].type, Line)
    ]


def test_no_column_of_text_takes_more_than_it_says_and_none_takes_what_deceives():
    assert len(limited()) > 200
    for model, name, kind in limited():
        taken = model(**{name: "x" * kind.most})
        assert getattr(taken, name) == "x" * kind.most
        assert refusal(model, name, "x" * (kind.most + 1)) == ("text-too-long" if not isinstance(kind, Key)
                                                               else "value-not-known")  # fmt: skip
        for wrong in ("a\x00b", "a\ud800b", "a\u202eb"):
            assert refusal(model, name, wrong) in ("text-has-controls", "value-not-known")


def refusal(model, name, value):
    with pytest.raises(Invalid) as refused:
        model(**{name: value})
    assert refused.value.fields == {name: refused.value.slug}
    return refused.value.slug


def test_what_cannot_be_seen_does_not_reach_a_table():
    product = ProductModel(code="TP\u200b-600", specification="\ufeff 抛釉砖\u200b ")
    assert (product.code, product.specification) == ("TP-600", "抛釉砖")
    product.code = "TP-\u00ad800"
    assert product.code == "TP-800"
    assert Application(product_name="e\u0301").product_name == "\u00e9"


def test_facts_in_json_are_cleaned_to_their_depth():
    case = Application(producer={"name": "甲\u200b厂", "more": [{"text": " 乙 "}], "days": 3})
    assert case.producer == {"name": "甲厂", "more": [{"text": "乙"}], "days": 3}
    assert refusal(Application, "factory", {"name": "x" * 201}) == "text-too-long"
    assert refusal(Application, "factory", {"name": ["a\x00"]}) == "text-has-controls"


def test_what_is_signed_is_kept_to_the_byte():
    statement = '{"name":"e\u0301\u200b"}' + "x" * 100_000
    assert WrittenAct(statement=statement).statement == statement


def test_what_a_row_would_refuse_can_be_asked_before():
    given = {"code": "x" * 201, "specification": "甲\U00013000"}
    assert columns.faults(ProductModel, given) == {"code": "text-too-long", "specification": "glyph-missing"}
    assert columns.faults(ProductModel, {"code": "A-1", "specification": "甲"}) == {}


def test_nothing_given_stays_nothing():
    assert Organisation(name=None).name is None


def test_the_limit_of_a_column_can_be_asked():
    assert most(User.name) == 200
    assert most(Application.product_name) == 200


def test_what_was_stored_before_is_read_as_it_stands(database, app):
    from core.db import db

    with app.app_context():
        db.session.execute(
            Organisation.__table__.insert(),
            {"uscc": "9" * 18, "kind": "manufacturer", "name": "甲\u200b厂", "name_en": "", "short_name": "",
             "region": "", "address": "", "telephone": "", "website": "", "parent_uscc": "", "active": True},
        )  # fmt: skip
        assert db.session.query(Organisation).one().name == "甲\u200b厂"


def test_json_columns_are_facts_of_people_or_made_by_the_program():
    assert {name for name, kind in every_column() if isinstance(kind, Facts)} == {
        "Application.producer", "Application.factory", "Application.acceptance",
        "FormerPlan.team", "FormerPlan.laboratories", "FormerPlan.sites",
        "SiteVerification.items", "SiteVerification.meetings",
        "VerifiedItem.declared", "VerifiedItem.found", "Nonconformity.declared",
        "DocumentReview.items", "Review.items",
        "Surveillance.items", "Inventory.system",
        "ActivityRow.stated", "RuleDraft.document", "Application.parameters", "ProductModel.parameters",
        "Adoption.checklists", "Adoption.papers",
    }  # fmt: skip
    assert any(isinstance(kind, JSON) for _name, kind in every_column())
