"""The table of keys of docs/configuration.md, as keys.yml has it."""

from __future__ import annotations

from flows.config import all_keys

_HEAD = "| key | kind | default | what it is |\n|---|---|---|---|\n"


def table_of_keys() -> str:
    """Return the table, a row for each key in the order of keys.yml."""
    rows = []
    for key in all_keys().values():
        kind = ", ".join(f"`{one}`" for one in key.allowed) or key.kind
        shown = f"`{key.default}`" if key.default is not None else ""
        rows.append(f"| `{key.name}` | {'secret ' if key.secret else ''}{kind} | {shown} | {key.meaning} |")
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table_of_keys(), end="")
