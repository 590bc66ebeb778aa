"""`legation score`: gold files in, a table a set out. Which set is scored how stands in `_SCORERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import msgspec

from legation.model import Document
from legation.scoring import actors, events, spans
from legation.scoring.gold import GoldRecord, GoldSet, gold_files, read_gold
from legation.scoring.measure import Figure, Row, Table

Coded = Sequence[tuple[GoldRecord, Document]]


class CodesMany(Protocol):
    """What scoring asks of a coder; tests give one that knows its answers."""

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]: ...


def score_files(
    paths: Iterable[Path | str], *, coder: CodesMany | None = None, limit: int | None = None
) -> list[Table]:
    """One table for each set in the files, in the order given.

    `limit` takes only the first records of each set. Without a `coder` the usual one is made, and
    only when a set needs it.
    """
    tables = []
    for path in gold_files(paths):
        for gold in read_gold(path, limit=limit):
            scorer = _SCORERS.get(gold.name)
            if scorer is None:
                tables.append(_skipped(gold, "no scoring is known for this set"))
                continue
            if coder is None and scorer in _NEED_CODER:
                coder = _usual_coder()
            tables.append(scorer(gold, coder))
    return tables


def to_json(tables: Iterable[Table]) -> str:
    """The tables as one JSON object: ``{set: {digest, records, figures, types}}``."""
    rows = {table.set: _json_table(table) for table in tables}
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()


def to_text(tables: Iterable[Table], *, types: bool = True) -> str:
    """The tables as plain lines: the figures of a set, then (with `types`) a line a type."""
    return "\n\n".join("\n".join(_text_lines(table, types=types)) for table in tables) + "\n"


def misses_jsonl(tables: Iterable[Table]) -> Iterator[str]:
    """A JSON line for each record where found and labelled differ (what ``--errors`` writes)."""
    for table in tables:
        for miss in table.misses:
            yield msgspec.json.encode(miss).decode()


def _json_table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {"digest": table.digest, "records": table.records}
    if table.skipped is not None:
        found["skipped"] = table.skipped
        return found
    found["figures"] = {f.name: {"value": round(f.value, 4), "of": f.of} for f in table.figures}
    if table.rows:
        found["types"] = {r.name: _json_row(r) for r in table.rows}
    return found


def _json_row(row: Row) -> dict[str, float]:
    return {
        "labelled": row.labelled,
        "found": row.found,
        "precision": round(row.precision, 4),
        "recall": round(row.recall, 4),
        "f1": round(row.f1, 4),
    }


def _text_lines(table: Table, *, types: bool) -> Iterator[str]:
    yield f"{table.set} ({table.records} records, {table.digest[:12]})"
    if table.skipped is not None:
        yield f"  skipped: {table.skipped}"
        return
    width = max((len(f.name) for f in table.figures), default=0)
    for figure in table.figures:
        yield f"  {figure.name:<{width}}  {_shown(figure):>7}  of {figure.of}"
    if types and table.rows:
        yield f"  {'type':<12} {'labelled':>8} {'found':>6} {'prec.':>6} {'recall':>6} {'F1':>6}"
        for row in table.rows:
            yield (
                f"  {row.name:<12} {row.labelled:>8} {row.found:>6}"
                f" {row.precision:>6.2f} {row.recall:>6.2f} {row.f1:>6.2f}"
            )


def _shown(figure: Figure) -> str:
    return f"{figure.value:.3f}"


def _skipped(gold: GoldSet, why: str) -> Table:
    return Table(gold.name, gold.digest, len(gold.records), skipped=why)


def _usual_coder() -> CodesMany:
    coder: CodesMany = import_module("legation.coder").Coder()
    return coder


def _coded(gold: GoldSet, coder: CodesMany | None) -> Coded:
    assert coder is not None  # score_files makes one for every set that needs it
    docs = coder.code_many(record.document() for record in gold.records)
    return list(zip(gold.records, docs, strict=True))


def _types(gold: GoldSet, coder: CodesMany | None) -> Table:
    return events.score_types(gold, _coded(gold, coder))


def _roots(gold: GoldSet, coder: CodesMany | None) -> Table:
    return events.score_roots(gold, _coded(gold, coder))


def _snippets(gold: GoldSet, coder: CodesMany | None) -> Table:
    return events.score_snippets(gold, _coded(gold, coder))


def _protests(gold: GoldSet, coder: CodesMany | None) -> Table:
    return events.score_protest_reports(gold, _coded(gold, coder))


def _police(gold: GoldSet, coder: CodesMany | None) -> Table:
    return events.score_police(gold, _coded(gold, coder))


def _places(gold: GoldSet, coder: CodesMany | None) -> Table:
    resolve = import_module("legation.stages.actors").resolve_phrase

    def country_of_name(name: str) -> str | None:
        actor = resolve(name)
        return actor.code if actor else None

    return spans.score_places(gold, _coded(gold, coder), country_of_name)


def _actors(gold: GoldSet, coder: CodesMany | None) -> Table:
    resolve = import_module("legation.stages.actors").resolve_phrase
    return actors.score_actors(
        gold,
        lambda record: resolve(
            str(record.row.get("phrase")), context=record.row.get("context"), date=record.published
        ),
    )


def _dates(gold: GoldSet, coder: CodesMany | None) -> Table:
    return spans.score_dates(gold, import_module("legation.stages.dates").resolve_phrase)


def _quotes(gold: GoldSet, coder: CodesMany | None) -> Table:
    table: Table = import_module("legation.scoring.quotes").score_quotes(gold, _coded(gold, coder))
    return table


def _spanish(gold: GoldSet, coder: CodesMany | None) -> Table:
    return _skipped(gold, "Spanish: this version codes English only")


def _links(gold: GoldSet, coder: CodesMany | None) -> Table:
    table: Table = import_module("legation.scoring.links").score_links(gold, _coded(gold, coder))
    return table


_SCORERS: dict[str, Callable[[GoldSet, CodesMany | None], Table]] = {
    "plover_gsr": _types,
    "plv": _types,
    "desk": _types,
    "cameo_conflibert": _roots,
    "case2021_t2": _snippets,
    "glocon_doc": _protests,
    "india_police": _police,
    "es_fight": _spanish,
    "actors_ngec": _actors,
    "actors_plover_gsr": _actors,
    "actors_newswcl50": _actors,
    "polnear": _quotes,
    "trnews": _places,
    "lgl": _places,
    "geovirus": _places,
    "timenorm_en": _dates,
    "news_cluster": _links,
    "ecbplus": _links,
    "newswcl50": _links,
}
_NEED_CODER = frozenset({_types, _roots, _snippets, _protests, _police, _places, _quotes, _links})
