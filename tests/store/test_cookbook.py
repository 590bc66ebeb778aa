"""Every answer of the cookbook runs, and answers: on the example corpus, coded by the real parser."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from legation.coder import Coder
from legation.keeping import Keeper, open_store
from legation.reading import read

HOME = Path(__file__).parents[2]
COOKBOOK = (HOME / "docs" / "cookbook.md").read_text(encoding="utf-8")
ANSWERS = re.findall(r"^## (\d+\. [^\n]+)\n(.*?)(?=^## |\Z)", COOKBOOK, re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EMPTY = re.compile(r"Empty DataFrame|^\[\]$|^\{\}$|^Series\(\[\]", re.MULTILINE)


def test_the_cookbook_answers_at_least_fifteen_questions() -> None:
    assert len(ANSWERS) >= 15
    assert all(CODE.search(body) for _, body in ANSWERS)


@pytest.mark.model
def test_each_answer_of_the_cookbook_runs_and_is_not_empty(
    coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = list(coder.code_many(read([str(HOME / "examples" / "corpus" / "afghanistan-2021.jsonl")])))
    with open_store(tmp_path / "afghanistan.db") as store:
        keeper = Keeper(store)
        for start in range(0, len(docs), 64):
            keeper.add(docs[start : start + 64], coder.about)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(CODE.findall(COOKBOOK)[0], names)

    silent = {}
    for title, body in ANSWERS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            for code in CODE.findall(body):
                exec(code, names)  # our own text
        if not printed.getvalue().strip() or EMPTY.search(printed.getvalue()):
            silent[title] = printed.getvalue()
    assert silent == {}
