-- In which situations is the record silent? One row per situation: itself.
select situation_key, 'silent' as family, situation_key as subject_key
from keyed_subjects
