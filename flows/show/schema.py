"""What is told of the relations: what a row is, the columns with their meaning, and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape

from flows.show import OUT, counted
from flows.show.tables import Col, show_table
from transforms.relations import LIVES, Relation


def show_relations(found: Mapping[str, Sequence[Relation]]) -> None:
    """Print every relation, by where it lives, with what a row of it is."""
    for lives, relations in found.items():
        if relations:
            columns = (Col("Name", "id"), Col("A row is"), Col("Columns", "number"))
            show_table(columns, [(one.name, one.row, str(len(one.columns))) for one in relations], title=LIVES[lives])
    OUT.print("To see the columns of one, with types, meaning and an example: earshot schema NAME")


def show_relation(one: Relation, written_as: Relation | None = None) -> None:
    """Print one relation; `written_as` is the Parquet file of its name."""
    OUT.print(f"[bold]{escape(one.name)}[/]  {escape(LIVES[one.lives])}; made by {one.made_by}")
    OUT.print(f"A row is {one.row}.", markup=False)
    if one.key:
        OUT.print(f"Key: {', '.join(one.key)}", markup=False)
    show_table(
        (Col("Column", "id"), Col("Type"), Col("Meaning")),
        [(name, column.type, column.meaning) for name, column in one.columns.items()],
        caption=counted(len(one.columns), "column"),
    )
    if one.example:
        OUT.print(one.example, markup=False, end="")
    if written_as is not None and written_as is not one:
        OUT.print(f"As a file of a run: earshot schema {written_as.name}", markup=False)
