-- Which recorded ITNs does AES not hold, or hold as cancelled? One row per line whose state is not ordinary, among the
-- lines that no live filing matches by ITN. On days that no loaded filing covers, nothing is said to be missing.
-- 15 CFR part 30, appendix B: an ITN is X and 14 digits.
with recorded as (
    select
        s.line_row, s.match_key as itn, l.export_on,
        left(regexp_replace(upper(coalesce(l.usppi_id, '')), '[^A-Z0-9]', '', 'g'), 9) as usppi_number
    from line_side as s
    join lines as l on l.rowid = s.line_row
    where regexp_full_match(s.match_key, 'X[0-9]{14}')
        and not exists (select 1 from filing_matches as m where m.line_row = s.line_row)
),

known as (
    select f.itn, f.export_on, coalesce(list_contains($cancelled_words, lower(f.status)), false) as is_cancelled
    from filings as f
    where f.known_from <= $known_until and (f.known_until is null or f.known_until > $known_until)
),

held as (
    select itn, bool_and(is_cancelled) as is_cancelled
    from known
    where itn in (select itn from recorded)
    group by itn
)

select
    r.line_row,
    case when h.itn is null then 'not held' else 'cancelled' end as aes_state
from recorded as r
left join held as h on h.itn = r.itn
where h.is_cancelled or (h.itn is null and exists (
    select 1 from covered_months as c
    where r.export_on between c.first_on and c.last_on and c.month_on = date_trunc('month', r.export_on)
        and (c.usppi_number = '' or r.usppi_number = '' or c.usppi_number = r.usppi_number)
))
