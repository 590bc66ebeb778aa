"""Lists of feeds: OPML, addresses a line, or an address itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.watching import FeedListError, feed_addresses

A, B = "https://example.org/a.xml", "http://example.org/b.xml"


def test_opml_files_of_addresses_and_addresses_are_one_list(tmp_path: Path) -> None:
    (tmp_path / "f.opml").write_text(
        f"<?xml version='1.0'?><opml><body><outline text='x'><outline xmlUrl='{A}'/></outline>"
        f"<outline XMLURL=' {B} '/><outline htmlUrl='http://no'/></body></opml>"
    )
    (tmp_path / "f.txt").write_text(f"# mine\n\n{A} # again\n{B}\n", encoding="utf-8-sig")
    found = feed_addresses([str(tmp_path / "f.opml"), str(tmp_path / "f.txt"), "https://example.org/c"])
    assert found == [A, B, "https://example.org/c"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no feed"),
        ("# nothing\n", "names no feed"),
        (f"{A}\nexample.org\n", "Line 2"),
        ("<opml><body/></opml>", "names no feed"),
        ("<opml><body>", "no whole XML"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "entities"),
        ("ftp://example.org/x", "Line 1"),
    ],
)
def test_a_list_without_feeds_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "f").write_text(text)
    with pytest.raises(FeedListError, match=why):
        feed_addresses([str(tmp_path / "f")])


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FeedListError, match="cannot be read"):
        feed_addresses([str(tmp_path / "no")])
