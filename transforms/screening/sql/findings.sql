-- What does this run say of each line that needs a person? One row per line and rule that is flagged or undetermined.
select
    f.finding_id, $run_id as run_id, f.* exclude (finding_id, identity_hash),
    'new' as state, $as_of::date as first_seen_on,
    $rulebook_hash as rulebook_hash, $known_at::timestamp as known_at
from found as f
order by f.rule_id, f.source, f.shipment_id, f.line_number, f.outcome, f.because
