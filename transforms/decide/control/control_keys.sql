-- Which control situation is each situation in? One row per situation.
select situation_key, 'control' as family, control_key as subject_key
from keyed_subjects
