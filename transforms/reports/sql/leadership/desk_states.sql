-- How does each finding ever made stand at the end of the period? One row: open, closed by what the record says now,
-- closed by a decision of a person (also one that was made to stand for later lines); and on how many records the open
-- ones are, each once: lines, and AES filing lines that match none.
with last_words as (
    select
        finding_id, arg_max(state, entry) as state,
        arg_max(entry_kind = 'decision' or event = 'new', entry) filter (is_closed or event = 'new') as is_decided
    from desk_events
    group by finding_id
)

select
    (select count(distinct finding_id) from desk_events) as finding_count,
    count(*) filter (w.state = 'open') as open_count,
    count(*) filter (w.state = 'closed' and not is_decided) as by_record,
    count(*) filter (w.state = 'closed' and is_decided) as by_decision,
    count(distinct (l.source, l.shipment_id, l.line_number)) filter (w.state = 'open') as open_records
from last_words as w
join ledger as l using (finding_id)
