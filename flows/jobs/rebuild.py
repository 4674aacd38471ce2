"""Build the database of a home again: from the files in landed/, in the order in which they came, and from the mirror.

It is built beside its place, and takes that only when it is whole. Killed at any moment, it goes on with the next file.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from flows.holder import hold
from flows.jobs.ingest import bytes_of, ingest_file
from flows.jobs.landed import Landed, find_landed, landed_unknown, named, order_landed, own_names
from flows.jobs.quarantine import replay_quarantine
from flows.opening import opened
from flows.parts import refuse_on_lake
from flows.settings import Home, now
from transforms.damage import log_of
from transforms.durable import sync
from transforms.errors import EarshotError, HomeBusy, HomeDamaged, InputError
from transforms.ledger.journal import read_journal, read_seals, write_seals
from transforms.phases import phase

if TYPE_CHECKING:
    from transforms.mirror.restore import Batch

_ACCEPT = "loaded before its database was lost, and loaded again by earshot rebuild"


class Workshop(Home):
    """A home whose database is being built: the same folders, another file."""

    is_being_built: ClassVar[bool] = True

    @property
    def database(self) -> Path:
        """The file that is being built."""
        return self.root / "earshot.duckdb.rebuilding"

    def require(self) -> None:
        """Raise nothing: whether there is something to build from was asked before."""


@dataclass
class Rebuilt:
    """What was had again, and what was not, by name."""

    files: int = 0
    """Loaded again, by this run or one before it that was broken off."""
    rows: dict[str, int] = field(default_factory=dict)
    """Versions of records in each table."""
    entries: int = 0
    decisions: int = 0
    not_loaded: list[str] = field(default_factory=list)
    """Files that were loaded once and cannot be loaded again, and why."""
    differing: list[str] = field(default_factory=list)
    """Files that were read otherwise than before."""
    unknown: list[str] = field(default_factory=list)
    """Files in landed/ of which nothing records that they were loaded."""
    lost_entries: list[str] = field(default_factory=list)
    """Entries of the journal that are in journal.txt alone."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is known to be lost."""
        return not (self.not_loaded or self.differing or self.lost_entries)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"is_whole": self.is_whole, **asdict(self)}


def rebuild(home: Home) -> Rebuilt:
    """Build the database again and return what came of it; raise InputError where there is one, or nothing to use."""
    from transforms.mirror.restore import mirrored_batches

    refuse_on_lake(home, "earshot rebuild")
    for path in (home.database, log_of(home.database)):
        if path.exists():
            raise InputError(
                f"{path}: exists, and rebuild never writes over a database. Nothing was changed. To build it again,"
                f" move it out of the home first: mv {path} {path}.set-aside"
            )
    batches = mirrored_batches(home.mirror)
    landed = find_landed(home)
    if not batches and not landed:
        raise InputError(
            f"{home.root}: nothing to rebuild from. landed/ has no files, and mirror/ records none. Restore"
            f" {home.database.name} from your backup."
        )
    home.create()
    workshop, done = Workshop(home.root), Rebuilt()
    whole = phase("files", bytes_of([one.path for one in landed]), "bytes")
    with whole, hold(workshop, "earshot rebuild"), own_names(home) as place:
        if batches:
            _load_mirrored(home, workshop, batches, landed, place, done)
            done.unknown = landed_unknown(landed, {one.sha256 for one in batches})
        else:
            _load_landed(home, workshop, landed, place, done)
        _finish(home, workshop, done)
    return done


def _load_mirrored(
    home: Home, workshop: Home, batches: list[Batch], landed: list[Landed], place: Path, done: Rebuilt
) -> None:
    """Load what the mirror records, each file under its number and as known from when it was."""
    from transforms.mirror.restore import batches_of, mirrored_archives, put_back

    _begin_anew_if_holed(workshop, [one.batch_id for one in batches])
    archives = mirrored_archives(home.mirror)
    for _, rows in groupby(batches, key=lambda one: (one.sha256, one.known_from) if one.is_replay else one.batch_id):
        group = list(rows)
        first = replace(group[0], lookups=sorted({name for one in group for name in one.lookups}))
        while archives and archives[0].archived_at < first.known_from:
            _take_out(home, workshop, archives.pop(0).name)
        with opened(workshop, "earshot rebuild") as connection:
            held = batches_of(connection)
            if all(one.batch_id in held for one in group):
                continue
            connection.execute(f"create or replace sequence batch_ids start {int(first.batch_id)}")
        _load(workshop, first, landed, place, done)
    for archive in archives:
        _take_out(home, workshop, archive.name)
    with opened(workshop, "earshot rebuild") as connection:
        put_back(connection, home.mirror)
        held = batches_of(connection)
        connection.execute(f"create or replace sequence batch_ids start {int(batches[-1].batch_id)}")
        connection.execute("select nextval('batch_ids')")  # so that it is known up to where numbers were given
    for one in batches:
        if one.batch_id in held and held[one.batch_id].counts != one.counts:
            done.differing.append(
                f"{one.file_name}: now {_counted(held[one.batch_id].counts)}; before {_counted(one.counts)}"
            )
        elif one.batch_id in held and held[one.batch_id].lookups != one.lookups:
            done.differing.append(f"{one.file_name}: the tables in which its cells were looked up are not kept")
        elif one.batch_id not in held and not any(said.startswith(f"{one.file_name}:") for said in done.not_loaded):
            done.not_loaded.append(f"{one.file_name}: rows of it that were replayed are not loaded")
    for archive in mirrored_archives(home.mirror):
        if not (home.archive / archive.name).is_dir():
            told = f"archive {archive.name} is not in archive/, so its records are in the database again."
            done.notes.append(f"{told} Put it back and run: earshot retain --archive")


