"""The feeds to watch: an OPML file, a file of addresses a line, or an address itself."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from legation.errors import LegationError


class FeedListError(LegationError):
    """What was given names no feed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why} Give an OPML file, a file with an address a line, or an address.")


def feed_addresses(given: list[str]) -> list[str]:
    """Every address in these files, once, in their order; raises FeedListError."""
    out: list[str] = []
    for name in given:
        if name.startswith(("http://", "https://")):
            out.append(name)
            continue
        try:
            text = Path(name).read_text(encoding="utf-8-sig", errors="replace")
        except OSError as err:
            raise FeedListError(name, f"It cannot be read ({err.strerror}).") from err
        found = _from_opml(name, text) if text.lstrip().startswith("<") else _from_lines(name, text)
        if not found:
            raise FeedListError(name, "It names no feed.")
        out += found
    return list(dict.fromkeys(out))


def _from_opml(name: str, text: str) -> list[str]:
    if "<!ENTITY" in text:
        raise FeedListError(name, "It defines entities, which no list of feeds needs.")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as err:
        raise FeedListError(name, f"It is no whole XML ({err}).") from err
    found = []
    for outline in root.iter("outline"):
        named = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        if named.get("xmlurl"):
            found.append(named["xmlurl"])
    return found


def _from_lines(name: str, text: str) -> list[str]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        address = line.split(" #")[0].strip()
        if not address or address.startswith("#"):
            continue
        if not address.startswith(("http://", "https://")) or " " in address:
            raise FeedListError(name, f"Line {number} ('{address[:60]}') is no address.")
        found.append(address)
    return found
