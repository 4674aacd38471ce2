"""A copy of an extract that the CSV reader can take, where it cannot take the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.errors import InputError

_CHUNK = 4 * 1024 * 1024


@contextmanager
def plain_copy(path: Path, folder: Path, encoding: str, *, even_ends: bool) -> Iterator[Path]:
    """Yield a copy of `path` in UTF-8, for as long as the block runs; with `even_ends` each line ends in LF.

    DuckDB reads a file of mixed line ends only with its checks off, and other encodings only without its list of
    rejected rows. Raises InputError where the file is not text in `encoding`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / ".reading.csv"
    # in UTF-8 bytes that are no text are kept, for the reader to reject their rows alone
    errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
    try:
        with (
            path.open(encoding=encoding, errors=errors, newline=None if even_ends else "") as source,
            copy.open("w", encoding="utf-8", errors=errors, newline="") as target,
        ):
            while text := source.read(_CHUNK):
                target.write(text)
        yield copy
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: not text in {encoding}; say so in the layout, under format") from error
    finally:
        copy.unlink(missing_ok=True)
