-- Which filing lines could be the one looked for? One row per filing line and source of lines with the same key;
-- a filing line that is matched to a line of that source is no longer free.
with keys as (
    select source, match_key, count(*) as line_count, min(line_row) as first_line_row
    from line_side
    group by source, match_key
),

free as (
    select
        f.rowid as filing_row,
        case
            when $matched_by = 'ITN' then f.itn
            when $matched_by = 'shipment reference' then regexp_replace(lower(f.shipment_reference), '[^\p{L}\p{N}]', '', 'g')
            when f.invoice_number <> '' and f.schedule_b <> '' then concat_ws(
                ' ', regexp_replace(lower(f.invoice_number), '[^\p{L}\p{N}]', '', 'g'), f.export_on,
                left(regexp_replace(f.schedule_b, '\D', '', 'g'), 10)
            )
        end as match_key
    from filings as f
    where f.known_from <= $known_until and (f.known_until is null or f.known_until > $known_until)
        and coalesce(list_contains($cancelled_words, lower(f.status)), false) = $is_cancelled
        and f.rowid not in (select filing_row from repeated_filings)
)

select f.filing_row, k.source, f.match_key, k.line_count, k.first_line_row
from free as f
join keys as k on k.match_key = f.match_key
where not exists (select 1 from filing_matches as m where m.filing_row = f.filing_row and m.source = k.source)
