-- What was found of the lines that are compared, under controls, EEI and checks? One row per line and finding.
with lines_asked as (
    select subject_key, source, shipment_id, line_number from differing_pairs
    union all
    select subject_key, source, shipment_id, line_number from unmatched_lines
)

select a.subject_key, f.rule_id, f.outcome, f.answer
from found as f
join lines_asked as a using (source, shipment_id, line_number)
