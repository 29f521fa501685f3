"""The way in: whose request it is when it came through proxies of ours, and which names are ours.

Whatever a request says of where it came from counts only when a proxy that was named in the settings says it;
from anybody else it is taken away before it is looked at.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Networks = Sequence[IPv4Network | IPv6Network]

FORWARDED = tuple(
    f"HTTP_X_FORWARDED_{name}" for name in ("FOR", "PROTO", "HOST", "PORT", "PREFIX", "SERVER", "SCHEME")
)
NOT_OURS = "400 Bad Request: this name is not served here. 这里没有这个网站，请核对地址。\n".encode()


def read_networks(text: str) -> Networks:
    """`10.0.0.0/8, 192.0.2.7`; raises ValueError on anything else."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


class WayIn:
    """Stands before the app.  With no `hosts` every name is answered."""

    def __init__(self, app: "WSGIApplication", proxies: Networks, hosts: Sequence[str]) -> None:
        self.app, self.proxies, self.hosts = app, proxies, hosts

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.see_through(environ)
        if self.hosts and not host_is_trusted(environ.get("HTTP_HOST", "").lower(), self.hosts):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [NOT_OURS]
        return self.app(environ, start_response)

    def see_through(self, environ: "WSGIEnvironment") -> None:
        said = {name: environ.pop(name, "") for name in FORWARDED}
        address = environ.get("REMOTE_ADDR", "")
        if not self.trusts(address):
            return
        environ["REMOTE_ADDR"] = self.client(address, said["HTTP_X_FORWARDED_FOR"])
        if (scheme := last(said["HTTP_X_FORWARDED_PROTO"])) in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        if host := last(said["HTTP_X_FORWARDED_HOST"]):
            environ["HTTP_HOST"] = host

    def client(self, address: str, hops: str) -> str:
        """The nearest hop that is no proxy of ours: what stands before it anybody may have written."""
        for hop in reversed([hop.strip() for hop in hops.split(",")]):
            if not self.trusts(address) or not is_address(hop):
                break
            address = hop
        return address

    def trusts(self, address: str) -> bool:
        return is_address(address) and any(ip_address(address) in network for network in self.proxies)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def last(values: str) -> str:
    """What the nearest proxy said, when several said something."""
    return values.rpartition(",")[2].strip()
