"""Put the table and the chart of the peers into the README, between two marks."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measure.results import Results, table

BEGIN, END = "<!-- peers: made by make bench -->", "<!-- end of peers -->"


def into_readme(results: Results, path: Path) -> None:
    """Replace what stands between the marks; a README without them stays as it is."""
    text = path.read_text(encoding="utf-8")
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        path.write_text(before + BEGIN + "\n" + told(results) + END + rest.split(END, 1)[1], encoding="utf-8")


def told(results: Results) -> str:
    """The section's table, chart and what they do not show."""
    rows = [
        [name, f"{seconds:,.2f}" + (" (extrapolated)" if estimated else "")]
        for name, seconds, estimated in sorted(results.bars, key=lambda bar: bar[1])
    ]
    return (
        f"One screening of {results.bars_lines:,} synthetic lines by eight license rules and the low-value test, "
        f"whole process, median, measured on {results.made_on}:\n\n{table(['', 'seconds'], rows)}\n"
        "![The same seconds as bars, on a logarithmic scale](tests/bench/peers.svg)\n\n"
        "All find the same lines, extrapolated ones on 10,000. *Earshot* applies its whole rulebook, and explains, "
        "follows and reports each finding. The others apply these nine rules and do nothing else. The figures do not "
        "show loading, memory, a second screening, other sizes or other machines. [RESULTS.md](tests/bench/RESULTS.md) "
        "has the first four.\n"
    )
