-- How many findings are new, reopened, still open and decided, and on how many lines? One row. A line counts once, and
-- so does its value; a filing in AES that belongs to no line is none.
with records as (
    select
        situation_id is not null as is_line, any_value(value_usd) as value_usd,
        count(*) filter (state = 'new') as new,
        count(*) filter (state = 'new' and outcome = 'flagged') as new_flagged,
        count(*) filter (state = 'reopened') as reopened,
        count(*) filter (state in ('new', 'reopened') and list_contains($urgent::varchar[], rule_id)) as urgent,
        count(*) filter (state = 'open') as still_open,
        count(*) filter (state = 'closed') as decided,
        count(*) filter (state <> 'closed') as open_findings
    from findings
    group by source, shipment_id, line_number, is_line
)

select
    coalesce(sum(new), 0)::bigint as new,
    count(*) filter (new > 0 and is_line) as new_lines,
    count(*) filter (new > 0 and not is_line) as new_filings,
    coalesce(sum(new_flagged), 0)::bigint as new_flagged,
    coalesce(sum(value_usd) filter (new > 0 and is_line), 0) as new_value_usd,
    coalesce(sum(reopened), 0)::bigint as reopened, coalesce(sum(urgent), 0)::bigint as urgent,
    coalesce(sum(still_open), 0)::bigint as still_open, coalesce(sum(decided), 0)::bigint as decided,
    coalesce(sum(open_findings), 0)::bigint as open_findings,
    count(*) filter (open_findings > 0 and is_line) as open_lines,
    count(*) filter (open_findings > 0 and not is_line) as open_filings
from records
