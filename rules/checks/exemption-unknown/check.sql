-- Does the recorded legend identify an exemption? One row per situation in which it identifies none, or does not
-- specify which. 15 CFR 30.36 to 30.40 and 30.2(d), as the provisions under eei/ list their legends; an ITN or an AES
-- citation is not a legend, but may be recorded in the field.
with legends as (
    select distinct unnest(legends) as legend from provisions
),

-- a legend with others below it, as 30.37 has 30.37(a), does not say which; below any other, all is said
claimed as (
    select
        situation_key, exemption,
        exists (from legends where starts_with(legend, exemption || '(')) as is_coarse,
        exists (
            from legends as l
            where exemption = l.legend
                or (starts_with(exemption, l.legend || '(')
                    and not exists (from legends as n where starts_with(n.legend, l.legend || '(')))
        ) as is_known
    from subject
    -- what begins as a citation is for citation-malformed
    where starts_with(exemption, '30.')
        or (exemption = 'unreadable' and not (citation = 'malformed' and itn_form is distinct from 'malformed'))
)

select
    situation_key,
    case when is_coarse then 'undetermined' else 'flagged' end as outcome,
    case
        when exemption = 'unreadable'
            then 'the recorded exemption is neither a legend of 15 CFR part 30 nor an AES citation'
        when is_coarse then 'exemption legend ' || exemption || ' does not specify which of its paragraphs applies'
        when exemption in ('30.37(e)', '30.37(u)')
            then 'exemption legend ' || exemption || ' names a paragraph of 15 CFR part 30 that is reserved'
        else 'exemption legend ' || exemption || ' names no exemption in 15 CFR part 30'
    end as because,
    named([case when is_coarse then 'eei_exemption' end]) as missing
from claimed
where is_coarse or not is_known
