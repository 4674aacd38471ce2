-- What does AES say of the lines that no live filing under their own ITN proves? One row per line of which it says
-- something: it can give a filing as well as take one. On days that no loaded filing covers, none is said to be
-- missing.
-- 15 CFR part 30, appendix B: an ITN is X and 14 digits; AESPOST and AESDOWN are claims, and until some days after the
-- export AES may not hold what is filed after departure (15 CFR 30.4, `post-departure-days`).
with proven_lines as (
    select m.line_id
    from filing_matches as m
    join current_filings as f on f.filing_id = m.filing_id
    where m.matched_by = 'ITN' and f.standing = 'held'
),

-- of an ITN whose date raises a question, it is said that AES holds it
questioned_lines as (
    select l.line_id
    from current_lines as l
    join situations as s on s.situation_key = l.line_situation_key
    where s.itn_form in ('distant', 'impossible')
),

claims as (
    select
        l.line_id, l.export_on, ein_of(l.usppi_id) as usppi_number,
        case when regexp_full_match(l.itn, 'X[0-9]{14}') then l.itn end as number,
        number is not null or is_citation(l.itn) or is_citation(l.eei_exemption) as is_claimed
    from current_lines as l
    anti join proven_lines using (line_id)
    where coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
        and (l.itn <> '' or starts_with(l.eei_exemption, 'AES'))
),

-- what was found by another key is the line's filing where the parties, places and days agree
found_filings as (
    select
        m.line_id, f.standing,
        coalesce(ein_of(f.usppi_id) in ('', ein_of(l.usppi_id)) or ein_of(l.usppi_id) = '', true)
            and coalesce(f.destination in ('', l.destination) or l.destination = '', true)
            and coalesce(abs(f.export_on - l.export_on) <= $agreeing_days, true) as is_agreeing
    from filing_matches as m
    anti join proven_lines using (line_id)
    join current_filings as f on f.filing_id = m.filing_id
    join current_lines as l on l.line_id = m.line_id
),

found as (
    select
        line_id, bool_or(standing = 'held' and is_agreeing) as is_held, bool_or(standing = 'held') as may_be_held,
        bool_or(standing = 'unknown') as is_unknown, bool_or(standing = 'not held') as is_rejected,
        bool_or(standing = 'cancelled') as is_cancelled
    from found_filings
    group by line_id
),

numbers as (
    select
        itn, bool_or(standing = 'held') as is_held, bool_or(standing = 'unknown') as is_unknown,
        bool_or(standing = 'not held') as is_rejected
    from current_filings
    where itn in (select number from claims)
    group by itn
),

covered as (
    select r.line_id
    from claims as r
    join parameters as d on r.export_on between d.from_on and d.until_on
    where exists (
        select 1 from covered_months as c
        where r.export_on between c.first_on and c.last_on and c.month_on = date_trunc('month', r.export_on)
            and (c.usppi_number = '' or r.usppi_number = '' or c.usppi_number = r.usppi_number)
            and (r.number is not null or c.extracted_on - r.export_on > d.number)
    )
),

told_states as (
    select
        line_id,
        case
            when f.is_held then if(r.number is null or line_id in (from questioned_lines), 'held', null)
            when f.may_be_held then 'may be held'
            -- the line itself was taken out of a filing that stands
            when n.is_held and (f.is_cancelled or f.is_rejected) then 'status not known'
            when n.is_held then null
            when n.is_unknown or f.is_unknown then 'status not known'
            when r.number in (select itn from filings_aside) then 'set aside'
            when not coalesce(r.is_claimed, false) then null
            when n.is_rejected or f.is_rejected then 'rejected'
            when n.itn is not null or f.is_cancelled then 'cancelled'
            when line_id in (select line_id from covered) then 'not held'
        end as aes_state
    from claims as r
    full join found as f using (line_id)
    left join numbers as n on n.itn = r.number
)

select line_id, aes_state
from told_states
where aes_state is not null
union all
select line_id, 'held as recorded'
from questioned_lines
semi join proven_lines using (line_id)
