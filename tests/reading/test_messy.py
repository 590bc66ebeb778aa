"""Files as they come: broken off, put together, in odd encodings. What can be read is, and what cannot is told."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from legation.model import Document
from legation.reading import read

ONE = "The army left the town on Monday and the mayor came back to his office, the ministry said."
TWO = "Envoys of Marrah met the governor of Lisk on Tuesday, and both called for an end of the fighting."
ROWS = json.dumps({"text": ONE}), json.dumps({"text": TWO})
PAGE = f"<html><head><title>Army leaves</title></head><body><article>{f'<p>{ONE}</p>' * 4}</article></body></html>"
FEED = (
    "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><title>Lind Courier</title><item>"
    f"<title>Army leaves</title><description>{ONE} Café.</description></item></channel></rss>"
)
Read = Callable[[str, bytes | str], list[Document]]


@pytest.fixture
def docs(tmp_path: Path) -> Read:
    """The documents of a file of this name and content."""

    def of(name: str, data: bytes | str) -> list[Document]:
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read([str(tmp_path / name)]))

    return of


def texts(found: list[Document]) -> list[str]:
    return [doc.text for doc in found if doc.text]


def messages(found: list[Document]) -> str:
    return " ".join(p.message for doc in found for p in doc.problems)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("seam.jsonl", b"\xef\xbb\xbf" + ROWS[0].encode() + b"\n\xef\xbb\xbf" + ROWS[1].encode()),
        ("wide.jsonl", "\n".join(ROWS).encode("utf-16")),
        ("returns.jsonl", "\r".join(ROWS)),
        ("pretty.jsonl", "\n".join(json.dumps(json.loads(row), indent=1) for row in ROWS)),
        ("list.jsonl", json.dumps([json.loads(row) for row in ROWS], indent=1)),
        ("joined.json", "".join(ROWS)),
        ("sequence.json", "\x1e".join(["", *(f"{row}\n" for row in ROWS)])),
        ("within.json", json.dumps({"status": "ok", "response": {"docs": [{"body": ONE}, {"body": TWO}]}})),
        ("within.jsonl", json.dumps({"articles": [{"content": ONE}, {"content": TWO}]})),
        ("markup.jsonl", json.dumps({"text": f"<p>{ONE}</p>"}) + "\n" + json.dumps({"text": f"<div>{TWO}</div>"})),
        ("nul.jsonl", ROWS[0] + "\x00\n" + ROWS[1]),
        ("returns.csv", f'id,text\r1,"{ONE}"\r2,"{TWO}"\r'),
        ("pipes.csv", f"id|text|date\n1|{ONE}|2021-07-12\n2|{TWO}|2021-07-13\n"),
        ("semicolons.csv", f"id;text;date\n1;{ONE};12.07.2021\n2;{TWO};13.07.2021\n"),
        ("windows.csv", f'id,text,by\r\n1,"{ONE}",José\r\n2,"{TWO}",Zoë\r\n'.encode("cp1252")),
    ],
)
def test_two_rows_are_two_documents_however_they_are_written(docs: Read, name: str, data: bytes | str) -> None:
    found = docs(name, data)

    assert texts(found) == [ONE, TWO]
    assert messages(found) == ""


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("cut.jsonl", f"{ROWS[0]}\n{ROWS[1]}\n{ROWS[0][:40]}", "Line 3 is not JSON"),
        ("cut.json", f"[{ROWS[0]}, {ROWS[1]}, {ROWS[0][:40]}", "not JSON from its object 3 on"),
        ("broken.json", f"[{ROWS[0]},\n{ROWS[0][:40]},\n{ROWS[1]}]", "not JSON from its object 2 on"),
        ("trail.gz", gzip.compress("\n".join(ROWS).encode()) + b"\0" * 512 + b"junk", "could not be read to its end"),
        ("cut.zip", zipped({"a.txt": ONE, "b.txt": TWO})[:-60], "zip archive is broken"),
        ("nested.zip", zipped({"in.zip": zipped({"a.txt": ONE}), "b.txt": TWO})[:-60], "zip archive is broken"),
    ],
)
def test_what_stands_before_a_break_is_read_and_the_break_is_told(
    docs: Read, name: str, data: bytes | str, told: str
) -> None:
    found = docs(name, data)

    assert texts(found) == [ONE, TWO]
    assert told in messages(found)


def test_of_a_gzip_that_breaks_off_every_whole_row_is_read(docs: Read) -> None:
    rows = [json.dumps({"text": f"{n} {ONE}", "noise": base64.b85encode(bytes(range(n))).decode()}) for n in range(200)]
    packed = gzip.compress("\n".join(rows).encode())

    found = docs("cut.jsonl.gz", packed[: len(packed) // 2])

    assert len(texts(found)) > 50
    assert texts(found) == [f"{n} {ONE}" for n in range(len(texts(found)))]
    assert "could not be read to its end: it breaks off" in messages(found)


def test_gzip_of_several_members_goes_on_after_each(docs: Read) -> None:
    data = b"".join(gzip.compress(f"{row}\n".encode()) for row in ROWS * 3)

    assert texts(docs("many.gz", data + b"\0" * 1000)) == [ONE, TWO] * 3


@pytest.mark.parametrize(
    "data",
    [*(FEED.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-16")), FEED.replace("utf-16", "utf-8").encode()],
)
def test_a_feed_in_any_unicode_is_read(docs: Read, data: bytes) -> None:
    assert texts(docs("feed.xml", data)) == [f"Army leaves\n{ONE} Café."]


def test_an_item_that_a_feed_breaks_off_in_is_read_as_far_as_it_goes(docs: Read) -> None:
    found = docs("feed.xml", FEED.replace("utf-16", "utf-8")[:-38])

    assert texts(found)[0].startswith(f"Army leaves\n{ONE}")
    assert "The feed is broken" in messages(found)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"BZh91AY&SY", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"a.txt" + b"\0" * 252 + b"ustar\x0000" + b"\0" * 250, "tar"),
        (b"{\\rtf1\\ansi " + ONE.encode() + b"}", "office document"),
        (b"<?xml version='1.0'?><opml version='2.0'><body><outline/></body></opml>", "OPML, a list of feeds"),
        (f"1,{ONE}\n".encode(), ""),
        (b"id,name\n1,x\n", ""),
    ],
)
def test_what_is_not_read_says_what_it_is(docs: Read, data: bytes, told: str) -> None:
    found = docs("file", data)

    assert told in messages(found)
    assert bool(told) != bool(texts(found))


def test_a_table_without_names_for_its_columns_says_so_in_short(docs: Read) -> None:
    found = docs("a.csv", f'1,"{ONE}",2021-07-12\n')

    assert "The first row must name the columns" in messages(found)
    assert messages(found).endswith("it holds: 1, the army left the town on m..., 2021-07-12.")


def test_quotation_marks_of_a_tab_separated_text_stay(docs: Read) -> None:
    found = docs("a.tsv", f'id\ttext\n1\t"Go," he said. {ONE}\n2\t"{TWO}"\n3\t"She said ""no"" twice."\n')

    assert texts(found) == [f'"Go," he said. {ONE}', TWO, 'She said "no" twice.']


def test_a_text_with_bytes_that_are_none_is_read(docs: Read) -> None:
    found = docs("a.txt", f"{ONE}\x00\x00{TWO}")

    assert texts(found) == [f"{ONE}  {TWO}"]
    assert "NUL" in messages(found)


HEAD = "From: News <a@example.org>\nTo: x@example.org\nDate: Mon, 12 Jul 2021 09:00:00 +0000\n"


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        (  # header and body in bytes of an encoding that neither names
            f"{HEAD}Subject: Straße\nContent-Type: text/plain; charset=unknown-8bit\n".encode("cp1252")
            + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(f"{ONE} Café".encode("cp1252")),
            f"Straße\n\n{ONE} Café",
        ),
        (  # nothing but a letter that is sent on
            f"{HEAD}Subject: Fwd\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
            f"From: M <m@example.org>\nSubject: Army\n\n{ONE}\n--b--\n".encode(),
            f"Fwd\n\n{ONE}",
        ),
        (  # breaks off
            f"{HEAD}Subject: Army\nContent-Type: multipart/mixed; boundary=b\n\n"
            f"--b\nContent-Type: text/html\n\n<p>{ONE}".encode(),
            f"Army\n{ONE}",
        ),
    ],
)  # fmt: skip
def test_letters_that_keep_to_no_standard_are_read(docs: Read, letter: bytes, text: str) -> None:
    assert texts(docs("a.eml", letter)) == [text]


def record(body: bytes, *fields: bytes) -> bytes:
    answer = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: text/html", *fields, b"", body])
    return b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (len(answer), answer)


def chunked(data: bytes) -> bytes:
    parts = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%X;x=y\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: a\r\n\r\n"


def test_pages_in_chunks_are_joined_and_one_that_breaks_off_says_so(docs: Read) -> None:
    page = PAGE.encode()
    records = (
        record(chunked(page), b"Transfer-Encoding: chunked"),
        record(chunked(gzip.compress(page)), b"Transfer-Encoding: Chunked", b"Content-Encoding: gzip"),
        record(page, b"Transfer-Encoding: chunked"),  # taken off by the crawler
        record(chunked(page)[:-200], b"Transfer-Encoding: chunked"),
    )

    found = docs("a.warc", b"".join(records))

    assert [ONE in doc.text for doc in found] == [True] * 4
    assert [bool(doc.problems) for doc in found] == [False, False, False, True]
    assert "The page breaks off" in messages(found)


def test_of_a_packed_web_archive_that_breaks_off_the_whole_records_are_read(docs: Read) -> None:
    packed = gzip.compress(record(PAGE.encode()))

    found = docs("a.warc.gz", packed + packed[:-40])

    assert ONE in found[0].text
    assert "breaks off" in messages(found)
