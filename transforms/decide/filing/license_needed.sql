-- Does the export need a license application, 15 CFR 758.1(b)(2)? One row per filing situation, provision version and
-- reason: a license is claimed, or a control is flagged; where a control is undetermined, so is this.
with unfiled_situations as (
    select filing_key, control_key, claim, license_number_form from filing_situations where record <> 'filed'
),

named_laws as (
    select law_key, string_agg(distinct rule_id, ', ' order by rule_id) as rules from rule_versions group by law_key
),

reasons as (
    select
        filing_key, date '0001-01-01' as from_on, date '9999-12-31' as until_on, 'in' as state,
        'a license is claimed' as note, []::varchar[] as missing, false as is_silent,
        false as has_savings, null::date as en_route_on, null::date as exported_before, null::date as look_until
    from unfiled_situations
    where claim = 'license'
    union all
    select
        filing_key, date '0001-01-01', date '9999-12-31', 'unknown',
        'a license number is recorded with another authority',
        ['license_code'], false, false, null, null, null
    from unfiled_situations
    where claim in ('at odds', 'unknown code') and license_number_form = 'well formed'
    union all
    select
        f.filing_key, v.from_on, v.until_on, case when v.outcome = 'flagged' then 'in' else 'unknown' end,
        case v.outcome when 'flagged' then 'flagged under ' else 'undetermined under ' end || n.rules
            || case
                when v.outcome = 'flagged' and v.has_savings then ', unless its savings clause covers the line'
                else ''
            end,
        case when v.outcome = 'flagged' then [] else v.missing end, v.is_rolled_up,
        v.has_savings, v.en_route_on, v.exported_before, v.look_until
    from unfiled_situations as f
    join control_verdicts as v on v.subject_key = f.control_key and v.outcome <> 'clear'
    join named_laws as n on n.law_key = v.rule_key
    where f.claim <> 'license'
)

select
    n.filing_key, p.version_key, greatest(n.from_on, r.from_on) as from_on, least(n.until_on, r.until_on) as until_on,
    case when r.doubt is not null then 'unknown' else n.state end as state,
    concat_ws('; ', n.note, r.doubt) as note, n.missing, n.is_silent,
    n.has_savings, n.en_route_on, n.exported_before, n.look_until
from reasons as n
join provisions as p on p.license_required
join rule_periods as r on r.version_key = p.version_key and r.from_on <= n.until_on and r.until_on >= n.from_on
