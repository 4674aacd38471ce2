-- What may the SQL of a check ask by a name? Each macro stands for what more than one check would write out.

-- The first and the last day of all: what has no start, and what has no end.
create or replace temp macro always() as date '0001-01-01';

create or replace temp macro forever() as date '9999-12-31';

-- What is said in a list, without what is NULL: named(case when destination = '' then 'destination' end).
create or replace temp macro named(words) as list_filter(words::varchar[], lambda one: one is not null);

-- Is a proof of filing recorded, an ITN or another citation of AES?
create or replace temp macro is_filed(itn_form, exemption) as
    coalesce(itn_form in ('well formed', 'AESPOST', 'AESDOWN'), false)
    or coalesce(exemption in ('ITN', 'AESPOST', 'AESDOWN'), false);

-- The entry of the CCL that an ECCN is of: 2B999 of 2B999.h.2. The empty text of what is none, and of EAR99.
create or replace temp macro entry_of(eccn) as regexp_extract(eccn, '^([0-9][A-E][0-9]{3})(\.|$)', 1);

-- Is the item within a scope of the check? in, unknown or out. Columns that end in an underscore are no columns of a
-- check: one that is handed over by its bare name is not taken for one of the scope.
create or replace temp macro item_state(scope, item) as coalesce((
    select any_value(state_)
    from (select i.name as name_, i.eccn as eccn_, i.state as state_ from scope_items as i)
    where name_ = scope and eccn_ is not distinct from item
), 'out');

-- Is the place within a scope of the check that has no days, as one that names countries? in, unknown or out.
create or replace temp macro place_state(scope, place) as (
    select
        case when bool_or(state_ = 'in') then 'in' when bool_or(state_ = 'unknown') then 'unknown' else 'out' end
    from (select p.name as name_, p.destination as destination_, p.state as state_ from scope_places as p)
    where name_ = scope and destination_ is not distinct from place
);

-- Where are the places of a scope, and when? One row per destination and stretch of days: destination, from_on,
-- until_on, state, note.
create or replace temp macro places(scope) as table
    select p.* exclude (name) from scope_places as p where p.name = scope;

-- A number of the law: one row per stretch of days, from_on, until_on, number.
create or replace temp macro number_of(parameter) as table
    select p.from_on, p.until_on, p.number from parameters as p where p.name = parameter;

-- Each entry of the tables with its reasons for control: eccn, reasons, from_on, until_on. Before the first text read
-- none are known.
create or replace temp macro entry_reasons() as table
    select eccn, reasons, from_on, until_on from eccn_periods
    union all
    select eccn, [], always(), min(from_on) - 1 from eccn_periods group by eccn having min(from_on) > always();

-- The stretches of days within which nothing changes, of a step with situation_key, from_on and until_on: no day of a
-- situation is left out.
create or replace temp macro stretches(spans) as table
    with cuts as (
        select situation_key, always() as cut_on from query_table(spans)
        union
        select situation_key, from_on from query_table(spans)
        union
        select situation_key, until_on + 1 from query_table(spans) where until_on < forever()
    )

    select
        situation_key, cut_on as from_on,
        coalesce(lead(cut_on) over (partition by situation_key order by cut_on) - 1, forever()) as until_on
    from cuts;

-- When was it not in force, of a step with code, from_on, until_on and doubt? One row per code and stretch of days:
-- before its first day or between two stretches (`begins_on` is the next one's first), after the last (`ended_on`), or
-- in doubt.
create or replace temp macro not_in_force(periods) as table
    with gaps as (
        select
            code, coalesce(lag(until_on) over each_code + 1, always()) as from_on, from_on - 1 as until_on,
            from_on as begins_on
        from query_table(periods)
        window each_code as (partition by code order by from_on)
    )

    select code, from_on, until_on, 'flagged' as outcome, begins_on, null::date as ended_on, null::varchar as doubt
    from gaps
    where from_on <= until_on
    union all
    select code, max(until_on) + 1, forever(), 'flagged', null, max(until_on), null
    from query_table(periods)
    group by code
    having max(until_on) < forever()
    union all
    select code, from_on, until_on, 'undetermined', null, null, doubt from query_table(periods) where doubt is not null;
