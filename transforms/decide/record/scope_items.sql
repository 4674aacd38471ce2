-- Which ECCNs are within the named scopes of the check at hand? One row per scope and ECCN: in, unknown or out.
select c.name, i.eccn, i.state, i.note
from check_scopes as c
join item_states as i using (item_key)
where c.version_key = $version_key
