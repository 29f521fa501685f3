"""Mail addresses, in the form every server takes: what can never be mailed is refused where it is typed.

A domain in Chinese becomes its ASCII form (IDNA 2008); a mailbox name outside ASCII would need every server
on the way to know SMTPUTF8, so it is refused.
"""

import re

import idna

from core.errors import Invalid
from core.readers import texts
from core.readers.widths import half

LONGEST, LONGEST_MAILBOX = 254, 64  # RFC 5321, 4.5.3.1
ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAILBOX = re.compile(rf"{ATOM}(\.{ATOM})*")
TOP = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")


def address(value: object) -> str:
    """The address in lower case; raises `email-shape`, `email-mailbox` or `email-domain`."""
    written = half(texts.line(value, LONGEST)).lower()
    if not written:
        return ""
    mailbox, sign, domain = written.rpartition("@")
    if not sign or not mailbox or not domain:
        raise Invalid("email-shape")
    if not MAILBOX.fullmatch(mailbox) or len(mailbox) > LONGEST_MAILBOX:
        raise Invalid("email-mailbox")
    whole = f"{mailbox}@{_ascii(domain)}"
    if len(whole) > LONGEST:
        raise Invalid("email-domain")
    return whole


def _ascii(domain: str) -> str:
    try:
        known = idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise Invalid("email-domain") from error
    _, dot, top = known.rpartition(".")
    if not dot or not TOP.fullmatch(top):
        raise Invalid("email-domain")
    return known
