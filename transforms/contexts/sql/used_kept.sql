-- What do other records add to the lines, as it was kept? One row per situation that is thus completed.
from known_contexts
where situation_key in (select context_key from current_lines where context_key is not null)
