"""What tests of the ledger share: a home whose lines are restated between screenings, and what became of findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flows.jobs.dispose import dispose
from flows.jobs.screen import Screened, screen_home
from flows.settings import now
from tests.support.desk import Desk
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision

TODAY = now().date()
"""The day by the clock, as decisions are dated by it."""
LATER = TODAY + timedelta(days=900)
CELLS = {
    "shipment_id": "", "line_number": "1", "export_on": "2025-02-03", "activity": "export", "destination": "PK",
    "description": "a pump", "eccn": "3A999", "value_usd": "9000.00", "license_code": "C33", "license_number": "NLR",
    "consignee_name": "Acme Labs", "itn": "X20250202123456", "port_of_export": "JFK",
}  # fmt: skip


def lines(*rows: dict[str, str]) -> str:
    """Return an extract; each row says what is other than in `CELLS`, and may have further columns."""
    names = dict.fromkeys([*CELLS, *(name for row in rows for name in row)])
    cells = [[(CELLS | row).get(name, "") for name in names] for row in rows]
    return "".join(",".join(one) + "\n" for one in (names, *cells))


@dataclass
class Office:
    """A desk at which lines come in, are screened and decided about; each extract is taken as the next one."""

    desk: Desk
    taken: int = 0

    def take(self, *rows: dict[str, str]) -> None:
        """Load rows: `{"shipment_id": "A", ...}`."""
        self.taken += 1
        self.desk.take(lines(*rows), f"extract-{self.taken}.csv")

    def screen(self, as_of: date = TODAY) -> Screened:
        """Screen the present."""
        return screen_home(self.desk.home, as_of)

    def decide(self, status: str, *finding_ids: str, expires_on: date | None = None, **other: Any) -> dict[str, Any]:
        """Decide about findings by their ids."""
        decision = Decision(status, "as counsel said", "ticket 7", expires_on)
        return dispose(self.desk.home, Choice(finding_ids=finding_ids), decision, "Ada", **other)

    def finding(self, shipment: str, rule: str = "pakistan-rs") -> str:
        """Return the id of the finding of a shipment's line under a rule."""
        found = self.desk.rows(f"select finding_id from ledger where shipment_id = '{shipment}' and rule_id = '{rule}'")
        return str(found[0][0])

    def standing(self, shipment: str, rule: str = "pakistan-rs") -> tuple[Any, ...]:
        """Return how it stands: state, closed by, and whether a decision stands."""
        return self.desk.rows(
            "select state, closed_by, decided_in is not null from ledger"
            f" where shipment_id = '{shipment}' and rule_id = '{rule}'"
        )[0]

    def last_event(self, shipment: str, rule: str = "pakistan-rs") -> tuple[str, str, str]:
        """Return the last event of it: what happened, cause, detail."""
        event, cause, detail = self.desk.rows(
            "select event, cause, detail from ledger_events where finding_id ="
            f" '{self.finding(shipment, rule)}' order by entry desc limit 1"
        )[0]
        return event, cause, detail

    def state_in(self, screened: Screened, shipment: str, rule: str = "pakistan-rs") -> list[str]:
        """Return the state of the finding in the Parquet file of a screening; none where it was not made."""
        path = screened.report / "findings.parquet"
        rows = self.desk.rows(f"select state from '{path}' where shipment_id = '{shipment}' and rule_id = '{rule}'")
        return [state for (state,) in rows]
