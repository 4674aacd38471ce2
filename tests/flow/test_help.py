"""Each command says what it does, shows an example that could be typed, and tells where it works and how it answers."""

from __future__ import annotations

import pytest

from tests.support.commands import COMMANDS, GROUPS, Words, check, help_of, lines_in, options, split

WITHOUT_HOME = {("schema",), ("lake", "verify"), ("lake", "clean")}
"""What looks at files alone. Every other command works on a home."""


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_explains_itself_and_shows_an_example_of_itself(words: Words) -> None:
    told, epilog = help_of(words), str(COMMANDS[words].epilog)
    assert COMMANDS[words].help.splitlines()[0] in told
    assert epilog in told
    assert words in [split(line)[0] for line in lines_in(epilog)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_example_of_a_command_could_be_typed(words: Words) -> None:
    for line in lines_in(COMMANDS[words].epilog):
        check(line)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_takes_a_home_and_answers_a_program_too(words: Words) -> None:
    taken = options(COMMANDS[words])
    assert "--json" in taken
    assert ("--home" in taken) is (words not in WITHOUT_HOME)


@pytest.mark.parametrize("words", GROUPS, ids=lambda words: " ".join(("earshot", *words)))
def test_a_group_explains_itself_and_lists_its_commands(words: Words) -> None:
    told = help_of(words)
    assert GROUPS[words].help.splitlines()[0] in told
    assert [name for name in GROUPS[words].commands if f" {name} " not in told] == []


def test_the_command_itself_says_where_to_start() -> None:
    epilog = str(GROUPS[()].epilog)
    assert epilog in help_of(())
    assert [split(line)[0] for line in lines_in(epilog)] == [("init",), ("nightly",)]
