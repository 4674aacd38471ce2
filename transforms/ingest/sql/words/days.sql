-- How is a recorded text read as a day or a moment? NULL where it cannot be read; never a guess.
create or replace temp macro plausible_date(d) as
    case when d between date '1980-01-01' and date '2099-12-31' then d end;

-- A moment is a day, a time, perhaps a fraction of a second, and how far its clock is from UTC. Its parts: `wall` as
-- the clock shows it, `zone` as it is written (Z, UTC, +05:30, GMT-05:00), or ''.
create or replace temp macro parts_of_moment(t) as
    regexp_extract(
        upper(t),
        '^(.*?[0-9]:[0-9]{2}(?: ?[AP]M)?)(?:[.,]0*([0-9]*))?'
        || ' ?(Z|UTC|GMT|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[ECMP][SD]T|)$',
        ['wall', 'fraction', 'zone']
    );

create or replace temp macro iso_moments() as
    ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M', '%Y-%m-%d %H:%M'];

-- A form that takes the month for the last part is not asked beside ISO, which would exchange day and month.
-- A form that tells a day alone reads it beside a time of day, too; behind a T it is for ISO alone.
create or replace temp macro read_wall(wall, forms) as
    coalesce(
        try_strptime(
            nullif(wall, ''),
            forms || if(len(list_filter(forms, lambda one: starts_with(one, '%Y-%d'))) > 0, [], iso_moments())
        ),
        try_strptime(regexp_extract(wall, '^(.*?) +[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?$', 1), forms)
        + (try_strptime(
            regexp_extract(wall, '[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?$'),
            ['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p', '%H:%M:%S', '%H:%M']
        ) - timestamp '1900-01-01')
    )::timestamp;

create or replace temp macro is_utc(zone) as regexp_full_match(zone, 'Z|UTC|GMT|(UTC|GMT)?[+-]0{1,2}(:?00)?');

-- The day of a moment is the one that is written. In UTC it is the day in the time zone of the source, where that is
-- stated; else the one that is written at midnight, where a date was stamped with a time, and at no other time.
create or replace temp macro day_of_parts(parts, forms, time_zone) as
    case
        when not is_utc(parts.zone) then read_wall(parts.wall, forms)::date
        when time_zone <> ''
            then timezone(time_zone, timezone('UTC', read_wall(parts.wall, forms)))::date
        when parts.fraction = '' and read_wall(parts.wall, forms)::time = time '00:00:00'
            then read_wall(parts.wall, forms)::date
    end;

create or replace temp macro day_of_moment(t, forms, time_zone) as
    day_of_parts(parts_of_moment(t), forms, time_zone);

create or replace temp macro plausible_moment(m) as
    case when year(m) between 1980 and 2099 then m end;

-- What systems write where they have no date: 00000000, 00.00.0000, 0000-00-00, with a time of zeros or without.
create or replace temp macro is_blank_date(t) as
    t = '' or (starts_with(t, '00') and regexp_full_match(t, '[0./ :T-]+'));

-- No last day: none at all, or one in the year 9999, as systems write it.
create or replace temp macro is_open_end(t) as
    is_blank_date(t)
    or regexp_full_match(t, '31[./-]?12[./-]?9999|12[./-]?31[./-]?9999|9999[./-]?12[./-]?31( 00:00:00)?');

-- A day as a spreadsheet counts them, from 1900: 45000 is 2023-03-15; what follows the point is the time of day.
create or replace temp macro read_serial(t) as
    case
        when regexp_full_match(t, '[2-7][0-9]{4}([.,][0-9]+)?') then date '1899-12-30' + left(t, 5)::integer
    end;

create or replace temp macro read_date(t, forms, time_zone) as
    case
        when t is null or is_blank_date(t) then null
        when list_contains(forms, 'serial') and regexp_full_match(t, '[2-7][0-9]{4}([.,][0-9]+)?')
            then plausible_date(read_serial(t))
        when is_plain_day(t, forms)
            then plausible_date(try_cast(t as date))
        else plausible_date(coalesce(try_strptime(t, forms)::date, day_of_moment(t, forms, time_zone)))
    end;

-- A day that is read at sight, as ISO writes it.
create or replace temp macro is_plain_day(t, forms) as
    length(t) = 10 and t[5] = '-' and list_contains(forms, '%Y-%m-%d');

create or replace temp macro day_of(t, read, forms) as
    case when is_plain_day(t, forms) then plausible_date(try_cast(t as date)) else read end;

-- A moment with an offset is told in UTC, so that the moments of one report can be put in order.
create or replace temp macro read_moment(t, forms) as
    plausible_moment(case
        when not (length(t) = 19 and substr(t, 17, 1) = ':')
            and regexp_matches(t, ':\d\d(\.\d+)? ?(Z|[+-]\d\d(:?\d\d)?)$')
            then make_timestamp(epoch_us(try_cast(t as timestamptz)))
        else coalesce(try_cast(t as timestamp), try_strptime(t, forms))
    end);
