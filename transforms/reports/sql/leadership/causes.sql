-- What would have had to be otherwise on record? One row per cause: each finding of the period under one, made of its
-- rule, its outcome, the fields it misses and the authority recorded, nothing else.
with kinds as (
    select code, any_value(kind) as kind from license_kinds group by code
),

told_findings as (
    select
        f.rule_id, f.rule_kind, f.outcome, f.value_usd, f.source, f.shipment_id, f.line_number,
        case
            when f.outcome = 'undetermined' and len(f.missing) > 0 then 'missing'
            when f.outcome = 'undetermined' then 'doubt'
            when f.rule_kind = 'control' then 'authority'
            when f.rule_kind = 'eei' then 'filing'
            else f.rule_kind
        end as family,
        case
            when f.outcome = 'undetermined' and len(f.missing) > 0 then array_to_string(list_sort(f.missing), ', ')
            when f.outcome = 'undetermined' then if(f.rule_kind in ('party', 'check', 'reconcile'), f.rule_kind, 'law')
            when f.rule_kind = 'control' then case
                when coalesce(f.license_code, '') = '' and coalesce(f.license_number, '') = '' then 'nothing'
                when k.kind = 'nlr' or k.kind is null and f.license_number = 'NLR' then 'nlr'
                when k.kind = 'exception' then 'exception ' || coalesce(nullif(f.license_number, ''), f.license_code)
                else 'code ' || f.license_code
            end
            when f.rule_kind = 'eei' then case
                when coalesce(f.itn, '') <> '' then 'itn'
                when coalesce(f.eei_exemption, '') <> '' then 'legend'
                else 'nothing'
            end
            else f.rule_id
        end as what
    from period_findings as f
    left join kinds as k on k.code = f.license_code
)

select
    family, what, list_sort(list(distinct rule_id)) as rules, count(*) as finding_count,
    count(distinct (source, shipment_id, line_number)) as line_count, sum(value_usd) as value_usd
from told_findings
group by family, what
order by finding_count desc, family, what
