-- Which filing lines came by two reports, as AES-201 and AES-202 may both hold one? One row per copy to leave aside.
-- The copy learned last stands for the filing line; counting both would double every sum.
with known as (
    select rowid as filing_row, source, itn, line_number, known_from
    from filings
    where known_from <= $known_until and (known_until is null or known_until > $known_until) and itn <> ''
),

shared as (
    select filing_row, source, itn, line_number, known_from
    from known
    where (select min(source) <> max(source) from known)
)

select filing_row
from shared
qualify row_number() over (partition by itn, line_number order by known_from desc, source) > 1
