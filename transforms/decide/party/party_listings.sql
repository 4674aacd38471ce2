-- When is, or may, a party of each situation be on a list with which a rule is concerned? One row per situation, role,
-- party, entry, rule version and stretch of days: whether it is sure, and if not, why (`open_by`).
with concerned as (
    select
        h.*, e.* exclude (entry_id), v.version_key, v.rule_id, v.programs as named_programs,
        coalesce(list_has_any(e.programs, v.programs), false) as is_named_program, s.number::integer as savings_days,
        h.listed_name is distinct from e.name as is_alias,
        -- what an entry says now was last changed then: before, an alias may not have been in it
        list_filter(e.younger_aliases, lambda one: starts_with(one, h.listed_name || ' @ '))[1] as younger,
        greatest(
            e.listed_from, if(is_alias, e.amended_on, null), try_cast(split_part(younger, ' @ ', 2) as date)
        ) as sure_from
    from party_hits as h
    join entries_on_lists as e using (entry_id)
    join party_versions as v on list_contains(v.lists, e.list) and list_contains(v.roles, h.role)
    left join parameters as s on s.name = v.savings and s.from_on <= e.listed_from and s.until_on >= e.listed_from
),

days_of_entries as (
    select
        * exclude (possible_from, listed_from, listed_until, possible_until, amended_on, sure_from, younger),
        listed_from as listed_on, coalesce(listed_until, possible_until) as listed_to, possible_from as perhaps_from,
        unnest(list_filter([
            {
                'from_on': coalesce(possible_from, date '0001-01-01'),
                'until_on': coalesce(listed_from - 1, possible_until, date '9999-12-31'),
                'open_by': 'listing-date', 'has_savings': false
            },
            {'from_on': listed_from, 'until_on': sure_from - 1, 'open_by': 'listing-alias', 'has_savings': false},
            {
                'from_on': sure_from,
                'until_on': least(
                    sure_from + savings_days, coalesce(listed_until, if(possible_until is null, null, listed_from))
                ),
                'open_by': null::varchar, 'has_savings': true
            },
            {
                'from_on': if(savings_days is null or sure_from > listed_from, sure_from, sure_from + savings_days + 1),
                'until_on': case
                    when listed_until is not null then listed_until
                    when possible_until is null then date '9999-12-31'
                    else listed_from
                end,
                'open_by': null::varchar, 'has_savings': false
            },
            {
                'from_on': coalesce(listed_until, if(possible_until is null, null, listed_from)) + 1,
                'until_on': coalesce(possible_until, date '9999-12-31'),
                'open_by': 'listing-end', 'has_savings': false
            }
        ], lambda days: days.from_on <= days.until_on
            and (not days.has_savings or (savings_days is not null and sure_from = listed_from))
        ), recursive := true)
    from concerned
)

select
    d.* replace (
        greatest(d.from_on, r.from_on) as from_on, least(d.until_on, r.until_on) as until_on,
        case when d.band = 'possible' then 'party-possible' when r.doubt is not null then 'law-in-doubt' else d.open_by
            end as open_by
    ),
    r.doubt, d.from_on as stretch_from
from days_of_entries as d
join rule_periods as r
    on r.version_key = d.version_key and r.from_on <= d.until_on and r.until_on >= d.from_on
