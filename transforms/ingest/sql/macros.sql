-- How is a recorded text read as a number, a date or a country? NULL where it cannot be read; never a guess.
create or replace temp macro read_number(t) as
    case
        when t is null or t = '' then null
        when translate(t, '0123456789.', '') in ('', '-') then try_cast(t as decimal(18, 4))
        when regexp_full_match(t, '-?\$?\d{1,3}(,\d{3})+(\.\d+)?|-?\$\d+(\.\d+)?')
            then try_cast(translate(t, '$,', '') as decimal(18, 4))
    end;

create or replace temp macro read_integer(t) as
    case
        when translate(t, '0123456789', '') = '' then try_cast(t as integer)
        when regexp_full_match(t, '\d+\.0+') then try_cast(t as integer)
    end;

create or replace temp macro plausible_date(d) as
    case when d between date '1980-01-01' and date '2099-12-31' then d end;

create or replace temp macro read_date(t, forms) as
    case
        when t is null or t = '' then null
        when length(t) = 10 and t[5] = '-' and list_contains(forms, '%Y-%m-%d')
            then plausible_date(try_cast(t as date))
        else plausible_date(try_strptime(t, forms)::date)
    end;

create or replace temp macro fold_country(t) as
    case
        when length(t) <= 4 then upper(replace(t, '.', ''))
        else upper(trim(strip_accents(regexp_replace(replace(t, '.', ''), '\s+', ' ', 'g'))))
    end;

create or replace temp macro fold_code(t) as
    replace(replace(replace(lower(trim(t)), ' ', '_'), '-', '_'), 're_export', 'reexport');
