"""The tree of commands behind `earshot`, as it is typed: so that a new command is covered as soon as it is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from flows.main import app

Words = tuple[str, ...]
WIDE = {"COLUMNS": "300"}
"""So wide a window that no sentence of a help page is broken."""


def _walk(command: Any, words: Words = ()) -> Iterator[tuple[Words, Any]]:
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from _walk(one, (*words, name))


TREE: dict[Words, Any] = dict(_walk(get_command(app)))
COMMANDS = {words: command for words, command in TREE.items() if not hasattr(command, "commands")}
GROUPS = {words: command for words, command in TREE.items() if hasattr(command, "commands")}


def options(command: Any) -> set[str]:
    """Return the options that a command takes, `--help` left out."""
    return {name for one in command.params for name in one.opts if name.startswith("-")}


def arguments(command: Any) -> int:
    """Return how many arguments a command takes by name; one that may be repeated is one."""
    return sum(not one.opts[0].startswith("-") for one in command.params)


def split(line: str) -> tuple[Words, list[str]]:
    """Return the command that a line names, by its words, and what follows them."""
    program, *rest = shlex.split(line, comments=True)
    assert program.rpartition("/")[2] == "earshot", line
    words: Words = ()
    while words in GROUPS and rest and not rest[0].startswith("-"):
        words, rest = (*words, rest[0]), rest[1:]
        assert words in TREE, f"{line}: earshot has no such command"
    return words, rest


def check(line: str) -> None:
    """Parse a whole line as the command itself would, and run nothing: an unknown option or a bad value is raised."""
    words, rest = split(line)
    TREE[words].make_context(" ".join(("earshot", *words)), rest)


def lines_in(text: str) -> list[str]:
    """Return the command lines of a sentence like `Example: earshot one, then: earshot two --option`."""
    return [one.strip() for one in re.findall(r"(?<![\w.])earshot .*?(?=, then: |$)", text)]


def help_of(words: Words) -> str:
    """Return the help page of a command or a group, which must be told without an error, as one line of text."""
    done = CliRunner().invoke(app, [*words, "--help"], env=WIDE)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())
