"""The pages of the own account and the own organisation, and where invitations lead."""

import re
from datetime import date

import pytest

from accounts import operations, queries, uscc
from accounts.actor import SYSTEM
from accounts.models import ApiToken, Invitation, Organisation, User
from tests import factories

FACTORY = {
    "uscc": f" {uscc.synthetic(91).lower()} ",
    "name": "江苏示例水泥有限公司",
    "region": "320100",
    "address": "中山路 1 号",
    "telephone": "025-1",
    "person": "王五",
    "email": "Wang@Example.org",
    "password": "correct horse",
}


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


@pytest.fixture
def admin(client, body, sign_in):
    user = factories.user(body, "organisation_admin")
    sign_in(client, user)
    return user


def test_a_manufacturer_signs_up_and_stands_at_its_desk(client, db):
    answer = client.post("/sign-up", data=FACTORY)
    assert (answer.status_code, answer.location) == (302, "/certification/")
    made = db.session.query(Organisation).one()
    assert (made.uscc, made.kind, made.region) == (uscc.synthetic(91), "manufacturer", "320100")
    assert "江苏示例水泥有限公司" in client.get("/organisation").text


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"uscc": ""}, "uscc", "填写统一社会信用代码"),
        ({"uscc": "9132"}, "uscc", "应为 18 位，现在是 4 位"),
        ({"uscc": "91330100799655058I"}, "uscc", "第 18 位不能是“I”"),
        ({"uscc": "914403001922038217"}, "uscc", "校验码对不上"),
        ({"email": "wang"}, "email", "name@example.cn"),
        ({"password": "short"}, "password", "密码至少 10 个字符"),
        ({"region": "999999"}, "region", ""),
        ({"name": "x" * 201}, "name", ""),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field_and_keeps_the_rest(client, db, values, field, words):
    answer = client.post("/sign-up", data={**FACTORY, **values})
    assert answer.status_code == 422
    assert "<title>错误：企业注册" in answer.text
    said = re.search(rf'id="{field}-e">(.*?)</span></span>', answer.text)
    assert words in said.group(1)
    assert f'href="#{field}"' in answer.text
    assert 'value="中山路 1 号"' in answer.text
    assert '<option selected value="320100">南京' in answer.text or field == "region"
    assert "correct horse" not in answer.text
    assert db.session.query(Organisation).count() == db.session.query(User).count() == 0


def test_a_second_sign_up_is_sent_to_the_own_administrator(client, app, db):
    client.post("/sign-up", data=FACTORY)
    answer = app.test_client().post("/sign-up", data={**FACTORY, "email": "li@example.org"})
    assert answer.status_code == 422
    assert "请向本单位管理员索取邀请" in answer.text
    answer = app.test_client().post("/sign-up", data={**FACTORY, "uscc": uscc.synthetic(92)})
    assert "这个邮箱已有账号" in answer.text
    assert db.session.query(Organisation).count() == db.session.query(User).count() == 1


def test_a_token_is_shown_once(client, admin, db):
    answer = client.post("/account/tokens", data={"name": "生产系统"})
    secret = re.search(r'<code id="secret">(tb_[^<]+)</code>', answer.text).group(1)
    assert operations.authenticate_token(secret).user_id == admin.id
    assert answer.headers["Cache-Control"] == "no-store"
    page = client.get("/account").text
    assert "生产系统" in page
    assert secret not in page
    assert "tb_" not in page


def test_one_token_too_many_is_refused_at_its_name(client, admin, db, monkeypatch):
    monkeypatch.setattr(operations.tokens, "MOST_TOKENS", 1)
    client.post("/account/tokens", data={"name": "甲"})
    answer = client.post("/account/tokens", data={"name": "生产系统"})
    assert answer.status_code == 422
    assert "最多 1 项" in re.search(r'id="name-e">(.*?)</span></span>', answer.text)[1]
    assert 'value="生产系统"' in answer.text
    assert db.session.query(ApiToken).count() == 1


@pytest.mark.parametrize(
    ("door", "typed", "field"),
    [
        ("/account/profile", {"person": "王𓀀", "language": "zh"}, "person"),
        ("/organisation/facts", {"name_en": "Kiln 𓀀"}, "name_en"),
        ("/organisation/facts", {"address": "中山路𓀀号"}, "address"),
    ],
)
def test_what_no_paper_shows_is_refused_at_its_field(client, admin, db, door, typed, field):
    answer = client.post(door, data=typed)
    assert answer.status_code == 422
    assert "U+13000" in re.search(rf'id="{field}-e">(.*?)</span></span>', answer.text)[1]


def test_a_name_no_paper_shows_is_refused_at_the_person_who_signs_up(client, db):
    answer = client.post("/sign-up", data={**FACTORY, "person": "王𓀀"})
    assert answer.status_code == 422
    assert "U+13000" in re.search(r'id="person-e">(.*?)</span></span>', answer.text)[1]


