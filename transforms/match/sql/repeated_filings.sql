-- Which filing lines came by two reports, as AES-201 and AES-202 may both hold one? One row per copy to leave aside.
-- The copy learned last stands for the filing line, by its report's own date where both have one; counting both would
-- double every sum.
with numbered_filings as (
    select filing_id, source, itn, line_number, batch_id, extracted_at, known_from
    from current_filings
    where itn <> ''
),

shared_filings as (
    select
        k.filing_id, k.source, k.itn, k.line_number, k.known_from,
        -- a report that was not taken yet has not said so yet
        case when k.extracted_at <= $moment then k.extracted_at else b.extracted_at end as own_date,
        count(own_date) over copies = count(*) over copies as have_all_dates
    from numbered_filings as k
    left join batches as b using (batch_id)
    where (select min(source) <> max(source) from numbered_filings)
    window copies as (partition by k.itn, k.line_number)
)

select filing_id
from shared_filings
qualify row_number() over (
    partition by itn, line_number
    order by if(have_all_dates, own_date, known_from) desc, known_from desc, source
) > 1
