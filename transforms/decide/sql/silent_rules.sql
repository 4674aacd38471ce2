-- Under which rule does a record fall that does not say enough? One row.
select
    'silent' as family, 0 as rule_key, null::integer as version_key, 'not-judged' as rule_id, 'control' as rule_kind,
    null::date as rule_from, 'medium' as severity, []::varchar[] as authority, null::varchar as remedy
