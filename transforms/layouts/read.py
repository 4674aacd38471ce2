"""Reading layout files: all faults of all files at once, each with file, key and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from transforms.content import read_yaml
from transforms.errors import Fault, InputError
from transforms.layouts.check import find_faults, unfit
from transforms.layouts.columns import ColumnMap
from transforms.layouts.format import Format
from transforms.layouts.lookup import Lookup
from transforms.layouts.model import CHOICES, Extract, Layout
from transforms.layouts.naming import did_you_mean
from transforms.layouts.not_exports import REASONS, NotExports
from transforms.layouts.piece import Piece


class LayoutError(InputError):
    """One or more layout files are refused; `faults` lists every fault, by file and key."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_layout(path: Path) -> Layout:
    """Return the layout of one file; raise `LayoutError` with every fault in it."""
    layout, faults = _read(path)
    if layout is None or faults:
        raise LayoutError(faults)
    return layout


def read_layouts(folders: Sequence[Path]) -> dict[str, Layout]:
    """Return the layouts of all folders by id, sorted; a later folder overrides an earlier one by id.

    A folder that does not exist holds no layouts: a home need not have its own. Raise `LayoutError` with every
    fault of every file, also of files that a later folder overrides.
    """
    layouts: dict[str, Layout] = {}
    faults: list[Fault] = []
    for folder in folders:
        for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
            layout, found = _read(path)
            faults += found
            if layout is not None:
                layouts[layout.id] = layout
            if path.suffix == ".yaml" and path.with_suffix(".yml").exists():
                faults.append(Fault(str(path), "", f"{path.stem}.yml is beside it", "one file per layout"))
    if faults:
        raise LayoutError(faults)
    return dict(sorted(layouts.items()))


def with_lookups(layout: Layout, tables: Mapping[str, bytes]) -> Layout:
    """Return the layout with other tables to look cells up in, by the names of their files; others stay as they are."""
    columns = dict(layout.columns)
    for name, entry in layout.columns.items():
        if entry.lookup and entry.lookup.file in tables:
            other = Lookup(file=entry.lookup.file, by=entry.lookup.by, column=entry.lookup.column)
            fits = partial(unfit, layout.record_kind.by_name[name])
            if not other.fill_from(tables[other.file], Path(other.file), fits):
                columns[name] = entry.model_copy(update={"lookup": other})
    return layout.model_copy(update={"columns": columns})


def _read(path: Path) -> tuple[Layout | None, list[Fault]]:
    file = str(path)
    content, faults = read_yaml(path, file)
    if faults:
        return None, faults
    if not isinstance(content, dict):
        return None, [Fault(file, "", "no layout in the file", "a mapping with id, title and columns")]
    # a key without a value is as good as absent, save inside columns, constants, ...: there it is a fault
    content = {key: value for key, value in content.items() if value is not None or key not in _OPTIONAL}
    layout, faults = _parse(content, file)
    given = {name for part in ("columns", "constants") if isinstance(content.get(part), dict) for name in content[part]}
    if layout is not None and "kind" not in {fault.key for fault in faults}:  # columns are checked against their kind
        faults += find_faults(layout, file, given)
    if isinstance(content.get("id"), str) and content["id"] != path.stem:
        faults.append(Fault(file, "id", f"{content['id']!r} is not the name of the file", path.stem))
    return layout, faults


_OPTIONAL = {name for name, field in Layout.model_fields.items() if not field.is_required()}


def _parse(content: dict[str, Any], file: str) -> tuple[Layout | None, list[Fault]]:
    """Return the layout and its faults key by key; refused parts are left out, so that the others can be checked."""
    try:
        return Layout.model_validate(content), []
    except ValidationError as error:
        details = error.errors()
    kept = {"id": "unnamed", "title": "", "columns": {}} | content
    for detail in details:
        _leave_out(kept, detail["loc"])
    try:
        return Layout.model_validate(kept), [_fault(detail, file) for detail in details]
    except ValidationError:  # a required key of the wrong shape: nothing left to check
        return None, [_fault(detail, file) for detail in details]


def _leave_out(kept: dict[str, Any], loc: tuple[int | str, ...]) -> None:
    part = loc[0]
    is_key = part == "columns" and len(loc) > 2 and loc[2] not in ("headings", "join")
    if is_key and isinstance(kept["columns"].get(loc[1]), dict):
        entry = {key: value for key, value in kept["columns"][loc[1]].items() if key != loc[2]}
        kept["columns"] = kept["columns"] | {loc[1]: entry}
    elif part in ("columns", "constants") and len(loc) > 1:
        kept[str(part)] = {key: value for key, value in kept[str(part)].items() if key != loc[1]}
    elif part == "columns":
        kept["columns"] = {}
    elif part in ("id", "title", "source"):
        kept[str(part)] = "unnamed"
    else:
        kept.pop(str(part), None)


def _fault(detail: ErrorDetails, file: str) -> Fault:
    loc = tuple(str(step) for step in detail["loc"])
    key, kind, context = ".".join(loc), detail["type"], detail.get("ctx", {})
    if kind == "layout":
        return Fault(file, key, context["problem"], context["allowed"])
    if kind == "extra_forbidden":
        keys = _model_of(loc).model_fields
        return Fault(file, key, f"unknown key{did_you_mean(loc[-1], keys)}", ", ".join(keys))
    if kind == "missing":
        return Fault(file, key, "the key is missing", _SHAPES.get(loc[-1], "text"))
    if kind == "literal_error":
        written, choices = str(detail["input"]), CHOICES[loc[-1]]
        return Fault(file, key, f"{written!r} is not known{did_you_mean(written, choices)}", " or ".join(choices))
    if detail["input"] is None:
        text = 'text, or "" for nothing recorded' if loc[0] == "constants" or "values" in loc else "text"
        return Fault(file, key, "the key has no value", _SHAPES.get(loc[-1], text))
    return Fault(file, key, "the value has the wrong shape", _SHAPES.get(loc[-1], "text"))


def _model_of(loc: tuple[str, ...]) -> type[BaseModel]:
    """Return the model that has the keys beside the last step of `loc`."""
    if loc[0] == "not_exports" and len(loc) > 2:
        return NotExports
    if loc[0] == "columns" and len(loc) > 3:
        models: dict[str, type[BaseModel]] = {"part": Piece, "lookup": Lookup}
        return models.get(loc[2], ColumnMap)
    return _MODELS.get(loc[0] if len(loc) > 1 else "", Layout)


_MODELS: dict[str, type[BaseModel]] = {"columns": ColumnMap, "format": Format, "extract": Extract}
_SHAPES = {
    "extract": "a mapping with date_in_name, or date_column and dates",
    "date_in_name": "a date format with the text around it, as daily-%Y-%m-%d",
    "date_column": "a heading",
    "headings": "a heading or a list of headings",
    "dates": "a date format or a list of them",
    "values": "a mapping of recorded value to canonical value",
    "join": "a list of two headings or more",
    "part": "amount, currency, or a mapping with separator and number, or with pattern",
    "number": "a whole number: which of the pieces, from 1, or from the last one back as -1",
    "of": "a whole number: how many pieces the cell has",
    "optional": "true or false",
    "lookup": "a mapping with file, by and column",
    "file": "a CSV file in the folder of the layout, as plants.csv",
    "by": "the heading of the table under which the cell is looked up",
    "column": "the heading of the table that is read",
    "not_exports": "a list of mappings with heading, values, reason and note",
    "heading": "a heading, or a list of headings of which any one is in the file",
    "reason": "one of " + ", ".join(REASONS),
    "note": "a sentence",
    "columns": "a mapping of canonical column to headings",
    "constants": "a mapping of canonical column to value",
    "format": "a mapping with delimiter, quote, encoding, decimal, sheet, heading_row, totals, skip",
    "ignore": "a list of headings",
    "door": "a mapping of threshold to number",
}
