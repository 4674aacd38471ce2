-- What ITN or citation do they say? One row per text.
select told, read_itn(told) as itn from odd_texts
