-- Is an instrument that is, or may be, 3A069 recorded as 3A999 or EAR99? One row per situation and stretch of days.
-- 90 FR 4612: the item master can prove it; words in the description, or in the item master, only raise the question.
-- Schedule B supports it, and never raises it alone. Where 3A069 requires no license the severity is low.
with told as (
    select
        s.*, p.state, greatest(p.from_on, d.from_on) as from_on, least(p.until_on, d.until_on) as until_on,
        d.number::integer as detectors,
        -- the words that matched, without what only marked their end
        regexp_replace(s.signal, '[\s,;:(./–-]*( with| for| and)? \(', ' (', 'g') as words,
        case when s.hs6 in (select unnest(schedule_b) from splits where to_eccn = '3A069')
            then '; Schedule B ' || left(s.hs6, 4) || '.' || right(s.hs6, 2) || ' fits this kind of instrument'
            else '' end as support
    from subject as s
    cross join number_of('cytometer-detectors') as d
    left join places('licensed') as p
        on p.destination is not distinct from s.destination and p.from_on <= d.until_on and p.until_on >= d.from_on
    where (s.eccn in ('EAR99', '3A999') or starts_with(s.eccn, '3A999.')) and (s.item_says <> '' or s.signal <> '')
)

select
    situation_key, from_on, until_on, case when item_proves then 'flagged' else 'undetermined' end as outcome,
    case when coalesce(state, 'out') = 'out' then 'low' when item_proves then 'high' else 'medium' end as severity,
    case
        when item_proves then 'the item master shows: ' || item_says || '; this is 3A069, not ' || eccn
        when item_says <> '' then 'the item master shows: ' || item_says || '; this may be 3A069'
        else 'the description says: ' || words || '; this may be 3A069 (spectral, ' || detectors
            || ' or more detectors or channels, or for top-down proteomics)'
    end || support as because,
    named([]) as missing
from told
