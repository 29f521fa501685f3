"""Filling in an application: what cannot be right is said at its field, and what was typed is kept."""

from io import BytesIO

import pytest
from sqlalchemy import update

from accounts import uscc
from certification.application.models import Application, ApplicationFile
from core.db import db
from core.words import sentence
from registers.models import BodyScope
from tests import factories
from tests.certification.world import PDF, World, reload
from tests.support.pictures import png

HOME = "/certification/"
PNG = png()


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def draft(world):
    return world.case("draft")


def address(case, page: str = "") -> str:
    return f"{HOME}applications/{case.id}{page}"


def parties(case, **changes) -> dict:
    """The form of the parties as the page shows it, with changes such as {"producer-uscc": "…"}."""
    named = {"producer": case.application.producer, "factory": case.application.factory}
    shown = {f"{party}-{name}": value for party, facts in named.items() for name, value in facts.items()}
    return {"version": case.application.version, "action": "next", **shown, **changes}


def product(case, **changes) -> dict:
    shown = {"product_name": case.application.product_name, "models-0-code": "YT-6015", "action": "next"}
    return {"version": case.application.version, **shown, **changes}


def upload(client, case, kind: str, content: bytes, name: str):
    data = {"kind": kind, "file": (BytesIO(content), name)}
    return client.post(address(case, "/files"), data=data, content_type="multipart/form-data")


# From nothing to a submission, by hand


def test_an_application_is_made_filled_and_handed_in_through_the_pages(world, maker, db):
    made = maker.post(f"{HOME}applications", data={"scheme": world.scheme.code, "body": world.body.id})
    case = db.session.query(Application).one()
    assert made.location == f"{HOME}applications/{case.id}"
    assert "还不能开始" in maker.get(made.location).text

    def go(page: str, **fields):
        answer = maker.post(f"{made.location}{page}", data={"action": "next", **fields})
        assert answer.status_code == 302, answer.text
        db.session.refresh(case)
        return answer

    for kind in world.scheme.required_files:
        data = {"kind": kind, "file": (BytesIO(PDF), f"{kind}.pdf")}
        sent = maker.post(f"{made.location}/files", data=data, content_type="multipart/form-data")
        assert sent.status_code == 302
    db.session.refresh(case)
    names = {"product_name": "抛釉砖", "models-0-code": "YT-1", "models-0-specification": "600×1200"}
    go("/product", version=case.version, **names)
    row = {
        "rows-0-stage": "manufacturing",
        "rows-0-name": "天然气",
        "rows-0-quantity": "1,000",
        "rows-0-unit": "m3",
    }
    own = {"rows-0-kind": "own", "rows-0-own_value": "2.16", "rows-0-own_unit": "kgCO2e/m3"}
    dried = {"name": "干燥用天然气", "quantity": "620"}
    more = {place.replace("-0-", "-1-"): value for place, value in (row | own).items()}
    more |= {f"rows-1-{column}": value for column, value in dried.items()}
    head = {
        "output_amount": "1000",
        "output_unit": "m2",
        "period_from": "2025-01-01",
        "period_to": "2025-12-31",
    }
    go("/inventory", version=case.inventory.version, **head, **row, **own, **more)
    assert "可以提交" in maker.get(made.location).text
    review = maker.get(f"{made.location}/submit").text
    for said in ("抛釉砖", "YT-1", "600×1200", "3.50", "application_form.pdf", world.maker.uscc):
        assert said in review
    assert 'name="declared"' in review
    assert "checked" not in review
    assert go("/submit", version=case.version, declared="y").location == f"{made.location}/submitted"
    assert case.state == "submitted"
    assert case.number in maker.get(f"{made.location}/submitted").text


# A new application


def test_the_schemes_show_what_they_demand_and_what_is_invented(world, maker):
    text = maker.get(f"{HOME}applications/new").text
    for said in (
        "低碳产品认证",
        "证书有效期 3 年",
        "168号令第二十五条",
        "限值 10.80 kgCO₂e/m²",
        "限值为演示数据",
        "营业执照副本",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "选择认证规则"),
        ({"scheme": "lc-tile"}, "选择认证机构"),
        ({"scheme": "lc-tile", "body": "9999"}, "选择"),
        ({"scheme": "nothing", "body": "1"}, "选择"),
    ],
)
def test_rules_and_body_must_be_chosen_from_the_list(world, maker, db, fields, said):
    answer = maker.post(f"{HOME}applications", data=fields)
    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert said in answer.text
    assert db.session.query(Application).count() == 0


