"""Look a home and its programs over, and say what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, AnyHomeOption, JsonOption, print_json
from flows.settings import Home


def doctor(
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Do not open the database, so that no job that starts meanwhile is kept out."),
    ] = False,
    home: AnyHomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Check the installation, the home and its last night, and say what to do. Changes nothing."""
    from flows.doctor.examine import examine
    from flows.show.doctor import show_checks

    checks = examine(Home(home), is_quick=quick)
    faults = [one for one in checks if one.level == "fault"]
    if as_json:
        print_json({"ok": not faults, "checks": [one.as_dict() for one in checks]})
    else:
        show_checks(checks)
    if faults:
        raise typer.Exit(1)
