-- What do comparisons look at? One row per pair, line or filing: each stands alone, as its own situation.
select subject_key as situation_key, 'comparison' as family, subject_key
from compared_records
