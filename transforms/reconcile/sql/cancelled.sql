-- How many filing lines does AES hold as cancelled? One number.
select count(*)
from filings
where known_from <= $known_until and (known_until is null or known_until > $known_until)
    and list_contains($cancelled_words, lower(status))
