"""What `watch` remembers between runs: how each feed fares, and which articles are waiting or done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal

from legation.errors import LegationError
from legation.reading.feeds import Item

Outcome = Literal["waiting", "kept", "from feed", "seen", "given up"]

_SCHEMA = """
create table if not exists feeds (
  url text primary key, title text, etag text, modified text, due real not null default 0,
  failures integer not null default 0, polled real, succeeded real, error text,
  items integer not null default 0, kept integer not null default 0, coded integer not null default 0,
  foreign_language integer not null default 0, errors integer not null default 0
);
create table if not exists articles (
  key text primary key, feed text not null, item text, state text not null, due real not null default 0,
  tries integer not null default 0, found real not null, ended real, error text
);
create table if not exists hosts (host text primary key, until real not null);
create index if not exists waiting on articles (due) where state = 'waiting';
"""


class StateError(LegationError):
    """The file of what was watched cannot be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How one feed fares; times are seconds since 1970, None where it never happened."""

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0  # in a row
    polled: float | None = None
    succeeded: float | None = None
    error: str | None = None  # of the last poll
    items: int = 0  # found, each once
    kept: int = 0
    coded: int = 0  # kept documents in which an event was found
    foreign_language: int = 0
    errors: int = 0  # polls and articles that failed, in all

    @property
    def share_coded(self) -> float | None:
        """Of the documents kept, the share in which an event was found."""
        return self.coded / self.kept if self.kept else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is still to be fetched."""

    key: str
    feed: str
    feed_title: str | None
    item: Item
    tries: int


class State:
    """The file; only one process may hold it, because two would fetch everything twice."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._lock = _locked(self._path)
        try:
            self._db = sqlite3.connect(self._path, isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as err:
            self._lock.close()
            raise StateError(self._path, f"it is no file of legation watch ({err}).") from err
        self._db.row_factory = sqlite3.Row

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._lock.close()

    def watch(self, urls: Iterable[str]) -> None:
        """Begin to remember these feeds."""
        with self._db:
            self._db.executemany("insert or ignore into feeds (url) values (?)", [(u,) for u in urls])

    def feed(self, url: str) -> FeedHealth:
        """How this feed fares."""
        row = self._db.execute("select * from feeds where url = ?", (url,)).fetchone()
        return FeedHealth(**dict(row))

    @staticmethod
    def look(path: Path | str) -> list[FeedHealth]:
        """How every feed in the file fares, also while another process watches."""
        path = Path(path)
        if not path.exists():
            raise StateError(path, "there is no such file; nothing was watched with it yet.")
        try:
            with closing(sqlite3.connect(path)) as db:
                db.row_factory = sqlite3.Row
                return [FeedHealth(**dict(r)) for r in db.execute("select * from feeds order by url")]
        except sqlite3.Error as err:
            raise StateError(path, f"it is no file of legation watch ({err}).") from err

    def health(self) -> list[FeedHealth]:
        """How every feed fares, by address."""
        return [FeedHealth(**dict(r)) for r in self._db.execute("select * from feeds order by url")]

    def polled(
        self,
        url: str,
        now: float,
        due: float,
        *,
        title: str | None = None,
        etag: str | None = None,
        modified: str | None = None,
        items: Iterable[tuple[str, Item]] = (),
    ) -> int:
        """Write down a poll that went well, with the items that are new, all at once; how many these are."""
        self._db.execute("begin immediate")
        try:
            new = 0
            for key, item in items:
                row = (key, url, json.dumps(asdict(item), ensure_ascii=False), now)
                new += self._db.execute(
                    "insert or ignore into articles (key, feed, item, state, found) values (?, ?, ?, 'waiting', ?)", row
                ).rowcount
            self._db.execute(
                "update feeds set polled = ?, succeeded = ?, due = ?, failures = 0, error = null, items = items + ?,"
                " title = coalesce(?, title), etag = ?, modified = ? where url = ?",
                (now, now, due, new, title, etag, modified, url),
            )
            self._db.execute("commit")
        except BaseException:
            self._db.execute("rollback")
            raise
        return new

    def poll_failed(self, url: str, now: float, due: float, error: str) -> None:
        """Write down a poll that went wrong."""
        self._db.execute(
            "update feeds set polled = ?, due = ?, failures = failures + 1, errors = errors + 1, error = ?"
            " where url = ?",
            (now, due, error, url),
        )

    def leave_alone(self, host: str, until: float) -> None:
        """Remember that this host asked to be left alone."""
        self._db.execute("insert or replace into hosts (host, until) values (?, ?)", (host, until))

    def left_alone(self, now: float) -> dict[str, float]:
        """The hosts that want to be left alone, and until when."""
        return dict(self._db.execute("select host, until from hosts where until > ?", (now,)).fetchall())

    def postpone(self, url: str, due: float) -> None:
        """Ask this feed later: its host wants to be left alone."""
        self._db.execute("update feeds set due = ? where url = ?", (due, url))

    def waiting(self, feeds: Iterable[str], now: float) -> list[Waiting]:
        """The articles of these feeds whose time has come, the longest waiting first."""
        rows = self._db.execute(
            "select a.key, a.feed, f.title, a.item, a.tries from articles a join feeds f on f.url = a.feed"
            " where a.state = 'waiting' and a.due <= ? order by a.due, a.found, a.rowid limit 500",
            (now,),
        )
        wanted = set(feeds)
        return [Waiting(r[0], r[1], r[2], Item(**json.loads(r[3])), r[4]) for r in rows if r[1] in wanted]

    def next_due(self, feeds: Iterable[str]) -> float | None:
        """When the next of the waiting articles of these feeds has its time."""
        wanted = set(feeds)
        rows = self._db.execute("select feed, min(due) from articles where state = 'waiting' group by feed")
        return min((due for feed, due in rows if feed in wanted), default=None)

    def later(self, key: str, due: float, error: str) -> None:
        """The article could not be had and is tried again."""
        self._db.execute(
            "update articles set tries = tries + 1, due = ?, error = ? where key = ?", (due, error, key)
        )
        self._db.execute(
            "update feeds set errors = errors + 1 where url = (select feed from articles where key = ?)", (key,)
        )

    def ended(
        self,
        key: str,
        outcome: Outcome,
        now: float,
        *,
        error: str | None = None,
        events: int = 0,
        foreign: bool = False,
    ) -> None:
        """The article is done with, one way or another; its text is no longer remembered here."""
        kept = outcome in ("kept", "from feed")
        with self._db:
            self._db.execute("begin immediate")
            self._db.execute(
                "update articles set state = ?, ended = ?, error = ?, item = null where key = ?",
                (outcome, now, error, key),
            )
            self._db.execute(
                "update feeds set kept = kept + ?, coded = coded + ?, foreign_language = foreign_language + ?,"
                " errors = errors + ? where url = (select feed from articles where key = ?)",
                (int(kept), int(kept and events > 0), int(kept and foreign), int(outcome == "given up"), key),
            )
            self._db.execute("commit")


def _locked(path: Path) -> IO[bytes]:
    """A lock beside the file, held as long as it is open."""
    lock = path.with_name(path.name + ".lock")
    try:
        file = lock.open("ab")
    except OSError as err:
        raise StateError(path, f"it cannot be written ({err.strerror}).") from err
    with suppress(ImportError):  # Windows has no such locks; there the user must see to it
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            file.close()
            why = "another legation watch uses it. Stop that one, or give --state another file."
            raise StateError(path, why) from err
    return file
