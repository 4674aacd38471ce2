"""Prefect flows: thin lists of calls of `flows/jobs/`, for a schedule, a server or a worker."""

from __future__ import annotations

import os
from collections.abc import Callable


class _Silence:
    """Keeps quiet the very end of a process that Prefect made for a run.

    DuckDB's bindings print a page about what the interpreter left alive, after all others have had their last word.
    `earshot` itself ends before that; Prefect's process is not ours to end.
    """

    def __del__(
        self,
        put: Callable[..., object] = os.dup2,
        open_file: Callable[..., int] = os.open,
        nowhere: str = os.devnull,
        mode: int = os.O_WRONLY,
    ) -> None:
        put(open_file(nowhere, mode), 2)


if "PREFECT__FLOW_RUN_ID" in os.environ:
    _SILENCE = _Silence()
