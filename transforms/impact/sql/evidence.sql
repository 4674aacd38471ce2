-- What speaks for a ware being of the new entry? One row per ware and new entry for which anything does, in this order of
-- proof: 1 its item record settles it, 2 its item record says so but not all, 3 its paragraph, 4 its description,
-- 5 its Schedule B number alone. 90 FR 4612: 26 or more detectors, spectral, or for top-down proteomics; a device that
-- the FDA has cleared is excluded. An item record counts whatever its days: what an instrument is does not change.
with recorded as (
    select
        upper(part_number) as part,
        max(case when detectors >= 26 then detectors || ' detectors' end) as detectors,
        max(case when spectral = 'Y' then 'spectral analysis' end) as spectral,
        max(case when top_down_proteomics = 'Y' then 'top-down proteomics' end) as proteomics,
        max(case when starts_with(eccn, '3A069') then 'classified ' || eccn end) as classified,
        bool_and(coalesce(fda_device, '') = 'Y') as is_fda_device,
        bool_and(coalesce(fda_device, '') = 'N') as is_no_fda_device,
        -- once the entry was split, a record of another one says that it is none
        coalesce(bool_or(
            eccn <> '' and split_part(eccn, '.', 1) <> '3A069'
            and valid_from >= (select min(from_on) from splits where to_eccn = '3A069')
        ), false) as is_another,
        bool_and(coalesce(detectors < 26 and spectral = 'N' and top_down_proteomics = 'N', false)) as is_below
    from items
    where known_from <= $known_at and (known_until is null or known_until > $known_at)
    group by part
),

records as (
    select
        part,
        case when is_fda_device and classified is null then '' else concat_ws(', ', detectors, spectral, proteomics, classified) end
            as says,
        says <> '' and (classified is not null or is_no_fda_device) as proves,
        classified is null and (is_fda_device or is_below or is_another) as rules_out
    from recorded
),

descriptions as (
    select w.description, string_agg(distinct s.signal, ', ' order by s.signal) as words
    from (select distinct description from wares where description <> '') as w
    join signal_words as s on regexp_matches(w.description, '(?i)' || s.pattern)
    group by w.description
),

weighed as (
    select
        w.*, s.from_eccn, coalesce(s.to_eccn, o.to_eccn) as to_eccn, coalesce(s.from_on, o.from_on) as split_on,
        coalesce(r.says, '') as record_says, coalesce(r.proves, false) as is_proved,
        coalesce(r.rules_out, false) as is_ruled_out,
        case when list_contains(s.paragraphs, w.eccn) then w.eccn else '' end as paragraph,
        -- another paragraph that is recorded speaks against it
        coalesce(len(s.paragraphs) > 0 and w.eccn <> s.from_eccn, false) and paragraph = '' as is_another_paragraph,
        coalesce(d.words, '') as words,
        case when list_contains(s.schedule_b, left(w.schedule_b, 6)) then left(w.schedule_b, 4) || '.' || w.schedule_b[5:6]
            else '' end as schedule_b_says
    from wares as w
    left join splits as s on s.from_eccn = split_part(w.eccn, '.', 1)
    left join (select distinct to_eccn, from_on from splits) as o on s.to_eccn is null
    left join records as r on r.part = upper(w.part_number)
    left join descriptions as d on d.description = w.description
)

select
    part_number, description, eccn, schedule_b, to_eccn, split_on, is_proved,
    -- the part that a person confirms: one number and description, and the entry that it may be of
    dense_rank() over (order by coalesce(part_number, ''), coalesce(description, ''), to_eccn) as part_key,
    case
        when is_proved then 1 when record_says <> '' then 2 when paragraph <> '' then 3 when words <> '' then 4 else 5
    end as rank,
    concat_ws('; ',
        'item record: ' || nullif(record_says, ''), 'paragraph ' || nullif(paragraph, ''),
        'description: ' || nullif(words, ''), 'Schedule B ' || nullif(schedule_b_says, '')) as evidence
from weighed
where record_says <> ''
    or (not is_ruled_out and (
        paragraph <> '' or words <> '' or (schedule_b_says <> '' and not is_another_paragraph)
    ))
