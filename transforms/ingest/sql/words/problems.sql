-- What is told of a row that cannot be read, and by what is it known?
-- What is wrong with a column of a row, by its code; `worded` adds the sentence, by code or by code and column.
create or replace temp macro problem(name, told, code) as
    struct_pack(column_name := name, recorded := told, code := code);

-- The problems of a row. What is wrong with a cell before it is read as a value goes before what follows from that.
create or replace temp macro with_faults(faults, problems) as
    list_concat(
        coalesce(faults, []),
        list_filter(problems, lambda p:
            p is not null and not list_contains(
                coalesce(list_transform(faults, lambda f: f.column_name), []), p.column_name
            ))
    );

create or replace temp macro worded(problems, sentences) as
    list_transform(
        problems,
        lambda p: struct_pack(
            column_name := p.column_name, recorded := p.recorded,
            reason := coalesce(sentences[p.code || ' ' || p.column_name], sentences[p.code]), code := p.code
        )
    );

create or replace temp macro no_amount(name, told, decimal) as
    problem(name, told, if(
        is_either_number(plain_amount(told), decimal)
        or (decimal = '?' and regexp_full_match(plain_amount(told), '-?\$?[0-9]+[.,][0-9.,]*')),
        'number-in-two-ways', 'not-a-number'
    ));

create or replace temp macro no_date(name, told, forms, time_zone) as
    problem(name, told, if(
        time_zone = '' and is_utc(parts_of_moment(told).zone)
            and plausible_date(read_wall(parts_of_moment(told).wall, forms)::date) is not null,
        'time-zone-not-stated', 'not-a-date'
    ));

-- What a spreadsheet shows where a formula failed is nothing that the source recorded.
create or replace temp macro is_formula_error(t) as
    coalesce(starts_with(t, '#') and list_contains([
        '#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#FIELD!', '#BLOCKED!',
        '#CONNECT!', '#BUSY!', '#UNKNOWN!', '#GETTING_DATA', '#FORMULA WITHOUT A VALUE'
    ], t), false);

-- By what is a row in quarantine known? By the record that it is of, where that could be read, else by its text.
create or replace temp macro key_of_aside(kind, source, identity, cells, recorded) as
    case
        when identity is not null and kind = 'items' then hash(source, identity[1], try_cast(identity[2] as date))
        when identity is not null then hash(source, identity[1], try_cast(identity[2] as integer))
        when cells is not null then hash(cells)
        else hash(recorded)
    end;
