-- What is gathered in `not-judged`? Nothing here: every rule is asked by itself, and the words of a decision expect the table.
create table not_judged (
    verdict_key bigint, situation_key ubigint, rule_from date, from_on date, until_on date, subject varchar,
    statement varchar, authority varchar[], missing varchar[], has_savings boolean, en_route_on date,
    exported_before date, look_until date
);
