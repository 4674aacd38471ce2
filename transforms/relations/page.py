"""The schema as one page of Markdown, made from the declarations: for people who query a home or its Parquet files."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.relations import FOLDER, LIVES, Relation, by_lives


def render_page() -> str:
    """Return the page: what a person can query first, then in short what lives only while Earshot works."""
    found = by_lives()
    parts = [(FOLDER / "opening.md").read_text(encoding="utf-8")]
    for lives in ("home", "report"):
        parts += [f"## {LIVES[lives]}\n", _contents(found[lives]), *map(_whole, found[lives])]
    parts.append("## Internal tables\n\nPackages pass these tables to each other. You cannot query them.\n")
    for lives in ("run", "decision"):
        if found[lives]:
            parts += [f"### {LIVES[lives]}\n", _short(found[lives])]
    return "\n".join(parts)


def _contents(relations: Sequence[Relation]) -> str:
    rows = (f"| [{one.name}](#{one.name.replace('.', '')}) | {_cell(one.row)} |" for one in relations)
    return "\n".join(["| name | a row is |", "|---|---|", *rows]) + "\n"


def _whole(one: Relation) -> str:
    rows = (f"| {name} | {_cell(column.type)} | {_cell(column.meaning)} |" for name, column in one.columns.items())
    table = "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])
    key = f" Key: {', '.join(one.key)}." if one.key else ""
    said = f"A row is {one.row}.{key} Made by `{one.made_by}`."
    return f"### {one.name}\n\n{said}\n\n{table}\n\n```sql\n{one.example}```\n"


def _short(relations: Sequence[Relation]) -> str:
    rows = (
        f"| {one.name} | {_cell(one.row)} | {', '.join(one.key)} | {one.made_by} | {', '.join(one.columns)} |"
        for one in relations
    )
    return "\n".join(["| name | a row is | key | made by | columns |", "|---|---|---|---|---|", *rows]) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
