-- How do the controls know a situation?
create
    or replace macro control_key(
        eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    ) as
    hash(
        eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    );

-- What do the description of a line and the record of its item tell, in words?
create
    or replace macro told_of(described_as, item_facts) as
    list_concat(string_split(described_as, ', '), string_split(item_facts, '; '));

-- What is in doubt of a row of the Commerce Control List, where the facts of the item may settle it?
create
    or replace macro doubt_of(doubt, item_doubt, doubted_state, fact_state, doubt_left, untold) as
    case fact_state
        when 'in' then coalesce(doubt_left, '')
        else concat_ws(
            ' ', doubt, case when doubted_state <> 'out' then item_doubt end,
            case when fact_state = 'unknown' then '(the item master does not say: ' || untold || ')' end
        )
    end;

-- An amount in words: $1,500, or $1,500.50.
create or replace macro usd(amount) as '$' || regexp_replace(format('{:,.2f}', amount::double), '\.00$', '');
