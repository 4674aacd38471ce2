-- How are countries, currencies, codes and statuses folded, so that their ways of writing are one?
create or replace temp macro fold_place(t) as
    upper(trim(strip_accents(regexp_replace(replace(t, '.', ''), '\s+', ' ', 'g'))));

-- A code beside the name is parted from it by a hyphen, however it was written: DE-GERMANY.
create or replace temp macro fold_country(t) as
    case
        when length(t) <= 4 then upper(replace(t, '.', ''))
        when contains(t, '-') or contains(t, '–') or contains(t, '—')
            then regexp_replace(fold_place(t), '^([A-Z]{2,3}) ?[-–—] ?([A-Z])', '\1-\2')
        else fold_place(t)
    end;

create or replace temp macro fold_currency(t) as
    trim(regexp_replace(replace(upper(t), '.', ''), '\s+', ' ', 'g'));

create or replace temp macro fold_code(t) as
    case
        when list_contains(['export', 'reexport', 'in_country_transfer', 'tangible', 'intangible', ''], t) then t
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

-- In capitals, and with one plain blank for each run of blanks, also of those that only look like one.
create or replace temp macro plain_text(t) as
    trim(regexp_replace(upper(t), '[\s\x{00A0}\x{2000}-\x{200F}\x{202F}\x{2060}\x{FEFF}]+', ' ', 'g'));

create or replace temp macro read_flag(t) as
    case
        when t is null or t = '' then t
        when lower(t) in ('y', 'yes', 'true', '1') then 'Y'
        when lower(t) in ('n', 'no', 'false', '0') then 'N'
    end;
