-- Of which asked lines is a row of the same shipment in quarantine? One row per line: what that row is worth, and of
-- which Schedule B number, is not known (15 CFR 30.37(a)).
select a.line_id
from valued_lines as a
join (from value_lines semi join lines_aside using (source, shipment_id)) as l using (line_id)
