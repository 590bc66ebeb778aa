"""Feeds, letters and archives: told apart by what they hold, and read item by item."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.model import Document
from legation.reading import archives, read
from legation.stages.clean import mark_furniture

STORY = "The army left the town on Monday and the mayor came back to his office, the ministry said."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Lind Courier</title><language>en-gb</language>
<item><title>Army leaves</title><link>https://example.org/a</link><guid>tag:a</guid>
<pubDate>Mon, 12 Jul 2021 09:00:00 +0200</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>READ ALSO: Other news</p>]]></content:encoded></item>
<item><title>Only a title about the mayor of the town</title><link>https://example.org/b</link></item>
<item></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title>Army &amp; town</title><id>urn:1</id>
<link href="https://example.org/c"/><published>2021-07-12T09:00:00Z</published><author><name>Ann Sample</name></author>
<summary>{STORY}</summary></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "Json Post", "language": "en",
        "items": [{"id": 7, "url": "https://example.org/d", "title": "Army leaves",
                   "date_published": "2021-07-12T09:00:00Z",
                   "content_html": f"<p>{STORY}</p>", "authors": [{"name": "Bo"}]}, 3],
    }
)  # fmt: skip
LETTER = f"""Return-Path: <x@example.org>
From: "Morning Letter" <news@example.org>
To: you@example.com
Subject: =?utf-8?q?Army_leaves_=E2=80=93_mayor_returns?=
Date: Mon, 12 Jul 2021 07:00:00 +0000
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

View this in your browser
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><body><table><tr><td>{STORY}</td></tr><tr><td>Jos=E9 R=F3e met the envoy.</td></tr>
<tr><td><a href=3D"u">Unsubscribe</a></td></tr></table></body></html>
--b--
"""
PLAIN_LETTER = f"""From: a@example.org
To: b@example.org
Subject: On the army
Date: Mon, 12 Jul 2021 07:00:00 +0000

{STORY}

> What did the mayor do?
> Nothing.

