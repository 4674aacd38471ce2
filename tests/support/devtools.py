"""A browser that is asked many things of many pages: sizes, screenshots, what is read from a page, and paper.

It is spoken to through a pipe, by the protocol that Chromium has for its developer tools; no library is needed.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.chromium import CHROMIUM, FLAGS

PATIENCE = 60
PAPERS = {"A4": (8.27, 11.69), "letter": (8.5, 11)}
LOADED = """new Promise((done) => {
  const look = (left) => document.readyState === "complete" &&
    (left < 1 || document.documentElement.dataset.ready || !document.querySelector("script[type=module]"))
    ? requestAnimationFrame(() => done(true)) : setTimeout(() => look(left - 1), 20);
  look(200);
})"""


class Browser:
    """One page at a time, at a width that is given."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write, self._rest, self._number, self._session = read, write, b"", 0, ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, /, **content: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        self._number += 1
        sent = {"id": self._number, "method": method, "params": content}
        sent |= {"sessionId": self._session} if self._session else {}
        os.write(self._write, json.dumps(sent).encode() + b"\0")
        while True:
            told = json.loads(self._message())
            if told.get("id") == self._number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                result: dict[str, Any] = told["result"]
                return result

    def _message(self) -> bytes:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            if not select.select([self._read], [], [], max(until - time.monotonic(), 0))[0]:
                raise TimeoutError("the browser did not answer")
            self._rest += os.read(self._read, 1 << 20)
        message, _, self._rest = self._rest.partition(b"\0")
        return message

    def open(self, page: Path, width: int, height: int = 900) -> None:
        """Load a page at a width of the view, and wait until its own scripts have run."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=page.as_uri())
        self.read(LOADED)

    def read(self, expression: str) -> Any:
        """Return what an expression of JavaScript is in the page, in spite of its policy."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release one key: Tab, Enter."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)

    def picture(self, *, whole: bool = True) -> bytes:
        """Return the page as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def paper(self, paper: str = "A4") -> bytes:
        """Return the page as PDF."""
        width, height = PAPERS[paper]
        told = self.call("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=False,
                         printBackground=False)  # fmt: skip
        return base64.b64decode(told["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser that ends with the block; its profile lies in `folder`."""
    ours, theirs = os.pipe(), os.pipe()  # what it reads, what it writes
    read, write = (fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (ours[0], theirs[1]))

    def place() -> None:
        os.dup2(read, 3)
        os.dup2(write, 4)

    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe"]
    process = subprocess.Popen(
        command, preexec_fn=place, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for fd in (ours[0], theirs[1], read, write):
        os.close(fd)
    try:
        made = Browser(theirs[0], ours[1])
        yield made
        made._session = ""
        with suppress(OSError, TimeoutError):
            made.call("Browser.close")
    finally:
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        os.close(theirs[0])
        os.close(ours[1])


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
