-- Which whole groups stand on the same day under the same Schedule B number as a line with a part missing? One row each.
select
    realm_of(l.source) as realm, xor(l.value_group, realm_of(l.source)) as value_key, l.export_on, l.schedule_b,
    any_value(case when coalesce(l.usppi_id, '') = '' then fold_name(l.usppi_name) else l.usppi_id end) as usppi,
    any_value(fold_name(l.consignee_name)) as consignee, any_value(l.destination) as destination,
    any_value(fold_name(l.conveyance)) as conveyance, any_value(l.origin_df) as origin,
    coalesce(sum(l.value_usd), 0) as known_usd, count(*) - count(l.value_usd) as without_value
from lines as l
where l.known_from <= $known_at and (l.known_until is null or l.known_until > $known_at)
    and l.value_group is not null
    and hash(l.export_on, l.schedule_b) in (select hash(export_on, schedule_b) from partial_lines)
group by all
