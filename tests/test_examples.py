"""Every example is coded, gives what its golden file says, and stands in the examples' own README."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from legation.exporting.report import to_report
from legation.model import Document, Span
from legation.reading import read

if TYPE_CHECKING:
    from legation.coder import Coder

HOME = Path(__file__).parents[1]
GOLDEN = Path(__file__).with_name("golden")
EXAMPLES = sorted((HOME / "examples").glob("*.txt"))
_ROW = re.compile(r"^\| `(?P<file>[\w-]+\.txt)` \| (?P<published>\d{4}-\d{2}-\d{2}) \|", re.MULTILINE)

per_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def published() -> dict[str, str]:
    """The day each example appeared, from the table in examples/README.md."""
    return dict(_ROW.findall((HOME / "examples" / "README.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def coded(coder: Coder) -> dict[str, Document]:
    """Every example, coded once for all tests, by file name."""
    days = published()
    docs = [doc for path in EXAMPLES for doc in read([str(path)], published=days.get(path.name))]
    return dict(zip([path.name for path in EXAMPLES], coder.code_many(docs), strict=True))


def test_the_readme_lists_every_example_and_no_other() -> None:
    assert sorted(published()) == [path.name for path in EXAMPLES]


@per_example
def test_an_example_is_as_long_as_a_short_report(path: Path) -> None:
    words = len(path.read_text(encoding="utf-8").split())

    assert 80 <= words <= (160 if "moscow" not in path.stem else 400)


@pytest.mark.model
@per_example
def test_an_example_is_coded_without_a_problem(coded: dict[str, Document], path: Path) -> None:
    doc = coded[path.name]

    assert doc.problems == ()
    assert doc.events
    assert doc.title


@pytest.mark.model
@per_example
def test_every_span_lies_in_the_text_and_holds_its_words(coded: dict[str, Document], path: Path) -> None:
    doc = coded[path.name]
    words = [span for event in doc.events for mention in event.mentions for span in mention.words]

    assert doc.text == path.read_text(encoding="utf-8")
    for span in (*doc.furniture, *words, *(Span(q.start, q.end) for q in doc.quotes)):
        assert 0 <= span.start < span.end <= len(doc.text)
    for quote in doc.quotes:
        assert doc.text_of(quote) == quote.text
    for place in doc.places:
        assert doc.text_of(place) == place.text
    for actor in (a for event in doc.events for a in (*event.actors, *event.recipients) if a.start >= 0):
        assert doc.text[actor.start : actor.end] == actor.entity_text


@pytest.mark.model
@per_example
def test_an_example_gives_what_its_golden_file_says(
    coded: dict[str, Document], coder: Coder, path: Path, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"{path.stem}.json"
    found = shown(coded[path.name], coder)
    if request.config.getoption("--snapshot-update"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not golden.is_file():
        pytest.skip(f"{golden.name} is not there; write it with --snapshot-update")

    assert found == json.loads(golden.read_text(encoding="utf-8"))


def shown(doc: Document, coder: Coder) -> dict[str, Any]:
    """The record of a document without what changes with every word of knowledge or release."""
    record: dict[str, Any] = json.loads(json.dumps(to_report(doc, coder.about)))
    del record["coder"]["knowledge"], record["coder"]["version"]
    return record
