-- Under which rule does a verdict of filing fall? One row, or none where the rulebook has no provisions.
select
    'filing' as family, 0 as rule_key, null::integer as version_key, id as rule_id, 'eei' as rule_kind,
    null::date as rule_from, severity, authority, remedy
from filing
