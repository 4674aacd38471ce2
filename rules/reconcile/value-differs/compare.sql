-- Is it the same value? A dollar for each line of AES may be rounding, and a percentage of the value recorded freight.
-- A value that is missing on either side leaves it open. What is declared low is told by value-declared-low.
with values_told as (
    select
        *, recorded_usd is null or filed_usd is null as is_value_missing,
        abs(recorded_usd - filed_usd) > greatest(
            $tolerance_usd::decimal(18, 4) * filing_count, recorded_usd * $tolerance_percent::decimal(9, 4) / 100
        )
        and not (round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd) as is_value_off
    from pairs
)

select
    subject_key, if(is_value_missing, 'undetermined', 'flagged') as outcome,
    if(is_value_missing, 'value-missing', 'differs') as answer,
    concat(
        'The shipment record says ', coalesce(format('{:,.2f} USD', recorded_usd::double), 'no value'), in_lines,
        ', AES holds ', coalesce(format('{:,.2f} USD', filed_usd::double), 'no value'), in_filing
    ) as because,
    if(is_value_missing, ['value_usd'], []) as missing
from values_told
where is_value_missing or is_value_off
