"""What may import what: arrows only downwards, and one home for the parser (the table of docs/design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1] / "src" / "legation"
GROUND = {"model", "errors", "tree", "record", "mending", "changing"}
BELOW = GROUND | {"knowledge", "statements", "stages", "reading", "linking"}
BELOW |= {"situations", "store", "exporting", "charts"}
MAY = {
    "model": set(),
    "errors": set(),
    "tree": {"model"},
    "record": {"model"},
    "changing": set(),
    "mending": {"model", "tree", "changing"},
    "knowledge": GROUND,
    "stages": GROUND | {"knowledge"},
    "reading": GROUND | {"knowledge"},
    "exporting": GROUND | {"knowledge"},
    "linking": GROUND | {"knowledge"},
    "statements": {"model", "record", "knowledge"},
    "situations": GROUND | {"knowledge", "statements"},
    "store": GROUND | {"knowledge", "statements"},
    "charts": GROUND | {"knowledge"},
    "coder": GROUND | {"knowledge", "stages"},
    "scoring": BELOW | {"coder"},
    "scaling": BELOW | {"coder"},
    "watching": BELOW | {"coder", "keeping"},
    "keeping": BELOW | {"coder"},
    "diffing": BELOW | {"coder"},
    "notebook": BELOW | {"keeping", "diffing"},
    "web": BELOW | {"coder", "scoring", "scaling", "watching", "keeping", "notebook", "diffing"},
}
FILES = sorted(HOME.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions, save those for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(HOME).as_posix())
def test_imports_point_downwards(path: Path) -> None:
    relative = path.relative_to(HOME)
    part = relative.parts[0].removesuffix(".py")
    if part in ("cli", "__init__", "__main__"):
        return
    for name in imports(path):
        if not name.startswith("legation."):
            continue
        target = name.split(".")
        if target[1] == part:
            if part == "stages" and len(target) > 2:
                own = relative.parts[1].removesuffix(".py")
                assert target[2] == own, f"{relative} imports the stage {target[2]}"
            continue
        assert target[1] in MAY[part], f"{relative} imports legation.{target[1]}"


def test_only_the_parse_stage_imports_spacy() -> None:
    users = [p for p in FILES if any(n.split(".")[0] in ("spacy", "thinc") for n in imports(p))]

    assert {p.relative_to(HOME).parent.as_posix() for p in users if "doctor" not in p.name} == {"stages/parse"}


def test_the_table_of_this_test_names_every_part() -> None:
    parts = {p.relative_to(HOME).parts[0].removesuffix(".py") for p in FILES}
    parts -= {"cli", "__init__", "__main__"}

    assert parts <= set(MAY)
