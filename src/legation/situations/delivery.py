"""Alerts to a file, a feed, by e-mail and to a webhook: each once to each, tried again, and noted in a log."""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import os
import smtplib
import ssl
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from legation.errors import LegationError
from legation.situations.alert_rules import Delivery
from legation.situations.alerts import Alert

log = logging.getLogger(__name__)
_TRIES = 3
_WAIT = 1.0  # seconds before the second try, twice that before the third
_TIMEOUT = 15.0
_FEED_ENTRIES = 200  # the newest; readers poll sooner than so many come
_CITED = 3
_ATOM = "http://www.w3.org/2005/Atom"


class DeliveryError(LegationError):
    """Something could not be delivered; it is tried again with the next check."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One line of the log: what was sent where, when, in how many tries, and what went wrong."""

    key: str
    rule: str
    to: str
    at: str
    tries: int
    error: str | None = None


class DeliveryLog:
    """What was delivered, as JSON lines in a file that only grows; several processes may write to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[Delivered]:
        """Every line; one that was cut off is left out."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        found = []
        for line in text.splitlines():
            with contextlib.suppress(ValueError, TypeError):
                found.append(Delivered(**json.loads(line)))
        return found

    def done(self) -> frozenset[tuple[str, str]]:
        """Which alert arrived where."""
        return frozenset((line.key, line.to) for line in self.lines() if line.error is None)

    def note(self, line: Delivered) -> None:
        """Add a line."""
        record = {name: getattr(line, name) for name in Delivered.__dataclass_fields__}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else delivers meanwhile: what two checks find at once is sent by one of them."""
        lock = self.path.with_name(self.path.name + ".lock")
        with lock.open("w") as file:
            try:
                import fcntl
            except ImportError:  # not on Windows, where one check at a time is up to the user
                yield
                return
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def deliver(
    alerts: Sequence[Alert],
    deliveries: Sequence[Delivery],
    book: DeliveryLog,
    *,
    now: str,
    home: Path | None = None,
    wait: Callable[[float], None] | None = None,
) -> tuple[Delivered, ...]:
    """Send each alert to each place it goes to, unless the log says that it arrived there; gives the new lines.

    What fails is tried three times, and again with the next call. `home` is what paths are relative to.
    """
    import time

    written = []
    with book.alone():
        done = book.done()
        for delivery in deliveries:
            due = [a for a in alerts if (not a.to or delivery.name in a.to) and (a.key, delivery.name) not in done]
            for alert in due:
                tries, error = _try(_SENDERS[delivery.kind], alert, delivery, home or Path(), wait or time.sleep)
                line = Delivered(alert.key, alert.rule, delivery.name, now, tries, error)
                book.note(line)
                written.append(line)
    return tuple(written)


Sender = Callable[[Alert, dict[str, Any], Path], None]


def _try(
    send: Sender, alert: Alert, delivery: Delivery, home: Path, wait: Callable[[float], None]
) -> tuple[int, str | None]:
    error = None
    for number in range(1, _TRIES + 1):
        try:
            send(alert, delivery.options, home)
        except (OSError, http.client.HTTPException, smtplib.SMTPException, DeliveryError, ValueError) as err:
            error = f"{type(err).__name__}: {err}"
            log.warning("alert %s to %s, try %s: %s", alert.key, delivery.name, number, error)
            if number < _TRIES:
                wait(_WAIT * 2 ** (number - 1))
        else:
            return number, None
    return _TRIES, error


def to_plain(alert: Alert) -> dict[str, Any]:
    """The alert as plain values, with the sentences it rests on."""
    sources = [
        {
            name: value
            for name, value in (
                ("document", c.document),
                ("outlet", c.outlet),
                ("published", c.published),
                ("title", c.title),
                ("url", c.url),
                ("text", c.text),
            )
            if value
        }
        for c in alert.citations
    ]
    return {
        "key": alert.key,
        "rule": alert.rule,
        "day": alert.day,
        "title": alert.title,
        "text": alert.text,
        "sources": sources,
    }


def in_text(alert: Alert) -> str:
    """The alert in words, with its first sentences."""
    lines = [alert.text, ""] if alert.text else []
    for c in alert.citations[:_CITED]:
        source = ", ".join(part for part in (c.outlet or c.document, c.day) if part)
        lines.append(f"{source}: “{c.text}”" if c.text else source)
        if c.url:
            lines.append(c.url)
    more = len(alert.citations) - _CITED
    if more > 0:
        lines.append(f"and {more} more")
    return "\n".join([*lines, "", f"Rule: {alert.rule}"])


def _to_file(alert: Alert, options: dict[str, Any], home: Path) -> None:
    with (home / options["path"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(to_plain(alert), ensure_ascii=False) + "\n")


def _to_feed(alert: Alert, options: dict[str, Any], home: Path) -> None:
    """Add an entry to an Atom feed; the file is replaced whole, so that a reader never sees half of one."""
    path = home / options["path"]
    ET.register_namespace("", _ATOM)
    feed = _read_feed(path) or _new_feed(options)
    entry_id = f"urn:legation:alert:{alert.key}"
    entries = feed.findall(f"{{{_ATOM}}}entry")
    if any(e.findtext(f"{{{_ATOM}}}id") == entry_id for e in entries):
        return
    entry = _element("entry")
    entry.append(_element("id", entry_id))
    entry.append(_element("title", printable(alert.title)))
    entry.append(_element("updated", _moment(alert.day)))
    entry.append(_element("category", term=printable(alert.rule)))
    link = next((c.url for c in alert.citations if c.url), None)
    if link:
        entry.append(_element("link", href=printable(link)))
    entry.append(_element("content", printable(in_text(alert)), type="text"))
    for old in entries:
        feed.remove(old)
    kept = [entry, *entries][:_FEED_ENTRIES]
    feed.extend(kept)
    latest = max(e.findtext(f"{{{_ATOM}}}updated") or "" for e in kept)
    updated = feed.find(f"{{{_ATOM}}}updated")
    if updated is not None:
        updated.text = latest
    _replace(path, ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _read_feed(path: Path) -> ET.Element | None:
    try:
        return ET.fromstring(path.read_bytes())
    except FileNotFoundError:
        return None
    except ET.ParseError as err:
        raise DeliveryError(f"{path} is no feed ({err}); move it away") from err


def _new_feed(options: dict[str, Any]) -> ET.Element:
    feed = _element("feed")
    title = str(options.get("title", "Alerts of Legation"))
    feed.append(_element("id", str(options.get("id", "urn:legation:alerts"))))
    feed.append(_element("title", title))
    feed.append(_element("updated", _moment("")))
    author = _element("author")
    author.append(_element("name", "Legation"))
    feed.append(author)
    return feed


def _element(name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.Element(f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _moment(day: str) -> str:
    """A day as Atom wants a time."""
    return f"{day}T00:00:00Z" if len(day) == len("2021-07-09") else "1970-01-01T00:00:00Z"


def printable(text: str) -> str:
    """The text without the characters that XML does not have."""
    return "".join(ch for ch in text if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF))


def _replace(path: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _to_mail(alert: Alert, options: dict[str, Any], _home: Path) -> None:
    """One message an alert. The password stands in an environment variable, never in the file of rules."""
    message = EmailMessage()
    message["Subject"] = f"[Legation] {' '.join(alert.title.split())}"[:200]
    message["From"] = options["from"]
    to = options["to"]
    message["To"] = ", ".join(to) if isinstance(to, list) else to
    # The same alert sent twice (a lost answer) is one message to a mail program.
    message["Message-ID"] = f"<{alert.key}@legation.invalid>"
    message.set_content(in_text(alert))
    secure = options.get("security", "none")
    timeout = float(options.get("timeout", _TIMEOUT))
    with _connected(options, secure, timeout) as server:
        if secure == "starttls":
            server.starttls(context=ssl.create_default_context())
        if "user" in options:
            server.login(options["user"], _secret(options))
        server.send_message(message)


def _connected(options: dict[str, Any], secure: str, timeout: float) -> smtplib.SMTP:
    if secure == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(options["host"], int(options.get("port", 465)), timeout=timeout, context=context)
    return smtplib.SMTP(options["host"], int(options.get("port", 25)), timeout=timeout)


def _secret(options: dict[str, Any]) -> str:
    name = options.get("password_env", "LEGATION_SMTP_PASSWORD")
    try:
        return os.environ[name]
    except KeyError as err:
        raise DeliveryError(f"the environment has no {name}, which holds the password") from err


def _to_webhook(alert: Alert, options: dict[str, Any], _home: Path) -> None:
    """POST the alert as JSON; `text` is there for chat services that show it."""
    url = options["url"]
    if not url.startswith(("https://", "http://")):
        raise DeliveryError(f"{url} is no address of the web")
    body = {**to_plain(alert), "text": f"{alert.title}\n{in_text(alert)}"}
    request = urllib.request.Request(
        url,
        json.dumps(body, ensure_ascii=False).encode("utf-8"),
        {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": alert.key, "User-Agent": "legation"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=float(options.get("timeout", _TIMEOUT))) as answer:
        answer.read()


_SENDERS: dict[str, Sender] = {
    "file": _to_file,
    "feed": _to_feed,
    "mail": _to_mail,
    "webhook": _to_webhook,
}
