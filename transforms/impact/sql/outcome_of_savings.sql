-- What is a verdict with a savings clause on a line's own dates? The same steps as in `screening/sql/hits.sql`.
create or replace temp macro outcome_of_savings(v, tendered_on, export_on) as
    case
        when v.outcome is null then 'out of scope'
        when v.outcome = 'clear' or not v.has_savings then v.outcome
        when tendered_on is null and export_on <= v.look_until then 'undetermined'
        when tendered_on is null or tendered_on > v.en_route_on then v.outcome
        when v.exported_before is null then 'undetermined'
        when export_on < v.exported_before
            then case when v.outcome_if_saved = 'clear' then 'clear' else 'undetermined' end
        when export_on = v.exported_before then 'undetermined'
        else v.outcome
    end;
