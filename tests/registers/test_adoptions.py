"""How a body adopts a rule: one writes, another approves, and cases come only to who has adopted."""

from decimal import Decimal
from io import BytesIO

import pytest

from certification.application.operations.applications import create_application
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from core.words import sentence
from registers.adoption import operations, queries
from registers.adoption.models import Adoption
from registers.models import BodyScope
from registers.queries import known
from tests import factories
from tests.certification.world import LONG
from tests.registers.adopting import FACTS, begun, hands, in_force
from tests.support.adopted import adopted
from tests.support.pictures import chunk, png

pytestmark = pytest.mark.engines("constraints")


@pytest.fixture
def signed_in(app, world, sign_in):
    """signed_in(role): a browser of somebody of the body with this role."""
    return lambda role: sign_in(app.test_client(), factories.user(world.body, role))


def own(world) -> Adoption:
    return queries.in_force(world.body.id, world.scheme.code)


def test_one_writes_another_approves_and_the_next_version_takes_over(world):
    author, approver, _another = hands(world)
    first, made = own(world), begun(world, author)
    operations.write(made, author, **FACTS | {"person_days": Decimal(3)})
    lifecycle.take(made, "propose", author)
    lifecycle.take(made, "approve", approver)
    assert (made.state, made.number, made.in_force_from, made.approved_by) == (
        "in_force", 2, today(), approver.label
    )  # fmt: skip
    assert (first.state, first.ended_on) == ("superseded", today())
    assert own(world) is made


# rule 32
def test_whoever_wrote_does_not_approve_and_nobody_edits_what_is_proposed(world):
    author, approver, another = hands(world)
    world_grant = factories.user(world.body, "rule_author", "rule_approver").memberships[0].actor()
    made = begun(world, author)
    operations.word_paper(made, world_grant, "acceptance", "准予受理。")
    lifecycle.take(made, "propose", author)
    with pytest.raises(Unmet, match="adoption-own-hand"):
        lifecycle.take(made, "approve", world_grant)
    with pytest.raises(OutOfOrder, match="adoption-not-editable"):
        operations.write(made, another, **FACTS)
    with pytest.raises(OutOfOrder, match="adoption-not-editable"):
        operations.word_paper(made, another, "acceptance", "")
    lifecycle.take(made, "send_back", approver, reason="再改")
    assert made.is_editable


def test_the_next_version_begins_as_the_one_in_force_and_one_is_written_at_a_time(world):
    in_force(world, {"acceptance": "准予受理。"}, pattern="TB-{body}-{year}-{serial:5}")
    author, _approver, _another = hands(world)
    made = begun(world, author)
    assert (made.papers, made.pattern, made.number) == (
        {"acceptance": "准予受理。"}, "TB-{body}-{year}-{serial:5}", 3
    )  # fmt: skip
    with pytest.raises(Unmet, match="adoption-open"):
        begun(world, author)


def test_only_authors_of_a_body_begin_and_only_inside_its_scope(world):
    for actor in (world.actor("head_of_body"), factories.actor("regulator", "rule_author")):
        with pytest.raises(NotPermitted, match="role-not-held"):
            begun(world, actor)
    author, _approver, _another = hands(world)
    db.session.query(BodyScope).delete()
    with pytest.raises(Unmet, match="body-out-of-scope"):
        begun(world, author)
    with pytest.raises(NotFound, match="scheme-not-found"):
        operations.begin(author, "no-such-rule")


def test_a_body_that_lost_its_scope_meanwhile_proposes_and_approves_nothing(world):
    author, approver, _another = hands(world)
    made = begun(world, author)
    lifecycle.take(made, "propose", author)
    db.session.query(BodyScope).delete()
    with pytest.raises(Unmet, match="body-out-of-scope"):
        lifecycle.take(made, "approve", approver)
    lifecycle.take(made, "send_back", approver, reason="等批准范围")
    with pytest.raises(Unmet, match="body-out-of-scope"):
        lifecycle.take(made, "propose", author)


