"""The contract between packages: every relation that more than one of them reads, declared once.

One short YAML per relation: what a row is, its key, its columns with type and meaning, its partition, and which package
makes it. Tests hold the SQL to it (`tests/unit/test_relations.py`), and `earshot schema` shows it.

What a column means is written once. The canonical columns of the extracts take it from `kinds.py` (`record: lines`);
other columns may take type and meaning from a column of another relation (`itn: {as: lines}`, or `{as: lines/itn}`
where it has another name there), and say otherwise what differs. Facts are declared in `facts.yml`: `{facts: line}`
stands for the columns of all that the line tells, `records` of what other records add, `subject` of the rest. A Parquet
file is declared under its own name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transforms.content import read_yaml
from transforms.relations.model import LIVES, UPSTREAM, Column, FaultyDeclaration, Relation, spelled
from transforms.relations.reading import BEING_READ, Reading

__all__ = [
    "FOLDER", "LIVES", "UPSTREAM", "Column", "FaultyDeclaration", "Relation", "all_declared", "by_lives", "declared",
    "spelled",
]  # fmt: skip
FOLDER = Path(__file__).parent


@cache
def declared(name: str) -> Relation:
    """Return the declaration of a relation; raise KeyError where it is not declared, FaultyDeclaration where faulty."""
    path = FOLDER / f"{name}.yml"
    if not path.is_file():
        raise KeyError(f"{name}: not declared in {FOLDER.name}/")
    written, faults = read_yaml(path, f"{FOLDER.name}/{path.name}")
    if faults:
        raise FaultyDeclaration(faults)
    token = BEING_READ.set((*BEING_READ.get(), name))
    try:
        return Reading(name, FOLDER, declared).relation(written)
    finally:
        BEING_READ.reset(token)


def all_declared() -> dict[str, Relation]:
    """Return every relation, by name; raise FaultyDeclaration with every fault of every file."""
    found, faults = {}, []
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            found[path.stem] = declared(path.stem)
        except FaultyDeclaration as error:
            faults += error.faults
    if faults:
        raise FaultyDeclaration(faults)
    return found


def by_lives() -> dict[str, list[Relation]]:
    """Return the relations by where they live, in the order of LIVES."""
    return {lives: [one for one in all_declared().values() if one.lives == lives] for lives in LIVES}
