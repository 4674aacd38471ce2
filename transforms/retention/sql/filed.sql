-- When was each filing last touched, and is it kept longer under the rules of OFAC? One row per source and ITN, all its
-- versions taken.
select source, itn, max(greatest(export_on, known_until::date)) as latest_on, count(*) as versions,
    coalesce(bool_or(list_contains($countries::varchar[], destination)), false) as is_under_ofac
from filings
group by source, itn
