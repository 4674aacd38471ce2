-- Under which rules does a verdict on a party fall? One row per version of a rule on listed parties.
select
    'party' as family, version_key as rule_key, version_key, rule_id, 'party' as rule_kind, from_on as rule_from,
    severity, authority, remedy
from party_versions
