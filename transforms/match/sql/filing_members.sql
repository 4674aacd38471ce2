-- Where several lines or filing lines share a key, what tells the filing lines apart? One row per free filing line of
-- such a key and source of lines.
select
    s.filing_id, s.source, s.match_key, f.line_number,
    struct_pack(itn := f.itn, line := f.line_number, filed_by := f.source) as place,
    left(regexp_replace(coalesce(f.schedule_b, ''), '\D', '', 'g'), 10) as schedule_b,
    coalesce(f.origin_df, '') as origin,
    left(coalesce(f.eccn, ''), 5) as eccn,
    round(f.value_usd)::bigint as dollars
from filing_side as s
join current_filings as f on f.filing_id = s.filing_id
where not exists (select 1 from filing_matches as m where m.filing_id = s.filing_id and m.source = s.source)
