"""The files of a case: many of a kind, several at once, taken away again, each for what it is."""

from io import BytesIO

import pytest

from accounts import operations as accounts
from certification.application.models import ApplicationFile
from certification.application.operations.documents import attach_file, remove_file
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from tests.certification.application.test_corrections import points_on
from tests.support import papers
from tests.support.papers import PDF

HOME = "/certification/applications"


@pytest.fixture
def draft(world):
    return world.case("draft")


@pytest.fixture
def maker(draft, browser):
    return browser("applicant")


def upload(client, case, kind: str, *sent: tuple[bytes, str]):
    data = {"kind": kind, "file": [(BytesIO(content), name) for content, name in sent]}
    return client.post(f"{HOME}/{case.application.id}/files", data=data, content_type="multipart/form-data")


def bill(month: int) -> tuple[bytes, str]:
    return papers.pdf(b"0 0 9 %d re f" % month), f"电费-{month:02}.pdf"


def names(case, kind: str) -> list[str]:
    db.session.expire_all()
    return [file.name for file in case.application.current_files if file.kind == kind]


def test_twelve_bills_go_up_at_once_and_all_of_them_stay(draft, maker):
    bills = [bill(month) for month in range(1, 13)]
    assert upload(maker, draft, "business_licence", *bills).status_code == 302
    page = maker.get(f"{HOME}/{draft.application.id}/files").text
    assert "已上传 12 个" in page
    assert names(draft, "business_licence") == ["business_licence.pdf", *(name for _, name in bills)]
    for _content, name in bills:
        assert name in page
    assert 'multiple accept=".pdf,.ofd,' in page


def test_one_bad_file_takes_none_of_the_good_ones_with_it(draft, maker):
    answer = upload(maker, draft, "other", bill(1), (b"%PDF-1.7", "坏.pdf"), (b"", "空.pdf"), bill(2))
    assert answer.status_code == 422
    for said in ("坏.pdf：文件内容不是 pdf 格式", "空.pdf：文件是空的", "其余 2 个已上传"):
        assert said in answer.text
    assert names(draft, "other") == ["电费-01.pdf", "电费-02.pdf"]


def test_a_file_that_holds_nothing_fills_no_slot_and_says_so(world, draft, maker):
    licence = next(file for file in draft.application.current_files if file.kind == "business_licence")
    remove_file(draft.application, world.actor("applicant"), licence.id)
    db.session.commit()
    answer = upload(maker, draft, "business_licence", (papers.pdf(b""), "白页.pdf"))
    assert answer.status_code == 422
    assert "白页.pdf：文件里没有能读的页" in answer.text
    assert "未上传" in answer.text
    assert names(draft, "business_licence") == []


def test_a_file_put_in_by_mistake_is_taken_away_in_a_draft(draft, maker):
    upload(maker, draft, "other", bill(1), bill(2))
    db.session.expire_all()
    wrong = next(file for file in draft.application.current_files if file.name == "电费-01.pdf")
    answer = maker.post(f"{HOME}/{draft.application.id}/files/remove", data={"file": wrong.id})
    assert answer.status_code == 302
    assert names(draft, "other") == ["电费-02.pdf"]
    page = maker.get(answer.location).text
    assert "已移去" in page
    assert "电费-01.pdf" not in page


def test_what_is_no_file_of_the_case_is_not_found(draft, maker):
    for sent, status in (("0", 404), ("", 404), ("999999", 404), ("x", 422)):
        answer = maker.post(f"{HOME}/{draft.application.id}/files/remove", data={"file": sent})
        assert answer.status_code == status, sent
    assert len(draft.application.current_files) == 2


def test_a_file_taken_away_twice_is_gone_already(world, draft):
    file = draft.application.current_files[0]
    remove_file(draft.application, world.actor("applicant"), file.id)
    with pytest.raises(NotFound):
        remove_file(draft.application, world.actor("applicant"), file.id)


