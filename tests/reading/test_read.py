"""Reading: whatever is given becomes documents, and what cannot be read says why."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from legation.errors import BadDateError, InputPathError
from legation.model import Document
from legation.reading import detect, read
from legation.reading.streams import read_stream

STORY = "The army left the town on Monday and the mayor came back to his office, the ministry said."


def one(path: Path | str, **options: str) -> Document:
    docs = list(read([str(path)], **options))
    assert len(docs) == 1
    return docs[0]


def messages(doc: Document) -> str:
    return " ".join(p.message for p in doc.problems)


def test_a_text_file_is_one_document_with_its_text_untouched(tmp_path: Path) -> None:
    text = f"  Title\r\n\r\n{STORY}\u00a0\n\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert one(tmp_path / "a.txt") == Document(text=text, id="a.txt", lang="en")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = f"{STORY} “We go,” said José Müller — at the café.\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    doc = one(tmp_path / "a.txt")
    assert doc.text == text
    assert not doc.problems


def test_cyrillic_is_read_and_is_not_english(tmp_path: Path) -> None:
    text = (
        "Министр сообщил журналистам, что войска покинули город в понедельник утром, "
        "а мэр вернулся на свое рабочее место и поблагодарил соседей за помощь."
    )
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    doc = one(tmp_path / "a.txt")
    assert doc.text == text
    assert doc.lang == "ru"
    assert messages(doc) == "Language is ru; only English is coded."


def test_bytes_that_are_no_text_are_marked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + STORY.encode() + b"\xff\xfe.")
    doc = one(tmp_path / "a.txt")
    assert doc.text.startswith(STORY)
    assert "replaced" in messages(doc)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x00\x01\x02\x03" * 50, "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "no text"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip archive is broken"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "no items"),
        (b"<?xml version='1.0'?><nitf/>", "XML"),
        (b"\x1f\x8b\x08\x00broken", "could not be read"),
    ],
)
def test_what_is_no_text_is_a_document_with_a_reason(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    doc = one(tmp_path / "a.txt")
    assert doc.text == ""
    assert doc.id == "a.txt"
    assert word in messages(doc)


def test_gzip_is_unpacked_whatever_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "x", "text": STORY}).encode()))
    assert [(d.id, d.text) for d in read([str(tmp_path)])] == [("a.txt", STORY), ("x", STORY)]


def test_jsonl_rows_are_documents_and_broken_lines_say_so(tmp_path: Path) -> None:
    row = {
        "id": 7, "text": STORY, "title": "T", "published": "2021-07-09", "url": "u", "outlet": "o",
        "lang": "en", "desk": "world",
    }  # fmt: skip
    lines = [json.dumps(row), "{broken", "", "[1]", json.dumps({"text": STORY}), json.dumps({"id": "e"})]
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    first, broken, array, bare, empty = read([str(tmp_path / "n.jsonl")])
    assert first == Document(
        text=STORY, id="7", title="T", outlet="o", url="u", published="2021-07-09", lang="en",
        meta=(("desk", "world"),),
    )  # fmt: skip
    assert (broken.id, broken.text) == ("n.jsonl:2", "")
    assert "Line 2 is not JSON" in messages(broken)
    assert array.id == "n.jsonl:4"
    assert bare.id == "n.jsonl:5"
    assert messages(empty) == "The row has no text."


def test_jsonl_is_known_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "dump").write_text(json.dumps({"id": "x", "text": STORY}) + "\n{oops\n")
    assert [d.id for d in read([str(tmp_path / "dump")])] == ["x", "dump:2"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_is_an_object_or_a_list(tmp_path: Path, indent: int | None) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"id": "x", "text": STORY}, indent=indent))
    (tmp_path / "b.json").write_text(json.dumps([{"id": "y", "text": STORY}, 3], indent=indent))
    assert [d.id for d in read([str(tmp_path)])] == ["x", "y", "b.json:2"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_rows_are_documents(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "text", "date"], ["x", f'"{STORY}"', "2021-07-09"], ["y", '"Two\nlines; a, b"', "soon"]]
    (tmp_path / "a").write_text("\n".join(delimiter.join(r) for r in rows))
    first, second = read([str(tmp_path / "a")])
    assert (first.id, first.text, first.published) == ("x", STORY, "2021-07-09")
    assert (second.text, second.published) == ("Two\nlines; a, b", None)
    assert "'soon' is not a date" in messages(second)


def test_a_csv_without_a_text_column_says_which_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,words\n1,a\n")
    assert "id, words" in messages(one(tmp_path / "a.csv"))


def test_a_line_in_another_encoding_is_still_read(tmp_path: Path) -> None:
    lines = [json.dumps({"text": STORY}).encode(), '{"text": "Café “Roe”"}'.encode("cp1252")]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    assert [d.text for d in read([str(tmp_path / "a.jsonl")])] == [STORY, "Café “Roe”"]


def test_utf8_with_a_few_broken_bytes_stays_utf8(tmp_path: Path) -> None:
    good = f"“We go,” said José Müller. {STORY} ".encode()
    (tmp_path / "a.txt").write_bytes(good + b"\xff\xe9 " + good + "“".encode()[:2])
    doc = one(tmp_path / "a.txt")
    assert doc.text.startswith("“We go,” said José Müller.")
    assert doc.text.count("\ufffd") == 3
    assert messages(doc) == "Some bytes are no utf-8 text; each was replaced by a mark."


def test_a_jsonl_line_with_a_broken_byte_stays_utf8_and_says_so(tmp_path: Path) -> None:
    line = json.dumps({"text": f"“We go,” said José. {STORY}"}, ensure_ascii=False).encode()
    (tmp_path / "a.jsonl").write_bytes(line.replace(b"We", b"W\xff"))
    doc = one(tmp_path / "a.jsonl")
    assert doc.text.startswith("“W\ufffd go,” said José.")
    assert "could not be read" in messages(doc)


@pytest.mark.parametrize("value", [5, True, ["a"], {"a": 1}, float("nan")])
def test_what_is_no_string_is_no_text(tmp_path: Path, value: object) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": value}))
    doc = one(tmp_path / "a.jsonl")
    assert (doc.text, messages(doc)) == ("", "The row has no text.")


def test_html_gives_the_visible_text(tmp_path: Path) -> None:
    body = f"<p>{STORY}</p>" * 4
    page = f"<!doctype html><html><head><title>T</title></head><body><article>{body}</article></body></html>"
    (tmp_path / "a.html").write_text(page)
    doc = one(tmp_path / "a.html")
    assert STORY in doc.text
    assert "<p>" not in doc.text


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    first, again = read(["-", "-"])
    assert (first.id, first.text) == ("-", STORY)
    assert messages(again) == "The file is empty."


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/a.txt", "c.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(STORY)
    assert [d.id for d in read([str(tmp_path)])] == ["a.txt", "c.txt", "b/a.txt"]
    assert [d.id for d in read([str(tmp_path / "*.txt")])] == ["a.txt", "c.txt"]


def test_a_missing_path_is_a_problem_if_others_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    missing, found, none = read([str(tmp_path / "no"), str(tmp_path / "a.txt"), str(tmp_path / "*.csv")])
    assert "There is no such file" in messages(missing)
    assert found.text == STORY
    assert "No file matches" in messages(none)


@pytest.mark.parametrize("name", ["no.txt", "*.txt", ""])
def test_nothing_readable_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputPathError):
        read([str(tmp_path / name)])


def test_no_path_at_all_is_an_error() -> None:
    with pytest.raises(InputPathError):
        read([])


def test_a_folder_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found, shut = read([str(tmp_path)])
    assert found.text == STORY
    assert "may not be read" in messages(shut)
    with pytest.raises(InputPathError):
        read([str(tmp_path / "shut")])


def test_a_file_that_vanishes_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    docs = read([str(tmp_path / "a.txt")])
    (tmp_path / "a.txt").unlink()
    assert "could not be read" in messages(next(docs))


def test_the_date_given_is_for_documents_without_one(tmp_path: Path) -> None:
    rows = [{"text": STORY}, {"text": STORY, "published": "2020-01-02T03:04:05+00:00"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    docs = list(read([str(tmp_path / "a.jsonl")], published="2021-07-09"))
    assert [d.published for d in docs] == ["2021-07-09", "2020-01-02T03:04:05+00:00"]


@pytest.mark.parametrize("day", ["yesterday", "2021-13-01", "2021", "", "09/07/2021"])
def test_a_bad_date_argument_is_an_error_at_once(tmp_path: Path, day: str) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    with pytest.raises(BadDateError):
        read([str(tmp_path / "a.txt")], published=day)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (STORY, "en"),
        ("Le ministre a dit que les troupes ont quitté la ville lundi matin.", "fr"),
        ("Honda Toyota Nissan 3 Arsenal 2 Chelsea 1 Barcelona 3 Madrid 2 Milan 1 Juventus 0 Lyon 4", None),
        ("Les troupes sont parties.", None),
        ("Войска покинули город", "und"),
        ("軍隊が月曜日に町を離れた", "ja"),
        ("Ꙗ ꙁємлѧ ꙁємлѧ ꙁємлѧ", "und"),
        ("Ωmega 3", None),
    ],
)
def test_only_a_sure_answer_names_the_language(text: str, lang: str | None) -> None:
    assert detect.language_of(text) == lang


@pytest.mark.parametrize("lang", ["en-GB", "eng", "English"])
def test_english_has_many_names(tmp_path: Path, lang: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "lang": lang}))
    doc = one(tmp_path / "a.jsonl")
    assert doc.lang == "en"
    assert not doc.problems


def test_a_given_language_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "lang": "fr"}))
    assert "Language is fr" in messages(one(tmp_path / "a.jsonl"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
@example(b"\x1e")
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    for start in (b"", b"{", b"id,text\n", b"[{\"", b"\xff\xfe"):
        try:
            docs = list(read_stream(io.BufferedReader(io.BytesIO(start + data)), "x"))
        except (OSError, EOFError):
            continue
        assert all(d.text or d.problems for d in docs)
