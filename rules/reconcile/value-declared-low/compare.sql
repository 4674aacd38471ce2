-- Is the value in AES at or below the low-value threshold, and the shipment record above it? 15 CFR 30.37(a). In whole
-- dollars, as AES accepts them; lines filed together are compared by their sums. Returned repairs are filed at parts
-- and labor only (30.29): value-differs has them.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'Shipment record shows value ', format('${:,.2f}', recorded_usd::double),
        ' (recorded: ' || recorded_original || ')', in_lines, '; AES filing shows ',
        format('${:,.2f}, not over ${:,.0f}', filed_usd::double, $threshold_usd::double), in_filing
    ) as because,
    []::varchar[] as missing
from pairs
where round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd and not coalesce(is_repair, false)