def test_person_days_stay_inside_the_bounds_of_the_rule(world):
    author, _approver, _another = hands(world)
    made = begun(world, author)
    for days in ("1.5", "1001", "-3"):
        with pytest.raises(Invalid) as no:
            operations.write(made, author, **FACTS | {"person_days": Decimal(days)})
        assert no.value.fields == {"person_days": "adoption-days-below-rule"}
    assert "2 人日" in sentence("adoption-days-below-rule", no.value.detail_of("person_days"))
    operations.write(made, author, **FACTS | {"person_days": Decimal(2)})
    assert made.person_days == 2


def test_a_list_takes_no_item_twice_and_has_an_end(world):
    author, _approver, _another = hands(world)
    made = begun(world, author)
    for items, slug in (
        (["看秤", "看秤"], "checklist-item-twice"),
        ([str(n) for n in range(51)], "list-too-long"),
    ):
        with pytest.raises(Invalid) as no:
            operations.write(made, author, **FACTS | {"checklists": {"site": items}})
        assert no.value.fields == {"site": slug}
    operations.write(made, author, **FACTS | {"checklists": {"site": ["看秤"]}})
    assert made.checklists["site"] == ["看秤"]


# rule 34
def test_two_bodies_never_have_patterns_that_give_one_number(world):
    in_force(world, pattern="TB-{year}-{serial:5}")
    other = factories.organisation("certification_body")
    db.session.add(BodyScope(body_id=other.id, approval_number="X", scheme_code=world.scheme.code, **LONG))
    author = factories.user(other, "rule_author").memberships[0].actor()
    made = begun(world, author)
    for pattern in ("TB-{year}-{serial:5}", "TB-{year}-{serial:6}"):
        with pytest.raises(Invalid) as no:
            operations.write(made, author, **FACTS | {"pattern": pattern})
        assert no.value.fields == {"pattern": "number-pattern-taken"}
    operations.write(made, author, **FACTS | {"pattern": "TB-{body}-{year}-{serial:5}"})


# rule 31
def test_a_case_comes_only_to_a_body_that_has_adopted(world):
    _author, approver, _another = hands(world)
    draft = world.case("draft").application
    lifecycle.take(own(world), "end", approver, reason="不再受理")
    assert known.bodies_for(world.scheme.code) == []
    with pytest.raises(Invalid) as no:
        create_application(world.actor("applicant"), world.scheme, world.body.id)
    assert no.value.fields == {"body": "scheme-not-adopted"}
    db.session.expire_all()
    with pytest.raises(Unmet) as late:
        lifecycle.take(draft, "submit", world.actor("applicant"), declared=True)
    assert "scheme-not-adopted" in late.value.detail["unmet"]


def test_a_running_case_goes_on_when_its_body_ends_the_adoption(world):
    case = world.case("submitted")
    _author, approver, _another = hands(world)
    lifecycle.take(own(world), "end", approver, reason="不再受理")
    db.session.expire_all()
    assert case.to("accepted").application.state == "accepted"


