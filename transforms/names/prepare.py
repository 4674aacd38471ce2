"""Names made ready to be compared: those of the lists once, those of parties as they come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.names.read import TELLING, Part, Reader, Word
from transforms.names.words import PERSON, PLACE, NameWords
from transforms.pipeline import Stage, give

Row = tuple[object, ...]
NAMES = Stage(
    name="names",
    folder=Path(__file__).parent / "sql",
    reads=("parties", "listed_names"),
    leaves=("name_matches", "unnamed_parties"),
)
LISTED = ("listed_parts", "listed_cores", "listed_words", "listed_pairs", "listed_keys", "listed_variants",
          "listed_entries")  # fmt: skip
"""What `prepare_listed` leaves of `listed_names`, for as long as these and the words of names stay as they are."""
SEPARATOR = "|"
"""Between the words of a core and its letters."""
SHORT = 5
"""Letters of a listed name that is looked for as a whole only."""
SHARE, SHARE_OF_COMMON = 0.56, 0.75
"""Of the pairs of letters of its words, how many a party's name has; of a name whose words tell nothing."""
_HALF = (1 << 64) - 1
_MOST_PERSON_WORDS = 5
_MOST_GLUED = 16
"""Letters of a word that is looked for as one of two neighbors."""
_PARTS = pa.schema(
    [("name", pa.string()), ("part_at", pa.int32()), ("part", pa.string()), ("core", pa.string()),
     ("is_acronym", pa.bool_()), ("is_like_person", pa.bool_()), ("is_weak", pa.bool_()), ("has_form", pa.bool_()),
     ("is_split", pa.bool_())]
)  # fmt: skip
_CORES = pa.schema(
    [("core", pa.string()), ("squeezed", pa.string()), ("plain_words", pa.string()), ("low", pa.uint64()),
     ("high", pa.uint64()), ("share", pa.float64())]
)  # fmt: skip
_WORDS = pa.schema(
    [("core", pa.string()), ("word", pa.string()), ("weight", pa.float64())]
)  # fmt: skip
_PAIRS = pa.schema([("core", pa.string()), ("word", pa.string())])
_SQUEEZED = pa.schema([("core", pa.string()), ("squeezed", pa.string())])


@lru_cache(maxsize=2)
def reader_of(words: NameWords) -> Reader:
    """Return the reader of these words; it keeps each word that it has read."""
    return Reader(words)