--{" "}
Ann Sample, desk
"""


def docs_of(path: Path, data: bytes | str, name: str = "x") -> list[Document]:
    (path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([str(path / name)]))


def messages(doc: Document) -> str:
    return " ".join(p.message for p in doc.problems)


def zipped(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def test_items_of_an_rss_feed_are_documents(tmp_path: Path) -> None:
    first, second, third = docs_of(tmp_path, RSS)
    assert (first.id, first.title, first.url, first.outlet) == (
        "tag:a",
        "Army leaves",
        "https://example.org/a",
        "Lind Courier",
    )
    assert (first.published, first.lang) == ("2021-07-12T09:00:00+02:00", "en")
    assert first.text == f"Army leaves\n{STORY}\nREAD ALSO: Other news"
    assert [first.text[s.start : s.end] for s in mark_furniture(first).furniture] == ["READ ALSO: Other news"]
    assert second.text == "Only a title about the mayor of the town"
    assert messages(third) == "The item has no text."


def test_items_of_an_atom_feed_are_documents(tmp_path: Path) -> None:
    (doc,) = docs_of(tmp_path, ATOM)
    assert (doc.title, doc.published, dict(doc.meta)["author"]) == (
        "Army & town",
        "2021-07-12T09:00:00+00:00",
        "Ann Sample",
    )
    assert STORY in doc.text


def test_items_of_a_json_feed_are_documents(tmp_path: Path) -> None:
    (doc,) = docs_of(tmp_path, JSON_FEED)
    assert (doc.id, doc.url, doc.outlet, dict(doc.meta)["author"]) == ("7", "https://example.org/d", "Json Post", "Bo")
    assert doc.text == f"Army leaves\n{STORY}"


def test_a_broken_feed_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    docs = docs_of(tmp_path, RSS[: RSS.index("<item><title>Only")] + "<item><title>a &nosuch; b")
    assert "broken" in messages(docs[0])
    assert STORY in docs[1].text


def test_a_letter_is_its_visible_text_under_its_subject(tmp_path: Path) -> None:
    (doc,) = docs_of(tmp_path, LETTER.replace("\n", "\r\n"))
    assert doc.title == "Army leaves – mayor returns"
    assert (doc.id, doc.outlet, doc.published) == ("1@example.org", "Morning Letter", "2021-07-12T07:00:00+00:00")
    assert doc.text == f"{doc.title}\n{STORY}\nJosé Róe met the envoy.\nUnsubscribe"
    assert [doc.text[s.start : s.end] for s in mark_furniture(doc).furniture] == ["Unsubscribe"]


def test_quoted_letters_and_signatures_are_furniture(tmp_path: Path) -> None:
    (doc,) = docs_of(tmp_path, PLAIN_LETTER)
    kept = mark_furniture(doc)
    marked = " ".join(kept.text[s.start : s.end] for s in kept.furniture)
    assert "What did the mayor do" in marked
    assert "Ann Sample, desk" in marked
    assert STORY not in marked


def test_an_mbox_is_read_letter_by_letter(tmp_path: Path) -> None:
    part = "From a@example.org Mon Jul 12 07:00:00 2021\n" + PLAIN_LETTER
    docs = docs_of(tmp_path, f"{part}\n{part}\n{part}")
    assert [d.title for d in docs] == ["On the army"] * 3


@pytest.mark.parametrize(
    "text",
    [
        f"From: the ministry\n\n{STORY}",
        f"Subject to approval: the treaty.\n{STORY}",
        f"KABUL: {STORY}\nFrom: here\nTo: there\nDate: now",
    ],
)
def test_a_report_with_a_colon_is_no_letter(tmp_path: Path, text: str) -> None:
    (doc,) = docs_of(tmp_path, text)
    assert doc.text == text


def test_a_zip_of_mixed_files_is_read_file_by_file(tmp_path: Path) -> None:
    inner = zipped(deep__txt=STORY)
    data = zipped(
        a__txt=STORY, b__jsonl=json.dumps({"id": "row", "text": STORY}), c__xml=RSS, d__eml=LETTER,
        e__png=b"\x89PNG\r\n\x1a\n" + bytes(99),
        f__gz=gzip.compress(STORY.encode()), g__zip=inner, __hidden="x",
    )  # fmt: skip
    docs = docs_of(tmp_path, data, "n.zip")
    assert [d.id for d in docs] == [
        "n.zip/a.txt", "row", "tag:a", "https://example.org/b", "n.zip/c.xml:3", "1@example.org", "n.zip/e.png",
        "n.zip/f.gz", "n.zip/g.zip/deep.txt",
    ]  # fmt: skip
    assert messages(docs[6]) == "The file is no text."
    assert docs[8].text == STORY


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (zipped(), "no files"),
        (zipped(**{"[Content_Types]__xml": "x", "word": "y"}), "office document"),
        (zipped(a__txt=STORY)[:-30], "broken"),
        (zipped(a=zipped(a=zipped(a=zipped(a=zipped(a="x"))))), "too deeply"),
    ],
)
def test_a_zip_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in messages(docs_of(tmp_path, data)[0])


def test_an_encrypted_or_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped(a__txt=STORY * 9, b__txt=STORY))
    at = data.index(b"a.txt") + 8
    data[at : at + 10] = b"\xff" * 10
    first, second = docs_of(tmp_path, bytes(data))
    assert "could not be read" in messages(first)
    assert second.text == STORY


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(archives, "FREE", 1_000_000)
    bomb = (STORY + "\n").encode() * 400_000
    data = gzip.compress(bomb) if kind == "gzip" else zipped(a__txt=bomb, b__txt=STORY)
    docs = docs_of(tmp_path, data)
    assert "far more than text does" in messages(docs[0])
    assert kind == "gzip" or docs[-1].text == STORY or "rest is not read" in messages(docs[-1])


def test_a_page_is_read_in_the_encoding_it_names(tmp_path: Path) -> None:
    body = "<p>Генерал Адель встретил посла и обещал открыть мост через реку в понедельник утром.</p>" * 4
    head = "<meta charset='windows-1251'><title>Мост</title>"
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    (doc,) = docs_of(tmp_path, page.encode("cp1251"))
    assert "Генерал Адель" in doc.text
    assert doc.lang in ("ru", "bg")
    assert "only English is coded" in messages(doc)


def test_plain_text_that_was_decoded_wrongly_is_kept_and_told(tmp_path: Path) -> None:
    text = f"It wasnâ€™t so. {STORY}"
    (doc,) = docs_of(tmp_path, text)
    assert doc.text == text
    assert "decoded wrongly" in messages(doc)


def test_written_dates_in_rows_are_read(tmp_path: Path) -> None:
    rows = [{"text": STORY, "date": d} for d in ("July 9, 2021", "Fri, 09 Jul 2021 10:00:00 GMT", "03/04/2021")]
    docs = docs_of(tmp_path, "\n".join(map(json.dumps, rows)))
    assert [d.published for d in docs] == ["2021-07-09", "2021-07-09T10:00:00+00:00", None]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "-0044-03-15", "2021"])
def test_a_day_that_no_report_is_of_is_no_date(tmp_path: Path, day: str) -> None:
    (doc,) = docs_of(tmp_path, json.dumps({"text": STORY, "date": day}))
    assert doc.published is None
    assert f"'{day}' is not a date; the document has none." in messages(doc)


def page(number: int) -> str:
    body = "".join(f"<p>Report {number}.{i}: {STORY}</p>" for i in range(8))
    return (
        f"<html><head><title>Report {number}</title></head><body><nav>Home</nav><article>{body}</article></body></html>"
    )


def warc(count: int) -> Iterator[bytes]:
    for number in range(count):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page(number)}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{number}>\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        yield gzip.compress(head.encode() + answer + b"\r\n\r\n", 1)


def _peak(path: Path) -> tuple[int, int]:
    tracemalloc.start()
    try:
        count = sum(bool(doc.text) for doc in read([str(path)]))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_an_archive(tmp_path: Path) -> None:
    peaks = {}
    for count in (20, 20, 120):  # the first round loads what is loaded once
        path = tmp_path / f"{count}.warc.gz"
        path.write_bytes(b"".join(warc(count)))
        got, peaks[count] = _peak(path)
        assert got == count
    assert peaks[120] < 1.5 * peaks[20] + 1_000_000, peaks


@pytest.mark.slow
def test_the_second_half_of_five_thousand_pages_takes_no_more_memory_than_the_first(tmp_path: Path) -> None:
    """Some libraries remember the last thousands of strings they saw: a short archive is no measure."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(warc(5000)))
    peaks: list[int] = []
    tracemalloc.start()
    try:
        for number, doc in enumerate(read([str(path)]), 1):
            assert doc.text
            if number % 2500 == 0:
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()
    finally:
        tracemalloc.stop()
    assert len(peaks) == 2
    assert peaks[1] < 1.1 * peaks[0] + 200_000, peaks


def test_memory_does_not_grow_with_a_zip(tmp_path: Path) -> None:
    peaks = {}
    for count in (20, 20, 150):
        path = tmp_path / f"{count}.zip"
        path.write_bytes(zipped(**{f"{i}__html": page(i) if i % 2 else STORY for i in range(count)}))
        _, peaks[count] = _peak(path)
    # The list of the files in it does grow.
    assert peaks[150] < 1.5 * peaks[20] + 1_000_000, peaks
