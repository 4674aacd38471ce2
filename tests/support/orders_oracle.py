"""A second reading of the value of an order under License Exception LVS (15 CFR 740.3), to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.support.truth import Line, Truth


class Orders:
    """Lines by the number of their order, and by their shipment."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_order: dict[str, list[Line]] = defaultdict(list)
        self.by_shipment: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            self.by_shipment[shipment_of(line)].append(line)
            if line.get("order_number"):
                self.by_order[str(line["order_number"])].append(line)

    def is_within(self, line: Line, limit: float) -> Truth:
        """Whether the items of the entry of a line are within the limit of one order."""
        order, shipment = line.get("order_number"), self.by_shipment[shipment_of(line)]
        own = self.by_order[order] if order else shipment
        perhaps = [one for one in shipment if not one.get("order_number")] if order else []
        entry = str(line["eccn"])[:5]
        sure = [one.get("value_usd") for one in own if str(one["eccn"])[:5] == entry]
        more = [one.get("value_usd") for one in perhaps if str(one["eccn"])[:5] == entry]
        least = sum(float(value) for value in sure if value)
        if round(least - limit * 1.1, 4) > 0:
            return False
        if not all((*sure, *more)):
            return None
        most = least + sum(float(value) for value in more if value)
        return True if most <= limit * (1 if order else 0.9) else None


def shipment_of(line: Line) -> str:
    return line.get("shipment_id") or "S"
