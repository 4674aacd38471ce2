"""Show what can be queried: the tables of a home, the Parquet files of a run, and what their columns mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from flows.options import JsonOption, print_json
from transforms.errors import InputError


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="A table of a home or a Parquet file of a run.", show_default="all of them"
        ),
    ] = None,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print everything as the page docs/schema.md.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the tables and Parquet files you can query: columns, types, meaning and an example."""
    from transforms.relations import all_declared, by_lives
    from transforms.relations.page import render_page
    from transforms.rulebook.words import did_you_mean

    if as_markdown:
        if name or as_json:
            raise InputError("--markdown: prints the whole page. Do not give a name or --json with it.")
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
        hint = did_you_mean(name, relations) or "."
        raise InputError(f"{name}: not a table or file{hint} To list them: earshot schema")
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
