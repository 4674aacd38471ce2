"""Write the export of a first day: what SAP leaves in a file, for the walk in docs/first-file.md. All of it is made up.

    python data/sample/sap.py       the committed file, byte for byte

A list of deliveries with title rows above the headings, dates as 03.10.2026, a comma before the decimals, a minus after
a returned amount, two dates that could be that of export, and a row of totals. Windows-1252 with semicolons.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script: make `data` importable

from data.sample.catalog import PRODUCTS, USPPI_NAME, rows

PATH = Path(__file__).resolve().parent / "walk" / "sap-deliveries.csv"
SEED, FIRST, DAYS, DELIVERIES = 20261001, date(2026, 10, 1), 30, 40
HEADINGS = (
    "Delivery", "Item", "DlvTy", "Goods Issue Date", "Billing Date", "Name of ship-to party", "Ship-to Country",
    "Material", "Item Description", "Delivery Quantity", "SU", "Net Value", "Crcy", "Comm./imp. code no.",
    "Country of Origin", "ECCN", "License Code", "License Number", "ITN", "Plant",
)  # fmt: skip
_PARTIES = (
    ("Müller Labortechnik GmbH", "DE"), ("Société Analytique du Rhône", "FR"), ("Kanto Instruments K.K.", "JP"),
    ("Northern Lakes Scientific", "CA"), ("Indus Process Supply", "PK"), ("Instrumentos del Bajío", "MX"),
    ("Pearl Bay Laboratories", "SG"), ("Lombard Strumenti S.p.A.", "IT"),
)  # fmt: skip
_SOLD = ("OSC-200", "DMM-6", "PMP-75", "VLV-316", "UV-4", "COL-C18", "FLT-45", "SIG-6", "LC-20")
_LOW_VALUE, _CENTS = Decimal(2500), Decimal("0.01")


def deliveries(seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """Yield the rows below the headings; the one before the last is a return, and the last adds all up."""
    draw = random.Random(seed)
    parts = {row[0]: row for row in rows(PRODUCTS)}
    total = Decimal(0)
    for number in range(DELIVERIES):
        party, country = draw.choice(_PARTIES)
        day = FIRST + timedelta(days=number * DAYS // DELIVERIES)
        billed = day + timedelta(days=draw.randint(0, 3))
        sold = draw.sample(_SOLD, draw.randint(1, 3))
        lines = []
        for item, part in enumerate(sold, 1):
            _, text, _, eccn, schedule_b, unit, price, most, _ = parts[part]
            quantity = draw.randint(1, int(most))
            value = (Decimal(price) * quantity * Decimal(draw.randint(92, 108)) / 100).quantize(_CENTS)
            total += value
            lines.append((item, part, text, eccn, schedule_b, unit, quantity, value))
        is_filed = country != "CA" and any(line[-1] > _LOW_VALUE for line in lines) and number % 13 != 5
        itn = f"X{day:%Y%m%d}{draw.randint(0, 999_999):06d}" if is_filed else ""
        for item, part, text, eccn, schedule_b, unit, quantity, value in lines:
            yield (
                f"80{number + 1741:06d}", f"{item * 10:06d}", "LF", f"{day:%d.%m.%Y}", f"{billed:%d.%m.%Y}", party,
                country, part, text, f"{quantity},000", {"NO": "EA"}.get(unit, unit), written(value), "USD", schedule_b,
                "US", eccn, "C33", "NLR", itn, "1000",
            )  # fmt: skip
    back = Decimal("480.00")
    day = FIRST + timedelta(days=DAYS - 1)
    yield (
        "80001799", "000010", "LR", f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y}", *_PARTIES[0], "COL-C18",
        "HPLC column, returned", "1,000", "EA", f"{written(back)}-", "USD", "9027905440", "US", "EAR99", "C33", "NLR",
        "", "1000",
    )  # fmt: skip
    yield ("", "", "", "", "", "Total", "", "", "", "", "", written(total - back), "USD", "", "", "", "", "", "", "")


def written(value: Decimal) -> str:
    """Return an amount as a German number: 1.250,00."""
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def text(seed: int = SEED) -> str:
    """Return the file."""
    blank = ";" * (len(HEADINGS) - 1)
    title = f"List of outbound deliveries (synthetic): {USPPI_NAME}".replace(";", ",")
    until = FIRST + timedelta(days=DAYS - 1)
    heads = (
        f"{title}{blank}", f"Goods issue {FIRST:%d.%m.%Y} to {until:%d.%m.%Y}, shipping point 1000{blank}", blank,
        ";".join(HEADINGS),
    )  # fmt: skip
    return "".join(f"{line}\r\n" for line in (*heads, *(";".join(row) for row in deliveries(seed))))


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(text().encode("cp1252"))
