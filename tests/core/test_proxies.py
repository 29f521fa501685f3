"""Behind a proxy people keep their own address; a stranger's word about it counts for nothing."""

import pytest
from flask import Flask, request

from config import Settings
from core.proxies import WayIn, read_networks

INSIDE = "10.0.0.0/8, 192.0.2.7, 2001:db8::/32"


def seen(remote: str, hosts=(), proxies: str = INSIDE, **headers) -> str:
    """What a page sees: address, scheme and name; or the status when it is not asked."""
    app = Flask(__name__)
    app.add_url_rule("/", "seen", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
    app.wsgi_app = WayIn(app.wsgi_app, read_networks(proxies), hosts)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = app.test_client().get("/", environ_base={"REMOTE_ADDR": remote}, headers=names)
    return answer.text if answer.status_code == 200 else answer.status


@pytest.mark.parametrize(
    ("remote", "said", "address"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was written by the client
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),  # through two of ours
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),  # somebody inside
        ("192.0.2.7", "203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:db9::5", "2001:db9::5"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("192.0.2.8", "203.0.113.9", "192.0.2.8"),  # no proxy of ours
        ("203.0.113.50", "127.0.0.1", "203.0.113.50"),
    ],
)
def test_the_address_is_the_nearest_that_is_no_proxy_of_ours(remote, said, address):
    assert seen(remote, X_Forwarded_For=said).split()[0] == address


def test_scheme_and_name_are_taken_from_a_proxy_of_ours_alone():
    said = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "a.example", "Host": "b.example"}
    assert seen("10.0.0.1", **said) == "10.0.0.1 https a.example"
    assert seen("203.0.113.9", **said) == "203.0.113.9 http b.example"
    assert seen("10.0.0.1", proxies="", **said) == "10.0.0.1 http b.example"


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("tanbiao.example", True),
        ("TANBIAO.example:8443", True),
        ("evil.example", False),
        ("tanbiao.example.evil.example", False),
    ],
)
def test_when_names_are_named_no_other_is_answered(host, answered):
    assert (seen("10.0.0.1", hosts=("tanbiao.example",), Host=host) != "400 Bad Request") is answered


def test_the_names_that_are_answered_are_those_named_the_public_one_and_this_machine_s():
    env = {"TRUSTED_HOSTS": "www.Tanbiao.example, probe", "PUBLIC_URL": "https://tanbiao.example"}
    assert Settings(env).HOSTS == (
        "www.tanbiao.example", "probe", "tanbiao.example", "127.0.0.1", "localhost",
    )  # fmt: skip
    assert Settings({"PUBLIC_URL": "https://tanbiao.example"}).HOSTS == ()


@pytest.mark.parametrize("named", ["10.0.0.0/99", "proxy.example", "10.0.0.1 10.0.0.2"])
def test_proxies_that_cannot_be_right_are_refused_at_the_start(tmp_path, named):
    with pytest.raises(SystemExit, match="TRUSTED_PROXIES"):
        Settings({"TRUSTED_PROXIES": named, "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path)}).check()


PRINTED = ["/notices/feed.json", "/api/v1/openapi.json", "/registers/", "/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("path", PRINTED)
def test_no_answer_repeats_a_forged_name(client, path):
    answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.text + str(answer.headers)


def test_where_the_public_address_is_https_others_are_sent_there_and_watchers_are_not(app, client):
    app.config["PUBLIC_URL"] = "https://tanbiao.example"
    answer = client.get("/verify?q=1", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (308, "https://tanbiao.example/verify?q=1")
    assert client.get("/healthz").status_code == 200
