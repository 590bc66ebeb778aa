"""What the desk was started with."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass, field

from legation.errors import LegationError

MEGABYTE = 1_000_000
SHORTEST_TOKEN = 16


class OpenHostError(LegationError):
    """The desk was asked to listen to the network without a token."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} can be reached from other machines, so the desk needs a token: set LEGATION_TOKEN to at least "
            f"{SHORTEST_TOKEN} characters (python -c 'import secrets; print(secrets.token_urlsafe())'), or give "
            "--token-file with a line 'name token' for each person. Put it behind TLS as docs/desk.md says."
        )


class ShortTokenError(LegationError):
    """A token that can be guessed."""

    def __init__(self) -> None:
        super().__init__(f"A token needs at least {SHORTEST_TOKEN} characters, or it can be guessed.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The address, the store, who may come in, and how much of anything."""

    host: str = "127.0.0.1"
    port: int = 8040
    store: str | None = None  # URL; None: the default store
    demo: bool = False
    tokens: tuple[tuple[str, str], ...] = ()  # (person, token); none: everybody who reaches it
    hosts: tuple[str, ...] = ()  # names under which a proxy serves it
    https: bool = False  # behind TLS: cookies are sent only over it
    most_text: int = 1 * MEGABYTE  # characters pasted
    most_upload: int = 25 * MEGABYTE  # bytes of one request
    most_files: int = 200
    most_documents: int = 2_000  # of one upload
    changes_per_minute: int = 240
    codings_per_minute: int = 60
    logins_per_minute: int = 10
    reads_per_minute: int = 3_000  # of one address that is not loopback
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def needs_token(self) -> bool:
        return bool(self.tokens)

    @property
    def key(self) -> bytes:
        """What cookies are signed with; with tokens it outlives a restart, and changes with them."""
        if not self.tokens:
            return self.secret
        told = "\n".join(f"{who} {token}" for who, token in self.tokens)
        return hashlib.sha256(b"legation desk\n" + told.encode()).digest()


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def checked(settings: Settings) -> Settings:
    """The settings, or a LegationError where they would leave the desk open to the network."""
    if any(len(token) < SHORTEST_TOKEN for _, token in settings.tokens):
        raise ShortTokenError
    if not settings.is_local and not settings.tokens:
        raise OpenHostError(settings.host)
    return settings


def read_tokens(text: str) -> tuple[tuple[str, str], ...]:
    """The people of a token file: a line ``name token`` each; blank lines and those with # are left out."""
    pairs = []
    for line in text.splitlines():
        name, _, token = line.strip().rpartition(" ")
        if token and not line.lstrip().startswith("#"):
            pairs.append((name.strip() or "reader", token))
    return tuple(pairs)