def test_a_body_that_is_not_approved_for_the_rules_is_refused_at_its_field(world, maker, db):
    other = World(code="lc-other", category="other")
    answer = maker.post(f"{HOME}applications", data={"scheme": world.scheme.code, "body": other.body.id})
    assert answer.status_code == 422
    assert "认证机构今天不在本类产品的批准范围内" in answer.text
    assert 'id="body-e"' in answer.text
    assert db.session.query(Application).count() == 0


def test_rules_without_an_approved_body_cannot_be_chosen(world, maker, db):
    db.session.query(BodyScope).delete()
    text = maker.get(f"{HOME}applications/new").text
    assert "今天没有机构获得批准" in text


def test_a_buyer_cannot_apply(world, app, sign_in, db):
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    fields = {"scheme": world.scheme.code, "body": world.body.id}
    answer = sign_in(app.test_client(), officer).post(f"{HOME}applications", data=fields)
    assert answer.status_code == 403
    assert db.session.query(Application).count() == 0


# Parties


def test_parties_are_saved_and_the_next_section_opens(draft, maker):
    code = uscc.synthetic(77)
    fields = parties(draft, **{"producer-name": "另一家", "producer-uscc": f" {code.lower()} "})
    answer = maker.post(address(draft, "/parties"), data=fields)
    assert answer.location == address(draft, "/product")
    assert reload(draft).producer["uscc"] == code


def test_saving_for_later_leads_back_to_the_list(draft, maker):
    answer = maker.post(address(draft, "/parties"), data=parties(draft, action="later"))
    assert answer.location == address(draft)


@pytest.mark.parametrize("party", ["producer", "factory"])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("9132", "应为 18 位，现在是 4 位"),
        ("914403001922038217", "校验码对不上"),
        ("91330100799655058I", "第 18 位不能是“I”"),
    ],
)
def test_a_wrong_credit_code_is_said_at_its_field_and_nothing_changes(draft, maker, party, code, said):
    before = dict(draft.application.producer), dict(draft.application.factory)
    fields = parties(draft, **{f"{party}-uscc": code, "producer-name": "改过的名称"})
    answer = maker.post(address(draft, "/parties"), data=fields)
    assert answer.status_code == 422
    assert "<title>错误：主体信息" in answer.text
    assert said in answer.text
    assert f'id="{party}-uscc-e"' in answer.text
    assert code in answer.text
    assert "改过的名称" in answer.text
    case = reload(draft)
    assert (case.producer, case.factory) == before


def test_the_clients_own_facts_are_copied_without_saving(draft, maker, world):
    fields = parties(draft, **{"producer-name": "", "producer-uscc": "", "copy": "producer"})
    answer = maker.post(address(draft, "/parties"), data=fields)
    assert answer.status_code == 200
    assert answer.text.count(world.maker.name) > 2
    assert reload(draft).version == fields["version"]


# Product and models


def test_product_and_models_are_saved(draft, maker):
    fields = product(draft, **{"product_name": "新名称", "models-1-code": "YT-7", "models-5-code": " YT-8 "})
    assert maker.post(address(draft, "/product"), data=fields).location == address(draft, "/files")
    case = reload(draft)
    assert (case.product_name, [model.code for model in case.models]) == (
        "新名称",
        ["YT-6015", "YT-7", "YT-8"],
    )


@pytest.mark.parametrize("button", [{"add": "model"}, {"remove": "1"}])
def test_lines_are_added_and_removed_without_javascript_and_without_saving(draft, maker, button):
    fields = product(draft, **{"models-1-code": "NEW-1", "product_name": "刚改的", **button})
    del fields["action"]
    answer = maker.post(address(draft, "/product"), data=fields)
    assert answer.status_code == 200
    assert "刚改的" in answer.text
    assert answer.text.count('name="models-') == (6 if "add" in button else 2)
    assert ("NEW-1" in answer.text) == ("add" in button)
    assert [model.code for model in reload(draft).models] == ["YT-6015", "YT-6016"]


def test_a_model_typed_twice_is_said_at_its_line(draft, maker):
    fields = product(draft, **{"models-1-code": "YT-6015", "trademark": "云陶"})
    answer = maker.post(address(draft, "/product"), data=fields)
    assert answer.status_code == 422
    assert sentence("model-twice", {"code": "YT-6015"}) in answer.text
    assert 'id="models-1-code-e"' in answer.text
    assert "云陶" in answer.text
    assert [model.code for model in reload(draft).models] == ["YT-6015", "YT-6016"]


def test_a_product_needs_a_name(draft, maker):
    answer = maker.post(address(draft, "/product"), data=product(draft, product_name=" "))
    assert answer.status_code == 422
    assert "填写产品名称" in answer.text
    assert reload(draft).product_name == "抛釉砖 YT-6015"


