-- Which filing situation is each situation in? One row per situation that is or may be an export.
select situation_key, 'filing' as family, filing_key as subject_key
from filing_subjects
