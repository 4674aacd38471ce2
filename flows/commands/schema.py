"""Show what can be queried: the tables of a home, the Parquet files of a run, and what their columns mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from flows.options import JsonOption, print_json
from transforms.errors import InputError


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A table, or a Parquet file of a run.", show_default="all of them"),
    ] = None,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print all of it as the page docs/schema.md.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what can be queried: tables of a home, Parquet files of a run, columns, types, meaning, and an example."""
    from transforms.relations import all_declared, by_lives
    from transforms.relations.page import render_page
    from transforms.rulebook.words import did_you_mean

    if as_markdown:
        if name or as_json:
            raise InputError("--markdown: prints the whole page; give neither a name nor --json with it")
        typer.echo(render_page(), nl=False)
        return
    relations = all_declared()
    if name is None:
        if as_json:
            print_json({"relations": [_told(one) for found in by_lives().values() for one in found]})
            return
        from flows.show.schema import show_relations

        show_relations(by_lives())
        return
    found = relations.get(name) or relations.get(f"{name}.parquet")
    if found is None:
        raise InputError(f"{name}: no such table or file{did_you_mean(name, relations)}; `earshot schema` lists them")
    if as_json:
        print_json(_told(found))
        return
    from flows.show.schema import show_relation

    show_relation(found, relations.get(f"{found.name}.parquet"))


def _told(relation: Any) -> dict[str, Any]:
    columns = [{"name": name, "type": one.type, "meaning": one.meaning} for name, one in relation.columns.items()]
    return {
        "name": relation.name, "lives": relation.lives, "row": relation.row, "key": list(relation.key),
        "partition": relation.partition, "made_by": relation.made_by, "columns": columns, "example": relation.example,
    }  # fmt: skip
