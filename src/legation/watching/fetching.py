"""One page fetched: to the address that was checked, within limits of time, size and redirects."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from legation.watching.addresses import AddressError, Resolve, Target, look_up, target

_REDIRECTS = (301, 302, 303, 307, 308)
_PART = 65_536


class FetchError(Exception):
    """A page that could not be had; the message says why, `lasting` that asking again is of no use."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a server's answer is taken."""

    seconds: float = 30.0  # for one request with all its redirects
    bytes: int = 10_000_000  # packed and unpacked
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; header names are lower case."""

    status: int
    url: str  # after redirects
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved: str | None = None  # where the first address moved to for good


class _Pinned(http.client.HTTPConnection):
    """A connection to addresses that were looked up and checked before: the name is not looked up again."""

    def __init__(self, to: Target, timeout: float, context: ssl.SSLContext | None) -> None:
        super().__init__(to.host, to.port, timeout=timeout)
        self._to = to
        self._context = context
        self._line: socket.socket | None = None  # `sock` is let go of as soon as the head of the answer is there
        self.stopped = False

    def connect(self) -> None:
        last: OSError = OSError("no address")
        for address in self._to.addresses[:3]:
            try:
                self.sock = self._line = socket.create_connection((address, self._to.port), self.timeout)
                break
            except OSError as err:
                last = err
        else:
            raise last
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self._to.host)
        self._line = self.sock
        if self.stopped:
            raise TimeoutError

    def stop(self) -> None:
        """Cut the line, from another thread."""
        self.stopped = True
        if self._line is not None:
            with contextlib.suppress(OSError):  # it is closed already
                self._line.shutdown(socket.SHUT_RDWR)


class Fetcher:
    """Fetches pages; every redirect is checked as the first address was."""

    def __init__(
        self,
        agent: str,
        *,
        limits: Limits | None = None,
        allow_private: bool = False,
        resolve: Resolve = look_up,
    ) -> None:
        self.agent = agent
        self.limits = limits or Limits()
        self._allow_private = allow_private
        self._resolve = resolve
        self._context = ssl.create_default_context()

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        follow: Callable[[str], None] = lambda _url: None,
    ) -> Response:
        """The answer, whatever its status; raises FetchError where there is none within the limits.

        `follow` is called with each address redirected to before it is asked, and may raise a FetchError of its own;
        the time it takes does not count.
        """
        from time import monotonic

        until = monotonic() + self.limits.seconds
        moved: str | None = None
        for_good = True
        seen = {url}
        for _ in range(self.limits.redirects + 1):
            try:
                to = target(url, allow_private=self._allow_private, resolve=self._resolve)
            except AddressError as err:
                # A host that is not known now may be known in an hour.
                raise FetchError(str(err), lasting="not known" not in str(err)) from err
            got = self._ask(to, headers or {}, until - monotonic())
            place = got.headers.get("location")
            if got.status not in _REDIRECTS or not place:
                return Response(got.status, to.url, got.headers, got.body, moved)
            try:
                url = urljoin(to.url, place.strip())
            except ValueError as err:
                raise FetchError(f"the server redirects to '{place[:100]}', which is no address", lasting=True) from err
            for_good = for_good and got.status in (301, 308)
            moved = url if for_good else moved
            if url in seen:
                raise FetchError("the server redirects in a circle")
            seen.add(url)
            stopped_at = monotonic()
            follow(url)
            until += monotonic() - stopped_at
        raise FetchError(f"the server redirects more than {self.limits.redirects} times")

    def _ask(self, to: Target, headers: Mapping[str, str], seconds: float) -> Response:
        if seconds <= 0:
            raise self._too_slow()
        connection = _Pinned(to, seconds, self._context if to.scheme == "https" else None)
        # A timeout of the socket begins anew with every byte; this one does not.
        clock = threading.Timer(seconds, connection.stop)
        clock.daemon = True
        clock.start()
        try:
            self._send(connection, to, headers)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            body = b"" if answer.status in _REDIRECTS else self._body(answer, named)
            if connection.stopped:
                raise self._too_slow()
            return Response(answer.status, to.url, named, body)
        except TimeoutError as err:
            raise self._too_slow() from err
        except ssl.SSLCertVerificationError as err:
            raise FetchError(f"the server's certificate does not hold ({err.verify_message})") from err
        except http.client.IncompleteRead as err:
            raise self._too_slow() if connection.stopped else FetchError("the connection broke off") from err
        except (http.client.HTTPException, zlib.error, EOFError, ValueError) as err:
            if connection.stopped:
                raise self._too_slow() from err
            raise FetchError(f"the answer is broken ({type(err).__name__})") from err
        except OSError as err:
            if connection.stopped:
                raise self._too_slow() from err
            raise FetchError(f"no connection ({err.strerror or type(err).__name__})") from err
        finally:
            clock.cancel()
            connection.close()

    def _too_slow(self) -> FetchError:
        return FetchError(f"the server took longer than {self.limits.seconds:g} seconds")

    def _send(self, connection: _Pinned, to: Target, headers: Mapping[str, str]) -> None:
        usual = {"http": 80, "https": 443}[to.scheme] == to.port
        host = f"[{to.host}]" if ":" in to.host else to.host
        connection.putrequest("GET", to.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host if usual else f"{host}:{to.port}")
        connection.putheader("User-Agent", self.agent)
        connection.putheader("Accept-Encoding", "gzip, deflate")
        connection.putheader("Connection", "close")
        for name, value in {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()

    def _body(self, answer: http.client.HTTPResponse, headers: Mapping[str, str]) -> bytes:
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self.limits.bytes:
            raise self._too_large()
        packing = headers.get("content-encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"the answer is packed as {packing[:20]}, which was not asked for")
        unpacker: zlib._Decompress | None = None
        out: list[bytes] = []
        taken = given = 0
        while part := answer.read(_PART):
            taken += len(part)
            if packing not in ("", "identity"):
                # Some servers send deflate without its wrapping.
                bare = packing == "deflate" and taken == len(part) and part[:1] != b"\x78"
                bits = -zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32
                unpacker = unpacker or zlib.decompressobj(bits)
                part = unpacker.decompress(part, self.limits.bytes - given + 1)
            given += len(part)
            if max(taken, given) > self.limits.bytes or (unpacker and unpacker.unconsumed_tail):
                raise self._too_large()
            out.append(part)
        if answer.length:  # so many bytes were promised and did not come
            raise http.client.IncompleteRead(b"")
        if unpacker is not None and not unpacker.eof:
            raise EOFError
        return b"".join(out)

    def _too_large(self) -> FetchError:
        return FetchError(f"the answer is larger than {self.limits.bytes / 1_000_000:g} MB", lasting=True)
