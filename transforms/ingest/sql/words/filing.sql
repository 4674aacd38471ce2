-- How is a recorded text read as an ITN, a citation or an exemption legend? What is none stays as it came.
-- 15 CFR part 30, appendix B: an ITN is X and 14 digits; AES, ITN, SS and their like may stand around it. Text of other
-- words, two ITNs and any digit more or less are not told apart: NULL.
create or replace temp macro itns_in(plain) as
    list_distinct(list_transform(
        regexp_extract_all(plain, 'X(?:[ ._/\x{2010}-\x{2015}-]{0,3}[0-9]){14}'),
        lambda one: regexp_replace(one, '[^X0-9]', '', 'g')
    ));

create or replace temp macro has_only_words_of_itn(plain) as
    regexp_full_match(
        regexp_replace(plain, 'X(?:[ ._/\x{2010}-\x{2015}-]{0,3}[0-9]){14}', '', 'g'),
        '(?:[^\pL0-9]|\b(?:(?:AES|EEI|ITN)+|NO|NR|NUM|NUMBER|INTERNAL TRANSACTION NUMBER|PROOF OF FILING|CITATION'
        || '|SS|SPLIT SHIPMENT)\b)*'
    );

create or replace temp macro unwrapped_itn(plain) as
    case when len(itns_in(plain)) = 1 and has_only_words_of_itn(plain) then itns_in(plain)[1] end;

-- Appendix B: AESPOST or AESDOWN, who files, and a day as MM/DD/YYYY. Where one of them cannot be told: NULL.
create or replace temp macro parts_of_citation(plain) as
    regexp_extract(
        plain,
        '^AES[ -]?(POST|DOWN)[ :.-]*([0-9A-Z]+(?: ?- ?[0-9A-Z]+)*)[ ,]+(?:([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})'
        || '|([0-9]{4})-([0-9]{2})-([0-9]{2}))[ .]*$',
        ['form', 'id', 'month', 'day', 'year', 'iso_year', 'iso_month', 'iso_day']
    );

create or replace temp macro citation_of_parts(p) as
    case
        when p.form <> '' then concat(
            'AES', p.form, ' ', replace(p.id, ' ', ''), ' ', lpad(p.month || p.iso_month, 2, '0'), '/',
            lpad(p.day || p.iso_day, 2, '0'), '/', p.year || p.iso_year
        )
    end;

create or replace temp macro is_plain_itn(t) as
    t = '' or (length(t) = 15 and starts_with(t, 'X'));

create or replace temp macro read_itn(t) as
    case
        when is_plain_itn(t) then t
        else coalesce(unwrapped_itn(plain_text(t)), citation_of_parts(parts_of_citation(plain_text(t))), upper(t))
    end;

-- The first legend of a cell, as 15 CFR part 30 writes it: 30.37(a), also for 30.37 (a), 30.37a and 30.37-a.
create or replace temp macro spelled_legend(t) as
    regexp_extract(
        regexp_replace(
            regexp_replace(t, '(30\.\d{1,2}) ?[.-]? ?([a-z])([^a-z(]|$)', '\1(\2)\3', 'g'),
            '(30\.\d{1,2}|\)) +\(', '\1(', 'g'
        ),
        '30\.\d{1,2}(\([a-z0-9]\))*'
    );

create or replace temp macro read_exemption(t) as
    case
        when t = '' then t
        -- a legend beside a citation is neither
        when regexp_matches(t, '30\.\d') and regexp_matches(upper(t), 'AES ?-?(POST|DOWN)') then upper(t)
        when regexp_matches(t, '30\.\d') then spelled_legend(lower(t))
        else read_itn(t)
    end;

create or replace temp macro is_itn(t) as starts_with(t, 'X') and regexp_full_match(t, 'X[0-9]{14}');

create or replace temp macro is_reread(found, t) as t <> '' and found <> t and found <> upper(t);
