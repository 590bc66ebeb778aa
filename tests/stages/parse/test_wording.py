"""What of a sentence the parser is shown, and the way back to the document."""

from __future__ import annotations

import pytest

from legation.model import Sentence
from legation.stages.parse.wording import prepare

BEFORE = "Earlier text. "


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("The envoy left Quito.", "The envoy left Quito."),
        ("The envoy (a former judge) left Quito [Ecuador].", "The envoy left Quito."),
        ("An unclosed (bracket stays", "An unclosed (bracket stays"),
        ("– The envoy left", "The envoy left"),
        ("* The envoy left ", "The envoy left"),
        ("A cease-fire and pro-government forces", "A ceasefire and pro-government forces"),
        ("The  envoy\nleft\tQuito", "The envoy left Quito"),
        ("The envoy left\xa0Quito", "The envoy left Quito"),
        ("(all in brackets)", ""),
        ("", ""),
    ],
)
def test_what_the_parser_is_shown(raw: str, shown: str) -> None:
    text = BEFORE + raw + " Later text."

    wording, offsets = prepare(Sentence(1, len(BEFORE), len(BEFORE) + len(raw)), text)

    assert wording == shown
    assert len(offsets) == len(wording)
    assert all(text[at] == letter or text[at].isspace() for at, letter in zip(offsets, wording, strict=True))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Envoy leaves Quito", "Today, Envoy leaves Quito."),
        ("Will the envoy leave?", "Today, Will the envoy leave?"),
        ("", ""),
    ],
)
def test_a_headline_is_made_a_sentence(raw: str, shown: str) -> None:
    wording, offsets = prepare(Sentence(0, 0, len(raw), kind="title"), raw)

    assert wording == shown
    assert "".join(raw[at] for at in offsets if at >= 0) == raw
    assert [at for at in offsets if at < 0] == [-1] * (len(shown) - len(raw))