def test_a_body_writes_proposes_and_approves_in_pages(signed_in, world, monkeypatch):
    monkeypatch.setattr(operations, "LARGEST_PICTURE", 1000)
    author, approver = signed_in("rule_author"), signed_in("rule_approver")
    home = "/certification/adoptions/"
    begin = author.post(home, data={"scheme_code": world.scheme.code})
    assert begin.status_code == 303
    page = begin.location
    version = lambda: queries.open_one(world.body.id, world.scheme.code).version  # noqa: E731
    data = {"version": version(), "person_days": "1", "pattern": "TB-{year}", "site": "看秤\n看秤"}
    wrong = author.post(page, data=data | {"logo": (BytesIO(b"x"), "a.pdf")})
    assert wrong.status_code == 422
    for said in ("不能少于规则要求的 2 人日", "编号里要有一处流水号，例如 {serial:5}", "同一项写了两次"):
        assert said in wrong.text
    data |= {"person_days": "2.5", "pattern": "TB-{region}-{body}-{year}-{serial:5}", "site": "看秤"}
    whole = png()
    large = whole[:-12] + chunk(b"tEXt", b"Comment\0" + b"x" * 1000) + whole[-12:]
    for name, content, slug in (
        ("a.pdf", b"%PDF-1.4", "picture-kind-unknown"),
        ("a.svg", b"<svg/>", "picture-kind-unknown"),
        ("a.png", b"no picture", "file-is-not-what-it-says"),
        ("a.png", large, "picture-too-large"),
    ):
        answer = author.post(page, data=data | {"logo": (BytesIO(content), name)})
        said = sentence(slug, {"extension": "png"})
        assert (answer.status_code, said in answer.text) == (422, True), slug
    assert author.post(page, data=data | {"logo": (BytesIO(png()), "logo.png")}).status_code == 303
    assert f"TB-32-{world.body.id:02d}-{today().year}-00001" in author.get(page).text
    assert author.get(f"{page}/logo", buffered=True).data == png()
    assert author.get(f"{page}/seal").status_code == 404
    assert author.post(page, data=data).status_code == 409  # of an earlier page
    take = f"{page}/steps/"
    assert author.post(f"{take}propose", data={"version": version()}).status_code == 303
    assert author.post(page, data=data | {"version": version()}).status_code == 409
    assert approver.post(f"{take}send_back", data={"version": version(), "reason": ""}).status_code == 422
    assert author.post(f"{take}approve", data={"version": version()}).status_code == 403
    assert approver.post(f"{take}approve", data={"version": version()}).status_code == 303
    assert own(world).person_days == Decimal("2.5")
    assert "第 2 版" in approver.get(home).text


def test_a_wording_is_refused_at_its_box_by_line_and_shown_on_a_fictive_case(signed_in, world):
    author = signed_in("rule_author")
    page = author.post("/certification/adoptions/", data={"scheme_code": world.scheme.code}).location
    made = queries.open_one(world.body.id, world.scheme.code)
    paper = f"{page}/papers/acceptance"
    assert "{{ recipient.name }}" in author.get(paper).text
    attack = "好\n{{ ''.__class__ }}\n{% for a in range(9) %}{% endfor %}"
    wrong = author.post(paper, data={"version": made.version, "text": attack})
    assert wrong.status_code == 422
    assert "第 2 行：没有字段" in wrong.text
    assert "第 3 行" in wrong.text
    assert made.papers == {}
    long = author.post(paper, data={"version": made.version, "text": "字" * 4001})
    assert long.status_code == 422
    good = "{{ recipient.name }}：准予受理。"
    assert author.post(paper, data={"version": made.version, "text": good}).status_code == 303
    assert "演示企业有限公司：准予受理。" in author.get(paper).text
    assert author.get(f"{page}/papers/nothing").status_code == 404
    assert author.post(f"{page}/papers/refusal/preview").status_code == 404
    assert author.get(f"{paper}/preview.pdf").status_code == 404


def test_nobody_else_reads_or_writes_what_a_body_adopts(app, world, sign_in, signed_in):
    author = signed_in("rule_author")
    page = author.post("/certification/adoptions/", data={"scheme_code": world.scheme.code}).location
    other = factories.organisation("certification_body")
    stranger = sign_in(app.test_client(), factories.user(other, "rule_author"))
    for path in (page, f"{page}/papers/acceptance", f"{page}/logo"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{page}/papers/acceptance/preview").status_code == 404
    assert stranger.post(page, data={"version": 1}).status_code == 404
    officer = sign_in(app.test_client(), world.people["case_officer"])
    assert officer.get("/certification/adoptions/").status_code == 403


def test_of_a_body_with_one_number_twice_the_database_says_no(world):
    db.session.add(adopted(world.body.id, world.scheme.code, number=1))
    with pytest.raises(Exception, match="uq_adoption|UNIQUE constraint failed: adoption"):
        db.session.flush()
