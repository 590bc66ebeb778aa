"""`legation doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from importlib.metadata import PackageNotFoundError, version
from shutil import which

import typer

from legation import __version__
from legation.cli.shared import plainly
from legation.errors import LegationError

EXAMPLES = """
Example:

    legation doctor
"""
OLDEST_PYTHON = (3, 11)
# The packages the coder cannot do without; the model is looked for by the parser itself.
NEEDED = (
    "spacy", "ahocorasick-rs", "simplemma", "msgspec", "typer", "rich", "ftfy", "charset-normalizer", "py3langid",
    "trafilatura", "lxml", "htmldate", "feedparser", "protego", "numpy", "sqlalchemy", "alembic",
)  # fmt: skip
# The optional parts: what each is for, and its packages.
EXTRAS = {
    "web": (
        "the desk in a browser (legation serve)",
        ("fastapi", "uvicorn", "jinja2", "python-multipart", "altair", "vl-convert-python"),
    ),
    "charts": ("charts and maps", ("altair", "vl-convert-python", "pandas")),
    "spark": ("a corpus over a cluster", ("pyspark", "pyarrow", "pandas")),
    "parquet": ("Parquet in and out", ("pyarrow",)),
    "postgres": ("a store in PostgreSQL", ("psycopg",)),
    "frames": ("events as a pandas table", ("pandas",)),
}
# Programs outside Python: any of the names will do.
PROGRAMS = (
    ("java", ("java",), "Spark, with [spark]", "a Java runtime, 17 or newer"),
    (
        "postgresql",
        ("postgres", "pg_ctl", "psql"),
        "a store in PostgreSQL on this machine; one elsewhere needs no program here",
        "PostgreSQL, or the address of a server",
    ),
    (
        "chromium",
        ("chromium", "chromium-browser", "google-chrome"),
        "the tests of the pages; the desk opens in any browser",
        "Chromium",
    ),
)
# Where packages of PostgreSQL put the server, which is not on the path there.
_SERVERS = "/usr/lib/postgresql/*/bin/postgres"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer; `cure` is what to type where something is missing."""

    name: str
    found: str
    good: bool = True
    cure: str | None = None


@plainly
def doctor() -> None:
    """Say what is installed and what is missing, with the line that gets it; exit 1 if coding cannot work."""
    findings = [_python(), *_packages(), _model(), _knowledge()]
    for finding in findings:
        typer.echo(_line(finding))
    typer.echo("")
    typer.echo("Optional:")
    for finding in (*_extras(), *_programs()):
        typer.echo(_line(finding))
    bad = [finding for finding in findings if not finding.good]
    typer.echo("")
    typer.echo("Something is missing; see above." if bad else "All is there to code with.")
    if bad:
        raise typer.Exit(1)


def _line(finding: Finding) -> str:
    mark = "ok " if finding.good else "-- "
    cure = f"   {finding.cure}" if finding.cure else ""
    return f"{mark} {finding.name:<20} {finding.found}{cure}"


def _python() -> Finding:
    good = sys.version_info[:2] >= OLDEST_PYTHON
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding("python", platform.python_version(), good, None if good else f"Python {oldest} or newer")


def _packages() -> Iterator[Finding]:
    yield Finding("legation", __version__)
    for name in NEEDED:
        found = _version(name)
        yield Finding(name, found or "missing", found is not None, None if found else f"pip install {name}")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model() -> Finding:
    """The parser model, by loading the coder: a model that is there may still not load."""
    try:
        from legation.coder import Coder

        return Finding("parser model", str(Coder().about["model"]))
    except LegationError as err:
        return Finding("parser model", "missing", False, str(err))
    except ImportError as err:
        return Finding("parser model", f"cannot be loaded ({err})", False)


def _knowledge() -> Finding:
    from legation.knowledge import lexicon

    try:
        loaded = lexicon.load()
    except LegationError as err:
        return Finding("event lexicon", "broken", False, str(err))
    return Finding("event lexicon", f"{len(loaded.all_frames)} frames, sha256 {loaded.digest[:16]}")


def _extras() -> Iterator[Finding]:
    """The optional parts of the package and what each still needs."""
    for extra, (purpose, names) in EXTRAS.items():
        lacking = [name for name in names if _version(name) is None]
        if lacking:
            missing = f"not installed ({', '.join(lacking)}): {purpose}"
            yield Finding(f"[{extra}]", missing, False, f"pip install 'legation[{extra}]'")
        else:
            yield Finding(f"[{extra}]", f"installed: {purpose}")


def _programs() -> Iterator[Finding]:
    """The programs outside Python that some parts want; nothing else misses them."""
    for name, commands, purpose, cure in PROGRAMS:
        found = next((path for command in commands if (path := which(command))), None)
        if found is None and name == "postgresql":
            found = next(iter(sorted(glob(_SERVERS), reverse=True)), None)
        if found is None:
            yield Finding(name, f"not found: {purpose}", False, f"optional: {cure}")
        else:
            yield Finding(name, f"{found}: {purpose}")
