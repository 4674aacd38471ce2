-- How is a recorded text read as a number, a date or a country? NULL where it cannot be read; never a guess.
create or replace temp macro read_number(t) as
    case
        when t is null or t = '' then null
        when regexp_full_match(t, '-?[0-9.]+') then try_cast(t as decimal(18, 4))
        when regexp_full_match(t, '-?\$?\d{1,3}(,\d{3})+(\.\d+)?|-?\$\d+(\.\d+)?')
            then try_cast(translate(t, '$,', '') as decimal(18, 4))
    end;

-- A comma, or one dot before three digits, parts thousands in one country and decimals in another. `decimal` is ''
-- where nobody said which it is.
create or replace temp macro is_either_number(t, decimal) as
    decimal = '' and regexp_full_match(t, '-?\$?([0-9.]*,[0-9.,]*|[1-9][0-9]{0,2}\.[0-9]{3})');

create or replace temp macro read_amount(t, decimal) as
    read_number(
        case when decimal = ',' then translate(t, ',.', '.,') when is_either_number(t, decimal) then '?' else t end
    );

-- What is wrong with a column of a row, by its code; `worded` adds the sentence, by code or by code and column.
create or replace temp macro problem(name, told, code) as
    struct_pack(column_name := name, recorded := told, code := code);

create or replace temp macro worded(problems, sentences) as
    list_transform(
        problems,
        lambda p: struct_pack(
            column_name := p.column_name, recorded := p.recorded,
            reason := coalesce(sentences[p.code || ' ' || p.column_name], sentences[p.code]), code := p.code
        )
    );

create or replace temp macro no_amount(name, told, decimal) as
    problem(name, told, if(is_either_number(told, decimal), 'number-in-two-ways', 'not-a-number'));

create or replace temp macro read_integer(t) as
    case
        when regexp_full_match(t, '[0-9]+') then try_cast(t as integer)
        when regexp_full_match(t, '\d+\.0+') then try_cast(t as integer)
    end;

create or replace temp macro plausible_date(d) as
    case when d between date '1980-01-01' and date '2099-12-31' then d end;

create or replace temp macro plausible_moment(m) as
    case when year(m) between 1980 and 2099 then m end;

create or replace temp macro read_date(t, forms) as
    case
        when t is null or t = '' then null
        when length(t) = 10 and t[5] = '-' and list_contains(forms, '%Y-%m-%d')
            then plausible_date(try_cast(t as date))
        else plausible_date(try_strptime(t, forms)::date)
    end;

-- A moment with an offset is told in UTC, so that the moments of one report can be put in order.
create or replace temp macro read_moment(t, forms) as
    plausible_moment(case
        when not (length(t) = 19 and substr(t, 17, 1) = ':')
            and regexp_matches(t, ':\d\d(\.\d+)? ?(Z|[+-]\d\d(:?\d\d)?)$')
            then make_timestamp(epoch_us(try_cast(t as timestamptz)))
        else coalesce(try_cast(t as timestamp), try_strptime(t, forms))
    end);

create or replace temp macro fold_country(t) as
    case
        when length(t) <= 4 then upper(replace(t, '.', ''))
        else upper(trim(strip_accents(regexp_replace(replace(t, '.', ''), '\s+', ' ', 'g'))))
    end;

create or replace temp macro fold_code(t) as
    case
        when t in ('export', 'reexport', 'in_country_transfer', 'tangible', 'intangible', '') then t
        else replace(replace(replace(lower(trim(t)), ' ', '_'), '-', '_'), 're_export', 'reexport')
    end;

-- A cell written CODE - TEXT, as the AESDirect screen shows it, is its code: C33 - NLR, 40 - Air, PK - Pakistan.
create or replace temp macro read_code(t) as
    case
        when length(t) > 4 then coalesce(nullif(regexp_extract(t, '^([A-Za-z0-9]{1,3}|[0-9.]+)\s+[-–—]\s', 1), ''), t)
        else t
    end;

-- A status is its text; a code before it stays where it says more than the text begins with: A - Accepted, X - Filed.
-- Expressions on text are many times faster than patterns, and a report has a status in every row.
create or replace temp macro without_initials(t, code, dashed) as
    case
        when length(code) between 1 and 3 and substr(dashed, 2, 1) = ' ' and left(dashed, 1) in ('-', '–', '—')
            and starts_with(lower(ltrim(substr(dashed, 2))), lower(code))
            then ltrim(substr(dashed, 2))
        else t
    end;

create or replace temp macro one_spaced(t) as
    case
        when contains(t, '_') or contains(t, '  ') or contains(t, chr(9))
            then trim(regexp_replace(t, '[\s_]+', ' ', 'g'))
        else trim(t)
    end;

create or replace temp macro read_status(t) as
    replace(
        lower(one_spaced(case
            when strpos(t, ' ') between 2 and 4
                then without_initials(t, left(t, strpos(t, ' ') - 1), ltrim(substr(t, strpos(t, ' '))))
            else t
        end)), 'canceled', 'cancelled'
    );

create or replace temp macro read_itn(t) as
    case when starts_with(upper(t), 'AES X') then rtrim(replace(substr(upper(t), 5), ' SS', '')) else upper(t) end;

create or replace temp macro read_eccn(t) as
    case
        when upper(replace(t, ' ', '')) = 'EAR99' then 'EAR99'
        else upper(left(replace(t, ' ', ''), 5)) || lower(substr(replace(t, ' ', ''), 6))
    end;

create or replace temp macro read_flag(t) as
    case
        when t is null or t = '' then t
        when lower(t) in ('y', 'yes', 'true', '1') then 'Y'
        when lower(t) in ('n', 'no', 'false', '0') then 'N'
    end;

-- What a spreadsheet shows where a formula failed is nothing that the source recorded.
create or replace temp macro is_formula_error(t) as
    coalesce(starts_with(t, '#') and t in (
        '#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#FIELD!', '#BLOCKED!',
        '#CONNECT!', '#BUSY!', '#UNKNOWN!', '#GETTING_DATA', '#FORMULA WITHOUT A VALUE'
    ), false);

-- By what is a row in quarantine known? By the record that it is of, where that could be read, else by its text.
create or replace temp macro key_of_aside(kind, source, identity, cells, recorded) as
    case
        when identity is not null and kind = 'items' then hash(source, identity[1], try_cast(identity[2] as date))
        when identity is not null then hash(source, identity[1], try_cast(identity[2] as integer))
        when cells is not null then hash(cells)
        else hash(recorded)
    end;
