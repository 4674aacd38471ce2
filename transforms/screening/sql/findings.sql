-- What does this run say of each line that needs a person? One row per line and rule that is flagged or undetermined,
-- and per filing in AES that belongs to no line. What is the same in every row is added after sorting: it need not be
-- carried along.
select
    finding_id, $run_id as run_id,
    * exclude (finding_id, answer, rules, part_number, quantity, uom, end_user_name, listed_pair),
    'new' as state, $as_of::date as first_seen_on, $rulebook_hash as rulebook_hash, $known_at::timestamp as known_at,
    answer, rules, part_number, quantity, uom, end_user_name, listed_pair
from (
    select * exclude (identity_hash)
    from (from found union all by name from compared)
    order by rule_id, source, shipment_id, line_number, outcome, because
)
