"""The lists of parties in `rules/parties/*.csv`: who is listed, from when until when, and what the listing requires.

One row per entry of a list (an address or an order of its own is an entry of its own). Days are inclusive: on the list
for certain from `listed_from` until `listed_until` (no such days where `listed_from` is blank), perhaps from
`possible_from` until `possible_until`; blank: not known, and at the end still listed on `as_of`. A name or requirement
was last changed by the citation of `amended_on`; an alias that a later copy of the list added stands in
`younger_aliases` too, with the day of that copy. Sources: `source` and `confidence` on every row.
"""

from __future__ import annotations

import csv as text_csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from transforms.errors import Fault, RulebookError
from transforms.kept_parts import kept_tables, key_of
from transforms.rulebook import listed_rows
from transforms.rulebook.hashes import LISTS as LISTS_ROOM
from transforms.rulebook.hashes import hash_files
from transforms.rulebook.listed_rows import LISTS, faults_of_rows, read_rows, text_rows, typed_rows

ROOM = LISTS_ROOM
WORDS = ("name_words.csv", "party_words.csv", "country_names.csv")
"""The tables by which names are read."""
RULINGS = "rulings.csv"
"""What people ruled on pairs of a party and an entry; a home's own lists come with it."""
SAME, ANOTHER = "same party", "another party"
RULED_ON = ("list", "name", "aliases", "countries", "address", "requirement", "wording")
"""What a ruling on an entry relies on: where one of these is another, it lapses."""
_IN_WORDS = {"address": "addresses", "requirement": "requirements", "list": "lists", "name": "names"}
_NAMED = ("entry_id", "listed_name", "kind", "countries", "address")
_NO_PARTIES = ["vessel", "aircraft"]
_READ: dict[str, pa.Table] = {}
"""Entries that this process has read, by what they were read of."""
_MOST_READ = 3


@dataclass(frozen=True, eq=False)
class Listed:
    """The lists of a rulebook, read where they are asked for."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """Content by name of the file."""
    words: Mapping[str, bytes] = field(default_factory=dict)
    """Content of the tables by which names are read (`WORDS`), by name of the file."""
    rulings: bytes = b""
    """Content of `rulings.csv`."""
    known_countries: frozenset[str] = frozenset()
    shown_as: str = f"rules/{ROOM}"
    beside: Listed | None = None
    """Lists whose entries count where these have none of the same id: for a question that compares two."""
    made: Path | None = None
    """The folder where what is made of the lists is kept for the next process; nothing is kept without."""

    @cached_property
    def entries_digest(self) -> str:
        """A hash of the entries and of the tables by which names are read, whatever was ruled on them."""
        told = sorted([*self.files.items(), *self.words.items()])
        return hash_files([*told, ("beside", self.beside.entries_digest.encode())] if self.beside else told)

    @cached_property
    def digest(self) -> str:
        """A hash of all rows: where it is the same, so is what follows from the lists."""
        return hash_files([(ROOM, self.entries_digest.encode()), (RULINGS, self.rulings)])

    @cached_property
    def ruled(self) -> list[dict[str, str | None]]:
        """One row per ruling on a pair: who ruled what, when, and what changed of the entry since (`lapsed`)."""
        entries = {row["entry_id"]: row for row in self.entries.to_pylist()} if self.rulings else {}
        found: list[dict[str, str | None]] = []
        for row in text_csv.DictReader(io.StringIO(self.rulings.decode("utf-8-sig"))):
            entry = entries.get(row["entry_id"])
            said = json.loads(row["entry_said"] or "{}")
            lapsed = None
            if entry is None:
                lapsed = "the entry is gone"
            elif entry_fingerprint(entry) != row["entry_print"]:
                changed = [_IN_WORDS.get(name, name) for name in RULED_ON if said.get(name) != entry[name]]
                lapsed = f"the entry has other {' and '.join(changed) or 'content'} since"
            told = {name: row[name] for name in ("party", "country", "address", "entry_id", "ruling", "ruled_on")}
            found.append({**told, "ruled_by": row["ruled_by"], "lapsed": lapsed})
        return found

    def rows_of_words(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table of words, as text; none where the rulebook lacks it."""
        return list(text_csv.DictReader(io.StringIO(self.words.get(name, b"").decode("utf-8-sig"))))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def entries(self) -> pa.Table:
        """One row per entry, in order of its id. Raises RulebookError with every fault of every file."""
        if self.beside is not None:
            import pyarrow.compute as pc  # 40 ms: only where lists are read

            own = replace(self, beside=None).entries
            other = self.beside.entries
            new = pc.invert(pc.is_in(other["entry_id"], value_set=own["entry_id"].combine_chunks()))
            return pa.concat_tables([own, other.filter(new)]).sort_by("entry_id")
        key = key_of([self.entries_digest, *sorted(self.known_countries)], [Path(__file__), Path(listed_rows.__file__)])
        read = _READ.pop(key, None)
        if read is None:
            read = kept_tables(self.made, "lists", key, 2, lambda: {"entries": self._entries()})["entries"]
        _READ[key] = read  # the last one asked for stands last
        if len(_READ) > _MOST_READ:
            del _READ[next(iter(_READ))]
        return read

    def _entries(self) -> pa.Table:
        seen: dict[str, str] = {}
        faults: list[Fault] = []
        tables = [text_rows([])]
        for name, content in sorted(self.files.items()):
            table = read_rows(f"{self.shown_as}/{name}", content)
            if isinstance(table, Fault):
                faults.append(table)
                continue
            faults += faults_of_rows(f"{self.shown_as}/{name}", table, self.known_countries, seen)
            tables.append(table)
        if faults:
            raise RulebookError(faults)
        return typed_rows(pa.concat_tables(tables)).sort_by("entry_id")

    def rows(self, entry_ids: Collection[str]) -> list[dict[str, object]]:
        """Return the entries of these ids, as `entries_on_lists` of the compiled law has them."""
        import pyarrow.compute as pc

        wanted = self.entries.filter(pc.is_in(self.entries["entry_id"], value_set=pa.array(sorted(entry_ids))))
        kept = wanted.drop_columns(["aliases", "type", "address", "policy", "source"]).to_pylist()
        return [
            {name: value for name, value in row.items() if name != "countries"}
            | {"entry_countries": row["countries"], "list_title": LISTS[row["list"]]}
            for row in kept
        ]

    def counted(self, lists: Iterable[str]) -> list[tuple[str, int, date]]:
        """Return how many entries of each of these lists are held, and the day of its text; none of absent ones."""
        held = self.entries.group_by("list").aggregate([("entry_id", "count"), ("as_of", "max")]).to_pylist()
        found = {row["list"]: (row["entry_id_count"], row["as_of_max"]) for row in held}
        return [(name, *found[name]) for name in lists if name in found]

    def first_day(self, lists: Collection[str]) -> date | None:
        """Return the first day on which somebody is on one of these lists for certain; None where nobody is."""
        import pyarrow.compute as pc

        wanted = self.entries.filter(pc.is_in(self.entries["list"], value_set=pa.array(sorted(lists), pa.string())))
        day: date | None = pc.min(wanted["listed_from"]).as_py()
        return day

    @cached_property
    def names(self) -> pa.Table:
        """One row per name and alias of an entry: `listed_names`, by which parties are matched.

        Vessels and aircraft are left out: they are no party to a transaction, and their names are those of many things.
        """
        import pyarrow.compute as pc

        columns_read = ("entry_id", "name", "aliases", "countries", "address")
        entries = self.entries.filter(pc.invert(pc.is_in(self.entries["type"], value_set=pa.array(_NO_PARTIES))))
        rows = {name: entries[name].to_pylist() for name in columns_read}
        found: list[tuple[str, str, str, list[str], str]] = []
        for entry_id, name, aliases, countries, address in zip(*rows.values(), strict=True):
            found.append((entry_id, name, "name", countries, address))
            found += [(entry_id, alias, "alias", countries, address) for alias in aliases if alias != name]
        types = dict(zip(rows["entry_id"], entries["type"].to_pylist(), strict=True))
        if self.beside is not None:  # an entry may have other names in each
            held = {(one[0], one[1]) for one in found}
            others = zip(*(self.beside.names[name].to_pylist() for name in _NAMED), strict=True)
            found += [one for one in others if (one[0], one[1]) not in held]
            ids, kinds = (self.beside.names[name].to_pylist() for name in ("entry_id", "type"))
            types |= dict(zip(ids, kinds, strict=True))
        columns = list(zip(*found, strict=True)) if found else [()] * 5
        return pa.table(
            {
                "entry_id": pa.array(columns[0], pa.string()),
                "listed_name": pa.array(columns[1], pa.string()),
                "kind": pa.array(columns[2], pa.string()),
                "type": pa.array([types[one] for one in columns[0]], pa.string()),
                "is_weak": pa.array([False] * len(found), pa.bool_()),
                "countries": pa.array(columns[3], pa.list_(pa.string())),
                "address": pa.array(columns[4], pa.string()),
            }
        )


