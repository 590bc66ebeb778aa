"""*Document*: the text as printed, with everything that was found in it, and why."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from legation.exporting.report import to_report
from legation.model import Document
from legation.web.answers import NotThereError, answer
from legation.web.marks import marked, told_in


def show(
    request: Request, doc: Document, base: str, *, explain: str | None = None, section: str = "", **more: Any
) -> Response:
    """The page of a coded document; `base` is its address, `explain` that of a sentence's explanation."""
    text = marked(doc)
    cards = [{"number": n, "event": event, "told": told_in(doc, event)} for n, event in enumerate(doc.events, 1)]
    pledges = {pledge.event: pledge for pledge in doc.pledges}
    return answer(
        request,
        "document.html",
        to_report(doc, _about(request), True),
        doc=doc,
        lines=text.lines,
        notes=text.notes,
        cards=cards,
        pledges=pledges,
        base=base,
        explain=explain or f"{base}/explain/{{}}",
        section=section,
        counts=_counts(doc),
        **more,
    )


def explained(request: Request, doc: Document, sentence: int, base: str, *, section: str = "") -> Response:
    """The page that says why a sentence was coded as it was."""
    if not 0 <= sentence < len(doc.sentences):
        raise NotThereError("sentence", str(sentence))
    lines = request.app.state.coder.explain(doc, sentence)
    text = doc.text_of(doc.sentences[sentence])
    return answer(
        request,
        "explain.html",
        {"sentence": sentence, "text": text, "lines": lines},
        doc=doc,
        base=base,
        section=section,
        groups=_groups(lines),
    )


def _groups(lines: list[str]) -> list[tuple[str, list[str]]]:
    """The lines of an explanation, each heading with what is indented below it."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines[1:]:
        if not line.strip():
            continue
        if not line.startswith(" ") or not groups:
            groups.append((line.strip(), []))
        else:
            groups[-1][1].append(line.strip())
    return groups


def _about(request: Request) -> dict[str, str]:
    coder = request.app.state.coder
    return {} if coder.is_loading else dict(coder.get().about)


def _counts(doc: Document) -> dict[str, int]:
    return {
        "actor": sum(1 for m in doc.mentions if m.actors),
        "event": len(doc.events),
        "quote": len(doc.quotes),
        "date": len(doc.dates),
        "place": len(doc.places),
    }