def test_nobody_but_the_applicant_takes_a_file_away_and_only_while_the_case_is_open(world):
    case = world.case("submitted")
    file = case.application.current_files[0]
    for role, refused in (("applicant", OutOfOrder), ("application_reviewer", NotPermitted)):
        with pytest.raises(refused):
            remove_file(case.application, world.actor(role), file.id)


def test_in_a_correction_only_a_kind_that_is_asked_about_is_open_and_the_version_keeps_its_file(world):
    case, actor = world.case("submitted"), world.actor("applicant")
    case.take("correct", "application_reviewer", points=points_on("file:business_licence"))
    asked, other = sorted(case.application.current_files, key=lambda file: file.kind != "business_licence")
    with pytest.raises(OutOfOrder):
        remove_file(case.application, actor, other.id)
    remove_file(case.application, actor, asked.id)
    attach_file(case.application, actor, "business_licence", BytesIO(bill(1)[0]), "新执照.pdf")
    assert [file.name for file in case.application.current_files if file.kind == asked.kind] == ["新执照.pdf"]
    assert asked.id in [file["id"] for file in case.application.submissions[0].content["files"]]
    assert db.session.get(ApplicationFile, asked.id) is not None


# rule 37
def test_a_kind_nobody_asks_for_is_refused(world, draft):
    with pytest.raises(Invalid) as no:
        attach_file(draft.application, world.actor("applicant"), "management_system", BytesIO(PDF), "a.pdf")
    assert no.value.slug == "file-kind-unknown"


# Every format through the page and through the API; what is in them is known by tests/core/test_files.py.

FORMATS = {
    "账.pdf": PDF, "票.ofd": papers.ofd(), "票.xml": b"<a>1</a>", "图.heic": papers.heic(),
    "图.tif": papers.tiff(), "文.doc": papers.doc(), "文.docx": papers.docx(), "表.xls": papers.xls(),
    "表.et": papers.xls(), "包.zip": papers.packed(a=b"1"),
}  # fmt: skip
REFUSED = {
    "假.docx": (PDF, "file-is-another-kind"),
    "宏.xls": (papers.xls(storages=("_VBA_PROJECT_CUR",)), "file-has-macros"),
    "套.zip": (papers.packed(**{"a.zip": papers.packed(a=b"1")}), "file-archive-inside"),
    "空.et": (papers.xls((0x09, b"")), "file-holds-nothing"),
    "锁.docx": (papers.compound({"EncryptedPackage": b"x"}), "file-is-locked"),
}  # fmt: skip


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr("core.bounded.run", lambda function, *arguments: function(*arguments))


@pytest.fixture
def api(world, draft, client):
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    address = f"/api/v1/applications/{draft.application.id}/files"
    headers = {"Authorization": f"Bearer {token}"}

    def call(verb: str, place: str, **more):
        return getattr(client, verb)(f"{address}/{place}", headers=headers, **more)

    return call


def test_every_format_is_taken_at_both_doors(draft, maker, api, at_once):
    assert (
        upload(maker, draft, "other", *((content, name) for name, content in FORMATS.items())).status_code
        == 302
    )
    assert names(draft, "other") == list(FORMATS)
    for name, content in FORMATS.items():
        answer = api("post", "other", data={"file": (BytesIO(content), name)})
        assert answer.status_code == 201, name
        assert answer.json["name"] == name


def test_every_refusal_is_the_same_at_both_doors(draft, maker, api, at_once):
    page = upload(maker, draft, "other", *((content, name) for name, (content, _) in REFUSED.items()))
    assert page.status_code == 422
    for name, (content, slug) in REFUSED.items():
        answer = api("post", "other", data={"file": (BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert answer.json["type"].endswith(slug)
        assert name in page.text
    assert names(draft, "other") == []


def test_the_api_takes_a_file_away_and_shows_what_is_left(draft, api):
    first, second = draft.application.current_files
    answer = api("delete", str(first.id))
    assert answer.status_code == 200
    assert [file["id"] for file in answer.json["files"]] == [second.id]
    assert api("delete", str(first.id)).status_code == 404
