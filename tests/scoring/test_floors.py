"""Floors only rise; and what is measured on the gold beside the project stays above them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.scoring import check_floors, read_floors, score_files, update_floors
from legation.scoring.floors import FloorReasonError
from legation.scoring.measure import Table, rate, share

if TYPE_CHECKING:
    from legation.coder import Coder

# A floor holds for a whole file, so files are measured whole: about two and a half minutes for all of them.
GOLD = (
    "events/plover_gsr.open.jsonl",
    "events/cameo_conflibert.open.jsonl",
    "events/plv.open.jsonl",
    "events/case2021_t2.open.jsonl",
    "events/glocon_doc.open.jsonl",
    "events/india_police.open.jsonl",
    "actors/actors_ngec.open.jsonl",
    "actors/actors_plover_gsr.open.jsonl",
    "actors/actors_newswcl50.open.jsonl",
    "quotes/polnear.open.jsonl",
    "dates/timenorm_en.open.jsonl",
    "places/trnews.open.jsonl",
    "places/lgl.open.jsonl",
    "places/geovirus.open.jsonl",
    "links/news_cluster.open.jsonl",
    "links/newswcl50.open.jsonl",
    pytest.param("links/ecbplus.open.jsonl", marks=pytest.mark.slow),  # 25 s of coding
)


@pytest.mark.model
@pytest.mark.parametrize("name", GOLD, ids=lambda name: Path(name).name.split(".")[0])
def test_no_figure_falls_below_its_floor(shared: Path, coder: Coder, name: str) -> None:
    path = shared / "gold" / name
    if not path.is_file():
        pytest.skip(f"../shared/gold/{name} is not there")
    floors = read_floors()
    if path.name.split(".")[0] not in floors:
        pytest.skip(f"no floor is pinned for {path.stem}")
    tables = [t for t in score_files([path], coder=coder) if t.skipped is None]
    if not any(t.set in floors and floors[t.set]["digest"] == t.digest for t in tables):
        pytest.skip(f"no floor was pinned on this very file ({name})")

    assert [str(breach) for breach in check_floors(tables, floors)] == []


def table(found: float, wrong: int, *, digest: str = "d1", of: int = 100) -> Table:
    """A table with one figure of which more is better, and one of which less is."""
    return Table("made_up", digest, of, (share("found", int(found * of), of), rate("false", wrong, of)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A floors file that was taken at 0.5 found and 0.2 false."""
    path = tmp_path / "floors.json"
    update_floors([table(0.5, 20)], path=path)
    return path


@pytest.mark.parametrize(
    ("found", "wrong", "breached"),
    [
        (0.5, 20, []),
        (0.6, 10, []),
        (0.49, 20, ["found"]),
        (0.5, 21, ["false"]),
        (0.4, 30, ["found", "false"]),
    ],
)
def test_a_figure_on_the_wrong_side_is_a_breach(
    path: Path, found: float, wrong: int, breached: list[str]
) -> None:
    breaches = check_floors([table(found, wrong)], read_floors(path))

    assert sorted(b.figure for b in breaches) == sorted(breached)


def test_a_floor_says_nothing_of_another_file(path: Path) -> None:
    assert check_floors([table(0.1, 90, digest="d2")], read_floors(path)) == []


def test_a_figure_that_is_no_longer_measured_is_a_breach(path: Path) -> None:
    gone = Table("made_up", "d1", 100, (share("found", 50, 100),))

    assert [b.figure for b in check_floors([gone], read_floors(path))] == ["false"]


def test_better_figures_raise_the_floor_and_worse_ones_do_not_lower_it(path: Path) -> None:
    floors = update_floors([table(0.7, 20)], path=path)
    assert floors["made_up"]["figures"] == {"found": 0.7, "false": 0.2}

    with pytest.raises(FloorReasonError, match="found"):
        update_floors([table(0.6, 10)], path=path)
    assert read_floors(path) == floors


def test_a_floor_is_lowered_only_with_a_reason_that_is_kept(path: Path) -> None:
    floors = update_floors([table(0.4, 10)], path=path, lower_because="two labels were wrong")

    assert floors["made_up"]["figures"] == {"found": 0.4, "false": 0.1}
    assert floors["made_up"]["lowered"] == [
        {"figure": "found", "from": 0.5, "reason": "two labels were wrong"}
    ]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_empty_reason_is_none(path: Path, reason: str | None) -> None:
    with pytest.raises(FloorReasonError):
        update_floors([table(0.4, 10)], path=path, lower_because=reason)


def test_a_pinned_floor_is_passed_by_the_run_that_set_it(tmp_path: Path) -> None:
    measured = Table("thirds", "d", 3, (share("found", 2, 3), rate("false", 1, 3)))
    path = tmp_path / "floors.json"
    update_floors([measured], path=path)

    assert check_floors([measured], read_floors(path)) == []
