"""A commented earshot.toml, made of keys.yml: every key at its default, each with a # before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flows.config.keys import FILE, Key, all_keys

_HEAD = (
    f"# {FILE}: the configuration of a home of Earshot. Put it into the home's folder.",
    "# A key counts where the # before its name is taken away. An environment variable goes before it.",
    "# To see what holds, and where it came from: earshot config",
)


def example() -> str:
    """Return the text of an example; it says nothing but the defaults until a key's # is taken away."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from _HEAD
    for section, keys in groupby(all_keys().values(), lambda key: key.name.rpartition(".")[0]):
        yield f"\n[{section}]"
        for key in keys:
            yield f"# {key.meaning}"
            yield f"# Environment: {key.variable}"
            if not key.secret:
                yield from _of(key)


def _of(key: Key) -> Iterator[str]:
    if key.allowed:
        yield f"# Allowed: {', '.join(key.allowed)}"
    shown = key.default if key.default is not None else key.example
    told = "" if key.default is not None else "  # for example; not set by default"
    yield f"#{key.name.rpartition('.')[2]} = {as_toml(shown)}{told}"


def as_toml(value: Any) -> str:
    """Return a text, a number, a list or a table as TOML writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {as_toml(one)}" for name, one in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)
