"""Mail as it leaves the house: one plain-text and HTML message, over the SMTP server of the settings.

Called by jobs only, so that nothing is sent for what was never committed, and nobody waits for it.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from core.clock import now

TIMEOUT_S = 20  # well within the lease of a job
PORTS = {"smtp": 587, "smtps": 465}
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    user: str
    password: str
    tls: str  # "at_once" (smtps), "starttls", or "none", for a relay on the same machine


def read_url(url: str) -> Server:
    """smtps://user:password@host:465, or smtp://…:587, which asks for STARTTLS unless it ends in ?tls=none.

    Raises ValueError when it cannot be right.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("MAIL_URL must look like smtp://user:password@host:port or smtps://…")
    tls = "at_once" if parts.scheme == "smtps" else parse_qs(parts.query).get("tls", ["starttls"])[0]
    if tls not in ("at_once", "starttls", "none"):
        raise ValueError("MAIL_URL: tls is starttls or none")
    port = parts.port or PORTS[parts.scheme]
    return Server(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def read_sender(text: str) -> Address:
    """名称 <name@example.org>, or the address alone; raises ValueError when it is none."""
    name, address = parseaddr(text)
    if "@" not in address:
        raise ValueError("MAIL_FROM must be an address such as 低碳平台 <noreply@example.org>")
    return Address(name, addr_spec=address)


def configured() -> bool:
    return bool(current_app.config["MAIL_URL"])


def compose(to: str, subject: str, text: str, html: str, identity: str) -> Message:
    """A message; `identity` is the same for every try, so that a mail sent twice is shown once.

    It is put together from the older parts of the library: those of `EmailMessage` lose and add spaces where
    they break a long name, and leave ASCII that looks like an encoded word to be decoded by its reader.
    """
    sender = read_sender(current_app.config["MAIL_FROM"])
    message = MIMEMultipart("alternative")
    message["From"] = f"{_encoded('From', sender.display_name)} <{sender.addr_spec}>".strip()
    message["To"] = one_line(to)
    message["Subject"] = _encoded("Subject", one_line(subject)[:LONGEST_SUBJECT])
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{identity}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.attach(MIMEText(text, "plain", "utf-8"))
    message.attach(MIMEText(html, "html", "utf-8"))
    return message


def _encoded(header: str, text: str) -> str:
    return Header(text, "utf-8", header_name=header).encode() if text else ""


def one_line(text: str) -> str:
    """Text that people wrote, fit for a header: nothing in it can begin another one."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def send(message: Message) -> None:
    """Hand the message over; raises what smtplib or the network says when it was not taken."""
    server = read_url(current_app.config["MAIL_URL"])
    with _connected(server) as connection:
        if server.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)


def _connected(server: Server) -> smtplib.SMTP:
    if server.tls == "at_once":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
