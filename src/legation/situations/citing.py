"""The words behind a line: which sentence of which report says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legation.model import Document, EventMention
from legation.record import MergedEvent, Report, Statement

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a report. `text` is empty where the report itself was not at hand."""

    document: str
    sentence: int
    text: str = ""
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What makes two citations the same one."""
        return (self.document, self.sentence)

    @property
    def day(self) -> str:
        """The day it appeared, or nothing."""
        return (self.published or "")[:10]


def words_of(report: Report, mention: EventMention, documents: Documents) -> str:
    """The sentence in which a report tells an event: from the document, else what the report carries."""
    doc = documents.get(report.document)
    if doc is None:
        return report.text
    return sentence_text(doc, mention.sentence)


def sentence_text(doc: Document, index: int) -> str:
    """The words of a sentence on one line."""
    for sent in doc.sentences:
        if sent.index == index:
            return " ".join(doc.text[sent.start : sent.end].split())
    return ""


def cite_mention(report: Report, mention: EventMention, documents: Documents) -> Citation:
    """The sentence of one mention."""
    doc = documents.get(report.document)
    return Citation(
        report.document,
        mention.sentence,
        words_of(report, mention, documents),
        report.outlet,
        report.published,
        doc.title if doc else None,
        doc.url if doc else None,
    )


def cite_report(report: Report, documents: Documents) -> Citation:
    """The sentence in which a report first tells its event."""
    mentions = report.event.mentions
    if not mentions:
        return Citation(report.document, -1, report.text, report.outlet, report.published)
    return cite_mention(report, mentions[0], documents)


def cite_event(event: MergedEvent, documents: Documents) -> tuple[Citation, ...]:
    """One sentence of each report: own texts before copies, earlier before later."""
    order = sorted(event.reports, key=lambda r: (r.copy_of is not None, r.published or "9", r.document))
    return unique(cite_report(report, documents) for report in order)


def cite_statement(statement: Statement, documents: Documents) -> Citation:
    """The sentence in which a statement begins; without the document its own words."""
    doc = documents.get(statement.document)
    quote = statement.quote
    return Citation(
        statement.document,
        quote.sentence,
        sentence_text(doc, quote.sentence) if doc else quote.text,
        statement.outlet,
        statement.published,
        doc.title if doc else None,
        doc.url if doc else None,
    )


def unique(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each sentence once, in the order given."""
    return tuple({citation.key: citation for citation in citations}.values())
