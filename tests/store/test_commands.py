"""`legation add`, `export`, `diff` and `store`, over a coder that knows one act."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from fake_coder import FakeCoder
from legation.cli import build
from legation.model import Document
from legation.store import Store
from stored import ABOUT, coded, event, same_sides

Run = Callable[..., Result]


def _read(paths: list[str], published: str | None = None) -> Iterator[Document]:
    for path in paths:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines()):
            yield Document(line, id=f"{Path(path).stem}-{number}", published=published)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Call `legation` with these arguments, in a folder of its own."""
    coder, reading = ModuleType("legation.coder"), ModuleType("legation.reading")
    coder.Coder = FakeCoder  # type: ignore[attr-defined]
    reading.read = _read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "legation.coder", coder)
    monkeypatch.setitem(sys.modules, "legation.reading", reading)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEGATION_STORE", raising=False)
    return lambda *args: CliRunner().invoke(build(), [str(arg) for arg in args])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A file of 150 reports: three batches."""
    path = tmp_path / "reports.txt"
    lines = [f"Norway met the envoy of country number {n} in Bergen." for n in range(149)]
    path.write_text("\n".join([*lines, "Was nothing done?"]) + "\n", encoding="utf-8")
    return path


def test_reports_are_coded_and_kept_once(run: Run, reports: Path) -> None:
    first = run("add", reports)
    again = run("add", reports)

    assert first.stdout == "150 new, 0 known; legation.db holds 150 documents and 149 events.\n"
    assert "1  dates: 'reports-149' is not a date" in first.stderr
    assert again.stdout == "0 new, 150 known; legation.db holds 150 documents and 149 events.\n"


def test_what_is_known_is_not_coded_again_unless_asked(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", reports)
    seen: list[str] = []

    def code_many(self: FakeCoder, docs: list[Document]) -> Iterator[Document]:
        for doc in docs:
            if doc.id:  # without one it is the sentence that warms the coder up
                seen.append(doc.id)
            yield self.code(doc)

    monkeypatch.setattr(FakeCoder, "code_many", code_many)
    reports.write_text(reports.read_text() + "Peru met Chile.\n")

    assert run("add", reports).stdout.startswith("1 new, 150 known;")
    assert seen == ["reports-150"]
    assert run("add", reports, "--anew").stdout.startswith("0 new, 151 known;")
    assert len(seen) == 152


def test_a_newer_coder_codes_what_is_kept_anew(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", reports)
    monkeypatch.setattr(FakeCoder, "about", {**FakeCoder.about, "version": "1"})

    assert run("add", reports).stdout.startswith("0 new, 0 known, 150 coded anew;")


def test_an_addition_that_is_cut_off_goes_on(run: Run, reports: Path) -> None:
    text = reports.read_text().splitlines()
    reports.write_text("\n".join([*text[:140], "interrupt", *text[140:]]) + "\n")
    stopped = run("add", reports)
    assert stopped.exit_code == 130
    assert stopped.stdout.startswith("128 new, 0 known;")

    reports.write_text("\n".join(text) + "\n")
    assert run("add", reports).stdout.startswith("22 new, 128 known; legation.db holds 150 documents")
    assert run("store", "check", "--deep").stdout == "The store is whole.\n"


def test_the_store_is_told_by_option_or_environment(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("add", reports, "--store", "a.db")
    monkeypatch.setenv("LEGATION_STORE", "b.db")
    run("add", reports)

    assert {p.name for p in tmp_path.glob("*.db")} == {"a.db", "b.db"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store of two events, one of them with two reports."""
    place = tmp_path / "kept.db"
    with Store.open(place, link=same_sides) as store:
        docs = [coded(n, event("e1"), text=f"India met Pakistan, report {n}.", outlet=f"Outlet {n}") for n in "ab"]
        docs.append(coded("c", event("e2", "ASSAULT", "AFG REB", "AFG MIL", date="2021-08-14"), text="Rebels struck."))
        store.add(docs, ABOUT)
    return place


