"""The visible text of a page, a line a block, and which of its blocks are the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

# Elements that begin a line of their own on the screen.
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SET_APART = frozenset("a b strong em i span font u small".split())
# Elements whose text is not shown.
_UNSEEN = frozenset(
    "script style noscript template head meta link svg math iframe object embed audio video canvas select textarea"
    " input datalist map area param source track title".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# Parts of a page whose name says that they hold no story.
_APART = frozenset("nav aside footer figcaption button form caption".split())
_APART_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|adslot|sponsor\w*|promo\w*|newsletter\w*|subscri\w*|signup|sign-up|paywall|cookie\w*|consent"
    r"|share|sharing|sharebar|social\w*|follow\w*|related\w*|recommend\w*|read(?:-|_)?(?:also|more|next)|also(?:-|_)?read|more-on|morefrom|trending"
    r"|most-?read|popular|outbrain|taboola|comments?|comment-?count|disqus|tags?|taglist|topics|breadcrumbs?|caption|credit|byline|author-?(?:box|bio|info|card)"
    r"|bio|about-author|views|view-?count\w*|counter|timestamp|dateline-meta|meta|copyright|disclaimer|correction-policy|toolbar|pagination|pager|teaser|sidebar"
    r"|widget|inline-link|see-also|inset-link|donat\w*|app-promo|print-?only|sr-only|visually-hidden|screen-reader\w*|skip-link)(?=$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CREDIT = re.compile(r"\([A-Z][^()]{1,40}[:/][^()]{2,40}\)$")
_BY_OR_WHEN = re.compile(
    r"^(?:by|from|written by|reporting by|published|posted|updated|last|first|photo|image|listen|share)\b"
    r"|\d{1,2}[:.]\d\d|[|•©@]|\b(?:19|20)\d\d$",
    re.IGNORECASE,
)
_DEEPEST = 200  # elements inside elements; deeper ones are read as one block
_SHORT = 25  # letters; shorter blocks ("Ukraine", "Read more") may stand in a menu as well


@dataclass(slots=True)
class Block:
    """A line of the page: its words, the element it stands in, how many of its letters are links."""

    text: str
    element: Any
    linked: int = 0
    story: bool = False
    inner: list[str] = field(default_factory=list)  # words set apart within the line: links, bold, italics


def letters(text: str) -> str:
    """What two printings of the same words share."""
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def visible(root: Any) -> list[Block]:
    """The blocks of a page or a fragment, in the order of the page."""
    out: list[Block] = []
    parts: list[str] = []
    inner: list[str] = []
    state = {"linked": 0, "owner": root}

    def flush(owner: Any) -> None:
        words = " ".join("".join(parts).split())
        if words:
            out.append(Block(words, state["owner"], state["linked"], inner=list(inner)))
        parts.clear()
        inner.clear()
        state["linked"] = 0
        state["owner"] = owner

    def walk(element: Any, linked: bool, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN or _is_hidden(element):
            return
        block = tag in _BLOCKS
        linked = linked or tag == "a"
        if tag in _SET_APART and (words := " ".join("".join(element.itertext()).split())):
            inner.append(words)
        if block or tag == "br":
            flush(element if block else state["owner"])
        if element.text:
            add(element.text, linked)
        if depth > _DEEPEST:
            add(" ".join(element.itertext()), linked)
        else:
            for child in element:
                walk(child, linked, depth + 1)
                if child.tail:
                    add(child.tail, linked)
        if block:
            parent = element.getparent()
            flush(root if parent is None else parent)

    def add(text: str, linked: bool) -> None:
        parts.append(text)
        if linked:
            state["linked"] += len(text.strip())

    walk(root, False, 0)
    flush(root)
    return out


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def mark_story(blocks: list[Block], lines: list[str]) -> float:
    """Mark the blocks that print the extracted lines, in order; the share of the lines' letters found."""
    wanted = [w for w in map(letters, lines) if w]
    own = [(b, w) for b in blocks if (w := letters(b.text))]
    total = sum(map(len, wanted)) or 1
    found = at = line = 0
    # Runs of equal lines are surer than single ones: a headline may be printed again in a list of others.
    for run in SequenceMatcher(None, [w for _, w in own], wanted, autojunk=False).get_matching_blocks():
        found += _mark_parts(own[at : run.a], wanted[line : run.b])
        for block, words in own[run.a : run.a + run.size]:
            block.story = True
            found += len(words)
        at, line = run.a + run.size, run.b + run.size
    return found / total


def _mark_parts(own: list[tuple[Block, str]], wanted: list[str]) -> int:
    """Mark the blocks that hold a line with more around it, or a part of one; how many letters they share."""
    found = at = 0
    for block, words in own:
        if len(words) < _SHORT:
            continue
        for index in range(at, min(at + 12, len(wanted))):
            line = wanted[index]
            if words in line or (len(line) >= max(_SHORT, 0.6 * len(words)) and line in words):
                block.story = True
                found += min(len(words), len(line))
                at = index
                break
    return found


