-- What does this batch look like at the door? One row: counts and shares.
select
    $rows_in::bigint as rows_in,
    $rows_in / nullif($usual_rows, 0) as rows_to_usual,
    $unread / greatest($rows_in, 1) as unread_share,
    $key_missing / greatest($rows_in, 1) as key_missing_share,
    $conflicts / greatest($rows_in, 1) as key_conflict_share,
    $date_unreadable / greatest($rows_in, 1) as date_unreadable_share,
    $number_unreadable / greatest($rows_in, 1) as number_unreadable_share,
    $country_unknown / greatest($rows_in, 1) as country_unknown_share,
    $ahead::bigint / greatest($rows_in, 1) as ahead_share
