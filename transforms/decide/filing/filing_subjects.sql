-- What does 15 CFR part 30 see of each situation? One row per situation that is or may be an export (reexports and
-- transfers need no EEI), with the key of what filing turns on.
-- A line that does not say whether it is tangible is taken as tangible, unless it is software or technology by its
-- ECCN.
with asked_subjects as (
    select
        s.*,
        case
            when form in ('tangible', 'intangible') then form
            when eccn[2] in ('D', 'E') and eccn <> 'EAR99' then 'unknown'
            else 'tangible'
        end as shape,
        -- what AES holds outweighs what the line says
        case
            when aes_state = 'not held' then 'not held'
            when aes_state = 'cancelled' then 'cancelled'
            when itn_form in ('well formed', 'AESPOST', 'AESDOWN') or exemption in ('AESPOST', 'AESDOWN', 'ITN')
                then 'filed'
            when itn_form = 'malformed' then 'malformed'
            when starts_with(exemption, '30.') then 'legend'
            when exemption = 'unreadable' then 'unreadable'
            when itn_form is null or exemption is null then 'not known'
            else 'nothing'
        end as record
    from keyed_subjects as s
    where coalesce(activity, '') in ('', 'export') and exists (from filing)
),

seen_facts as (
    select
        situation_key, control_key, eccn, destination, activity, license_code, license_number_form, exception_paragraph,
        shape, record, low_value, low_value_missing, via_country, itn_form is null as is_itn_unknown,
        exemption is null as is_exemption_unknown,
        case when record = 'legend' then exemption else '' end as legend,
        case when record = 'filed' then '' else coalesce(hs6, '') end as hs6,
        concat_ws(' and ', nullif(consignee_elsewhere, ''), nullif(nullif(end_user_elsewhere, ''), consignee_elsewhere))
            as elsewhere
    from asked_subjects
)

select
    hash(control_key, shape, record, low_value, low_value_missing, via_country, is_itn_unknown, is_exemption_unknown,
        legend, hs6, elsewhere)
        as filing_key,
    seen_facts.*
from seen_facts
