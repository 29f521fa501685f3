"""What is written about a case: read by its two sides, told, kept, and by nobody else."""

from io import BytesIO

import pytest

from accounts.models import Notice
from certification.messages import operations, queries
from certification.messages.models import Message
from core.db import db as tables
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from tests import factories
from tests.certification.world import PDF

pytestmark = pytest.mark.engines("constraints")


@pytest.fixture
def tested(world):
    """A case of which the laboratory has a sample."""
    case = world.case("evaluating")
    case.dispatch()
    tables.session.commit()
    return case


@pytest.fixture
def write(world, tested):
    def send(role, text="收到。", to="applicant", uploads=()):
        return operations.send(tested.application, world.actor(role), to, text, uploads)

    return send


@pytest.fixture
def laboratory(world):
    return f"laboratory-{world.laboratory.id}"


def texts(world, case, role, key="applicant") -> list[str]:
    return [each.text for each in queries.messages(world.actor(role), case.application, key).items]


def told(world, role) -> list[str]:
    query = tables.select(Notice).where(Notice.user_id == world.people[role].id).order_by(Notice.id)
    return [notice.kind for notice in tables.session.scalars(query) if "message" in notice.kind]


def test_each_thread_is_read_by_its_two_sides_and_the_notes_by_the_body_alone(
    world, tested, write, laboratory
):
    write("applicant", "3# 配电室是新增的。")
    write("lead_verifier", "样品封条请拍照。", laboratory)
    write("case_officer", "方案没有覆盖 3#。", "internal")
    assert texts(world, tested, "technical_reviewer") == ["3# 配电室是新增的。"]
    assert texts(world, tested, "tester", laboratory) == ["样品封条请拍照。"]
    assert texts(world, tested, "verifier", "internal") == ["方案没有覆盖 3#。"]
    shut = {"applicant": (laboratory, "internal"), "tester": ("applicant", "internal")}
    for role, key in ((role, key) for role, keys in shut.items() for key in keys):
        with pytest.raises(NotFound, match="thread-not-found"):
            texts(world, tested, role, key)