def test_each_event_is_exported_once(run: Run, kept: Path) -> None:
    lines = [json.loads(line) for line in run("export", "--store", kept, "--format", "plover").stdout.splitlines()]

    assert [line["event"] for line in lines] == [["CONSULT"], ["ASSAULT"]]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 2),
        (["--actor", "AFG REB"], 1),
        (["--dyad", "PAK,IND"], 1),
        (["--event", "assault,consult"], 2),
        (["--since", "2021-08-01"], 1),
        (["--until", "2021-07-31", "--status", "happened"], 1),
        (["--words", "report"], 1),
        (["--place", "AFG"], 0),
        (["--min-confidence", "0.9"], 0),
    ],
)
def test_an_export_is_narrowed(run: Run, kept: Path, options: list[str], count: int) -> None:
    result = run("export", "--store", kept, "-f", "plover", *options)

    assert len(result.stdout.splitlines()) == count
    assert result.stderr == f"{count} events.\n"


@pytest.mark.parametrize("name", ["csv", "gdelt", "icews", "polecat", "geojson", "stix", "ftm", "jsonld", "acled"])
def test_every_format_can_be_exported(run: Run, kept: Path, name: str) -> None:
    result = run("export", "--store", kept, "-f", name)

    assert result.exit_code == 0
    assert result.stdout


def test_reports_hold_the_text_where_it_is_asked_for(run: Run, kept: Path) -> None:
    bare = run("export", "--store", kept, "-f", "report").stdout.splitlines()
    whole = run("export", "--store", kept, "-f", "report", "--with-text").stdout.splitlines()
    assert [len(bare), *("text" in json.loads(line)["document"] for line in bare)] == [len(whole), *[False] * len(bare)]
    with Store.open(kept, create=False) as store:
        texts = {row.id: store.document(row.id) for row in store.documents()}
    for line in whole:
        document = json.loads(line)["document"]
        kept_one = texts[document["id"]]
        assert kept_one is not None
        assert document["text"] == kept_one.text
    assert run("export", "--store", kept, "-f", "csv", "--with-text").exit_code == 2


def test_documents_are_exported_as_reports(run: Run, kept: Path, tmp_path: Path) -> None:
    run("export", "--store", kept, "--format", "report", "-o", tmp_path / "out.jsonl")

    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["document"]["id"] for line in lines] == ["a", "b", "c"]


def test_wrong_wishes_are_refused(run: Run, kept: Path) -> None:
    assert run("export", "--store", kept, "-f", "xml").exit_code == 2
    assert run("export", "--store", kept, "--dyad", "IND").exit_code == 2
    assert run("export", "--store", kept, "--status", "maybe").exit_code == 2
    assert run("export", "--store", "nothing.db").exit_code == 1


def test_a_store_tells_what_is_in_it(run: Run, kept: Path) -> None:
    told = run("store", "info", "--store", kept).stdout
    record = json.loads(run("store", "info", "--store", kept, "--json").stdout)

    assert "2  events in 3 reports" in told
    assert (record["documents"], record["events"], record["first"]) == (3, 2, "2021-07-10")


def test_a_damaged_store_is_told(run: Run, kept: Path) -> None:
    from sqlalchemy import text

    with Store.open(kept) as store, store._engine.begin() as conn:
        conn.execute(text("DELETE FROM reports WHERE told = 'e2'"))
    result = run("store", "check", "--store", kept)

    assert result.exit_code == 1
    assert "1 events without a report" in result.stdout


