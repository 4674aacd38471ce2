"""Which failures a flow tries again: what lies outside for a moment, and nothing that the database or a file says."""

from __future__ import annotations

import errno

import pytest
from prefect.states import Failed

from flows.scheduled.tasks import _is_passing, ingest_task, screen_task, spreadsheet_task
from transforms.errors import EarshotError, FileFailed, HomeBusy, InputError


def failed(error: Exception, cause: Exception | None = None) -> Failed:
    error.__cause__ = cause
    return Failed(data=error)


@pytest.mark.parametrize(
    ("error", "cause", "again"),
    [
        (FileFailed("a.csv: cannot be read"), OSError(errno.ESTALE, "Stale file handle"), True),
        (FileFailed("a.csv: cannot be read"), OSError(errno.EIO, "Input/output error"), True),
        (FileFailed("a.csv: cannot be read"), PermissionError(errno.EACCES, "Permission denied"), False),
        (FileFailed("a.csv: no disk space"), OSError(errno.ENOSPC, "No space left on device"), False),
        (FileFailed("a.csv: reading it failed"), ValueError("x"), False),
        (InputError("a.csv: no layout matches"), None, False),
        (HomeBusy("the database is open elsewhere"), None, False),
        (EarshotError("a.csv: the rows do not add up"), None, False),
    ],
)
def test_a_file_is_tried_again_where_a_share_fails_for_a_moment(
    error: Exception, cause: Exception | None, again: bool
) -> None:
    assert _is_passing(None, None, failed(error, cause)) is again


def test_nothing_that_writes_to_the_database_alone_is_tried_again() -> None:
    assert ingest_task.retries == 2
    assert (screen_task.retries, spreadsheet_task.retries) == (0, 0)
