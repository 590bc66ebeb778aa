"""Files of a ZIP archive that breaks off before the list of what it holds, found by the head of each."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

_HEAD = struct.Struct("<4s5H3I2H")  # APPNOTE.TXT 4.3.7
_MARK = b"PK\x03\x04"
_LARGEST = 500_000_000  # bytes of a broken archive that are gone through


def salvaged(file: IO[bytes], largest: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file from the start on, the last as far as it goes; of a file at most `largest` bytes."""
    file.seek(0)
    data = file.read(_LARGEST)
    at = data.find(_MARK)
    left = 20 * largest  # ... and of all together: a bomb may be broken as well
    while at >= 0 and at + _HEAD.size <= len(data) and left > 0:
        _, _, flags, method, _, _, _, packed, _, name_length, extra = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size + name_length + extra
        raw = data[at + _HEAD.size : at + _HEAD.size + name_length]
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        end = start + packed if packed else max(data.find(_MARK, start), start)
        if not flags & 0x1 and not name.endswith("/"):
            if method == zipfile.ZIP_DEFLATED:
                out, end = _inflated(data, start, largest)
                left -= len(out)
                yield name, out
            elif method == zipfile.ZIP_STORED:
                yield name, data[start:end]
        at = data.find(_MARK, max(end, start))


def _inflated(data: bytes, start: int, largest: int) -> tuple[bytes, int]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    out: list[bytes] = []
    given = 0
    at = start
    while at < len(data) and not unpacker.eof and given < largest:
        part = data[at : at + 65_536]
        at += len(part)
        try:
            out.append(unpacker.decompress(part))
        except zlib.error:
            break
        given += len(out[-1])
    return b"".join(out)[:largest], at - len(unpacker.unused_data)