NO_LISTS = Listed()


def read_listed(root: Path, countries: Collection[str], *, is_checked: bool) -> tuple[Listed, list[Fault]]:
    """Return the lists of a rulebook, and with `is_checked` every fault of them; without, they wait to be asked for.

    `countries` are the codes that its tables know. Of a rulebook without the folder there are none.
    """
    folder = root / ROOM
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))} if folder.is_dir() else {}
    rulings = files.pop(RULINGS, b"")
    tables = {name: (root / "tables" / name).read_bytes() for name in WORDS if (root / "tables" / name).is_file()}
    found = Listed(files, tables, rulings, frozenset(countries), f"{root.name}/{ROOM}")
    try:
        _ = found.entries if is_checked else None
    except RulebookError as error:
        return found, list(error.faults)
    return found, []


def both(one: Listed, other: Listed) -> Listed:
    """Return lists with the entries of both: of an entry that both have, the names of both, and the days of `one`."""
    return one if one == other or not other.files else other if not one.files else replace(one, beside=other)


def with_draft(listed: Listed, path: Path) -> Listed:
    """Return the lists with the rows of a draft in place of those of the same id, and beside the others.

    Raises RulebookError with every fault of the draft.
    """
    draft = read_rows(path.as_posix(), path.read_bytes())
    if isinstance(draft, Fault):
        raise RulebookError([draft])
    if faults := list(faults_of_rows(path.as_posix(), draft, listed.known_countries, {})):
        raise RulebookError(faults)
    return replace(listed, files={"draft.csv": path.read_bytes()}, rulings=b"", beside=listed)


def entry_fingerprint(entry: Mapping[str, object]) -> str:
    """Return a hash of what a ruling on an entry relies on (RULED_ON)."""
    return hashlib.sha256(repr([entry[name] for name in RULED_ON]).encode()).hexdigest()[:16]