def prepare_listed(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
    """Leave LISTED of the relation `listed_names`."""
    reader = reader_of(words)
    names = _names(connection, "select distinct listed_name from listed_names where coalesce(type, '') <> 'address'")
    parts = [(name, at, part) for name in names for at, part in enumerate(_listed_parts(reader, name))]
    give(connection, "listed_parts", _part_rows(parts, words))
    cores = {core_of(part): part for _, _, part in parts}
    give(connection, "listed_cores", _core_rows(cores, is_telling=True))
    rows: list[Row] = [
        (core, word.sound, word.weight)
        for core, part in cores.items()
        if len(part.squeezed) > SHORT
        for word in _keyed(part)
    ]
    give(connection, "listed_words", table_of(rows, _WORDS))
    pairs: list[Row] = [
        (core, one.sound + other.sound)
        for core, part in cores.items()
        for one, other in zip(part.words, part.words[1:], strict=False)
        if len(one.sound) + len(other.sound) <= _MOST_GLUED and {one.kind, other.kind} & TELLING
    ]
    give(connection, "listed_pairs", table_of(pairs, _PAIRS))
    for step in LISTED[4:]:
        NAMES.make(connection, step)


def prepare_parties(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
    """Leave the names of `parties` made ready, and `unnamed_parties`."""
    reader = reader_of(words)
    names = _names(connection, "select distinct name from parties where name is not null")
    read = [(name, reader.parts(name)) for name in names]
    unnamed: list[Row] = [(name,) for name, parts in read if _names_nobody(name, parts, words)]
    give(connection, "unnamed", table_of(unnamed, pa.schema([("name", pa.string())])))
    NAMES.make(connection, "unnamed_parties")
    told = "select distinct name from parties where party_key in (select party_key from unnamed_parties)"
    left = set(_names(connection, told))
    parts = [(name, at, part) for name, parts in read if name not in left for at, part in enumerate(parts)]
    give(connection, "party_parts", _part_rows(parts, words))
    cores = {core_of(part): part for _, _, part in parts}
    give(connection, "party_cores", _core_rows(cores, is_telling=False))
    rows: list[Row] = []
    squeezed: list[Row] = []
    for core, part in cores.items():
        rows += [(core, word.sound, word.weight) for word in part.words]
        rows += [
            (core, one.sound + other.sound, 0.0)
            for one, other in zip(part.words, part.words[1:], strict=False)
            if len(one.sound) + len(other.sound) <= _MOST_GLUED
        ]
        squeezed += [(core, letters) for letters in {part.squeezed, *reader.without_forms(part.squeezed)}]
        if len(part.words) == 2:
            squeezed.append((core, part.words[1].text + part.words[0].text))
    give(connection, "party_words", table_of(rows, _WORDS))
    give(connection, "party_squeezed", table_of(squeezed, _SQUEEZED))
    NAMES.make(connection, "party_variants")


def _keyed(part: Part) -> list[Word]:
    """The words by which a listed name is looked for: those that tell something, else short ones, else no places."""
    telling = [word for word in part.words if word.kind in TELLING]
    telling = telling or [word for word in part.words if word.kind == "short"]
    return telling or [word for word in part.words if word.kind != PLACE] or list(part.words)


def core_of(part: Part) -> str:
    """Return what tells a part of a name from others, as it is compared."""
    return f"{' '.join(word.text for word in part.words)}{SEPARATOR}{part.squeezed}"


def _listed_parts(reader: Reader, name: str) -> list[Part]:
    parts = reader.parts(name, is_listed=True)
    for part in tuple(parts):
        for acronym in part.acronyms:
            word = reader.word(acronym)
            parts.append(Part(acronym, "acronym", (word,), acronym, ()))
    return parts


def _names_nobody(name: str, parts: list[Part], words: NameWords) -> bool:
    if not parts:
        return True
    spelled = " ".join("".join(sign if sign.isalnum() else " " for sign in name.lower()[:60]).split())
    return spelled in words.no_party


def _is_like_person(part: Part) -> bool:
    if not 2 <= len(part.words) <= _MOST_PERSON_WORDS or part.has_form:
        return False
    kinds = {word.kind for word in part.words}
    return kinds <= {"own", "initial", "short", PERSON} and (len(kinds) > 1 or "own" in kinds or PERSON in kinds)


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return sorted(name for (name,) in connection.execute(query).fetchall())


def _part_rows(parts: list[tuple[str, int, Part]], words: NameWords) -> pa.Table:
    split = {whole for whole, at, part in parts if at or part.role}
    rows: list[Row] = [
        (whole, at, part.text, core_of(part), part.role == "acronym", _is_like_person(part),
         part.squeezed in words.weak, part.has_form, whole in split)
        for whole, at, part in parts
    ]  # fmt: skip
    return table_of(rows, _PARTS)


def _core_rows(cores: dict[str, Part], *, is_telling: bool) -> pa.Table:
    """The cores with the pairs of letters of their words, or of those alone that tell something."""
    rows: list[Row] = []
    for core, part in cores.items():
        words = _keyed(part) if is_telling else part.words
        mask = 0
        for word in words:
            mask |= word.mask
        plain = [word.sound for word in part.words if word.kind != PLACE] or [word.sound for word in part.words]
        share = SHARE if any(word.kind in TELLING for word in words) else SHARE_OF_COMMON
        rows.append((core, part.squeezed, " ".join(sorted(plain)), mask & _HALF, mask >> 64, share))
    return table_of(rows, _CORES)


def table_of(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Return rows in the order of the columns of a schema as a table."""
    columns: list[Sequence[object]] = [*zip(*rows, strict=True)] or [() for _ in schema]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
