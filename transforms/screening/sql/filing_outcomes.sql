-- Was EEI required, and was it filed or validly exempt? One row per filing situation and stretch of days.
-- 15 CFR 758.1(b); 15 CFR 30.2(a)(1)(iv): a trigger that overrides makes filing mandatory notwithstanding 15 CFR 30.36 to
-- 30.40, but for the exemptions made for it. Transshipment makes mandatory what would be due if it went direct.
with judged as (
    select
        w.*,
        w.is_overriding or (w.is_transshipped and w.is_triggered and not w.may_be_exempt) as is_overridden,
        w.is_surely_overriding or (w.is_transshipped and w.is_triggered and not w.may_be_exempt) as is_surely_overridden,
        f.record, f.legend, f.is_itn_unknown, f.is_exemption_unknown, f.eccn, f.destination, coalesce(f.activity, '') = '' as is_activity_absent,
        case
            when w.is_exempt then 'clear'
            when w.may_be_exempt or f.record in ('malformed', 'unreadable', 'not known') then 'undetermined'
            when f.is_itn_unknown then 'undetermined'
            else 'flagged'
        end as outcome_if_not_overridden,
        case
            when (w.is_spared and w.is_claim_open) or f.is_itn_unknown then 'undetermined'
            when f.record in ('malformed', 'unreadable', 'not known') then 'undetermined'
            else 'flagged'
        end as outcome_if_overridden
    from filing_weighed as w
    join filing_situations as f using (filing_key)
),

settled as (
    select
        *,
        case
            when is_excluded or record = 'filed' then 'clear'
            when is_overridden then outcome_if_overridden
            when may_be_overridden and outcome_if_not_overridden <> 'flagged' then 'undetermined'
            else outcome_if_not_overridden
        end as outcome_if_export
    from judged
)

select
    * exclude (outcome_if_export),
    case
        when outcome_if_export = 'flagged' and (may_be_excluded or is_activity_absent) then 'undetermined'
        else outcome_if_export
    end as outcome,
    -- saved goods needed no license: what rests on that alone is settled by the day of hand-over
    outcome_if_export = 'flagged' and is_overridden and not is_surely_overridden and not may_be_overridden
        and outcome_if_not_overridden <> 'flagged' and not is_activity_absent as has_savings,
    outcome_if_not_overridden as outcome_if_saved
from settled
