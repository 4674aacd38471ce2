"""What no line of the sample can show of the rulebook, and why; all else, a finding shows it."""

from __future__ import annotations

NEVER_FLAGGED = {
    "party-not-named": "nobody is named, so nobody is found on a list",
    "party-other-list": "a match is a red flag and no license requirement, so it is never flagged",
    "party-unverified-list": "no line of the sample claims a license exception to such a party",
    "occupied-ukraine": "no line of the sample names a region of Ukraine",
    "ccl-cw": "each row turns on a form, a certificate or a list that was not read, so it is never flagged",
    "ccl-ss": "part 754 governs, and no row of the chart, so it is never flagged",
    "exception-for-reexports": "no line of the sample claims License Exception APR",
    "sudan-at": "no line of the sample went to Sudan before 2021-01-14",
    "export-to-united-states": "the destination or the activity is wrong, so it is never flagged",
    "filed-by-another": "the forwarder can tell, so it is never flagged",
}
NEVER_UNDETERMINED = {
    "party-denied-persons": "the lines of the sample left on days that the orders cover, or not, for certain",
    "party-meu-list": "the lines of the sample have ECCNs that Supplement No. 2 has, or not",
    "occupied-ukraine": "no line of the sample names a region of Ukraine",
    "exception-for-reexports": "no line of the sample claims License Exception APR",
    "sudan-at": "no line of the sample went to Sudan before 2021-01-14",
    "citation-not-held": "a report shows the filing or not",
    "eccn-differs": "two ECCNs that can be read are the same or differ",
    "filed-not-shipped": "a filing of our own is matched or not",
    "filing-cancelled": "the status says it",
    "itn-differs": "two ITNs differ or not",
    "license-code-differs": "two codes differ or not",
    "license-number-differs": "two numbers differ or not",
    "itn-not-recorded": "AES holds the filing or not",
    "itn-malformed": "only where a source has no such column",
    "license-number-missing": "only where a source has no such column",
    "origin-malformed": "an origin can be read or not",
    "origin-differs": "two letters differ or not",
    "quantity-differs": "compared in one unit only",
    "schedule-b-malformed": "a number has ten digits or not",
    "schedule-b-differs": "two numbers differ or not",
    "value-declared-low": "only where both values are known",
    "value-not-positive": "a value is above zero or not",
}
NO_LINE = {
    "trigger-used-vehicles": "no column shows a used vehicle; presumed absent",
}
