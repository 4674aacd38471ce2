"""Notices by hand or by a timer: test the channels, tell of a late night, send what waits."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home
from transforms.errors import InputError


def notify(
    test: Annotated[bool, typer.Option("--test", help="Send a test notice to each channel.")] = False,
    if_late: Annotated[
        bool, typer.Option("--if-late", help="Tell of a nightly job that did not run: exit code 1 then.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Send the notices that wait, test the channels, or tell of a nightly job that did not run."""
    from flows.notices import tell_if_late
    from flows.notices.channels import NotSentError, configured, send
    from flows.notices.message import of_test
    from flows.notices.outbox import deliver, waiting

    where = Home(home)
    where.require_folder()  # also one whose database is lost has something to tell
    if test and if_late:
        raise InputError("--test: do not combine it with --if-late.")
    if if_late:
        is_late = tell_if_late(where)
        print_json({"late": is_late}) if as_json else typer.echo(
            "The nightly job is late." if is_late else "The nightly job is not late."
        )
        raise typer.Exit(int(is_late))
    channels = configured(where.config)
    if test and not channels:
        raise InputError(
            "--test: no channel is configured. Set notify.email.host, notify.webhook.url_file or notify.file.path:"
            " earshot config"
        )
    told: dict[str, str] = {}
    for channel in channels if test else ():
        try:
            send(channel, where.config, of_test(where))
        except NotSentError as error:
            told[channel] = str(error)
    failed = told if test else deliver(where)
    if as_json:
        print_json({"channels": list(channels), "failed": failed, "waiting": len(waiting(where))})
    else:
        for channel in channels if test else ():
            typer.echo(f"{channel}: {f'not sent ({told[channel]})' if channel in told else 'sent'}")
        typer.echo(f"Notices that wait to be sent: {len(waiting(where))}")
    raise typer.Exit(int(bool(failed)))
