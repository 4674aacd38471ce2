"""A second reading of single cells: what a recorded value says that is what its column should hold, or nothing.

For 15 CFR 30.37(a) a part that cannot be read is a part that is missing; a citation of 15 CFR part 30, appendix B, is
a claim with a form, and with the date of the export it is made for.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from tests.support.runs import MOMENT
from tests.support.tables_oracle import Tables

PLACEHOLDERS = {"", "TBD", "TBA", "NA", "NONE", "UNKNOWN", "VARIOUS", "X", "XXX", "TEST", "NULL", "0"}
"""Words that name nobody, by their letters and digits: `N/A` and `?` too. They are data, no notes of ours, and stand
here beside `is_placeholder` of `common.sql` on purpose: a second reading takes no list from what it checks."""
TERRITORIES = {"PR", "VI", "GU", "AS", "MP", "UM"}
"""Neither domestic nor foreign by themselves, 15 CFR 30.6(a)(11)."""
ITN = re.compile(r"(AES )?X[0-9]{14}( SS)?")
CITATION = re.compile(
    r"(AESPOST [0-9A-Z]+(-[0-9A-Z]+)?|AESDOWN [0-9A-Z]+) "
    r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})"
)


def read_proof(text: str, day: date) -> str:
    """What a cell claims of a filing: an `itn`, a `citation` of this day, `nothing`, or something `other`.

    A citation of another day, or of one that no calendar has, is none for this export. Nor is an ITN of a day that no
    calendar has, of before AES (1995), of a day after the record was loaded, or of more than 365 days before or after
    the export; of more than 120 days it may be another's.
    """
    if not text:
        return "nothing"
    if ITN.fullmatch(text):
        return _read_itn(text, day)
    found = CITATION.fullmatch(text)
    if not found:
        return "other"
    on = tuple(int(found[part]) for part in ("year", "month", "day"))
    return "citation" if on == (day.year, day.month, day.day) else "nothing"


def _read_itn(text: str, day: date) -> str:
    digits = re.sub("[^0-9]", "", text)[:8]
    try:
        accepted = datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return "nothing"
    apart = abs((accepted - day).days)
    if accepted.year < 1995 or accepted > MOMENT.date() or apart > 365:
        return "nothing"
    return "itn" if apart <= 120 else "other"


def read_number(text: str | None) -> str:
    """A Schedule B number: ten digits, of a chapter; dots, blanks and hyphens aside."""
    digits = re.sub("[. -]", "", text or "")
    return digits if re.fullmatch("[0-9]{10}", digits) and not digits.startswith("00") else ""


def read_origin(text: str | None, tables: Tables) -> str:
    """D or F, or by the country: goods of the United States are domestic, of another country foreign.

    NA is not taken for Namibia, as it may stand for nothing.
    """
    word = (text or "").strip().upper()
    if word in ("D", "F"):
        return word
    country = tables.names.get(word.replace(".", ""), "") if read_name(word) else ""
    return "" if not country or country in TERRITORIES else "D" if country == "US" else "F"


def read_amount(text: str | None) -> Decimal | None:
    """A value of goods, which is above zero: what is given away has one too, 15 CFR 30.6(a)(17)."""
    amount = Decimal(text.replace(",", "")) if text else None
    return amount if amount and amount > 0 else None


def read_name(text: str | None) -> str:
    """A name or a conveyance by its letters and digits, unless it names nobody."""
    folded = "".join(letter for letter in str(text or "").upper() if letter.isalnum())
    return "" if folded in PLACEHOLDERS else folded


def read_usppi(text: str | None) -> str:
    """The first nine letters and digits of the number of a USPPI: an EIN without its suffix."""
    folded = read_name(text)
    return folded[:9] if len(folded) >= 9 else ""
