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
        -- what AES holds outweighs what the line says; a citation of AES is a claim until then, and one that is not of
        -- this export is no proof, as is an ITN whose date cannot be
        case
            when aes_state in ('held', 'held as recorded') then 'filed'
            when aes_state = 'not held' and coalesce(itn_form not in ('well formed', 'distant', 'impossible'), true)
                then 'citation not held'
            when aes_state in ('not held', 'cancelled', 'rejected') then aes_state
            when aes_state <> '' then 'in question'
            when itn_form = 'well formed' or exemption = 'ITN' then 'filed'
            when citation in ('', 'another USPPI') and coalesce(
                itn_form in ('AESPOST', 'AESDOWN') or exemption in ('AESPOST', 'AESDOWN'), false
            ) then 'cited'
            when itn_form = 'distant' or exemption = 'ITN, distant' then 'distant ITN'
            when itn_form = 'malformed' then 'malformed'
            when starts_with(exemption, '30.') then 'legend'
            when exemption = 'unreadable' then 'unreadable'
            when itn_form is null or exemption is null then 'not known'
            when itn_form = 'impossible' or exemption = 'ITN, impossible' then 'impossible ITN'
            when citation <> '' then 'no proof'
            else 'nothing'
        end as record
    from keyed_subjects as s
    where coalesce(activity, '') in ('', 'export') and exists (from filing)
),

-- of the parties that may be on a list, those that a provision asks for
watched_parties as (
    select h.situation_key, string_agg(distinct concat_ws(' ', h.role, h.party, h.entry_id, h.band), '; '
        order by concat_ws(' ', h.role, h.party, h.entry_id, h.band)) as parties
    from party_hits as h
    join entries_on_lists as e using (entry_id)
    where exists (select 1 from provisions as p where list_contains(p.lists, e.list) and list_contains(p.roles, h.role))
    group by h.situation_key
),

seen_facts as (
    select
        situation_key, control_key, eccn, destination, activity, license_code, license_number_form, exception_paragraph,
        shape, record, low_value, low_value_missing, via_country, leaves_from, region_unread,
        case when record <> 'filed' then aes_state else '' end as aes_state,
        case
            when record in ('cited', 'no proof') then citation
            when record in ('distant ITN', 'impossible ITN') then itn_timing
            else ''
        end as citation,
        itn_form is null and record not in ('citation not held', 'cancelled', 'rejected') as is_itn_unknown,
        exemption is null as is_exemption_unknown,
        case when record = 'legend' then exemption else '' end as legend,
        case when record = 'filed' then '' else coalesce(hs6, '') end as hs6,
        concat_ws(' and ', nullif(consignee_elsewhere, ''), nullif(nullif(end_user_elsewhere, ''), consignee_elsewhere))
            as elsewhere,
        coalesce(u.parties, '') as listed_parties
    from asked_subjects
    left join watched_parties as u using (situation_key)
)

select
    hash(control_key, shape, record, low_value, low_value_missing, via_country, is_itn_unknown, is_exemption_unknown,
        legend, hs6, elsewhere, leaves_from, region_unread, aes_state, citation, listed_parties)
        as filing_key,
    seen_facts.*
from seen_facts