def test_nobody_without_the_case_learns_of_it(world, tested, write):
    written = write("applicant", uploads=[(BytesIO(PDF), "抄表.pdf")])
    strangers = [
        factories.actor("manufacturer", "applicant"),
        factories.actor("certification_body", "case_officer"),
        factories.actor("testing_body", "tester"),
        factories.actor("regulator", "regulator"),
        factories.actor("purchasing_unit", "buyer"),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            queries.case_of(stranger, tested.id)
        with pytest.raises(NotFound):
            queries.file(stranger, written.files[0].id)
    with pytest.raises(NotFound, match="file-not-found"):
        queries.file(world.actor("tester"), written.files[0].id)  # it has a sample, and another thread


@pytest.mark.parametrize(
    ("wrong", "place", "slug"),
    [
        ({"text": "  "}, "text", "message-empty"),
        ({"to": "internal"}, "to", "thread-not-found"),
        ({"to": ""}, "to", "thread-not-found"),
        ({"uploads": [(BytesIO(b""), "空.pdf")]}, "files", "file-empty"),
        ({"uploads": [(BytesIO(PDF), "x.pdf")] * 11}, "files", "list-too-long"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_box_and_leaves_nothing(write, wrong, place, slug):
    with pytest.raises(Invalid) as refused:
        write("applicant", **wrong)
    assert refused.value.fields == {place: slug}
    assert tables.session.query(Message).count() == 0


def test_a_case_that_was_not_handed_in_has_no_messages(world):
    with pytest.raises(OutOfOrder, match="case-not-handed-in"):
        operations.send(world.case("draft").application, world.actor("applicant"), "applicant", "请问。")


def test_who_has_no_part_in_the_work_writes_nothing(world, tested):
    clerk = factories.user(world.body, "label_officer").memberships[0].actor()
    with pytest.raises(NotPermitted, match="role-not-held"):
        operations.send(tested.application, clerk, "applicant", "您好。")


def test_the_other_side_is_told_and_of_a_note_nobody(world, write, laboratory):
    write("case_officer", "内部。", "internal")
    assert not any(told(world, role) for role in world.people)
    write("applicant")
    write("lead_verifier")
    write("lead_verifier", to=laboratory)
    write("tester", to=laboratory)
    assert told(world, "lead_verifier") == [
        "application.message_of_applicant",
        "application.message_of_laboratory",
    ]
    assert told(world, "applicant") == ["application.message_of_body"]
    assert told(world, "sample_receiver") == ["sample.message"]
    assert told(world, "decision_maker") == []


def test_what_others_wrote_counts_as_unread_until_it_is_read_and_what_one_wrote_never(world, tested, write):
    write("lead_verifier", "一")
    write("lead_verifier", "二")
    case, applicant = tested.application, world.actor("applicant")
    assert (queries.unread(applicant, case), queries.unread(world.actor("lead_verifier"), case)) == (2, 0)
    assert queries.unread(world.actor("case_officer"), case) == 2  # a colleague has not seen them either
    operations.read(case, applicant, "applicant")
    assert queries.unread(applicant, case) == 0
    write("lead_verifier", "三")
    assert queries.unread(applicant, case) == 1


def test_a_page_is_sent_once_with_its_files_however_often_it_is_pressed(world, tested, browser):
    page = browser("applicant")
    place = f"/certification/cases/{tested.id}/messages"
    assert "还没有消息" in page.get(place).text
    for _press in range(2):
        sent = {"to": "applicant", "text": "抄表记录见附件。", "files": (BytesIO(PDF), "抄表 06.pdf")}
        assert page.post(place, data=sent | {"csrf_token": "of this page"}).status_code == 303
    found = tables.session.query(Message).one()
    body = browser("lead_verifier")
    assert "抄表记录见附件。" in body.get(place).text
    assert "1 条未读</span>" in body.get(f"/certification/reviews/{tested.id}").text
    with body.get(f"/certification/cases/messages/files/{found.files[0].id}") as handed_out:
        assert handed_out.data == PDF
    assert body.post(f"{place}/read", data={"thread": "applicant"}).status_code == 303
    assert "条未读</span>" not in body.get(f"/certification/reviews/{tested.id}").text
    assert "抄表记录见附件。" in body.get(f"/certification/reviews/{tested.id}?tab=history").text


def test_the_page_says_what_is_wrong_at_its_box(tested, browser):
    answer = browser("applicant").post(
        f"/certification/cases/{tested.id}/messages", data={"to": "applicant", "text": " "}
    )
    assert answer.status_code == 422
    assert "写点什么再发送" in answer.text


def test_a_laboratory_finds_its_thread_at_its_sample(world, tested, write, laboratory, browser):
    write("lead_verifier", "请补环境条件。", laboratory)
    write("applicant", "这句不给检测机构看。")
    tables.session.commit()
    page = browser("tester")
    assert (
        "1 条未读" in page.get(f"/certification/laboratory/samples/{tested.application.samples[0].id}").text
    )
    shown = page.get(f"/certification/cases/{tested.id}/messages").text
    assert "请补环境条件。" in shown
    assert "这句不给检测机构看。" not in shown


def test_the_api_sends_and_reads_the_same(world, tested, ask):
    place = f"/applications/{tested.id}/messages"
    refused = ask("POST", place, data={"to": "internal", "text": "x"}, content_type="multipart/form-data")
    assert (refused.status_code, refused.json["fields"]["/to"]["slug"]) == (422, "thread-not-found")
    refused = ask("POST", place, data={"text": " "}, content_type="multipart/form-data")
    assert (refused.status_code, refused.json["fields"]["/text"]["slug"]) == (422, "message-empty")
    sent = {"to": "applicant", "text": "见附件。", "file": (BytesIO(PDF), "a.pdf")}
    answer = ask("POST", place, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 201
    assert [each["name"] for each in answer.json["files"]] == ["a.pdf"]
    listed = ask("GET", place)
    assert [each["text"] for each in listed.json["items"]] == ["见附件。"]
    assert [(each["key"], each["count"]) for each in listed.json["threads"]] == [("applicant", 1)]
    assert ask("GET", f"{place}?thread=internal").status_code == 404
