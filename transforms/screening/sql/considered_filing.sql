-- Which EEI provisions were weighed for this one line, and how did each stand on its day? One row per provision version
-- in force then, for the one line in `asked_line`.
with line as (
    select l.export_on, f.filing_key, f.record
    from asked_line as l
    join filing_subjects as f using (situation_key)
),

met_provisions as (
    select version_key, state, note from filing_reach join line using (filing_key)
    where export_on between from_on and until_on
    union all
    select version_key, state, note from license_needed join line using (filing_key)
    where export_on between from_on and until_on
    union all
    select version_key, state, note from listed_needed join line using (filing_key)
    where export_on between from_on and until_on
)

select
    p.kind, p.paragraph, title_on(p.title, p.threshold, any_value(t.number)) as title, p.authority,
    -- the value of a shipment is summed only where nothing was filed
    case
        when p.threshold is not null and any_value(line.record) = 'filed' then 'not asked'
        else coalesce(min(m.state), 'out')
    end as state, string_agg(nullif(m.note, ''), '; ' order by m.note) as note,
    p.presumed_absent
from provisions as p
cross join line
left join rule_periods as r on r.version_key = p.version_key and line.export_on between r.from_on and r.until_on
left join met_provisions as m on m.version_key = p.version_key
left join parameters as t on t.name = p.threshold and line.export_on between t.from_on and t.until_on
where p.presumed_absent is not null or r.version_key is not null
group by p.version_key, p.kind, p.paragraph, p.title, p.authority, p.presumed_absent, p.threshold
order by p.kind = 'exclusion', p.kind = 'exemption', p.version_key