def mend(blocks: list[Block], title: str | None) -> None:
    """Correct which blocks are story by what the page itself shows.

    Paragraphs that stand among the story's are taken back. Let go are blocks in elements whose name says something
    else, blocks that are nothing but a link, and lines that are no sentence on a page whose paragraphs are.
    """
    weight: Counter[Any] = Counter()
    for block in blocks:
        if block.story:
            for element in _up(block.element):
                weight[element] += len(block.text)
    total = sum(len(b.text) for b in blocks if b.story) or 1
    heading = letters(title or "")
    prose = [b for b in blocks if b.story and len(b.text) > 60]
    tidy = len(prose) >= 3 and sum(_is_sentence(b.text) for b in prose) >= 0.7 * len(prose)
    for block in blocks:
        if not block.story or (heading and letters(block.text) == heading):
            continue
        if _stands_apart(block.element, weight, total) or (tidy and _is_label(block)):
            block.story = False
    _take_back(blocks, title, weight, total)


def _take_back(blocks: list[Block], title: str | None, weight: Counter[Any], total: int) -> None:
    """Mark paragraphs and lists between the headline and the story's end that were left out of it."""
    told = [i for i, b in enumerate(blocks) if b.story]
    if not told:
        return
    heading = letters(title or "")
    start = next((i for i in range(told[0], -1, -1) if heading and letters(blocks[i].text) == heading), told[0])
    for block in blocks[start + 1 : min(start + 5, told[0])]:
        if _is_standfirst(block) and not _stands_apart(block.element, weight, total):
            block.story = True
    parents = Counter(b.element.getparent() for b in blocks if b.story and b.element.tag == "p")
    for at, block in enumerate(blocks[: told[-1] + 1]):
        if block.story or not _is_sentence(block.text) or block.linked * 2 >= len(block.text):
            continue
        # Words loose in the element that holds the paragraphs: the first paragraph often has no tag of its own.
        loose = parents[block.element] >= 3 and len(block.text) >= 80
        if loose or (at >= start and len(block.text) >= 20 and _is_among(block.element, parents)):
            block.story = not _stands_apart(block.element, weight, total)


def _is_among(element: Any, parents: Counter[Any]) -> bool:
    """Whether a paragraph, quotation or item of a list stands with paragraphs of the story."""
    parent = element.getparent()
    if parent is None or element.tag not in ("p", "blockquote", "li"):
        return False
    siblings = parents[parent] if element.tag == "p" else parents[parent] + parents[parent.getparent()]
    return siblings >= 2 or (element.tag != "p" and parents[parent] >= 1)


def _is_standfirst(block: Block) -> bool:
    """Whether a line under the headline tells something: a sentence, a heading of some length, or nearly one."""
    words = block.text.split()
    if block.linked * 2 > len(block.text) or len(words) < 6 or _BY_OR_WHEN.search(block.text):
        return False
    return _is_sentence(block.text) or block.element.tag in _HEADINGS or len(words) >= 9


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?…:;,][\"'”’)\]»]*$", text))


def _is_label(block: Block) -> bool:
    """Whether a line is a link, a caption, a call or a stamp, by its form: no sentence, no heading, no list."""
    if block.linked >= len(block.text) and not _is_sentence(block.text):
        return True
    for element in _up(block.element):
        if element.tag in _HEADINGS:
            return block.linked > 0.5 * len(block.text)
        if element.tag in ("li", "dd", "dt", "td", "th", "pre", "blockquote"):
            return element.tag == "li" and len(block.text.split()) < 3 and not _is_sentence(block.text)
    # A line all in bold type is a heading between paragraphs, if it is set apart from a longer one.
    bold = block.text in block.inner and len(block.text) > 3 and block.element.tag == "p"
    # A sentence with something behind it, which is not a picture's credit.
    prose = re.search(r"\w\w[.!?][\"”’)]* +\S", block.text) and not _CREDIT.search(block.text)
    return not bold and not prose and not _is_sentence(block.text) and len(block.text) < 250


def _up(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def _stands_apart(element: Any, weight: Counter[Any], total: int) -> bool:
    """Whether this element, or one around it that holds little of the story, is named as something else."""
    for each in _up(element):
        if weight[each] > 0.3 * total:
            return False
        if each.tag in _APART:
            return True
        names = f"{each.get('class') or ''} {each.get('id') or ''} {each.get('role') or ''}"
        names = _CAMEL.sub("-", names)
        if len(names) > 2 and _APART_NAMES.search(names):
            return True
    return False
