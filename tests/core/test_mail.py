"""What a mail program reads is what was written: subject, names, both bodies, whatever their letters."""

from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import pytest

from core import clock, mail

SUBJECTS = [
    "LC-2026-000007 已受理",
    "低碳产品认证申请补正通知：江苏某某（集团）股份有限公司 抛釉砖、釉面砖、瓷质砖（干压）等二十个型号" * 3,
    "Certificate LCP-32-01-2026-00087 of Very Long Name Company Limited (Nanjing Branch), " * 3,
    "3 条通知：LC-2026-000007, LC-2026-000008, LC-2026-000009, A-32-01-2026-00001 与另外 12 件",
    "中 a 文 b 与 c 空 d 格 e " * 9,
    "１２３ ＡＢＣ 𠮷野家 café №5 ≤ 8.45 kgCO2e/m²",
    'a "quoted" <word> =?utf-8?b?eA==?= 100% \\ back',
    "x" * 200,
    "抛釉砖" * 66,
]
TEXTS = [
    "一行\n",
    "抛釉砖" * 2000 + "\n",
    "x" * 5000 + "\n",
    "first\n\n.\n..dots\nFrom here on\n--\ntrailing  \n\ttab = equals =3D\n",
    "https://tan.example/v/7Q2MK4XD91TF?a=1&b=%E4%B8%AD" + "x" * 300 + "\n",
    "𠮷 é № ≤ ¥ “引号”\n" * 50,
]


def letter(**more) -> dict:
    return {
        "to": "a@example.org",
        "subject": "题",
        "text": "文\n",
        "html": "<p>文</p>\n",
        "identity": "d-1",
    } | more


def received(post_office, app, **more):
    app.config["MAIL_URL"] = post_office.url
    with app.app_context():
        mail.send(mail.compose(**letter(**more)))
    return post_office.mails[-1]


def lines(message, kind: str) -> str:
    """A body; its lines end on their way as mail has it."""
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was_written(app, post_office, subject):
    assert received(post_office, app, subject=subject)["Subject"] == subject.strip()[:200].strip()


@pytest.mark.parametrize("text", TEXTS)
def test_both_bodies_arrive_as_they_were_written(app, post_office, text):
    got = received(post_office, app, text=text, html=f"<p>{text}</p>\n")
    assert [lines(got, kind) for kind in ("plain", "html")] == [text, f"<p>{text}</p>\n"]
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert max(map(len, post_office.kept[-1].splitlines())) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize(
    "name",
    [
        "低碳平台",
        "江苏省低碳产品认证公共服务平台（南京市建邺区某某路一百二十八号）运营中心",
        'Tanbiao, "the" office',
        "Office of low-carbon certification 低碳产品认证 (Nanjing)",
        "",
    ],
)
def test_the_name_of_the_sender_arrives_as_it_was_set(app, post_office, name):
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    app.config["MAIL_FROM"] = f'"{quoted}" <noreply@example.org>' if name else "noreply@example.org"
    got = received(post_office, app)
    encoded, address = parseaddr(message_from_bytes(post_office.kept[-1])["From"])
    # Not by the policy of the others: it puts a space between the parts of an encoded name.
    assert (str(make_header(decode_header(encoded))), address) == (name, "noreply@example.org")
    assert got["Message-ID"].strip() == "<d-1@example.org>"


def test_the_day_and_the_reader_arrive(app, post_office):
    with clock.travel(datetime(2026, 11, 20, 17, tzinfo=clock.SHANGHAI)):
        got = received(post_office, app, to="wang.xiaoming+lc@xn--fiq228c.example")
    assert parsedate_to_datetime(got["Date"]).isoformat() == "2026-11-20T09:00:00+00:00"
    assert got["To"].addresses[0].addr_spec == "wang.xiaoming+lc@xn--fiq228c.example"
    assert post_office.recipients == ["wang.xiaoming+lc@xn--fiq228c.example"]
