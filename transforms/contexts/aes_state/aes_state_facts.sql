-- What does AES say against the ITN that a line records? One row per line and fact.
select line_id, 'aes_state' as fact, aes_state as value
from aes_states