def test_a_token_can_be_stopped_by_its_owner_alone(client, admin, db, app, sign_in):
    token, secret = operations.create_token(admin.memberships[0].actor(), "生产系统")
    other = sign_in(app.test_client(), factories.user(factories.organisation()))
    assert other.post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert client.post(f"/account/tokens/{token.id}/revoke").location == "/account"
    db.session.expire_all()
    assert db.session.query(ApiToken).one().revoked_at
    assert "还没有令牌" in client.get("/account").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            (
                "有效至 2126 年 11 月 20 日",
                "2026 年 11 月 1 日 已过期",
                "最近使用 2026 年 11 月 19 日",
                "还没有用过",
            ),
        ),
        ("en", ("Valid to", "Expired on", "Last used on", "Never used")),
    ],
)
def test_the_page_tells_until_when_each_token_works_and_when_it_was_used(client, admin, db, language, words):
    actor = admin.memberships[0].actor()
    used, old = (operations.create_token(actor, name)[0] for name in ("生产系统", "旧系统"))
    used.used_on, used.expires_on, old.expires_on = date(2026, 11, 19), date(2126, 11, 20), date(2026, 11, 1)
    page = client.get(f"/account?lang={language}").text
    assert [word for word in words if word not in page] == []


def test_a_token_without_a_name_is_refused(client, admin):
    answer = client.post("/account/tokens", data={"name": ""})
    assert answer.status_code == 422
    assert "填写令牌名称" in answer.text


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, app, db, body):
    user = operations.register_user(SYSTEM, "wang@example.org", "王五", "correct horse")
    operations.enrol(SYSTEM, user.id, body.id, ["verifier"])
    other = app.test_client()
    for browser in (client, other):
        browser.post("/sign-in", data={"email": "wang@example.org", "password": "correct horse"})
    wrong = client.post("/account/password", data={"current": "wrong horse", "password": "battery staple"})
    assert wrong.status_code == 422
    assert "现在的密码不对" in wrong.text
    right = client.post("/account/password", data={"current": "correct horse", "password": "battery staple"})
    assert right.location == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_the_profile_sets_name_and_language(client, admin, db):
    client.post("/account/profile", data={"person": "新名", "language": "en"})
    db.session.expire_all()
    assert (admin.name, admin.language) == ("新名", "en")
    assert client.get_cookie("lang").value == "en"
    assert client.post("/account/profile", data={"person": "", "language": "en"}).status_code == 422
    assert client.post("/account/profile", data={"person": "名", "language": "fr"}).status_code == 422


def test_the_facts_are_shown_and_corrected(client, admin, body, db):
    answer = client.post(
        "/organisation/facts", data={"region": "321300", "website": "https://www.example.cn"}
    )
    assert answer.location == "/organisation"
    page = client.get("/organisation").text
    assert "宿迁" in page
    assert body.uscc in page


@pytest.mark.parametrize("address", ["/organisation/facts", "/organisation/invitations"])
def test_members_without_the_role_see_the_organisation_and_change_nothing(client, body, sign_in, address):
    member = factories.user(body, "verifier")
    sign_in(client, member)
    page = client.get("/organisation").text
    assert member.name in page
    assert "邀请同事" not in page
    assert client.get(address).status_code == 403
    assert client.post(address, data={"email": "a@b.cn", "roles": "verifier"}).status_code == 403
    mine = member.memberships[0].id
    assert client.get(f"/organisation/members/{mine}").status_code == 403
    assert client.post(f"/organisation/members/{mine}", data={"roles": "head_of_body"}).status_code == 403


def test_roles_are_revoked_on_a_page_of_their_own_and_none_is_set_there(client, admin, body, db):
    seat = factories.user(body, "verifier").memberships[0]
    page = client.get(f"/organisation/members/{seat.id}").text
    ticked = [box for box in re.findall(r"<input type=.checkbox.[^>]*>", page) if " checked" in box]
    assert [re.search('value="(.*?)"', box).group(1) for box in ticked] == ["verifier"]
    more = client.post(f"/organisation/members/{seat.id}", data={"roles": ["verifier", "case_officer"]})
    assert more.status_code == 422
    assert "一人提名、另一人批准" in more.text
    answer = client.post(f"/organisation/members/{seat.id}", data={})
    assert answer.location == "/organisation"
    db.session.expire_all()
    assert seat.roles == frozenset()


@pytest.mark.parametrize("role", ["applicant", "administrator", "king"])
def test_a_role_that_is_not_offered_is_refused_even_when_sent(client, admin, body, db, role):
    seat = factories.user(body, "verifier").memberships[0]
    assert client.post(f"/organisation/members/{seat.id}", data={"roles": [role]}).status_code == 422
    db.session.expire_all()
    assert seat.roles == {"verifier"}


