"""Wait for an answer in such a way that Ctrl-C ends the wait: what waits outside of Python does not hear of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def answer_to(question: Callable[[], T]) -> T:
    """Return what the question does, or raise what it raises. A question that is given up goes on by itself."""
    if threading.current_thread() is not threading.main_thread():
        return question()
    answers: list[T] = []
    errors: list[BaseException] = []

    def ask() -> None:
        try:
            answers.append(question())
        except BaseException as error:  # noqa: BLE001  it is raised where the answer is waited for
            errors.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return answers[0]
