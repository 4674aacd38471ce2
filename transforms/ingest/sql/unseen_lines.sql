-- Which lines of this batch stand for a situation that was never seen? The first line of each.
with first_lines as (
    select situation_key, min(rowid) as first_line
    from lines
    where batch_id = $batch_id
    group by situation_key
),

unseen_firsts as (
    select first_line from first_lines anti join situations using (situation_key)
)

select * exclude (situation_key) from lines where rowid in (select first_line from unseen_firsts)
