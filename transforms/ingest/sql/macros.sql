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

-- An amount with a dollar sign beside a currency that has another sign contradicts itself: it is not read.
create or replace temp macro read_foreign(t, code, decimal) as
    read_amount(
        case
            when contains(t, '$') and code is not null and code not in (
                'AUD', 'BBD', 'BMD', 'BND', 'BSD', 'BZD', 'CAD', 'FJD', 'GYD', 'HKD', 'JMD', 'KYD', 'LRD', 'NAD', 'NZD',
                'SBD', 'SGD', 'SRD', 'TTD', 'TWD', 'XCD', 'ARS', 'BRL', 'CLP', 'COP', 'CUP', 'DOP', 'MXN', 'UYU'
            ) then '?'
            else t
        end,
        decimal
    );

create or replace temp macro read_integer(t) as
    case
        when regexp_full_match(t, '[0-9]+') then try_cast(t as integer)
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

create or replace temp macro read_moment(t) as
    case when t <> '' then try_cast(t as timestamp) end;

create or replace temp macro fold_country(t) as
    case
        when length(t) <= 4 then upper(replace(t, '.', ''))
        else upper(trim(strip_accents(regexp_replace(replace(t, '.', ''), '\s+', ' ', 'g'))))
    end;

create or replace temp macro fold_currency(t) as
    trim(regexp_replace(replace(upper(t), '.', ''), '\s+', ' ', 'g'));

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

create or replace temp macro read_status(t) as
    replace(
        lower(trim(regexp_replace(regexp_replace(t, '^[A-Za-z0-9]{1,3}\s+[-–—]\s', ''), '[\s_]+', ' ', 'g'))),
        'canceled', 'cancelled'
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
