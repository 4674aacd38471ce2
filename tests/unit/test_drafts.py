"""What a draft decides, asks and says, one question at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.headings import FOLDER, HeadingSet, drafted, knowledge, read_sets
from transforms.drafts.choose import Knowledge, draft_columns
from transforms.drafts.model import Draft
from transforms.errors import Fault

INVENTED = {one.name: one for one in read_sets(FOLDER / "invented")}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


def of(known: Knowledge, columns: dict[str, str | list[str]]) -> Draft:
    """Draft a file of three rows; a column of one text has it in each."""
    values = [[cell] * 3 if isinstance(cell, str) else cell for cell in columns.values()]
    return draft_columns(list(columns), [list(row) for row in zip(*values, strict=True)], known)


def found(draft: Draft) -> dict[str, str]:
    return {one.column: one.heading for one in draft.choices}


def asked(draft: Draft) -> dict[str, list[str]]:
    return {one.column: [heading for _, heading, _ in one.options] for one in draft.questions}


BASE: dict[str, str | list[str]] = {
    "Delivery No": "80001", "Item": ["10", "20", "30"], "Goods Issue Date": "2025-03-01", "Ship-to Country": "PK",
    "Material": ["A", "B", "C"], "Qty": ["1", "2", "3"], "Net Value": ["10.00", "30.00", "20.00"],
}  # fmt: skip


@pytest.mark.parametrize("one", INVENTED.values(), ids=INVENTED)
def test_headings_of_other_systems_and_languages_are_understood(one: HeadingSet, known: Knowledge) -> None:
    told = drafted(one, known)
    assert told.kind.name == one.kind, told.why
    assert {column: found(told).get(column) for column in one.finds} == one.finds
    assert sorted(asked(told)) == one.asks


@pytest.mark.parametrize(
    ("column", "more", "options"),
    [
        ("export_on", {"Invoice Date": "2025-03-05"}, ["Goods Issue Date", "Invoice Date"]),
        ("export_on", {"Buchungsdatum": "2025-03-05"}, ["Goods Issue Date", "Buchungsdatum"]),
        ("destination", {"Sold-to Country": "DE"}, ["Ship-to Country", "Sold-to Country"]),
        ("destination", {"Country": "DE"}, ["Ship-to Country", "Country"]),
        ("value_usd", {"List Price": "12.00"}, ["Net Value", "List Price"]),
        ("value_usd", {"Unit Price": "12.00"}, ["Net Value", "Unit Price"]),
        ("value_usd", {"Gross Amount": "12.00"}, ["Net Value", "Gross Amount"]),
    ],
)
def test_of_two_columns_that_could_be_meant_none_is_picked(
    known: Knowledge, column: str, more: dict[str, str | list[str]], options: list[str]
) -> None:
    told = of(known, BASE | more)
    assert asked(told) == {column: options}
    assert column not in found(told)


@pytest.mark.parametrize(
    "more",
    [
        {"Requested Delivery Date": "2025-02-01"}, {"Planned Goods Issue Date": "2025-02-01"},
        {"Order Date": "2025-02-01"}, {"Created On": "2025-02-01"}, {"Delivery Date": "2025-04-01"},
        {"Bill-to Country": "US"}, {"Country of Origin": "US"},
    ],
)  # fmt: skip
def test_what_cannot_be_the_export_or_the_destination_is_no_candidate(
    known: Knowledge, more: dict[str, str | list[str]]
) -> None:
    told = of(known, BASE | more)
    assert asked(told) == {}
    assert (found(told)["export_on"], found(told)["destination"]) == ("Goods Issue Date", "Ship-to Country")


def test_a_price_that_times_the_quantity_is_the_amount_is_known_to_be_of_one_unit(known: Knowledge) -> None:
    told = of(known, BASE | {"Unit Price": ["10.00", "15.00", "6.667"]})
    assert asked(told) == {}
    assert found(told)["value_usd"] == "Net Value"


def test_a_price_of_one_unit_is_never_taken_for_the_value(known: Knowledge) -> None:
    told = of(known, {name: cells for name, cells in BASE.items() if name != "Net Value"} | {"Unit Price": "5.00"})
    assert "value_usd" not in found(told)
    assert any("'Unit Price' is the price of one unit, not the value" in warning for warning in told.warnings)


def test_only_an_invoice_date_is_taken_and_said(known: Knowledge) -> None:
    told = of(
        known, {name: cells for name, cells in BASE.items() if "Date" not in name} | {"Invoice Date": "2025-03-01"}
    )
    assert found(told)["export_on"] == "Invoice Date"
    assert any("'Invoice Date' (date of the invoice) is taken for the date of export" in one for one in told.warnings)


def test_only_an_order_date_is_asked_about(known: Knowledge) -> None:
    told = of(known, {name: cells for name, cells in BASE.items() if "Date" not in name} | {"Order Date": "2025-03-01"})
    assert asked(told) == {"export_on": ["Order Date"]}


@pytest.mark.parametrize(
    ("heading", "values", "column"),
    [("Ship-to Country", ["A1", "B2", "C3"], "destination"), ("Goods Issue Date", ["open", "x", "y"], "export_on")],
)
def test_values_refuse_a_heading_that_says_what_they_are_not(
    known: Knowledge, heading: str, values: list[str], column: str
) -> None:
    told = of(known, BASE | {heading: values})
    assert column not in found(told)
    assert any(one.startswith(f"{heading!r} is named as") for one in told.warnings)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        (["X20250301123456"] * 3, "itn"), (["3A999", "EAR99", "2B350.g"], "eccn"),
        (["8413.70.3040", "8413.70.3041", "8413.70.3042"], "schedule_b"),
    ],
)  # fmt: skip
def test_values_of_an_unmistakable_form_say_what_a_column_is(known: Knowledge, values: list[str], column: str) -> None:
    told = of(known, BASE | {"Zxq": values})
    assert {one.column: one.confidence for one in told.choices if one.heading == "Zxq"} == {column: "a guess"}


def test_an_invoice_with_itns_is_the_exporters_own_paper(known: Knowledge) -> None:
    told = of(known, BASE | {"Invoice No": "I1", "AES ITN": "X20250301123456", "AES Filing Status": "Accepted"})
    assert told.kind.name == "lines"
    assert found(told)["itn"] == "AES ITN"


def test_each_shipment_of_one_row_has_one_line(known: Knowledge) -> None:
    told = of(known, {"Shipment": ["S1", "S2", "S3"], "Ship Date": "2025-03-01"})
    assert told.constants["line_number"][0] == "1"


def test_a_shipment_that_comes_again_without_line_numbers_is_asked_about(known: Knowledge) -> None:
    told = of(known, {"Shipment": "S1", "Ship Date": "2025-03-01", "SKU": ["A", "B", "C"]})
    assert asked(told) == {"line_number": []}
    assert "comes more than once" in told.questions[0].asks


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Order Status", "open", "rows that are canceled"), ("Credit Memo", "N", "credit memos would be screened"),
        ("Return Flag", "N", "returns, samples and repairs"), ("Order Type", "STD", "returns, credit memos, samples"),
        ("Storno", "X", "canceled rows"),
    ],
)  # fmt: skip
def test_what_looks_like_it_matters_is_warned_about(known: Knowledge, heading: str, value: str, said: str) -> None:
    told = of(known, BASE | {heading: value})
    assert any(repr(heading) in one and said in one for one in told.warnings)
    assert heading in [one.heading for one in told.left]


def test_the_check_warns_of_what_a_layout_ignores_and_what_matters(known: Knowledge, tmp_path: Path) -> None:
    from tests.support.layouts import acme
    from transforms.drafts.matters import ignored_though_it_matters

    layout = acme(tmp_path, "ignore: [Order Status, Clerk]\n")
    told = ignored_though_it_matters(layout, ["No", "Order Status", "Clerk"], [], known.words, known.sources)
    assert [one.partition(" is not read")[0] for one in told] == ["'Order Status' (status)"]


def test_a_currency_is_read_and_one_that_a_heading_names_is_stated(known: Knowledge) -> None:
    assert found(of(known, BASE | {"Doc. Currency": "EUR"}))["currency"] == "Doc. Currency"
    told = of(known, {name.replace("Net Value", "Net Value (EUR)"): cells for name, cells in BASE.items()})
    assert told.constants["currency"][0] == "EUR"


def test_dollars_beside_another_currency_are_the_value_and_the_other_is_recorded(known: Knowledge) -> None:
    told = of(known, BASE | {"Net Value USD": "11.00", "Currency": "EUR"})
    assert (found(told)["value_usd"], found(told)["value_recorded"]) == ("Net Value USD", "Net Value")


@pytest.mark.parametrize(
    "heading",
    ["SHIPTOCOUNTRY", "ShipToCountry", "ship_to_country", "Ship-To Ctry", "Ship to  Country:", "Land Warenempfänger",
     "EMPFAENGERLAND", "Pays destinataire", "Shipto Cntry Code"],
)  # fmt: skip
def test_a_heading_is_read_however_it_is_written(known: Knowledge, heading: str) -> None:
    told = of(known, {name.replace("Ship-to Country", heading): cells for name, cells in BASE.items()})
    assert found(told)["destination"] == heading


def test_within_a_known_source_each_heading_means_one_thing_and_across_them_it_is_known_which_do_not(
    known: Knowledge,
) -> None:
    said: dict[str, set[str]] = {}
    for source in known.sources:
        for heading, meaning in source.meanings.items():
            said.setdefault(heading, set()).add(meaning)
    differ = {heading for heading, meanings in said.items() if len({*map(_column, meanings)} - {""}) > 1}
    # which source it is tells; where none is known, its words and values do
    assert differ == KNOWINGLY, sorted(differ ^ KNOWINGLY)


def _column(meaning: str) -> str:
    return "" if meaning.startswith("ignored") else meaning


KNOWINGLY = {
    "class", "customer", "customer_id", "customs value", "date", "declared value", "delivery date", "delivery name",
    "deliverydate", "item", "item name", "item number", "item_number", "line item", "location", "name", "name 1",
    "name1", "no.", "origin", "product", "reference document", "ship-to party", "shipper number", "shkzg",
    "sold-to party", "state", "subtotal", "total", "units", "vbeln", "vgbel",
}  # fmt: skip
"""Headings that mean something else in another source, as their documents say."""
REFUSED = {
    "an unknown meaning": ("headings: {shipmentid: X}\n", "headings.shipmentid: no such meaning"),
    "a heading twice": ("headings: {itn: X, eccn: x}\n", "'x' means itn too"),
    "an unknown key": ("headings: {itn: X}\nhints: Y\n", "hints: unknown key"),
    "no document": ("headings: {itn: X}\nsource: []\n", "no document is named"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_known_source_at_fault_is_refused_by_file_and_key(name: str, tmp_path: Path, known: Knowledge) -> None:
    from transforms.drafts.known import read_known
    from transforms.layouts.read import LayoutError

    text, said = REFUSED[name]
    head = "id: acme\ntitle: Acme\nconfidence: from memory\nkinds: [lines]\n"
    head += "" if "source:" in text else "source: a document\n"
    (tmp_path / "acme.yml").write_text(head + text, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        read_known(tmp_path, known.words)
    faults: list[Fault] = caught.value.faults
    assert any(said in str(one) for one in faults), str(caught.value)
