-- Under which rules does a verdict of a control fall? One row per version of a control; versions that say the same
-- share the key of their law.
select
    'control' as family, law_key as rule_key, version_key, rule_id, rule_kind, from_on as rule_from, severity,
    authority, remedy
from rule_versions
