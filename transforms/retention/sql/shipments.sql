-- When was each shipment last touched, as far as the records say? One row per source and shipment, all its versions
-- taken. 15 CFR 762.6: the years count from the latest of the export, any known reexport, transfer, transshipment or
-- diversion, and any other end of the transaction. Of these the records hold the dates of export and of hand-over;
-- a restatement counts too. Records under the rules of OFAC are kept longer (31 CFR 501.601): of shipments to countries
-- under sanctions ($countries) or with a party there, and of those under a license of OFAC.
select
    source, shipment_id,
    max(greatest(export_on, tendered_on, known_until::date)) as latest_on,
    min(export_on) as first_on, count(*) as versions, count(distinct line_number) as lines,
    sum(value_usd) filter (known_until is null) as value_usd,
    coalesce(bool_or(
        list_has_any($countries::varchar[], [destination, consignee_country, intermediate_country, end_user_country])
        or license_code in ('T10', 'T11', 'T12')
    ), false) as is_under_ofac
from lines
group by source, shipment_id
