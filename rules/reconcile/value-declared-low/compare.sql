-- Does AES hold a value of at most the low-value threshold where the record says more? 15 CFR 30.37(a). In whole
-- dollars, as AES takes them; of lines that go together the sums are compared.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'The shipment record says ', format('{:,.2f} USD', recorded_usd::double), in_lines, ', AES holds ',
        format('{:,.2f} USD, not over {:,.0f} USD,', filed_usd::double, $threshold_usd::double), in_filing
    ) as because,
    []::varchar[] as missing
from pairs
where round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd
