-- What speaks for a ware being of the new entry? One row per ware and new entry for which anything does, in this order
-- of proof: 1 its item record settles it, 2 its item record says so but not all, 3 its paragraph, 4 its description,
-- 5 its Schedule B number alone, 6 nothing that is recorded tells what it is. 90 FR 4612: so many detectors as
-- `cytometer-detectors` says at the end of the period, spectral, or for top-down proteomics; a device that the FDA has
-- cleared is excluded. An item record counts whatever its days: what an instrument is does not change.
-- Where records of one part disagree, what an engineer confirmed decides; else nothing is settled.
with record_statements as (
    select
        upper(i.part_number) as part, s.to_eccn,
        coalesce(b.layout = 'confirmed_parts', false) as is_confirmed,
        case
            when is_eccn(i.eccn) and split_part(i.eccn, '.', 1) = s.to_eccn then 'classified ' || i.eccn
        end as classified,
        s.to_eccn = '3A069' as is_instrument,
        case when is_instrument and i.detectors >= d.number then i.detectors || ' detectors' end as by_detectors,
        case when is_instrument and i.spectral = 'Y' then 'spectral analysis' end as by_spectral,
        case when is_instrument and i.top_down_proteomics = 'Y' then 'top-down proteomics' end as by_proteomics,
        -- NULL is not known, as of a source without the column: no reason to leave a record out
        is_instrument and coalesce(i.fda_device = 'Y', false) as is_fda_device,
        -- a classification of before the entry was split off does not speak of it
        is_eccn(i.eccn) and classified is null
            and (is_confirmed or coalesce(i.valid_from >= s.split_on, false)) as is_another,
        is_instrument
            and coalesce(i.detectors < d.number and i.spectral = 'N' and i.top_down_proteomics = 'N', false)
            as is_below,
        i.fda_device = 'N' as is_no_fda_device,
        classified is not null
            or (not is_fda_device and coalesce(by_detectors, by_spectral, by_proteomics) is not null) as says_so,
        classified is null and (is_another or is_fda_device or is_below) as says_no
    from current_items as i
    left join batches as b on b.batch_id = i.batch_id
    cross join (select to_eccn, min(from_on) as split_on from entry_splits group by to_eccn) as s
    join parameters as d on d.name = 'cytometer-detectors' and $last_day::date between d.from_on and d.until_on
),

-- what an engineer confirmed goes before other records of the part
counted_statements as (
    select *
    from record_statements
    qualify is_confirmed or not bool_or(is_confirmed) over (partition by part)
),

records as (
    select
        part, to_eccn,
        concat_ws(', ', max(by_detectors) filter (says_so), max(by_spectral) filter (says_so),
            max(by_proteomics) filter (says_so), max(classified)) as said,
        bool_or(says_so) and bool_or(says_no) as disagree,
        case when disagree then said || '; another record, or the same, says that it is none' else said end as says,
        bool_or(says_so) and not disagree
            and (max(classified) is not null or bool_and(coalesce(is_no_fda_device, false))) as proves,
        bool_or(says_no) and not disagree as rules_out
    from counted_statements
    group by part, to_eccn
),

descriptions as (
    select w.description, string_agg(distinct s.signal, ', ' order by s.signal) as words
    from (select distinct description from wares where description <> '') as w
    join signal_patterns as s on regexp_matches(w.description, '(?i)' || s.pattern)
    group by w.description
),

weighed_wares as (
    select
        w.*, s.from_eccn, coalesce(s.to_eccn, o.to_eccn) as to_eccn, coalesce(s.from_on, o.from_on) as split_on,
        coalesce(r.says, '') as record_says, coalesce(r.proves, false) as is_proved,
        coalesce(r.rules_out, false) as is_ruled_out,
        case when list_contains(s.paragraphs, w.eccn) then w.eccn else '' end as paragraph,
        -- nothing tells what it is where a number would: no Schedule B number that can be read
        len(s.schedule_b) > 0 and not regexp_matches(coalesce(w.schedule_b, ''), '^[0-9]{6}') as is_untold,
        -- another paragraph that is recorded speaks against it
        coalesce(len(s.paragraphs) > 0 and w.eccn <> s.from_eccn, false) and paragraph = '' as is_another_paragraph,
        coalesce(d.words, '') as words,
        case when list_contains(s.schedule_b, left(w.schedule_b, 6))
            then left(w.schedule_b, 4) || '.' || w.schedule_b[5:6]
            else '' end as schedule_b_says
    from wares as w
    left join entry_splits as s on s.from_eccn = split_part(w.eccn, '.', 1)
    left join (select distinct to_eccn, from_on from entry_splits) as o on s.to_eccn is null
    left join records as r on r.part = upper(w.part_number) and r.to_eccn = coalesce(s.to_eccn, o.to_eccn)
    left join descriptions as d on d.description = w.description
)

select
    part_number, description, eccn, schedule_b, to_eccn, split_on, is_proved,
    -- the part that a person confirms: one number and description, and the entry that it may be of
    dense_rank() over (order by coalesce(part_number, ''), coalesce(description, ''), to_eccn) as part_key,
    case
        when is_proved then 1 when record_says <> '' then 2 when paragraph <> '' then 3 when words <> '' then 4
        when schedule_b_says <> '' then 5 else 6
    end as rank,
    concat_ws('; ',
        'item record: ' || nullif(record_says, ''), 'paragraph ' || nullif(paragraph, ''),
        'description: ' || nullif(words, ''), 'Schedule B ' || nullif(schedule_b_says, ''),
        case when rank = 6 then 'no Schedule B number, paragraph or description tells what it is' end) as evidence
from weighed_wares
where record_says <> ''
    or (not is_ruled_out and (
        paragraph <> '' or words <> '' or ((schedule_b_says <> '' or is_untold) and not is_another_paragraph)
    ))
