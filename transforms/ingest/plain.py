"""A copy of an extract that the CSV reader can take, where it cannot take the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.errors import InputError

_CHUNK = 4 * 1024 * 1024
_CODECS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
_BYTEWISE = ("utf-8", "windows-1252")


def codec(encoding: str) -> str:
    """Return Python's name of an encoding; of UTF-8 the one that takes a byte order mark for what it is."""
    return _CODECS.get(encoding, encoding)


@contextmanager
def plain_copy(path: Path, folder: Path, encoding: str, *, even_ends: bool) -> Iterator[Path]:
    """Yield a copy of `path` in UTF-8, for as long as the block runs; with `even_ends` each line ends in LF.

    DuckDB reads a file of mixed line ends only with its checks off, and other encodings only without its list of
    rejected rows. Raises InputError where the file is not text in `encoding`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / ".reading.csv"
    # bytes that are no text are kept as they are, for the reader to reject their rows alone
    errors = "surrogateescape" if encoding in _BYTEWISE else "strict"
    try:
        with (
            path.open(encoding=codec(encoding), errors=errors, newline=None if even_ends else "") as source,
            copy.open("w", encoding="utf-8", errors=errors, newline="") as target,
        ):
            while text := source.read(_CHUNK):
                target.write(text)
        yield copy
    except UnicodeError as error:
        raise InputError(
            f"{path.name}: not {encoding} text. The file is damaged, or its encoding differs: give it with"
            " --encoding or in the layout, under format."
        ) from error
    finally:
        copy.unlink(missing_ok=True)
