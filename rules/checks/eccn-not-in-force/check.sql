-- Is the ECCN on the Commerce Control List on the export date? One row per situation and stretch of days on which it is
-- not, or may not be. 15 CFR 774 Supp. 1, for the ECCNs in tables/eccns.csv and ccl/entries.csv; an ECCN has a row for
-- each stretch with the same reasons for control. An ECCN of no entry may be misread, or of an entry that those tables
-- lack. If the line has no ECCN, the ECCN of the item master is checked: if that one took effect later, the earlier
-- classification of the item is not known.
with periods as (
    select eccn as code, from_on, until_on, doubt from eccn_periods
),

off_the_list as (
    select code, from_on, until_on, outcome, begins_on, ended_on, doubt from not_in_force(periods)
    union all
    select entry, always(), forever(), 'undetermined', null, null, 'it is no entry of the texts that were read'
    from (select distinct entry_of(eccn) as entry from subject)
    where entry <> '' and entry not in (select code from periods)
)

select
    s.situation_key, f.from_on, f.until_on,
    case when s.is_eccn then f.outcome else 'undetermined' end as outcome,
    if(s.is_eccn, '', 'the line has no ECCN, and the item master ECCN is not shown to apply on this date: ') || f.code
        || case
            when f.begins_on is not null
                then ' is on the Commerce Control List from ' || f.begins_on || ', not on this date'
            when f.ended_on is not null
                then ' was on the Commerce Control List through ' || f.ended_on || ', not on this date'
            else ' is in question on this date: ' || f.doubt
        end as because,
    named([case when not s.is_eccn then 'eccn' end]) as missing
from subject as s
join off_the_list as f
    on entry_of(f.code) = entry_of(s.eccn)
    and (f.code = entry_of(s.eccn) or s.eccn = f.code or starts_with(s.eccn, f.code || '.'))
