"""Charts are drawn the same, whether by a process beside the work or in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from transforms.reports import drawing
from transforms.reports.drawing import draw, drawing_beside

SPEC = {
    "mark": "bar",
    "data": {"values": [{"part": "Zählrohr </script>", "lines": 3}]},
    "encoding": {"x": {"field": "lines", "type": "quantitative"}, "y": {"field": "part", "type": "nominal"}},
}


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


def test_where_the_process_beside_is_gone_the_chart_is_drawn_all_the_same():
    with drawing_beside():
        process = drawing._beside.get()
        assert process is not None
        process.kill()
        process.wait()
        assert draw(SPEC).startswith("<svg")


def test_the_process_beside_ends_with_the_block_also_after_an_error():
    process = None
    with pytest.raises(RuntimeError), drawing_beside():
        process = drawing._beside.get()
        raise RuntimeError
    assert process is not None
    assert process.poll() is not None
