"""The columns in words, as headings of tables and sheets: `ECCN`, `Value (USD)`, `Ultimate consignee`."""

from __future__ import annotations

_WORDS = {
    "activity": "Activity",
    "applies_to": "Applies to",
    "aes_state": "State in AES",
    "authority": "Authority",
    "because": "Reason",
    "column_name": "Column",
    "consignee_country": "Country of ultimate consignee",
    "consignee_name": "Ultimate consignee",
    "consignee_type": "Ultimate consignee type",
    "conveyance": "Carrier or conveyance",
    "currency": "Currency",
    "days_open": "Days open",
    "decided": "Decision on file",
    "description": "Description",
    "destination": "Destination",
    "destination_region": "Region of destination",
    "eccn": "ECCN",
    "eccn_recorded": "ECCN on the shipment",
    "eei_exemption": "Exemption legend",
    "end_user_country": "Country of end user",
    "end_user_name": "End user",
    "evidence": "Evidence",
    "exception_paragraph": "Exception paragraph",
    "expires_on": "Expires on",
    "export_on": "Exported on",
    "fda_device": "FDA device",
    "filing_option": "AES filing option",
    "finding_id": "Finding ID",
    "first_export_on": "First export",
    "first_seen_on": "First reported on",
    "form": "Tangible or intangible",
    "intermediate_consignee_name": "Intermediate consignee",
    "intermediate_country": "Country of intermediate consignee",
    "invoice_number": "Invoice number",
    "item_facts": "Item facts",
    "itn": "ITN",
    "last_export_on": "Last export",
    "law_from": "Effective from",
    "law_until": "Effective until",
    "license_code": "License code",
    "license_number": "License number or symbol",
    "license_number_form": "Form of license number",
    "line_number": "Line",
    "line_findings": "Open findings of the line",
    "lines": "Lines",
    "missing": "Missing fields",
    "none": "No single field",
    "origin_df": "Origin (D or F)",
    "outcome": "Outcome",
    "order_number": "Order number",
    "purchaser_name": "Purchaser",
    "purchaser_country": "Purchaser country",
    "forwarder_name": "Forwarding agent",
    "consignee_address": "Consignee address",
    "end_user_address": "End user address",
    "part_number": "Part number",
    "port_of_export": "Port of export",
    "quantity": "Quantity",
    "reason": "Reason for decision",
    "remedy": "What to do",
    "routed": "Routed export",
    "rule_id": "Rule",
    "schedule_b": "Schedule B number",
    "severity": "Severity",
    "shipment_id": "Shipment",
    "shipped_from": "Shipped from",
    "shipped_from_region": "Region shipped from",
    "situation_id": "Situation ID",
    "source": "Data source",
    "state": "State",
    "status": "Decision",
    "tendered_on": "Tendered to carrier on",
    "transport_mode": "Mode of transport",
    "uom": "Unit",
    "usppi_id": "USPPI number",
    "token": "Check value (do not change)",
    "usppi_name": "USPPI",
    "value_recorded": "Value as recorded",
    "value_usd": "Value (USD)",
}


def heading(column: str) -> str:
    """Return a column in words; one that is not listed, as its name reads."""
    return _WORDS.get(column) or column.replace("_", " ").capitalize()


def column_of(words: str) -> str:
    """Return the column that a heading stands for; what is none comes back as it is."""
    return _COLUMNS.get(words.strip().casefold(), words)


_COLUMNS = {text.casefold(): name for name, text in _WORDS.items()}
