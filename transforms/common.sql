-- What do all packages know how to ask? The words that stand in more than one of them, each said once.

-- What stands for a version of a line, or of a filing line, wherever it is: no place in a table.
create or replace temp macro id_of_version(identity_hash, batch_id) as hash(identity_hash, batch_id);

-- Is it an ECCN as the CCL writes it, with or without paragraphs, or EAR99?
create or replace temp macro is_eccn(t) as
    coalesce(t = 'EAR99' or regexp_full_match(t, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*'), false);

-- Names are the same whatever their case, spaces and punctuation. Nested replacing of the usual signs is three times as
-- fast as a regular expression, which is left to names with other signs.
create or replace temp macro fold_name(t) as
    case
        when regexp_matches(t, '[^A-Za-z0-9 .,&/()''-]') then regexp_replace(upper(t), '[^\p{L}\p{N}]', '', 'g')
        else replace(replace(replace(replace(replace(replace(replace(replace(replace(
            upper(t), ' ', ''), '.', ''), ',', ''), '-', ''), '&', ''), '/', ''), '''', ''), '(', ''), ')', '')
    end;

create or replace temp macro fold_id(t) as
    case when regexp_full_match(t, '[0-9A-Z]*') then t else regexp_replace(upper(t), '[^\p{L}\p{N}]', '', 'g') end;

-- What an amount is worth in US dollars: as recorded, or converted from its currency, in cents; NULL: not known.
create or replace temp macro in_dollars(value_usd, value_recorded, rate) as
    coalesce(value_usd, try_cast(round(value_recorded::decimal(20, 4) * rate, 2) as decimal(18, 4)));

-- An amount as it was recorded, in words: 350,000.00 JPY. NULL where that was US dollars.
create or replace temp macro original_amount(value_recorded, currency) as
    case
        when currency is distinct from 'USD' then format('{:,.2f} ', value_recorded::double)
            || coalesce(nullif(currency, ''), 'in a currency that is not recorded')
    end;

-- The nine digits of an EIN that AES knows a party by, without the suffix.
create or replace temp macro ein_of(t) as
    left(regexp_replace(upper(coalesce(t, '')), '[^A-Z0-9]', '', 'g'), 9);

-- Within how many days, of those that count: the fewest that hold them, or more than any. NULL: they are not known.
create or replace temp macro days_within(days, limits) as
    case
        when days <= list_max(limits)
            then 'within ' || list_min(list_filter(limits, lambda one: one >= days)) || ' days'
        when days > list_max(limits) then 'over ' || list_max(limits) || ' days'
    end;
