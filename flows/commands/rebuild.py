"""Build the database of a home again, where it is lost."""

from __future__ import annotations

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home
from flows.watch.job import watched


def rebuild(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Build a lost database again from landed/ and mirror/. Never overwrites a database."""
    from flows.jobs.rebuild import rebuild as rebuild_home

    with watched(Home(home), "earshot rebuild"):
        done = rebuild_home(Home(home))
    if as_json:
        print_json(done.as_json())
    else:
        from flows.show.rebuild import show_rebuilt

        show_rebuilt(done)
    if not done.is_whole:
        raise typer.Exit(1)
