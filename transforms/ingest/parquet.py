"""A Parquet file as an extract: its headings, and a plain CSV copy that the loader reads, every value as text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from transforms.errors import InputError
from transforms.ingest.workbook import cell_text
from transforms.ingest.workbook_size import ANY_WAY, TIMES

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


def parquet_headings(path: Path) -> list[str]:
    """Return the names of the columns; raise InputError for a damaged file and for columns that are no plain values."""
    with _open(path) as file:
        _refuse_nested(path, file.schema_arrow)
        return list(file.schema_arrow.names)


@contextmanager
def parquet_copy(path: Path, folder: Path, decimal: str) -> Iterator[Path]:
    """Yield a plain copy in `folder`, while the block runs: one row per row, dates in ISO, numbers in full.

    Numbers have `decimal` as their decimal mark, as those have that the source wrote as text; NULL is an empty cell.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / ".reading.csv"
    try:
        with _open(path) as file, copy.open("w", encoding="utf-8", newline="") as target:
            schema = file.schema_arrow
            _refuse_nested(path, schema)
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow(schema.names)
            shown = [_shower(path, field, decimal) for field in schema]
            rows, allowed = 0, max(ANY_WAY, TIMES * path.stat().st_size)
            for batch in file.iter_batches(batch_size=_ROWS):
                columns = zip(shown, batch.columns, strict=True)
                texts = [[show(value) for value in column.to_pylist()] for show, column in columns]
                writer.writerows(zip(*texts, strict=True))
                rows += batch.num_rows
                if target.tell() > allowed:
                    raise InputError(
                        f"{path.name}: as text it grows to more than {allowed:,} bytes. Nothing was loaded. If you"
                        " trust the file, export it as CSV and ingest that."
                    )
            if rows != file.metadata.num_rows:
                raise InputError(
                    f"{path.name}: {rows:,} rows could be read of the {file.metadata.num_rows:,} that the file says it"
                    " has. Nothing was loaded. Export it again."
                )
        yield copy
    finally:
        copy.unlink(missing_ok=True)


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
