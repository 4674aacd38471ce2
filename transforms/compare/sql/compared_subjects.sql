-- Of which lines and filing lines did a comparison find something? One row per subject.
select distinct v.subject_key, if(c.about = 'filing', 'filing', 'line') as about
from comparison_verdicts as v
join comparisons as c on c.version_key = v.rule_key
