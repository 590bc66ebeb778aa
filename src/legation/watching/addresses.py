"""Which addresses may be asked: public ones over http(s), looked up once and then held to."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

Resolve = Callable[[str, int], list[str]]
# Where IPv6 carries an IPv4 address within it: the inner one is what is reached.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TRACKING = re.compile(r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|cmpid|CMP|ns_\w+|ito)$")


class AddressError(Exception):
    """An address that is not asked, and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the host as written, and the addresses it was looked up as."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host, as the system has it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open Internet."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _SIX_TO_FOUR:
            return is_public(str(ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast


def target(url: str, *, allow_private: bool, resolve: Resolve = look_up) -> Target:
    """The address taken apart, looked up and checked; raises AddressError.

    All the host's addresses must be public: one that answers now this, now that is refused as a whole.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode()
    except ValueError as err:
        raise AddressError(f"'{url[:200]}' is no address") from err
    if parts.scheme not in ("http", "https"):
        raise AddressError(f"only http and https are asked, not '{parts.scheme or url[:50]}'")
    if not host or parts.username is not None or re.search(r"[\s\x00-\x1f]", parts.netloc):
        raise AddressError(f"'{url[:200]}' names no host, or a password with it")
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as err:
        raise AddressError(f"the host {host} is not known") from err
    if not addresses:
        raise AddressError(f"the host {host} is not known")
    if not allow_private and not all(map(is_public, addresses)):
        raise AddressError(f"{host} is no public address (--allow-private asks it all the same)")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    clean = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return Target(clean, parts.scheme, host, port, path + (f"?{query}" if query else ""), tuple(addresses))


def joined(base: str, link: str) -> str | None:
    """The address a link on this page leads to; None where it is no http(s) one."""
    try:
        found = urljoin(base, link.strip())
        urlsplit(found).port  # noqa: B018  # raises where it is no number
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def host_of(url: str) -> str:
    """The host and port of an address: what limits are kept by."""
    return urlsplit(url).netloc.lower().rpartition("@")[2]


def article_key(url: str) -> str:
    """The address without what only tells where a reader came from; equal for the same article."""
    parts = urlsplit(url.strip())
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def text_key(*texts: str | None) -> str:
    """What stands for an item that has no address: a digest of its words."""
    return "urn:sha256:" + hashlib.sha256("\0".join(t or "" for t in texts).encode("utf-8", "replace")).hexdigest()
