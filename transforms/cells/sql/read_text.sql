-- What does the file hold, cell by cell? One row per row that is CSV; the others go to the table `reject_errors`.
-- By its name a file may seem packed that is not, or no longer.
from read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = $delimiter, quote = $quote, escape = $quote,
    compression = 'none', store_rejects = true, rejects_limit = 0
)
