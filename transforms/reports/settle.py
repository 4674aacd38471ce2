"""What would settle an undetermined outcome, by the field that is missing."""

SETTLES: dict[str, str] = {
    "": "A doubt in the law itself, or terms that no record shows: for counsel",
    "eccn": "The full ECCN with its paragraph, from the item's classification",
    "destination": "The country of ultimate destination",
    "activity": "Whether it was an export, a reexport or a transfer within the country",
    "license_code": "The AES license code under which it went",
    "license_number": "The license number, or the symbol of the exception",
    "exception_paragraph": "The paragraph of the exception that was relied on",
    "tendered_on": "The day of hand-over to the carrier",
}