def test_models_changed_by_a_colleague_make_the_page_stale(draft, maker):
    old = product(draft, **{"models-1-code": "MINE-1"})
    maker.post(address(draft, "/product"), data=product(draft, **{"models-1-code": "THEIRS-1"}))
    answer = maker.post(address(draft, "/product"), data=old)
    assert answer.status_code == 409
    assert "MINE-1" in answer.text
    assert [model.code for model in reload(draft).models] == ["YT-6015", "THEIRS-1"]


# Files


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "文件是空的"),
        (b"MZ\x90\x00", "a.exe", "不收这种文件"),
        (b"<html>", "a", "不收这种文件"),
        (PNG, "a.pdf", "文件内容不是 pdf 格式"),
        (PDF, "a.xlsx", "文件内容不是 xlsx 格式"),
        (PDF * 9, "a.pdf", "文件超过"),
    ],
)
def test_a_file_that_cannot_be_taken_is_said_at_its_place_and_nothing_is_kept(
    draft, maker, app, content, name, said
):
    app.config["MAX_FILE_BYTES"] = 1000
    before = [file.digest for file in draft.application.files]
    answer = upload(maker, draft, "business_licence", content, name)
    assert answer.status_code == 422
    assert "<title>错误：证明文件" in answer.text
    assert said in answer.text
    assert 'id="file-business_licence-e"' in answer.text
    assert [file.digest for file in reload(draft).files] == before


# ask 38
def test_a_file_that_was_received_stays_whatever_else_goes_wrong(draft, maker):
    """Files go up by themselves, first; a receipt says at once what came, and a bad field takes none away."""
    assert upload(maker, draft, "business_licence", PNG, "新执照.png").status_code == 302
    assert maker.post(address(draft, "/product"), data=product(draft, product_name=" ")).status_code == 422
    text = maker.get(address(draft, "/files")).text
    kept = next(file for file in reload(draft).current_files if file.name == "新执照.png")
    for said in ("新执照.png", kept.digest[:4], kept.digest[-4:], "已上传"):
        assert said in text


def test_a_request_beyond_all_limits_is_told_what_to_do(draft, maker, app):
    app.config["MAX_CONTENT_LENGTH"] = 2000
    answer = upload(maker, draft, "business_licence", PDF * 100, "a.pdf")
    assert answer.status_code == 413
    assert "换一份较小的文件" in answer.text


def test_uploading_nothing_asks_to_choose_a_file(draft, maker):
    answer = maker.post(address(draft, "/files"), data={"kind": "business_licence"})
    assert answer.status_code == 422
    assert "先选择文件，再上传" in answer.text


def test_a_kind_the_rules_do_not_ask_for_is_refused(draft, maker):
    assert upload(maker, draft, "management_system", PDF, "a.pdf").status_code == 422
    assert len(reload(draft).files) == 2


def test_an_upload_makes_an_older_submission_page_stale(draft, maker):
    version = draft.application.version
    upload(maker, draft, "other", PDF, "补充.pdf")
    answer = maker.post(address(draft, "/submit"), data={"version": version, "declared": "y"})
    assert answer.status_code == 409
    assert "内容已被改动" in answer.text
    assert 'name="declared"' in answer.text
    assert reload(draft).state == "draft"


def test_a_form_without_its_token_changes_nothing(csrf_app, draft, browser):
    maker = browser("applicant")
    answer = maker.post(address(draft, "/product"), data=product(draft, product_name="伪造"))
    assert answer.status_code in (302, 303, 400)
    db.session.expire_all()
    assert draft.application.product_name == "抛釉砖 YT-6015"


def test_a_file_is_handed_out_by_its_own_name_and_never_shown(draft, maker):
    sent = [("a.json", "application/json"), ("../b.csv", "text/csv"), ("c\u202egnp.csv", "text/csv")]
    for name, _ in sent:
        assert upload(maker, draft, "other", b"[1,2]", name).status_code == 302
    kept = [file for file in reload(draft).current_files if file.kind == "other"]
    assert len({file.digest for file in kept}) == 1
    for file, (_, media), name in zip(kept, sent, ["a.json", "b.csv", "cgnp.csv"], strict=True):
        with maker.get(f"/certification/files/{file.id}") as answer:
            assert answer.content_type.split(";")[0] == media
            assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_that_was_kept_before_names_were_cleaned_is_handed_out_clean(draft, maker):
    assert upload(maker, draft, "other", PDF, "a.pdf").status_code == 302
    file = next(file for file in reload(draft).current_files if file.kind == "other")
    kept = update(ApplicationFile).where(ApplicationFile.id == file.id)
    db.session.execute(kept.values(name="x/\x01a\u202e.pdf"))
    db.session.commit()
    with maker.get(f"/certification/files/{file.id}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename=a.pdf"
