"""The pages of docs/: their links lead somewhere, and each page can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PAGES = sorted((HOME / "docs").glob("*.md"))
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page can be linked to."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=[p.name for p in PAGES])
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    broken = []
    for target, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(f"{target}#{anchor}")

    assert broken == []


def test_every_page_is_linked_to_from_another() -> None:
    texts = {p: p.read_text(encoding="utf-8") for p in (*PAGES, HOME / "README.md")}
    linked = {p.name for p in PAGES if any(f"{p.name})" in t or f"{p.name}#" in t for q, t in texts.items() if q != p)}

    assert sorted({p.name for p in PAGES} - linked) == []
