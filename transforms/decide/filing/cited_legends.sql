-- Does the exemption or exclusion apply whose legend a line cites? One row per situation that records a legend and no
-- filing, and stretch of days, with what was decided of filing. A legend with others below it, as 30.37 has 30.37(a),
-- says too little to be asked about.
with legends as (
    select
        version_key, own_terms, threshold, unnest(legends) as provision_legend, unnest(legend_titles) as title
    from provisions
),

asked_legends as (
    select l.*
    from legends as l
    where not exists (from legends as n where starts_with(n.provision_legend, l.provision_legend || '('))
),

-- filing_reach has what is open on its own terms only where its legend is cited as it is written
cited_provisions as (
    select f.filing_key, f.legend, l.version_key, l.title, l.threshold
    from filing_situations as f
    join asked_legends as l
        on l.provision_legend = f.legend
        or (not l.own_terms and starts_with(f.legend, l.provision_legend || '('))
    where f.record = 'legend'
),

weighed_legends as (
    select
        c.filing_key, c.legend, o.from_on, o.until_on, o.outcome,
        any_value(c.title) as title, max(c.threshold) as threshold, any_value(o.served) as served,
        case
            when bool_or(r.state = 'in') then 'in'
            when bool_or(r.state = 'unknown') then 'unknown'
            else 'out'
        end as state,
        string_agg(distinct r.note, '; ' order by r.note) filter (r.state = 'unknown') as note,
        list_distinct(flatten(list(r.missing) filter (r.state = 'unknown'))) as missing
    from cited_provisions as c
    join filing_outcomes as o using (filing_key)
    left join filing_reach as r
        on r.filing_key = c.filing_key and r.version_key = c.version_key
        and r.from_on <= o.from_on and r.until_on >= o.until_on
    group by c.filing_key, c.legend, o.from_on, o.until_on, o.outcome
)

select
    s.situation_key,
    greatest(w.from_on, coalesce(t.from_on, w.from_on)) as from_on,
    least(w.until_on, coalesce(t.until_on, w.until_on)) as until_on,
    w.legend, title_on(w.title, w.threshold, t.number) as title, w.state, w.note, coalesce(w.missing, []) as missing,
    w.outcome, coalesce(list_sort(w.served), []) as served
from filing_subjects as s
join weighed_legends as w using (filing_key)
left join parameters as t
    on t.name = w.threshold and t.from_on <= w.until_on and t.until_on >= w.from_on
