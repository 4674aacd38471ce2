-- Which filing lines came by two reports, as AES-201 and AES-202 may both hold one? One row per copy to leave aside.
-- The copy learned last stands for the filing line, by its report's own date where both have one; counting both would
-- double every sum.
with known as (
    select rowid as filing_row, source, itn, line_number, batch_id, extracted_at, known_from
    from filings
    where known_from <= $known_until and (known_until is null or known_until > $known_until) and itn <> ''
),

shared as (
    select
        k.filing_row, k.source, k.itn, k.line_number, k.known_from,
        -- a report that was not taken yet has not said so yet
        coalesce(case when k.extracted_at <= $known_until then k.extracted_at else b.extracted_at end, k.known_from)
            as said_at
    from known as k
    left join batches as b using (batch_id)
    where (select min(source) <> max(source) from known)
)

select filing_row
from shared
qualify row_number() over (partition by itn, line_number order by said_at desc, known_from desc, source) > 1