def test_the_last_admin_is_told_why_and_stays(client, admin, db):
    mine = admin.memberships[0]
    for answer in (
        client.post(f"/organisation/members/{mine.id}", data={}),
        client.post(f"/organisation/members/{mine.id}/end"),
    ):
        assert answer.status_code == 422
        assert "请先指定另一位" in answer.text
    db.session.expire_all()
    assert mine.roles == {"organisation_admin"}
    assert mine.active


def test_a_colleague_is_let_go(client, admin, body, db):
    seat = factories.user(body, "verifier", name="离开的人").memberships[0]
    assert client.post(f"/organisation/members/{seat.id}/end").location == "/organisation"
    assert "离开的人" not in client.get("/organisation").text


def invited(client, email="Li@Example.org"):
    answer = client.post("/organisation/invitations", data={"email": email})
    return re.search(r'<code id="link">http://127.0.0.1:8000(/invitations/[^<]+)</code>', answer.text).group(
        1
    )


def test_an_invitation_leads_a_new_colleague_to_the_desk(client, admin, app, body):
    link = invited(client)
    assert link not in client.get("/organisation/invitations").text
    assert "li@example.org" in client.get("/organisation").text
    new = app.test_client()
    page = new.get(link).text
    assert body.name in page
    assert "由本单位两人提名和批准" in page
    short = new.post(link, data={"person": "李四", "password": "short"})
    assert short.status_code == 422
    assert 'value="李四"' in short.text
    joined = new.post(link, data={"person": "李四", "password": "correct horse"})
    assert joined.location == "/organisation"
    assert "李四" in new.get("/organisation").text
    assert "邀请已经用过" in new.get(link).text


def test_whoever_has_an_account_signs_in_and_joins(client, admin, app, db, body):
    operations.register_user(SYSTEM, "li@example.org", "李四", "correct horse")
    link = invited(client)
    browser = app.test_client()
    page = browser.get(link).text
    assert f"/sign-in?next={link}" in page
    browser.post("/sign-in", data={"email": "LI@example.org", "password": "correct horse"})
    assert "加入" in browser.get(link).text
    assert browser.post(link).location == "/organisation"
    assert body.name in browser.get("/organisation").text


def test_the_account_of_another_cannot_take_the_seat(client, admin, app, sign_in):
    link = invited(client)
    other = sign_in(app.test_client(), factories.user(factories.organisation()))
    answer = other.post(link)
    assert answer.status_code == 403
    assert "li@example.org" in answer.text


def test_an_invitation_can_be_withdrawn(client, admin, app, db):
    link = invited(client)
    offered = db.session.query(Invitation).one()
    assert client.post(f"/organisation/invitations/{offered.id}/withdraw").location == "/organisation"
    assert app.test_client().get(link).status_code == 404


def test_an_invitation_without_a_role_is_refused_at_its_field(client, db, sign_in):
    sign_in(client, factories.user(factories.organisation(), "organisation_admin"))
    answer = client.post("/organisation/invitations", data={"email": "li@example.org"})
    assert answer.status_code == 422
    assert "至少选择一个角色" in answer.text
    assert 'value="li@example.org"' in answer.text


@pytest.fixture
def chief(client, db, sign_in):
    user = factories.user(factories.organisation("regulator"), "administrator")
    return sign_in(client, user)


def test_an_administrator_registers_a_body_and_invites_its_first_people(chief, db):
    data = {"kind": "certification_body", "uscc": uscc.synthetic(95), "name": "新认证中心"}
    answer = chief.post("/organisations/new", data=data)
    made = queries.organisation_by_uscc(uscc.synthetic(95))
    assert answer.location == f"/organisations/{made.id}/invitations"
    assert "新认证中心" in chief.get("/organisations?kind=certification_body").text
    assert "新认证中心" not in chief.get("/organisations?kind=regulator").text
    answer = chief.post(answer.location, data={"email": "a@b.cn", "roles": ["organisation_admin"]})
    assert 'id="link"' in answer.text
    again = chief.post("/organisations/new", data=data)
    assert again.status_code == 422
    assert 'value="新认证中心"' in again.text


@pytest.mark.parametrize("address", ["/organisations", "/organisations/new", "/organisations/1/invitations"])
def test_nobody_but_administrators_sees_the_register(client, admin, address):
    assert client.get(address).status_code == 403


def test_long_lists_of_organisations_come_in_pages(chief, db):
    for _ in range(60):
        factories.organisation()
    assert chief.get("/organisations").text.count("邀请人员") == 50
    assert chief.get("/organisations?page=2").text.count("邀请人员") == 11
