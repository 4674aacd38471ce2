-- Where several lines or filing lines share a key, what tells the lines apart? One row per unmatched line of such a
-- key. AES takes whole dollars and the five-character ECCN (15 CFR 30.6(a)(17), AESTIR appendix F):
-- they are compared so.
select
    s.line_id, s.source, s.match_key, l.line_number,
    struct_pack(line := l.line_number, shipment := l.shipment_id) as place,
    left(regexp_replace(coalesce(l.schedule_b, ''), '\D', '', 'g'), 10) as schedule_b,
    coalesce(l.origin_df, '') as origin,
    left(coalesce(l.eccn, ''), 5) as eccn,
    round(l.value_usd)::bigint as dollars
from line_side as s
join current_lines as l on l.line_id = s.line_id
where exists (select 1 from filing_side as f where f.source = s.source and f.match_key = s.match_key)
    and not exists (select 1 from filing_matches as m where m.line_id = s.line_id)
