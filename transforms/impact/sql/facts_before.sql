-- What does the baseline see of each situation? One row per situation.
from subjects
