"""Wrong passwords are counted so that nobody can guess, in a way that lets no stranger lock an owner out.

A browser in which the owner has signed in before holds a mark and is counted apart; all browsers without one
share the count of the account, however many addresses they come from.  (OWASP calls this device cookies.)
"""

import hashlib
from ipaddress import ip_address, ip_network
from typing import TypeVar

from flask import current_app, request
from flask_limiter.util import get_remote_address
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItem, parse
from werkzeug.wrappers import Response as BaseResponse

from accounts.session import limiter
from core.errors import NotPermitted

R = TypeVar("R", bound=BaseResponse)

MARK = "known"
KEPT_S = 180 * 24 * 3600

FROM_HERE = parse("10 per 5 minutes")  # at one account, from one client, or from one browser that knows it
FROM_CLIENT = parse("100 per 15 minutes")  # at all accounts, from one client: an office may share an address
AT_ACCOUNT = parse("30 per hour")  # at one account, from all browsers that do not know it


def client() -> str:
    """Whom a limit counts: an address, or the network that one subscriber has in IPv6."""
    address = get_remote_address()
    if ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False))


def refuse_guessing(email: str) -> None:
    if not all(limiter.limiter.test(limit, *who) for limit, *who in _counts(email)):
        raise NotPermitted("sign-in-too-often")


def count_wrong_password(email: str) -> None:
    for limit, *who in _counts(email):
        limiter.limiter.hit(limit, *who)


def know_browser(response: R, email: str) -> R:
    """Mark the browser of somebody who knew the password."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    value = _marks().dumps(_account(email))
    response.set_cookie(MARK, value, max_age=KEPT_S, secure=secure, httponly=True, samesite="Lax")
    return response


def _counts(email: str) -> list[tuple[RateLimitItem, *tuple[str, ...]]]:
    here, account = client(), _account(email)
    if _is_known(account):
        return [(FROM_HERE, "sign-in-known", request.cookies[MARK])]
    return [
        (FROM_HERE, "sign-in", here, account),
        (FROM_CLIENT, "sign-in-from", here),
        (AT_ACCOUNT, "sign-in-at", account),
    ]


def _is_known(account: str) -> bool:
    try:
        return bool(_marks().loads(request.cookies.get(MARK, ""), max_age=KEPT_S) == account)
    except BadSignature:
        return False


def _marks() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known browser")


def _account(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
