"""A Parquet file as a source: the names of its columns are the headings, and every value is text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from transforms.cells.source import HEAD_ROWS, Text
from transforms.cells.workbook import cell_text
from transforms.cells.workbook_size import ANY_WAY, TIMES
from transforms.errors import InputError
from transforms.layouts.format import Format

PARQUET_SUFFIX = ".parquet"
_MAGIC = b"PAR1"
_ROWS = 50_000


def is_parquet(path: Path) -> bool:
    """Return whether the file is Parquet, whatever it is called; raise InputError where it is only called so."""
    with path.open("rb") as stream:
        begins = stream.read(400)
        stream.seek(max(0, path.stat().st_size - 4))
        ends = stream.read(4)
    if begins.startswith(_MAGIC) and (ends == _MAGIC or b"\0" in begins or path.suffix.lower() == PARQUET_SUFFIX):
        return True
    if path.suffix.lower() == PARQUET_SUFFIX and begins:
        raise InputError(
            f"{path.name}: not a Parquet file, although its name ends in {path.suffix}. It begins {begins[:20]!r}."
        )
    return False


class Parquet:
    """A Parquet file, every value as text: dates in ISO, numbers in full, NULL as an empty cell."""

    is_text = False
    is_typed = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def head(self, form: Format, most: int = HEAD_ROWS) -> list[list[str]]:
        """Return the names of the columns, and the first rows; raise InputError for a damaged file, and for columns
        that are no plain values."""
        with _open(self.path) as file:
            rows = chain.from_iterable(_batches(self.path, file, form.decimal, most))
            return [list(file.schema_arrow.names), *([*row] for row in islice(rows, most - 1))]

    @contextmanager
    def text(self, form: Format, at: Sequence[int], folder: Path, *, even_ends: bool = False) -> Iterator[Text]:
        """Yield a copy with one row per row. Numbers have the decimal mark that those have which the source wrote as
        text."""
        del at, even_ends  # the names of its columns are no row
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / ".reading.csv"
        try:
            with _open(self.path) as file, copy.open("w", encoding="utf-8", newline="") as target:
                writer = csv.writer(target, lineterminator="\n")
                writer.writerow(file.schema_arrow.names)
                rows, allowed = 0, max(ANY_WAY, TIMES * self.path.stat().st_size)
                for batch in _batches(self.path, file, form.decimal, _ROWS):
                    writer.writerows(batch)
                    rows += len(batch)
                    if target.tell() > allowed:
                        raise InputError(
                            f"{self.path.name}: as text it grows to more than {allowed:,} bytes. Nothing was loaded. If"
                            " you trust the file, export it as CSV and ingest that."
                        )
                if rows != file.metadata.num_rows:
                    raise InputError(
                        f"{self.path.name}: {rows:,} rows could be read of the {file.metadata.num_rows:,} that the file"
                        " says it has. Nothing was loaded. Export it again."
                    )
                names = tuple(file.schema_arrow.names)
            yield Text(copy, names, is_typed=True)
        finally:
            copy.unlink(missing_ok=True)

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be."""
        return "Parquet"


def _batches(path: Path, file: Any, decimal: str, size: int) -> Iterator[list[tuple[str, ...]]]:
    schema = file.schema_arrow
    _refuse_nested(path, schema)
    shown = [_shower(path, field, decimal) for field in schema]
    for batch in file.iter_batches(batch_size=size):
        columns = zip(shown, batch.columns, strict=True)
        yield list(zip(*([show(value) for value in column.to_pylist()] for show, column in columns), strict=True))


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(str(path)) as file:
            yield file
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputError(
            f"{path.name}: cannot be read as Parquet ({str(error).splitlines()[0][:200]}). Nothing was loaded. Copy it"
            " again, or export it as CSV."
        ) from error


def _refuse_nested(path: Path, schema: Any) -> None:
    import pyarrow.types as types

    plain = (
        types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary,
        types.is_boolean, types.is_integer, types.is_floating, types.is_decimal, types.is_date, types.is_time,
        types.is_timestamp, types.is_null,
    )  # fmt: skip
    kinds = {field.name: field.type.value_type if types.is_dictionary(field.type) else field.type for field in schema}
    nested = [f"{name} ({kind})" for name, kind in kinds.items() if not any(is_one(kind) for is_one in plain)]
    if nested:
        raise InputError(
            f"{path.name}: columns with nested values: {', '.join(nested)}. Allowed: text, numbers, dates, times,"
            " true or false. Export it without them, or with one column for each part."
        )


def _shower(path: Path, field: Any, decimal: str) -> Callable[[Any], str]:
    def show(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bytes):
            try:
                value = value.decode("utf-8")
            except UnicodeDecodeError as error:
                raise InputError(f"{path.name}: the column {field.name!r} holds bytes that are not text.") from error
        if isinstance(value, Decimal):
            return format(value, "f").replace(".", decimal)
        if isinstance(value, datetime):
            is_day = value.time() == time() and value.tzinfo is None and not getattr(value, "nanosecond", 0)
            return value.date().isoformat() if is_day else str(value)
        return cell_text(value, decimal)

    return show
