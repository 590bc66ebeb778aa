"""ZIP and gzip, unpacked piece by piece and never without an end."""

from __future__ import annotations

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader, BytesIO, RawIOBase
from typing import IO, cast

from legation.model import Document
from legation.reading.salvage import salvaged
from legation.reading.text import problem

FREE = 100_000_000  # bytes that may come out of any archive, however small it is
RATIO = 250  # ... and beyond these so many for each byte that went in: news packs to a fifth, at best a thirtieth
MEMBERS = 200_000
DEEPEST = 3  # archives within archives
_LOOK = 65_536
_IN_MEMORY = 8_000_000  # bytes of a stream that cannot be sought in, before it goes to disk
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db")

Reader = Callable[[BufferedReader, str, int], Iterator[Document]]


class BombError(OSError):
    """An archive that unpacks to far more than any text does."""

    def __init__(self) -> None:
        super().__init__("it unpacks to far more than text does")
        self.strerror = str(self)


class Gunzip(RawIOBase):
    """What a gzip stream holds, also of several members; where it breaks off it ends, and `broken` says why."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._unpacker: zlib._Decompress | None = None
        self._rest = b""
        self._full = False  # the last part filled what was asked for: there may be more without more input
        self.taken = 0
        self.broken: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self.broken is None:
            if not self._rest and not self._full:
                self._rest = self._inner.read(_LOOK)
                self.taken += len(self._rest)
                if not self._rest:
                    self.broken = "it breaks off" if self._unpacker else None
                    return 0
            if self._unpacker is None:
                self._rest = self._rest.lstrip(b"\0")  # tapes are filled up with these
                if not self._rest:
                    continue
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                out = self._unpacker.decompress(self._rest, len(buffer))
            except zlib.error:
                self.broken = "what follows is not gzip, or damaged"
                return 0
            self._full = len(out) == len(buffer)
            self._rest = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                self._rest, self._unpacker, self._full = self._unpacker.unused_data, None, False
            if out:
                buffer[: len(out)] = out
                return len(out)
        return 0


class _Guarded(RawIOBase):
    """What comes out of an archive, up to what `size` bytes of it can honestly hold."""

    def __init__(self, inner: IO[bytes], size: Callable[[], int]) -> None:
        self._inner = inner
        self._size = size
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._inner.read(len(buffer))
        self.given += len(part)
        if self.given > FREE + RATIO * self._size():
            raise BombError
        buffer[: len(part)] = part
        return len(part)


def guarded(packed: Gunzip) -> BufferedReader:
    """What comes out of it, as long as it is no bomb."""
    return BufferedReader(_Guarded(cast(IO[bytes], packed), lambda: packed.taken), _LOOK)


def seekable(stream: IO[bytes]) -> IO[bytes]:
    """The stream itself if one can seek in it from its start, else a copy on disk."""
    try:
        if stream.seekable() and stream.tell() == 0:
            stream.seek(0)
            return stream
    except (OSError, ValueError):
        pass
    copy: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    while part := stream.read(1_000_000):
        copy.write(part)
    copy.seek(0)
    return copy


def from_zip(stream: IO[bytes], name: str, depth: int, read: Reader) -> Iterator[Document]:
    """The documents of every member, in the archive's order; `read` reads one."""
    if depth >= DEEPEST:
        yield problem(name, "Archives are packed into one another too deeply.")
        return
    with seekable(stream) as file:
        try:
            archive = zipfile.ZipFile(file)
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_noise(m.filename)]
            whole = _is_whole(file, members)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            whole = False
        if not whole:
            yield problem(name, "The zip archive is broken: it has no list of its files. What can be found is read.")
            for path, data in salvaged(file, FREE):
                if not _is_noise(path):
                    yield from read(BufferedReader(BytesIO(data), _LOOK), f"{name}/{path}", depth + 1)
            return
        if {m.filename for m in members} & set(_OFFICE):
            yield problem(name, "This is an office document or an e-book. Save it as text first.")
            return
        if not members:
            yield problem(name, "The archive holds no files.")
        if len(members) > MEMBERS:
            yield problem(name, f"The archive holds {len(members)} files; only the first {MEMBERS} are read.")
        given = 0
        for member in members[:MEMBERS]:
            place = f"{name}/{member.filename}"
            if member.flag_bits & 0x1:
                yield problem(place, "The file is encrypted.")
                continue
            size = member.compress_size
            try:
                with archive.open(member) as packed:
                    guarded = _Guarded(packed, lambda size=size: size)  # type: ignore[misc]
                    yield from read(BufferedReader(guarded, _LOOK), place, depth + 1)
                    given += guarded.given
            except (
                zipfile.BadZipFile,
                OSError,
                EOFError,
                ValueError,
                NotImplementedError,
                zlib.error,
                lzma.LZMAError,
            ) as error:
                why = getattr(error, "strerror", None) or str(error) or type(error).__name__
                yield problem(place, f"The file could not be read to its end: {why}.")
                given += FREE if isinstance(error, BombError) else 0
            if given > 20 * FREE + RATIO * sum(m.compress_size for m in members):
                yield problem(name, "The rest is not read: the archive unpacks to far more than text does.")
                return


def _is_whole(file: IO[bytes], members: list[zipfile.ZipInfo]) -> bool:
    """Whether the list of files is this archive's: one cut off behind an archive in it shows that one's."""
    file.seek(0)
    return not members or min(m.header_offset for m in members) == 0 or file.read(2) != b"PK"


def _is_noise(path: str) -> bool:
    return path.startswith(_NOISE) or path.rsplit("/", 1)[-1].startswith(".") or path.endswith(_NOISE[1:])
