"""Whatever the parser makes of a sentence, finding actors gives mentions that fit it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from legation.model import Document, Sentence, Token
from legation.stages.actors import find_actors

_FORMS = st.sampled_from(
    [
        "Mali",
        "Malian",
        "president",
        "the",
        "two",
        "sides",
        "his",
        "they",
        "Roe",
        "Ana",
        "of",
        "in",
        "US",
        "police",
        ",",
    ]
)
_TAGS = st.sampled_from(["NN", "NNS", "NNP", "NNPS", "JJ", "PRP", "PRP$", "IN", "DT", "VBD", "CD", ","])
_DEPS = st.sampled_from(
    [
        "nsubj",
        "dobj",
        "pobj",
        "prep",
        "compound",
        "amod",
        "poss",
        "conj",
        "appos",
        "det",
        "acl",
        "relcl",
        "punct",
    ]
)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    words = draw(st.lists(st.tuples(_FORMS, _TAGS, _DEPS), min_size=1, max_size=12))
    text, tokens = "", []
    root = draw(st.integers(0, len(words) - 1))
    for index, (form, tag, dep) in enumerate(words):
        text += " " if text else ""
        # A head nearer the root keeps the arcs a tree.
        head = root if index == root else index + (1 if index < root else -1)
        tokens.append(Token(index, len(text), len(text) + len(form), form, form.lower(), tag, dep, head))
        text += form
    return Document(text, sentences=(Sentence(0, 0, len(text), tokens=tuple(tokens)),))


@given(_documents())
@settings(max_examples=150, deadline=None)
def test_mentions_lie_in_the_text_one_a_head(doc: Document) -> None:
    found = find_actors(doc).mentions
    assert all(0 <= m.start < m.end <= len(doc.text) for m in found)
    assert len({m.head for m in found}) == len(found)
    for mention in found:
        for actor in mention.actors:
            assert actor.entity_text == doc.text[mention.start : mention.end]
            assert actor.reason


@given(_documents())
@settings(max_examples=30, deadline=None)
def test_the_same_report_gives_the_same_mentions(doc: Document) -> None:
    assert find_actors(doc) == find_actors(doc)
