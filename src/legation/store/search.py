"""Full text: FTS5 on SQLite, tsvector on PostgreSQL, asked in one way.

Words are joined by *and*; "words in quotation marks" stand together; a word that ends in * is a beginning; a minus
before a word leaves out what has it; OR between two words means either. Case does not matter, nor do English
endings; on SQLite accents do not either.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, Connection, Integer, Select, Text, func, literal_column, select, table, text

from legation.store.schema import texts

# Of words that stand in more documents than this, the documents that came last are ranked.
_RANKED = 5_000
OPEN, CLOSE = "\x02", "\x03"  # around the words found in a snippet
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORDS = re.compile(r"\w+")

_fts = table("search", Column("rowid", Integer), Column("search", Text))
_vectors = table("texts", Column("key", Integer), Column("vector", Text))


def _terms(words: str) -> list[tuple[bool, list[str], bool]]:
    """(left out?, words that stand together, a beginning only?) of each term; OR is a term of its own."""
    found: list[tuple[bool, list[str], bool]] = []
    for match in _TERM.finditer(words):
        raw = match["phrase"] if match["phrase"] is not None else match["word"]
        if raw == "OR" and match["phrase"] is None:
            found.append((False, [], False))
            continue
        parts = _WORDS.findall(raw)
        if parts:
            found.append((bool(match["minus"]), parts, match["phrase"] is None and raw.endswith("*")))
    return found


def fts5(words: str) -> str:
    """The question in FTS5's words; "" where it has no word to look for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for minus, parts, beginning in _terms(words):
        if not parts:
            either = bool(wanted)
            continue
        term = '"' + " ".join(parts) + '"' + (" *" if beginning else "")
        if minus:
            unwanted.append(term)
        elif either:
            wanted[-1] = f"{wanted[-1]} OR {term}"
        else:
            wanted.append(term)
        either = False
    if not wanted:
        return ""
    question = " AND ".join(f"({w})" for w in wanted)
    return f"({question}) NOT ({' OR '.join(unwanted)})" if unwanted else question


def tsquery(words: str) -> str:
    """The question in PostgreSQL's words; "" where it has no word to look for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for minus, parts, beginning in _terms(words):
        if not parts:
            either = bool(wanted)
            continue
        term = " <-> ".join(f"'{p}'" for p in parts) + (":*" if beginning else "")
        term = f"({term})"
        if minus:
            unwanted.append(f"!{term}")
        elif either:
            wanted[-1] = f"({wanted[-1]} | {term})"
        else:
            wanted.append(term)
        either = False
    return " & ".join([*wanted, *unwanted]) if wanted else ""


def matching(words: str, dialect: str) -> Select[Any]:
    """The keys of the documents that have the words, for `IN`."""
    if dialect == "sqlite":
        question = fts5(words)
        if not question:
            return select(texts.c.key).where(text("0"))
        return select(_fts.c.rowid).where(_fts.c.search.op("MATCH")(question))
    question = tsquery(words)
    if not question:
        return select(texts.c.key).where(text("false"))
    return select(_vectors.c.key).where(_vectors.c.vector.op("@@")(func.to_tsquery("english", question)))


def ranked(conn: Connection, words: str, among: list[Any], limit: int) -> list[tuple[int, str, float]]:
    """(document key, snippet, score) of the best, the best first; `among` are conditions on `documents`."""
    if conn.dialect.name == "sqlite":
        return _ranked_sqlite(conn, words, among, limit)
    return _ranked_postgres(conn, words, among, limit)


def _ranked_sqlite(conn: Connection, words: str, among: list[Any], limit: int) -> list[tuple[int, str, float]]:
    from legation.store.schema import documents

    question = fts5(words)
    if not question:
        return []
    asked = select(_fts.c.rowid, literal_column("rank").label("worst")).where(_fts.c.search.op("MATCH")(question))
    if among:
        asked = asked.where(_fts.c.rowid.in_(select(documents.c.key).where(*among)))
    latest = asked.order_by(_fts.c.rowid.desc()).limit(_RANKED).subquery()
    ordered = select(latest.c.rowid).order_by(latest.c.worst, latest.c.rowid.desc()).limit(limit)
    best = list(conn.scalars(ordered))
    if not best:
        return []
    # Snippets only of those shown: FTS5 would else make one of each document that matches.
    shown = text(
        "SELECT rowid, snippet(search, -1, char(2), char(3), ' … ', 24), rank FROM search "
        f"WHERE search MATCH :question AND rowid IN ({','.join(str(int(k)) for k in best)})"
    )
    found = {row[0]: (row[0], row[1], -row[2]) for row in conn.execute(shown, {"question": question})}
    return [found[key] for key in best if key in found]


def _ranked_postgres(conn: Connection, words: str, among: list[Any], limit: int) -> list[tuple[int, str, float]]:
    from legation.store.schema import documents

    question = tsquery(words)
    if not question:
        return []
    asked_for = func.to_tsquery("english", question)
    rank = func.ts_rank_cd(_vectors.c.vector, asked_for)
    asked = select(_vectors.c.key).where(_vectors.c.vector.op("@@")(asked_for))
    if among:
        asked = asked.where(_vectors.c.key.in_(select(documents.c.key).where(*among)))
    latest = asked.order_by(_vectors.c.key.desc()).limit(_RANKED)
    ranking = select(_vectors.c.key, rank.label("rank")).where(_vectors.c.key.in_(latest))
    best = ranking.order_by(rank.desc(), _vectors.c.key.desc()).limit(limit).subquery()
    marks = f"StartSel={OPEN}, StopSel={CLOSE}, MaxWords=24, MinWords=12, MaxFragments=1"
    snippet = func.ts_headline("english", texts.c.title + "\n" + texts.c.text, asked_for, marks)
    shown = select(best.c.key, snippet, best.c.rank).join(texts, texts.c.key == best.c.key)
    return [(row[0], row[1], float(row[2])) for row in conn.execute(shown.order_by(best.c.rank.desc(), best.c.key))]


