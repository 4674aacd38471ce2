-- Under which rules does a verdict of a check fall? One row per version of a check.
select
    'record' as family, version_key as rule_key, version_key, rule_id, 'check' as rule_kind, from_on as rule_from,
    severity, authority, remedy
from checks
