-- Which filing lines could be the one looked for? One row per filing line and source of lines with the same key;
-- a filing line that is matched to a line of that source is no longer free.
with keys as (
    select source, match_key, count(*) as line_count, min(line_id) as first_line_id
    from line_side
    group by source, match_key
),

free_filings as (
    select
        f.filing_id,
        case $matched_by
            when 'ITN' then f.itn
            when 'shipment reference' then case
                when not is_nothing_said(f.shipment_reference)
                    then regexp_replace(lower(f.shipment_reference), '[^\p{L}\p{N}]', '', 'g')
            end
            else case
                when not is_nothing_said(f.invoice_number) and length(regexp_replace(f.schedule_b, '\D', '', 'g')) >= 10
                    then concat_ws(
                        ' ', regexp_replace(lower(f.invoice_number), '[^\p{L}\p{N}]', '', 'g'), f.export_on,
                        left(regexp_replace(f.schedule_b, '\D', '', 'g'), 10)
                    )
            end
        end as match_key
    from current_filings as f
    where f.standing = $standing and f.filing_id not in (select filing_id from repeated_filings)
)

select f.filing_id, k.source, f.match_key, k.line_count, k.first_line_id
from free_filings as f
join keys as k on k.match_key = f.match_key
where not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id and m.source = k.source)
