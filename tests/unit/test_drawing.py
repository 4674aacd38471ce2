"""Charts are drawn the same, whether by a process beside the work or in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from transforms.reports import drawing
from transforms.reports.drawing import draw, drawing_beside

SPEC = {
    "mark": "bar",
    "data": {"values": [{"part": "Zählrohr </script>", "lines": 3}]},
    "encoding": {"x": {"field": "lines", "type": "quantitative"}, "y": {"field": "part", "type": "nominal"}},
}
SCRIPT = """
import time
from transforms.reports.drawing import draw, drawing_beside
print("begun", flush=True)
with drawing_beside():
    print(draw({"mark": "bar", "data": {"values": []}})[:4], flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _nothing_beside_yet() -> Iterator[None]:
    token = drawing._beside.set(None)
    yield
    drawing._beside.reset(token)


def test_a_chart_is_the_same_beside_the_work_and_in_it():
    with drawing_beside():
        beside = [draw(SPEC), draw(SPEC)]
    assert beside == [draw(SPEC)] * 2
    assert "Zählrohr" in beside[0]


def test_a_chart_that_was_drawn_before_is_taken_from_where_it_is_kept_and_no_process_starts(tmp_path):
    with drawing_beside(tmp_path):
        first = draw(SPEC)
    with drawing_beside(tmp_path):
        beside = drawing._beside.get()
        assert draw(SPEC) == first
        assert beside is not None
        assert beside.pool is None
        (kept,) = tmp_path.glob("chart-*.kept")
        kept.write_bytes(kept.read_bytes()[:-1])
        assert draw(SPEC) == first  # what is damaged is drawn anew
        assert beside.pool is not None


def test_where_the_process_beside_is_gone_the_chart_is_drawn_all_the_same():
    with drawing_beside():
        process = _process()
        process.kill()
        process.join()
        assert draw(SPEC).startswith("<svg")
        assert draw(SPEC).startswith("<svg")


def test_where_no_process_can_be_started_the_chart_is_drawn_all_the_same(monkeypatch):
    def refuse(*_):
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    with drawing_beside():
        beside = drawing._beside.get()
        assert beside is not None
        assert beside.begin() is None
        assert draw(SPEC).startswith("<svg")


def test_a_chart_that_cannot_be_drawn_is_an_error_beside_the_work_too():
    with drawing_beside():
        with pytest.raises(ValueError):
            draw({"mark": "nothing of the kind"})
        assert draw(SPEC).startswith("<svg")


def test_the_process_beside_ends_with_the_block_also_after_an_error():
    process = None
    with pytest.raises(RuntimeError), drawing_beside():
        process = _process()
        raise RuntimeError
    assert process is not None
    assert process.exitcode is not None


def test_a_script_that_draws_is_run_once_and_its_process_ends_with_it_where_it_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(drawing.__file__).parents[2])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        assert running.stdout.readline() == "<svg\n"
        running.kill()
        assert running.stdout.read() == ""  # ends once nothing holds the pipe any more, the process beside included


def _process() -> BaseProcess:
    beside = drawing._beside.get()
    pool = beside.begin() if beside else None
    assert pool is not None
    (process,) = pool._processes.values()
    return process