def _begin_anew_if_holed(workshop: Home, numbers: list[int]) -> None:
    """Take away what a run that broke off has built where a file between others is missing: their order matters."""
    from transforms.mirror.restore import batches_of

    if not workshop.database.exists():
        return
    with opened(workshop, "earshot rebuild") as connection:
        held = sorted(batches_of(connection))
    if held != numbers[: len(held)]:
        workshop.database.unlink()
        log_of(workshop.database).unlink(missing_ok=True)


def _load(workshop: Home, one: Batch, landed: list[Landed], place: Path, done: Rebuilt) -> None:
    """Load one file, or replay one sheet, as it was; what cannot be loaded is told."""
    from transforms.mirror.said import read_said

    same = [file for file in landed if one.sha256.startswith(file.sha16)]
    found = next((file for file in same if file.name == one.file_name), same[0] if same else None)
    if found is None:
        done.not_loaded.append(f"{one.file_name}: its file, {one.sha256[:16]}-{one.file_name}, is not in landed/")
        return
    path = named(found, one.file_name, place)
    try:
        if one.is_replay:
            replay_quarantine(workshop, path, one.known_from, one.lookups)
        else:
            said = read_said(Home(workshop.root).mirror, one.sha256)
            told = one.layout, one.known_from
            ingest_file(workshop, path, *told, again=True, said=said, accept=_ACCEPT, lookups=one.lookups)
    except (HomeBusy, HomeDamaged):
        raise
    except EarshotError as error:
        done.not_loaded.append(f"{one.file_name}: {error}")


def _load_landed(home: Home, workshop: Home, landed: list[Landed], place: Path, done: Rebuilt) -> None:
    """Load what is in landed/, where no mirror records what was loaded: in the order that the runs tell."""
    with opened(workshop, "earshot rebuild") as connection:
        held = dict(connection.execute("select sha256, file_name from batches").fetchall())
    for one in order_landed(home, landed):
        if any(sha256.startswith(one.sha16) for sha256 in held):
            continue
        path = named(one, one.name, place)
        try:
            ingest_file(workshop, path, one.layout or None, accept=_ACCEPT if one.layout else None)
        except (HomeBusy, HomeDamaged):
            raise
        except EarshotError as error:
            try:
                replay_quarantine(workshop, path)
            except EarshotError:
                (done.not_loaded if one.layout else done.unknown).append(f"{one.name}: {error}")
    done.notes.append(
        "No mirror of the database was kept. All files count as known from now on; holds, acceptances and archives are"
        " not known any more. Record the holds again: earshot hold add"
    )


def _take_out(home: Home, workshop: Home, name: str) -> None:
    from transforms.mirror.restore import take_out_again

    with opened(workshop, "earshot rebuild") as connection:
        take_out_again(connection, home.archive / name)


def _finish(home: Home, workshop: Home, done: Rebuilt) -> None:
    """Note what was had again, keep the seals of what was not in a file apart, and put the database in place."""
    from transforms.retention.archive import move_landed

    with opened(workshop, "earshot rebuild") as connection:
        count = "select count(*) from {}"
        done.rows = {
            table: connection.execute(count.format(table)).fetchall()[0][0]
            for table in ("lines", "items", "filings", "quarantine")
        }
        done.files = connection.execute(count.format("batches")).fetchall()[0][0]
        if not done.files:
            raise EarshotError(
                "\n".join([f"{home.root}: no file could be loaded again:", *done.not_loaded, *done.unknown])
            )
        entries = list(read_journal(connection))
        done.entries, done.decisions = len(entries), sum(one.deed.kind == "decision" for one in entries)
        seals, held = read_seals(home.seals), {one.entry: one.sha256 for one in entries}
        lost = [number for number in sorted(seals) if held.get(number) != seals[number]]
        if lost:
            text = home.seals.read_text(encoding="utf-8", errors="replace").splitlines()
            done.lost_entries = [line for line in text if line.partition("\t")[0] in map(str, lost)]
            former = home.seals.replace(home.seals.with_name(f"journal.until-{now():%Y%m%dT%H%M%S}.txt"))
            done.notes.append(f"The seals of before are kept in {former.name}.")
        write_seals(connection, home.seals)
        move_landed(connection, home.landed, home.archive)
    sync(workshop.database)
    workshop.database.rename(home.database)
    sync(home.root)


def _counted(counts: tuple[int, ...]) -> str:
    names = ("rows", "loaded", "duplicates", "restated", "quarantined", "left out")
    told = [f"{number:,} {name}" for name, number in zip(names, counts, strict=True)]
    return ", ".join(told if counts[-1] else told[:-1])
