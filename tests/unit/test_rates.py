"""Amounts in other currencies: converted at the rates that the user supplies, or not known; never taken for dollars."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.jobs.verify import verify
from tests.support.desk import Desk
from tests.support.office import CELLS, Office
from transforms.errors import InputError
from transforms.ingest.rates import read_rate_file

DAY = date(2025, 3, 7)
LOW = {
    "export_on": str(DAY), "destination": "DE", "eccn": "EAR99", "form": "tangible", "itn": "", "eei_exemption": "",
    "usppi_id": "123456789", "conveyance": "LH 401", "schedule_b": "9027500000", "origin_df": "D", "currency": "JPY",
    "shipment_id": "A", "value_usd": "350000",
}  # fmt: skip
CLAIMED = LOW | {"currency": "GBP", "value_usd": "2400", "eei_exemption": "NOEEI 30.37(a)"}
HEADINGS = "currency,date,rate,source\n"


class Currencies(Office):
    """A desk that takes lines with more columns, those of `LOW`."""

    def take(self, *rows: dict[str, str]) -> None:
        whole = [CELLS | LOW | row for row in rows]
        self.taken += 1
        text = "".join(",".join(cells) + "\n" for cells in (whole[0], *(row.values() for row in whole)))
        self.desk.take(text, f"extract-{self.taken}.csv")


@pytest.fixture
def office(desk: Desk) -> Office:
    return Currencies(desk)


def rates(office: Office, *rows: str) -> None:
    office.desk.home.rates.write_text(HEADINGS + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def outcome(office: Office, shipment: str = "A") -> tuple[str, list[str], str]:
    """Screen, and return what `eei-filing` says of a shipment: its outcome, what is missing, and why."""
    report = office.screen().report / "findings.parquet"
    found = office.desk.rows(
        f"select outcome, missing, because from '{report}' where rule_id = 'eei-filing' and shipment_id = '{shipment}'"
    )
    return found[0] if found else ("clear", [], "")


def outcomes(office: Office) -> dict[str, str]:
    """Screen, and return what `eei-filing` says of each shipment that is not clear."""
    report = office.screen().report / "findings.parquet"
    return dict(office.desk.rows(f"select shipment_id, outcome from '{report}' where rule_id = 'eei-filing'"))


def days_after(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize("line", [LOW, CLAIMED], ids=["yen", "pounds as claimed"])
def test_without_a_rate_the_value_is_not_known_and_the_finding_says_so(office: Office, line: dict[str, str]) -> None:
    office.take(line)
    said, missing, because = outcome(office)
    assert (said, missing) == ("undetermined", ["currency"])
    assert "is not recorded in US dollars, and no exchange rate for its currency and day is provided" in because


CONVERTED = {
    "2345 dollars": ("JPY", "350000", DAY, "clear"),
    "2500 dollars": ("JPY", "373134.33", DAY, "clear"),
    "2500.02 dollars": ("JPY", "373136.57", DAY, "flagged"),
    "a rate of seven days before": ("GBP", "350000", days_after(-7), "clear"),
    "a rate of eight days before": ("EUR", "350000", days_after(-8), "undetermined"),
    "a rate of the day after only": ("CHF", "350000", days_after(1), "undetermined"),
    "a rate of another currency": ("KRW", "350000", None, "undetermined"),
}
"""Currency and value of a line, the day of the rate for its currency, and what is said of its filing."""


def test_a_value_is_converted_at_the_rate_for_its_day(office: Office) -> None:
    office.take(*(LOW | {"shipment_id": name, "consignee_name": name, "currency": currency, "value_usd": value}
                  for name, (currency, value, _, _) in CONVERTED.items()))  # fmt: skip
    days = {currency: day for currency, _, day, _ in CONVERTED.values() if day}
    rates(office, *(f"{currency},{day},0.0067,ECB" for currency, day in days.items()))
    said = outcomes(office)
    assert {name: said.get(name, "clear") for name in CONVERTED} == {
        name: expected for name, (*_, expected) in CONVERTED.items()
    }


def test_lines_in_several_currencies_are_summed_in_dollars(office: Office) -> None:
    office.take(LOW, LOW | {"shipment_id": "B", "currency": "USD", "value_usd": "155.01"})
    rates(office, f"JPY,{DAY},0.0067,ECB")
    said, _, because = outcome(office)
    assert (said, "$2,500.01 over 2 lines" in because) == ("flagged", True)


def test_a_new_file_of_rates_needs_no_new_load_and_each_run_can_be_made_again(office: Office) -> None:
    office.take(LOW)
    said = []
    for rows in ((), (f"JPY,{DAY},0.0067,ECB",), (f"JPY,{DAY},0.0077,ECB",), (f"JPY,{DAY},0.0067,Fed",)):
        rates(office, *rows)
        said.append(outcome(office)[0])
    assert said == ["undetermined", "clear", "flagged", "clear"]
    office.desk.home.rates.unlink()
    assert outcome(office)[0] == "undetermined"
    proved = verify(office.desk.home, every=True)
    assert [(one.reproduced, one.why) for one in proved.runs] == [(True, "")] * 5
    assert office.desk.rows("select count(*), count(sha256) from rate_files") == [(5, 4)]


def test_the_manifest_names_the_file_of_rates_and_a_run_without_rates_names_none(office: Office) -> None:
    import hashlib
    import json

    office.take(LOW)
    first = json.loads((office.screen().report / "manifest.json").read_text(encoding="utf-8"))
    rates(office, f"JPY,{DAY},0.0067,ECB")
    digest = hashlib.sha256(office.desk.home.rates.read_bytes()).hexdigest()
    second = json.loads((office.screen().report / "manifest.json").read_text(encoding="utf-8"))
    assert (first.get("rates_sha256"), second["rates_sha256"]) == (None, digest)
    assert first["run_id"] != second["run_id"]


def test_rates_that_were_changed_in_the_database_are_told(office: Office) -> None:
    office.take(LOW)
    rates(office, f"JPY,{DAY},0.0067,ECB")
    office.screen()
    office.desk.rows("delete from rate_files")
    (proof,) = verify(office.desk.home).runs
    assert (proof.reproduced, "exchange rates" in proof.why) == (False, True)


@pytest.mark.long
def test_what_is_kept_says_the_same_as_what_is_made_anew(office: Office) -> None:
    office.take(LOW)
    rates(office, f"JPY,{DAY},0.0067,ECB")
    assert outcome(office)[0] == "clear"
    office.take(LOW | {"shipment_id": "B", "value_usd": "50000"})  # a night with another line of the same group
    kept = outcome(office), outcome(office, "B")
    office.desk.rows("delete from context_state")
    assert (outcome(office), outcome(office, "B")) == kept
    assert kept[0][0] == kept[1][0] == "flagged"


def test_faults_of_the_file_come_at_once_with_their_rows_and_nothing_is_taken_up(office: Office) -> None:
    office.take(LOW)
    rates(
        office, "EURO,2025-03-07,1.1,ECB", "EUR,2025-02-30,1.1,ECB", "EUR,2025-03-07,0,ECB", "EUR,2025-03-07,-1,ECB",
        "EUR,2025-03-08,1.1,", 'EUR,2025-03-09,"1,1",ECB', "EUR,2025-03-10,1.1,ECB", "EUR,2025-03-10,1.2,ECB",
        "USD,2025-03-10,1,ECB", "EUR,2025-03-11,1.1", "eur,03/12/2025,x,",
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        office.screen()
    said = str(refused.value)
    rows = [line.split(":")[0].strip() for line in said.splitlines()[1:-1]]
    assert rows == ["row 2", "row 3", "row 4", "row 5", "row 6", "row 7", "row 9", "row 10", "row 11", *["row 12"] * 4]
    for words in (
        "currency 'EURO' (allowed: an ISO 4217 code", "date '2025-02-30' (allowed: a day as 2026-11-02)",
        "rate '0' (allowed: US dollars for one unit, above zero", "rate '-1'", "source is blank (allowed:",
        "EUR on 2025-03-10 is in row 8 too (allowed: one rate per day)", "currency 'USD'", "3 cells (allowed: 4",
        "No rate of it was taken up",
    ):  # fmt: skip
        assert words in said
    assert office.desk.rows("select count(*) from rates") == [(0,)]


@pytest.mark.parametrize("text", ["", "currency,date,rate\n", "currency;date;rate;source\nEUR;2025-03-07;1.1;ECB\n"])
def test_other_headings_are_refused(tmp_path, text: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="row 1: the headings are"):
        read_rate_file(path, {"EUR"})


def test_text_that_is_not_utf_8_is_refused(tmp_path) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(b"currency,date,rate,source\nEUR,2025-03-07,1.1,B\xf6rse\n")
    with pytest.raises(InputError, match="not in UTF-8"):
        read_rate_file(path, {"EUR"})


def test_a_file_as_a_spreadsheet_writes_it_is_read(tmp_path) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(b"\xef\xbb\xbfCurrency,Date,Rate,Source\r\n\r\nEUR,2025-03-07,1.10,ECB\r\n,,,\r\n")
    (row,) = read_rate_file(path, {"EUR"}).rows
    assert row == {"currency": "EUR", "rate_on": DAY, "rate": Decimal("1.10"), "source": "ECB"}


def test_the_summary_says_how_many_lines_are_in_no_sum_and_why(office: Office) -> None:
    office.take(LOW, LOW | {"shipment_id": "B", "value_usd": ""}, LOW | {"shipment_id": "C", "currency": "USD"})
    page = (office.screen().report / "summary.html").read_text(encoding="utf-8")
    assert "The value of 1 line is not recorded in US dollars and has no exchange rate for the day; lines that" in page
    rates(office, f"JPY,{DAY},0.0067,ECB")
    page = (office.screen().report / "summary.html").read_text(encoding="utf-8")
    assert "has no exchange rate" not in page
