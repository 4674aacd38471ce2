-- Which recorded ITNs does AES not hold, or hold as canceled? One row per line whose state is not ordinary, among the
-- lines that no live filing matches by ITN. On days that no loaded filing covers, nothing is said to be missing.
-- 15 CFR part 30, appendix B: an ITN is X and 14 digits.
with recorded_numbers as (
    select s.line_id, s.match_key as itn, l.export_on, ein_of(l.usppi_id) as usppi_number
    from line_side as s
    join current_lines as l on l.line_id = s.line_id
    where regexp_full_match(s.match_key, 'X[0-9]{14}')
        and not exists (select 1 from filing_matches as m where m.line_id = s.line_id)
),

held_numbers as (
    select itn, bool_and(is_cancelled) as is_cancelled
    from current_filings
    where itn in (select itn from recorded_numbers)
    group by itn
)

select
    r.line_id,
    case when h.itn is null then 'not held' else 'cancelled' end as aes_state
from recorded_numbers as r
left join held_numbers as h on h.itn = r.itn
where h.is_cancelled or (h.itn is null and exists (
    select 1 from covered_months as c
    where r.export_on between c.first_on and c.last_on and c.month_on = date_trunc('month', r.export_on)
        and (c.usppi_number = '' or r.usppi_number = '' or c.usppi_number = r.usppi_number)
))
