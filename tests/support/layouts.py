"""Layout files: one of a source called Acme, the shipped ones, and a real file for one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms.layouts.model import Layout
from transforms.layouts.read import LayoutError, read_layout

REPO = Path(__file__).parents[2]
LAYOUTS = REPO / "data" / "layouts"
SCMS = REPO.parent / "shared" / "data" / "scms" / "SCMS_Delivery_History_Dataset.csv"

HEAD = "id: acme\ntitle: Acme\n"
COLUMNS = "columns:\n  shipment_id: [No, Shipment]\n  line_number: Item\n  export_on: {headings: Shipped}\n"
WHOLE = HEAD + COLUMNS


def write(folder: Path, text: str, name: str = "acme.yml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def acme(folder: Path, more: str = "") -> Layout:
    return read_layout(write(folder, WHOLE + more))


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(LayoutError) as caught:
        read_layout(write(folder, text))
    return str(caught.value)