def test_a_backup_is_a_store_and_fills_an_empty_one(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("store", "backup", tmp_path / "copy.db", "--store", kept).exit_code == 0
    assert run("store", "backup", tmp_path / "copy.db", "--store", kept).exit_code == 1
    restored = run("store", "restore", tmp_path / "copy.db", "--store", tmp_path / "new.db")

    assert restored.stdout.endswith("holds 3 documents and 2 events.\n")
    with Store.open(kept) as one, Store.open(tmp_path / "new.db") as other:
        assert other.events() == one.events()
        assert other.search("Rebels")[0].document.id == "c"
        assert other.check(deep=True) == []
    assert run("store", "restore", tmp_path / "copy.db", "--store", tmp_path / "new.db").exit_code == 1
    assert [p.name for p in tmp_path.glob(".*part*")] == []


def test_a_store_of_either_kind_is_backed_up_and_restored_into_either(
    run: Run, kept: Path, tmp_path: Path, url: str
) -> None:
    assert run("store", "restore", kept, "--store", url).exit_code == 0
    assert run("store", "backup", tmp_path / "back.db", "--store", url).exit_code == 0

    with Store.open(kept) as one, Store.open(url) as there, Store.open(tmp_path / "back.db") as back:
        assert one.events() == there.events() == back.events()
        assert there.check(deep=True) == back.check(deep=True) == []
        assert there.add([coded("d", event("e9"), text="One more.")], ABOUT).new == 1


def test_a_store_is_upgraded_by_a_command(run: Run, kept: Path) -> None:
    assert run("store", "upgrade", "--store", kept).stdout == "Form 0003 already.\n"


def _reports(path: Path, *docs: Document, version: str = "1", knowledge: str = "k") -> Path:
    from legation.exporting.report import dump, to_report

    about = {"name": "legation", "version": version, "knowledge": knowledge, "model": "m"}
    path.write_text("".join(dump(to_report(doc, about)) + "\n" for doc in docs), encoding="utf-8")
    return path


TEXT = "India met Pakistan in Agra, the minister said."


@pytest.mark.parametrize(
    ("new", "options", "change", "why"),
    [
        (coded("a", event("e1"), text=TEXT), {"version": "2"}, None, None),
        (coded("a", event("x", date="2021-07-08"), text=TEXT), {"knowledge": "k2"}, "changed", "knowledge"),
        (coded("a", event("x", date="2021-07-08"), text=TEXT), {"version": "2"}, "changed", "rule"),
        (coded("a", event("x", "AGREE", rule="agree"), text=TEXT), {"knowledge": "k2"}, "changed", "rule"),
        (coded("a", event("x", date="2021-07-08"), text=TEXT + " Later."), {}, "changed", "text"),
        (coded("a", event("x", date="2021-07-08"), text=TEXT, published="2021-07-11"), {}, "changed", "text"),
        (coded("a", text=TEXT), {"version": "2"}, "removed", "rule"),
        (coded("a", event("e1"), event("e2", "ASSAULT"), text=TEXT), {"knowledge": "k2"}, "added", "rule"),
        (coded("a", event("x", date="2021-07-08"), text=TEXT), {}, "changed", "unknown"),
    ],
)
def test_a_difference_has_its_reason(
    run: Run, tmp_path: Path, new: Document, options: dict[str, str], change: str | None, why: str | None
) -> None:
    before = _reports(tmp_path / "old.jsonl", coded("a", event("e1"), text=TEXT))
    after = _reports(tmp_path / "new.jsonl", new, **options)

    found = [json.loads(line) for line in run("diff", before, after, "--format", "json").stdout.splitlines()]
    assert [(d["change"], d["why"]) for d in found] == ([(change, why)] if change else [])


def test_a_difference_is_told_to_people(run: Run, tmp_path: Path) -> None:
    before = _reports(tmp_path / "old.jsonl", coded("a", event("e1"), text=TEXT), coded("gone", text="Old."))
    after = _reports(tmp_path / "new.jsonl", coded("a", event("x", date="2021-07-08"), text=TEXT), version="2")

    assert run("diff", before, after).stdout.splitlines() == [
        "~ a  CONSULT: IND GOV -> PAK GOV (happened, 2021-07-08)",
        "    date: 2021-07-09 -> 2021-07-08",
        "    why: rule: the same frame, read by version 2 instead of 1",
        "Events: 0 added, 0 removed, 1 changed, 0 the same; 0 documents new, 1 gone.",
    ]


def test_a_store_is_compared_with_what_it_was(run: Run, tmp_path: Path, clock: Callable[[], str]) -> None:
    place = tmp_path / "kept.db"
    with Store.open(place, now=clock) as store:
        store.add([coded("a", event("e1"), text=TEXT)], ABOUT)
        then = store.documents()[0].added
        store.add([coded("a", event("e1", status="negated"), text=TEXT)], {**ABOUT, "version": "2"})

    told = run("diff", f"{place}@{then}", place).stdout
    assert "status: happened -> negated" in told
    assert run("diff", place, place).stdout.startswith("Events: 0 added, 0 removed, 0 changed, 1 the same;")


@pytest.mark.parametrize("content", ["no json\n", '{"id": 1}\n'])
def test_a_file_that_is_no_report_is_told(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    result = run("diff", path, path)

    assert result.exit_code == 1
    assert "line 1 is no" in result.stderr
    assert run("diff", tmp_path / "nothing.jsonl", path).exit_code == 1
    assert run("diff", path, path, "--format", "xml").exit_code == 2
