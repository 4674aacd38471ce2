-- On what does all that a run says of situations, and of the law on them, rest? One row: which situations have lines,
-- how many and when, as one hash of a text for each, and on what the decisions and contexts that are kept rest.
select
    count(*) as situation_count,
    coalesce(bit_xor(md5_number(to_json([
        source, situation_key::varchar, line_count::varchar, value_usd::varchar, first_export_on::varchar,
        last_export_on::varchar
    ])::varchar)), 0)::varchar as counted,
    (select rests_on from decision_state) as decision, (select rests_on from context_state) as contexts
from tallies
