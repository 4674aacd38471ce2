-- Which of the findings that can be decided about are meant? One row per finding; what is NULL chooses nothing.
-- An ECCN stands for its paragraphs too; a consignee is any part of the name. The findings of a line stand together,
-- the strictest first, and so do the lines.
with strict_findings as (
    select
        *, situation_id is null as is_filing,
        2 * case severity when 'high' then 0 when 'medium' then 1 else 2 end + (outcome <> 'flagged')::int as strictness
    from decidable
)

select * exclude (is_filing, strictness)
from strict_findings
where
    (len($finding_ids::varchar[]) = 0 or finding_id in (select unnest($finding_ids::varchar[])))
    and ($situation_id is null or situation_id = $situation_id)
    and ($rule_id is null or rule_id = $rule_id)
    and ($outcome is null or outcome = $outcome)
    and ($destination is null or destination = upper($destination))
    and ($consignee is null or contains(lower(consignee_name), lower($consignee)))
    and ($eccn is null or eccn = upper($eccn) or starts_with(upper(eccn), upper($eccn) || '.'))
    and ($first_day::date is null or export_on >= $first_day::date)
    and ($last_day::date is null or export_on <= $last_day::date)
    and case $standing
        when 'open' then state = 'open'
        when 'decided' then decided_in is not null
        else true
    end
order by
    min(strictness) over (partition by source, shipment_id, line_number, is_filing),
    max(value_usd) over (partition by source, shipment_id, line_number, is_filing) desc nulls last,
    source, shipment_id, line_number, is_filing, strictness, rule_id, finding_id
