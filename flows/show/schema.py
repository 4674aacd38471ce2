"""What is told of the relations: what a row is, the columns with their meaning, and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Column, Table

from flows.show import OUT, counted
from transforms.relations import LIVES, Relation


def show_relations(found: Mapping[str, Sequence[Relation]]) -> None:
    """Print every relation, by where it lives, with what a row of it is."""
    for lives, relations in found.items():
        table = Table(
            Column("name", no_wrap=True),
            Column("a row is", overflow="fold"),
            Column("columns", justify="right"),
            title=LIVES[lives],
            title_justify="left",
        )
        for one in relations:
            table.add_row(escape(one.name), escape(one.row), str(len(one.columns)))
        if relations:
            OUT.print(table)
    OUT.print("Columns, types, meaning and an example of one: earshot schema NAME", highlight=False)


def show_relation(one: Relation, written_as: Relation | None = None) -> None:
    """Print one relation; `written_as` is the Parquet file of its name."""
    OUT.print(f"[bold]{escape(one.name)}[/]  {escape(LIVES[one.lives])}; made by {one.made_by}")
    OUT.print(f"A row is {one.row}.", markup=False)
    if one.key:
        OUT.print(f"Key: {', '.join(one.key)}", markup=False)
    table = Table(
        Column("column", no_wrap=True),
        Column("type", overflow="fold", max_width=24),
        Column("meaning", overflow="fold"),
        caption=counted(len(one.columns), "column"),
        caption_justify="left",
    )
    for name, column in one.columns.items():
        table.add_row(name, escape(column.type), escape(column.meaning))
    OUT.print(table)
    if one.example:
        OUT.print(one.example, markup=False, end="")
    if written_as is not None and written_as is not one:
        OUT.print(f"As a file of a run: earshot schema {written_as.name}", markup=False)
