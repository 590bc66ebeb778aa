"""A run that can be stopped at any moment and taken up again: what is done stands in a .part file beside the result.

The file has a line of JSON for the settings and one for each chunk: its mark and what is to be written of its
documents. A line that was cut short by the end of the process is cut off, and its chunk is done again. The result
itself is written from the lines when all are there, in the way it is always written, so its bytes are the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from legation.errors import InputPathError, LegationError


class OtherSettingsError(LegationError):
    """A stopped run had other settings than those it is to be taken up with."""

    def __init__(self, path: Path, names: list[str]) -> None:
        super().__init__(
            f"{path} is of a run that differs in: {', '.join(names)}. Give the same options and the same version of "
            "legation, or remove that file to begin anew."
        )


class Part:
    """The .part file of one result; `marks` are those of the chunks it holds."""

    def __init__(self, result: Path, settings: Mapping[str, Any]) -> None:
        self.path = result.with_name(result.name + ".part")
        self.marks: list[str] = []
        try:
            self._file = open(self.path, "a+b")  # noqa: SIM115 (kept open for the whole run)
        except OSError as err:
            raise InputPathError(str(self.path), f"cannot be written ({err.strerror})") from err
        self._lock()
        whole = self._read(dict(settings))
        self._file.truncate(whole)
        if not whole:
            self._line(dict(settings))

    def add(self, mark: str, items: list[Any]) -> None:
        """Keep what was made of a chunk; after this a sudden end of the process does not lose it."""
        self._line([mark, items])
        self.marks.append(mark)

    def items(self) -> Iterator[Any]:
        """Everything kept, in order, as JSON gives it back."""
        with self.path.open("rb") as file:
            next(file)
            for line in file:
                yield from json.loads(line)[1]

    def close(self, *, remove: bool = False) -> None:
        """Let go of the file; `remove` it when the result is written."""
        self._file.close()
        if remove:
            self.path.unlink(missing_ok=True)

    def _line(self, value: Any) -> None:
        self._file.write(json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n")
        self._file.flush()

    def _read(self, settings: dict[str, Any]) -> int:
        """Note the marks; the length up to the end of the last whole line."""
        self._file.seek(0)
        whole = 0
        for number, line in enumerate(self._file):
            try:
                value = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                value = None
            if value is None:
                break
            if number == 0:
                differ = [name for name in settings if value.get(name) != settings[name]]
                if differ:
                    raise OtherSettingsError(self.path, differ)
            else:
                self.marks.append(value[0])
            whole += len(line)
        return whole

    def _lock(self) -> None:
        """One run at a time: two would write between each other's lines."""
        if os.name != "posix":
            return
        import fcntl

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            self._file.close()
            raise InputPathError(str(self.path), "another run is writing it") from err
