-- Was EEI required, and was it filed or validly exempt? One row per filing situation and stretch of days.
-- 15 CFR 758.1(b); 15 CFR 30.2(a)(1)(iv): a trigger that overrides makes filing mandatory notwithstanding 15 CFR 30.36
-- to 30.40, but for the exemptions made for it. Transshipment makes mandatory what would be due if it went direct.
-- Goods that a savings clause covers needed no license: `outcome_if_saved` is what is said of them.
with judged_stretches as (
    select
        w.*,
        w.is_overriding or (w.is_transshipped and w.is_triggered and not w.may_be_exempt) as is_overridden,
        w.is_overriding_if_saved or (w.is_transshipped and w.is_triggered_if_saved and not w.may_be_exempt)
            as is_overridden_if_saved,
        f.record, f.legend, f.is_itn_unknown, f.is_exemption_unknown, f.eccn, f.destination, f.aes_state, f.citation,
        coalesce(f.activity, '') = '' as is_activity_absent,
        -- what no trigger overrides
        case
            when w.is_exempt then 'clear'
            when w.may_be_exempt or f.is_itn_unknown
                or f.record in ('malformed', 'distant ITN', 'unreadable', 'not known', 'cited', 'in question')
                then 'undetermined'
            else 'flagged'
        end as at_rest,
        -- what a trigger overrides; and where an exemption is made for it
        case
            when f.record in ('malformed', 'distant ITN', 'unreadable', 'cited', 'in question') or f.is_itn_unknown
                then 'undetermined'
            else 'flagged'
        end as defeated
    from filing_weighed as w
    join filing_situations as f using (filing_key)
),

settled_stretches as (
    select
        *,
        case
            when is_excluded or record = 'filed' then 'clear'
            when is_outside then if(is_overriding or may_be_overridden, 'undetermined', 'clear')
            when is_overridden and is_spared and is_claim_open then 'undetermined'
            when is_overridden then defeated
            when may_be_overridden and at_rest <> 'flagged' then 'undetermined'
            else at_rest
        end as if_export,
        case
            when is_excluded or record = 'filed' then 'clear'
            when is_outside then if(is_overriding_if_saved or may_be_overridden_if_saved, 'undetermined', 'clear')
            when is_overridden_if_saved and is_spared_if_saved and is_claim_open then 'undetermined'
            when is_overridden_if_saved then defeated
            when may_be_overridden_if_saved and at_rest <> 'flagged' then 'undetermined'
            else at_rest
        end as if_export_and_saved
    from judged_stretches
),

decided_stretches as (
    select
        * exclude (if_export, if_export_and_saved),
        case
            when if_export = 'flagged' and (may_be_excluded or is_activity_absent) then 'undetermined'
            else if_export
        end as outcome,
        case
            when if_export_and_saved = 'flagged' and (may_be_excluded or is_activity_absent) then 'undetermined'
            else if_export_and_saved
        end as outcome_if_saved
    from settled_stretches
)

select *, rests_on_savings and outcome <> outcome_if_saved as has_savings
from decided_stretches
