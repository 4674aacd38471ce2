"""Reading the parameters of the law, `rules/parameters/NAME.yml`, by themselves: no other part of the rulebook."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from transforms.content import read_yaml
from transforms.errors import Fault, RulebookError
from transforms.rulebook.before import BEFORE, LATER, UNITS
from transforms.rulebook.faults import checked
from transforms.rulebook.hashes import OF_PARAMETERS, PARAMETERS, parameter_files
from transforms.rulebook.headings import heading_rows
from transforms.rulebook.parameter import Parameter, Parameters, across_parameter
from transforms.rulebook.places import read_table

ROOM = PARAMETERS
"""The folder of a rulebook that holds one file for each."""
(TABLE, _UNITS), _COUNTING = OF_PARAMETERS, ("NO", "PRS")


def read_parameters(root: Path) -> tuple[Parameters, list[Fault]]:
    """Return the parameters of the rulebook under `root`, and every fault; what is at fault is left out.

    A rulebook without the folder is of before it and has what it took for granted. Else all must be there that the
    screening asks for, in their units; those of LATER are as they are in `before.py` where the rulebook has none. File
    names are relative to the parent of `root`. Within a process the same content is read once.
    """
    parameters, faults = _read_parameters(root, tuple(parameter_files(root)))
    return parameters, list(faults)


@lru_cache(maxsize=4)
def _read_parameters(root: Path, content: object) -> tuple[Parameters, list[Fault]]:
    del content
    folder, shown = root / ROOM, f"{root.name}/{ROOM}"
    if not folder.is_dir():
        return BEFORE, []
    found: dict[str, Parameter] = {}
    faults: list[Fault] = []
    named = set()
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        shown_as = f"{shown}/{path.name}"
        if path.suffix != ".yml" or not path.is_file():
            kind = "folder" if path.is_dir() else "file"
            faults.append(Fault(shown_as, "", f"this {kind} has no place here", "one .yml file for each parameter"))
            continue
        named.add(path.stem)
        parameter, own = read_parameter(path, shown_as)
        faults += own
        if parameter:
            found[parameter.id] = parameter
    faults += [
        Fault(f"{shown}/{name}.yml", "", "the file is missing", f"a parameter in {UNITS[name]}: the screening asks it")
        for name in sorted(set(UNITS) - named - set(LATER))
    ]
    found |= {name: BEFORE.by_name[name] for name in LATER if name not in named}
    found |= _of_tables(root / "tables")
    return Parameters(found), faults


def _of_tables(tables_dir: Path) -> dict[str, Parameter]:
    """Return what the facts ask of the tables, by the names of parameters (FROM_TABLES); none without the table.

    Every heading of a list; those with a floor of price, US dollars for one unit (`420221 300`); and the units of
    measure that count items.
    """
    rows = heading_rows(tables_dir)
    if not rows:
        return {}
    units = read_table(tables_dir / _UNITS) if (tables_dir / _UNITS).is_file() else []
    counting = {row["spelling"] for row in units if row["unit"] in _COUNTING and row["factor"] == "1"}
    lists = {
        "listed-headings": ("headings", {row["heading"] for row in rows}),
        "priced-headings": ("names", {f"{row['heading']} {row['floor_usd']}" for row in rows if row["floor_usd"]}),
        "count-units": ("names", counting),
    }
    return {
        name: Parameter.model_validate({
            "id": name, "title": name.replace("-", " "), "unit": unit, "meaning": f"as {TABLE} and {_UNITS} have it",
            "values": [{"from": "unknown", "value": sorted(words), "authority": [TABLE], "confidence": "medium"}],
        })
        for name, (unit, words) in lists.items()
    }  # fmt: skip


def known_parameters(root: Path) -> Parameters:
    """Return the parameters of the rulebook under `root`. Raises RulebookError with every fault of theirs."""
    parameters, faults = read_parameters(root)
    if faults:
        raise RulebookError(faults)
    return parameters


def is_parameter(path: Path) -> bool:
    """Return whether a file is a parameter, and no rule: it has `unit` or `values`."""
    written, _ = read_yaml(path, path.name) if path.is_file() and path.suffix == ".yml" else (None, [])
    return isinstance(written, dict) and bool({"unit", "values"} & written.keys())


def read_parameter(path: Path, shown_as: str) -> tuple[Parameter | None, list[Fault]]:
    """Return one parameter, or None and every fault of its file."""
    written, unreadable = read_yaml(path, shown_as)
    if unreadable:
        return None, unreadable
    parameter, faults = checked(Parameter, written, shown_as, None, across_parameter)
    written = written if isinstance(written, dict) else {}
    if written.get("id") not in (None, path.stem):
        faults.append(Fault(shown_as, "id", f'the id "{written["id"]}" is not the name of the file', path.stem))
    asked = UNITS.get(path.stem)
    if asked and written.get("unit") in (*UNITS.values(), "USD", "percent") and written["unit"] != asked:
        faults.append(Fault(shown_as, "unit", f'"{written["unit"]}" is not what the screening asks it in', asked))
    return (None if faults else parameter), faults
