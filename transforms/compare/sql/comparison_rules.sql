-- Under which rules does a verdict of a comparison fall? One row per version of a comparison.
select
    'comparison' as family, version_key as rule_key, version_key, rule_id, 'reconcile' as rule_kind,
    from_on as rule_from, severity, authority, remedy
from comparisons
