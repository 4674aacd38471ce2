"""What follows where an extract has no column for what the rules ask, in words for whoever reads the draft."""

from __future__ import annotations

from collections.abc import Collection

from transforms.kinds import KindName

_LINES: dict[tuple[str, ...], str] = {
    ("destination",): (
        "No column for the country of destination: no license requirement can be judged. Lines are undetermined."
    ),
    ("eccn",): (
        "No column for the ECCN: ECCN controls cannot be judged. Lines are undetermined, unless the item master has"
        " the ECCN of their part."
    ),
    ("value_usd", "value_recorded"): (
        "No column for the value: the low-value exemption (15 CFR 30.37(a)) cannot be judged. Lines that turn on it are"
        " undetermined."
    ),
    ("schedule_b",): (
        "No column for the Schedule B number: values are not added up by number, and the number is not checked."
    ),
    ("itn", "eei_exemption"): (
        "No column for the ITN or the exemption legend: only loaded AES filings can show that EEI was filed."
    ),
    ("license_code", "license_number"): (
        "No column for the license code or number: lines that require a license are undetermined."
    ),
    ("consignee_name",): (
        "No column for the ultimate consignee: findings name no party, and no consignee is compared with AES."
    ),
    ("part_number",): "No column for the part number: the item master cannot complete the lines.",
    ("activity",): (
        "No column says whether a row is an export, a reexport or a transfer. If each row is an export from the United"
        " States, add constants: {activity: export}; otherwise what depends on it is undetermined."
    ),
    ("origin_df",): "No column for the origin: domestic and foreign goods are not told apart.",
}
_ITEMS: dict[tuple[str, ...], str] = {
    ("eccn",): "No column for the ECCN: the item master cannot complete lines without one.",
}
_FILINGS: dict[tuple[str, ...], str] = {
    ("status",): "No column for the status: canceled filings count like those that AES holds.",
    (
        "transmitted_at",
    ): "No column for the time of transmission: of two versions of a filing, none is known as the later.",
    ("shipment_reference",): "No column for the shipment reference number: filings match lines by their ITN alone.",
}
_OF: dict[str, dict[tuple[str, ...], str]] = {"lines": _LINES, "items": _ITEMS, "filings": _FILINGS}


def without(kind: KindName, found: Collection[str]) -> dict[str, str]:
    """Return canonical column -> what follows from its absence, for those that matter and that nothing feeds."""
    return {names[0]: sentence for names, sentence in _OF[kind].items() if not set(names) & set(found)}
