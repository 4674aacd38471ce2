-- For which months, and whose number, are filings loaded? One row per month and USPPI number (nine digits, '' where a
-- filing has none), with the first and last day of all, and the last day on which such a report was taken, or loaded
-- where it does not say. A report limited to one USPPI says nothing of another.
select
    date_trunc('month', export_on)::date as month_on,
    ein_of(usppi_id) as usppi_number,
    min(min(export_on)) over () as first_on, max(max(export_on)) over () as last_on,
    max(coalesce(extracted_at, known_from))::date as extracted_on
from current_filings
group by all
