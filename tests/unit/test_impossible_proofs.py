"""An ITN whose date cannot be is no proof of filing: what is said of each line of a home, by a table made of the law.

The table was written before the engine was read: AES gives the ITN on the day on which it accepts the filing (15 CFR
30.7 and appendix B), which is before the export or, late, after it (30.4, 30.71), and never after we saw it.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.jobs.questions import explain_line
from flows.jobs.screen import screen_home
from tests.support.desk import Desk
from tests.support.lines import FILING, LINE, ingest
from tests.support.office import TODAY
from tests.support.parquet import rows_of

LEARNED, LATER = datetime(2025, 6, 1), datetime(2025, 7, 1)
CHECK, FILED = "itn-date-impossible", "eei-filing"
NO_PROOF, IN_DOUBT, PROOF = ("flagged", "flagged"), ("undetermined", "undetermined"), ("clear", "clear")
"""What the filing rule and the check of the date say of a line over the threshold."""
TABLE = {
    # (export, ITN field, exemption field): what is said
    ("2025-03-03", "X20250302123456", ""): PROOF,
    ("2025-03-03", "X20250303123456", ""): PROOF,
    ("2024-03-01", "X20240229123456", ""): PROOF,  # a leap day
    ("2025-01-01", "X20241231123456", ""): PROOF,  # the turn of a year
    ("2025-03-03", "X20250308123456", ""): PROOF,  # filed late, and filed
    ("2025-06-20", "X20250601123456", ""): PROOF,  # of the day on which it was loaded
    ("2025-03-03", "X20250230123456", ""): NO_PROOF,
    ("2025-03-03", "X20250229123456", ""): NO_PROOF,  # of a year without a leap day
    ("2025-03-03", "X20251301123456", ""): NO_PROOF,
    ("2025-03-03", "X20250300123456", ""): NO_PROOF,
    ("2025-03-03", "X00000000000000", ""): NO_PROOF,
    ("2025-03-03", "X19000301123456", ""): NO_PROOF,
    ("2025-03-03", "X00010301123456", ""): NO_PROOF,
    ("1994-12-31", "X19941230123456", ""): NO_PROOF,  # before AES
    ("2025-06-20", "X20250602123456", ""): NO_PROOF,  # of a day after the one on which it was loaded
    ("2025-05-20", "X20991231123456", ""): NO_PROOF,
    ("2025-03-03", "X20220302123456", ""): NO_PROOF,  # years before the export
    ("2022-03-03", "X20250303123456", ""): NO_PROOF,  # years after it
    ("2025-03-03", "X20240702123456", ""): IN_DOUBT,  # months before it
    ("2024-07-02", "X20250303123456", ""): IN_DOUBT,  # months after it
    ("2025-03-03", "", "AES X20250230123456"): NO_PROOF,
    ("2025-03-03", "PENDING", "AES X20250302123456"): PROOF,
    ("2025-03-03", "PENDING", "AES X20240702123456"): IN_DOUBT,
    ("2025-03-03", "AES X20250230123456 SS", "AES X20250230123456"): NO_PROOF,
    ("2025-03-03", "AESPOST 12345678900 02/30/2025", ""): ("flagged", "clear"),
    ("2025-03-03", "AESDOWN 123456789 13/01/2025", ""): ("flagged", "clear"),
    ("2025-03-03", "AESPOST 000000000 03/03/2025", ""): ("undetermined", "clear"),
    ("2025-03-03", "AESDOWN 1234567890 03/03/2025", ""): ("undetermined", "clear"),
    ("2025-03-03", "AESPOST 03/03/2025", ""): ("undetermined", "clear"),
}
"""Lines of 9,000 dollars to Germany, where EEI is required (15 CFR 758.1(b)(5))."""
SMALL = {
    ("2025-03-03", "X20250230123456", ""): ("clear", "flagged"),
    ("2025-03-03", "X20250230123456", "NOEEI 30.37(a)"): ("clear", "flagged"),
    ("2025-03-03", "", "NOEEI 30.37(a)"): ("clear", "clear"),
}
"""Lines of 90 dollars: no EEI is required, whatever is recorded (15 CFR 30.37(a))."""


def rows(table: dict, value: str, first: int) -> list[dict[str, str]]:
    return [
        LINE | {"shipment_id": f"S{at}", "export_on": day, "tendered_on": "", "itn": itn, "eei_exemption": exemption,
                "value_usd": value, "conveyance": f"C{at}"}
        for at, (day, itn, exemption) in enumerate(table, first)
    ]  # fmt: skip


def said(desk: Desk) -> dict[tuple[str, str], str]:
    """By shipment and rule, the outcome of what is not clear."""
    found = rows_of(screen_home(desk.home, TODAY).report / "findings.parquet", "shipment_id, rule_id, outcome")
    return {(shipment, rule): outcome for shipment, rule, outcome in found}


def test_a_date_that_cannot_be_proves_no_filing_and_an_aes_report_outranks_it(desk: Desk) -> None:
    whole = [*rows(TABLE, "9000", 0), *rows(SMALL, "90", len(TABLE))]
    ingest(desk.home, "lines", LEARNED, *whole)
    found = said(desk)
    for at, (key, expected) in enumerate([*TABLE.items(), *SMALL.items()]):
        shipment = f"S{at}"
        outcomes = tuple(found.get((shipment, rule), "clear") for rule in (FILED, CHECK))
        assert outcomes == expected, key
    explained = explain_line(desk.home, "S6", 1, None, CHECK)["determinations"]
    assert "no date of the calendar" in str(explained)

    held = [key for key in TABLE if key[1].startswith("X") and TABLE[key] == IN_DOUBT]
    report = [
        FILING | {"itn": itn, "export_on": day, "shipment_reference": f"S{list(TABLE).index((day, itn, exemption))}",
                  "usppi_id": "12345678900"}
        for day, itn, exemption in held
    ]  # fmt: skip
    ingest(desk.home, "filings", LATER, *report, FILING | {"itn": "X20250230123456", "shipment_reference": "S6"})
    found = said(desk)
    for day, itn, exemption in held:
        shipment = f"S{list(TABLE).index((day, itn, exemption))}"
        assert (shipment, FILED) not in found and (shipment, CHECK) not in found
        assert (shipment, "itn-not-recorded") not in found
    assert found["S6", FILED] == "undetermined"  # a report with an ITN of no day of the calendar shows no ITN of AES
    assert found["S6", CHECK] == "flagged"


@pytest.mark.parametrize("day", ["", "2025-02-30", "1900-03-03"])
def test_without_a_readable_date_of_export_the_row_is_quarantined(desk: Desk, day: str) -> None:
    line = LINE | {"export_on": day, "itn": "X20250230123456"}
    done = desk.take(",".join(line) + "\n" + ",".join(line.values()) + "\n")
    assert (done.loaded, done.quarantined) == (0, 1)
