"""The facts that other records add to a line, with their meanings; those of the line itself stand in `FACTS`."""

from __future__ import annotations

OTHER_FACTS: dict[str, str] = {
    "item_eccn": "ECCN of the item record, where the line has none, a coarser one or another",
    "item_says": "What the item record tells of an instrument of ECCN 3A069: detectors, spectral analysis, proteomics",
    "signal": "What the description tells of an instrument of ECCN 3A069, where the line says 3A999 or EAR99",
    "low_value": "Whether the shipment is over the low-value threshold by Schedule B number: under, over or unknown",
    "itn_use": "Whether the ITN stands on lines that cannot be one filing: several parties, dates too far apart",
    "aes_state": "What a report from AES says of the ITN: not held, canceled",
}
"""The facts that are not stored with a line: each screening makes them anew, as other records change them."""
