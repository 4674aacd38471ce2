-- What does a check look at? One row per situation: itself.
select situation_key, 'record' as family, situation_key as subject_key
from keyed_subjects
