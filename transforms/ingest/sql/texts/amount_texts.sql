-- What amount do they say? One row per text; NULL where it cannot be read.
select told, read_amount(told, $decimal) as amount from odd_texts
