-- What speaks for and against filing, and when? One row per filing situation and stretch of days within which nothing
-- changes. What is filed needs no weighing: its triggers alone are named.
with met_provisions as (
    select r.*, false as has_savings, null::date as en_route_on, null::date as exported_before, null::date as look_until
    from filing_reach as r
    union all by name
    select * from license_needed
    union all by name
    select * from listed_needed
),

weighed_provisions as (
    select
        m.*, p.kind, p.paragraph, p.own_terms, p.yields, p.due_if_direct, p.from_on as rule_from,
        p.overrides and not p.due_if_direct and p.kind = 'trigger' as is_overriding,
        len(list_filter(p.spares, lambda x: f.legend = x or starts_with(f.legend, x || '('))) > 0 as is_sparing
    from met_provisions as m
    join provisions as p using (version_key)
    join filing_situations as f using (filing_key)
),

cuts as (
    select filing_key, from_on as cut_on from met_provisions
    union
    select filing_key, until_on + 1 from met_provisions where until_on < date '9999-12-31'
    union
    select filing_key, date '0001-01-01' from filing_situations
),

stretches as (
    select
        filing_key, cut_on as from_on,
        coalesce(lead(cut_on) over (partition by filing_key order by cut_on) - 1, date '9999-12-31') as until_on
    from cuts
)

select
    s.filing_key, s.from_on, s.until_on,
    coalesce(bool_or(w.kind = 'exclusion' and not w.own_terms and not w.yields and w.state = 'in'), false)
        as is_excluded,
    -- outside part 30, which does not end 758.1(b)
    coalesce(bool_or(w.kind = 'exclusion' and not w.own_terms and w.state = 'in' and w.yields), false) as is_outside,
    coalesce(bool_or(w.kind = 'exclusion' and (w.own_terms or w.state = 'unknown')), false) as may_be_excluded,
    coalesce(bool_or(w.kind = 'exemption' and not w.own_terms and w.state = 'in'), false) as is_exempt,
    coalesce(bool_or(w.kind = 'exemption' and (w.own_terms or w.state = 'unknown')), false) as may_be_exempt,
    coalesce(bool_or(w.kind = 'exemption' and w.own_terms), false) as is_claim_open,
    coalesce(bool_or(w.kind = 'trigger' and w.state = 'in' and not w.due_if_direct), false) as is_triggered,
    coalesce(bool_or(w.due_if_direct and w.state = 'in'), false) as is_transshipped,
    coalesce(bool_or(w.is_overriding and w.state = 'in'), false) as is_overriding,
    coalesce(bool_or(w.is_overriding and w.state = 'unknown'), false) as may_be_overridden,
    coalesce(bool_and(w.is_sparing) filter (w.is_overriding and w.state = 'in'), false) as is_spared,
    -- the same for goods that a savings clause covers: what rests on it falls away
    coalesce(bool_or(w.has_savings), false) as rests_on_savings,
    coalesce(bool_or(w.kind = 'trigger' and w.state = 'in' and not w.due_if_direct and not w.has_savings), false)
        as is_triggered_if_saved,
    coalesce(bool_or(w.is_overriding and w.state = 'in' and not w.has_savings), false) as is_overriding_if_saved,
    coalesce(bool_or(w.is_overriding and w.state = 'unknown' and not w.has_savings), false)
        as may_be_overridden_if_saved,
    coalesce(bool_and(w.is_sparing) filter (w.is_overriding and w.state = 'in' and not w.has_savings), false)
        as is_spared_if_saved,
    coalesce(bool_or(w.is_silent and w.is_overriding and w.state = 'unknown'), false) as is_silent,
    list(distinct w.paragraph) filter (w.kind = 'trigger' and w.state = 'in' and not w.due_if_direct) as triggers,
    list(distinct w.paragraph) filter (w.kind <> 'trigger' and not w.own_terms and w.state = 'in') as served,
    max(w.rule_from) filter (w.kind = 'trigger') as rule_from,
    min(w.en_route_on) filter (w.has_savings) as en_route_on,
    case when bool_and(w.exported_before is not null) filter (w.has_savings)
        then min(w.exported_before) filter (w.has_savings) end as exported_before,
    max(coalesce(w.look_until, w.exported_before)) filter (w.has_savings) as look_until
from stretches as s
left join weighed_provisions as w
    on w.filing_key = s.filing_key and w.from_on <= s.from_on and w.until_on >= s.until_on
group by s.filing_key, s.from_on, s.until_on
