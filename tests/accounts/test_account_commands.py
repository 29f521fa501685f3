"""Accounts from the command line."""

import pytest

from accounts import operations, queries, uscc
from accounts.actor import SYSTEM
from tests import factories

pytestmark = pytest.mark.engines("chores")

PASSWORD = {"input": "correct horse\n"}


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


def create(command, body, email="li@example.org", roles="verifier, case_officer", **more):
    return command(
        "user",
        "create",
        email,
        "--name=李四",
        f"--organisation-uscc={body.uscc.lower()}",
        f"--roles={roles}",
        "--password-stdin",
        **{**PASSWORD, **more},
    )


def test_an_organisation_is_registered(command, db):
    command("organisation", "create", uscc.synthetic(98), "--kind=testing_body", "--name=检测所")
    assert queries.organisation_by_uscc(uscc.synthetic(98)).kind == "testing_body"
    said = command("organisation", "create", "91", "--kind=testing_body", "--name=检测所", fails=True)
    assert "应为 18 位，现在是 2 位" in said


def test_an_account_is_opened_with_its_roles(command, body, db):
    create(command, body, "Li@Example.org")
    user = operations.authenticate("li@example.org", "correct horse")
    assert user.open_memberships[0].roles == {"verifier", "case_officer"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"roles": "applicant"}, "本类单位没有这个角色"),
        ({"email": "li"}, "name@example.cn"),
        ({"input": "short\n"}, "至少 10 个字符"),
    ],
)
def test_what_cannot_be_right_leaves_no_account_behind(command, body, db, more, said):
    assert said in create(command, body, fails=True, **more)
    assert queries.user_by_email("li@example.org") is None


def test_an_unknown_organisation_is_told(command, db):
    body = factories.organisation()
    db.session.delete(body)
    assert "flask organisation create" in create(command, body, fails=True)


def test_without_standard_input_the_password_is_asked_twice(command, body, db):
    create(command, body)
    command("user", "password", "li@example.org", input="battery staple\nbattery staple\n")
    assert operations.authenticate("li@example.org", "battery staple")


def test_an_account_is_locked_and_opened_again(command, body, db):
    create(command, body)
    command("user", "lock", "li@example.org")
    assert not queries.user_by_email("li@example.org").active
    command("user", "unlock", "li@example.org")
    db.session.expire_all()
    assert queries.user_by_email("li@example.org").active


def test_a_token_is_printed_once(command, body, db):
    create(command, body)
    secret = command("token", "create", "li@example.org", "--name=桥").strip()
    assert operations.authenticate_token(secret).user.email == "li@example.org"


def test_with_several_organisations_the_token_needs_one_named(command, body, db):
    create(command, body)
    other = factories.organisation()
    operations.enrol(SYSTEM, queries.user_by_email("li@example.org").id, other.id, ["applicant"])
    assert "2 organisations" in command("token", "create", "li@example.org", fails=True)
    secret = command("token", "create", "li@example.org", f"--organisation-uscc={other.uscc}").strip()
    assert operations.authenticate_token(secret).organisation is other


@pytest.mark.parametrize("line", [("user", "lock"), ("user", "unlock"), ("token", "create")])
def test_an_unknown_account_is_told(command, db, line):
    assert "no account nobody@example.org" in command(*line, "nobody@example.org", fails=True)
