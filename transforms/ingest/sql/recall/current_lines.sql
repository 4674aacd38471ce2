-- What are the lines known worth in US dollars, where some are in another currency? One row per line, its value
-- converted at the rate for its day of export, in cents; without a rate it is not known. What was recorded stays.
select r.* replace (in_dollars(r.value_usd, r.value_recorded, c.rate) as value_usd)
from recorded_lines as r
left join conversions as c on c.currency = r.currency and c.export_on = r.export_on
