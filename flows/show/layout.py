"""What is told of a layout that was drafted or checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.show import OUT, counted
from transforms.visible import plain_text

_LONGEST = 60
_SHOWN = 3
_PARTS = {
    "duplicates": "exact duplicates", "restated": "earlier versions", "quarantined": "quarantined",
    "left_out": "left out as not exports, totals or notes",
}


def show_drafted(drafted: Mapping[str, Any], extract: Path) -> None:
    """Print what the file was taken for, what feeds each column and why, what is asked, and what comes next."""
    columns = drafted["columns"]
    _say(
        f"{drafted['layout']}: draft layout of kind {drafted['kind']}; {len(columns)} of"
        f" {counted(drafted['headings'], 'heading')} matched"
    )
    _say(f"Kind {drafted['kind']}: {drafted['why']}.")
    if drafted["source"]:
        _say(f"The headings are like those of {drafted['source']}.")
    for name, one in columns.items():
        _say(f"  {name}: {one['heading']!r} ({one['confidence']}: {one['reason']}): {one['sample']}")
    for name, one in drafted["constants"].items():
        _say(f"  {name}: always {one['value']!r} ({one['reason']})")
    if drafted["left"]:
        _say(f"Ignored, as they feed nothing: {', '.join(map(repr, drafted['left']))}")
    for sentence in drafted["without"].values():
        _say(sentence)
    for one in drafted["asks"]:
        _say(f"You decide {one['column']}. {one['asks']}")
        for option in one["options"]:
            _say(f"  {option['heading']!r} is the {option['is']}: {option['sample']}")
    _left(drafted)
    show_look(drafted)
    _say(
        "Review the draft and complete it. To see what is left: earshot layout check"
        f" {drafted['layout']} {plain_text(str(extract))}. Then put it into the folder layouts of your home."
    )


def show_checked(checked: Mapping[str, Any], extract: Path | None) -> None:
    """Print what is left to decide, or that nothing is."""
    if not checked["to_decide"]:
        reads = f"; it reads {extract}" if extract else ""
        _say(f"{checked['layout']}: no errors, nothing left to decide{reads}")
    _left(checked)
    if extract:
        show_look(checked, with_columns=True)


def show_look(told: Mapping[str, Any], *, with_columns: bool = False) -> None:
    """Print what the rows become, what is wrong with them, which rules cannot be judged, and where the page is."""
    look = told["look"]
    if look is None:
        _say(f"No row was read: {told['not_read']}")
    else:
        _say_rows(look)
        if with_columns:
            _say_columns(look)
        for one in look["problems"]:
            column = f"{one['column']}: " if one["column"] else ""
            _say(f"  {counted(one['rows'], 'row')} quarantined: {column}{one['reason']}{_examples(one)}")
        _say_rules(look)
    if told["page"]:
        was_there = ", in place of an earlier one" if told["page_replaced"] else ""
        _say(f"What Earshot understood, as a page: {told['page']}{was_there}")


def _say_rows(look: Mapping[str, Any]) -> None:
    which = "every row" if look["is_whole"] else "the first rows"
    parts = [f"{look['loaded']:,} {look['noun']}{'' if look['loaded'] == 1 else 's'}"]
    if look["noun"] == "line of a filing":
        parts = [f"{look['loaded']:,} lines of filings"]
    parts += [f"{look[key]:,} {words}" for key, words in _PARTS.items() if look[key]]
    _say(f"Read {which}: {counted(look['rows'], 'row')} = {' + '.join(parts)}. Nothing was loaded.")
    for row in look["first_rows"][:_SHOWN]:
        _say(f"  row {row['number']}: {'; '.join(_becomes(look, row))}")


def _becomes(look: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[str]:
    """Yield each field of a row with what it becomes, and how it came where that differs."""
    for place, column in enumerate(look["columns"]):
        came = column["constant"] or row["cells"][place].strip()
        for name in column["feeds"] if came else ():
            becomes = row["becomes"].get(name)
            told = "not read" if becomes is None else repr(_cut(becomes))
            yield f"{name} {told}" if becomes == came else f"{name} {told} from {_cut(came)!r}"


def _say_columns(look: Mapping[str, Any]) -> None:
    for column in look["columns"]:
        feeds = ", ".join(column["feeds"]) or "not read"
        if column["constant"]:
            _say(f"  {feeds}: always {_cut(column['constant'])!r}")
            continue
        distinct = counted(column["distinct"], "distinct value")
        filled = f"filled in {column['filled']:,} of {counted(look['rows'], 'row')}, {distinct}"
        loaded = [one for one in column["unread"] if one["is_loaded"]]
        wrong = "".join(f"; {counted(one['rows'], 'row')} {one['reason']}{_examples(one)}" for one in loaded)
        _say(f"  {feeds} from {_cut(column['heading'])!r}: {filled}{wrong}")


def _say_rules(look: Mapping[str, Any]) -> None:
    rules = look["rules"]
    if not rules:
        return
    fully, partly, never = ([one for one in rules if one["judged"] == word] for word in ("yes", "in part", "no"))
    _say(
        f"Rules: {len(fully)} can be judged with this file, {len(partly)} in part, {len(never)} cannot be judged"
        f" ({counted(look['loaded'] + look['restated'], 'line')})."
    )
    lacking: dict[str, list[str]] = {}
    for one in never:
        for name in one["lacks"]:
            lacking.setdefault(name, []).append(one["rule_id"])
    for name, rule_ids in lacking.items():
        _say(f"  {name} is not provided: {', '.join(rule_ids)}")


def _examples(one: Mapping[str, Any]) -> str:
    shown = [repr(_cut(value)) for value in one["examples"] if value]
    return f" ({', '.join(shown)})" if shown else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def _left(told: Mapping[str, Any]) -> None:
    for line in told["warnings"]:
        _say(f"Warning: {line}")
    if told["to_decide"]:
        _say("Left to decide:")
    for line in told["to_decide"]:
        _say(f"  {line.strip()}")


def _say(line: str) -> None:
    OUT.print(plain_text(line), markup=False)
