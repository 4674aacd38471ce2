-- On what does a finding of each kind turn? One row per kind: columns of the line, and facts of its situation.
-- A finding that is closed by a decision opens again only where one of them, or the law, changes: a person who says
-- that a license covers it has looked at the parties, the part and the license number too.
with kinds as (
    select
        ['eccn', 'part_number', 'description', 'destination', 'activity', 'license_code', 'license_number',
            'exception_paragraph', 'export_on', 'tendered_on', 'consignee_country', 'end_user_country',
            'consignee_name',
            'end_user_name', 'intermediate_consignee_name', 'intermediate_country', 'quantity', 'uom', 'value_usd']
            as of_controls,
        ['form', 'itn', 'eei_exemption', 'filing_option', 'schedule_b', 'usppi_id', 'conveyance', 'origin_df']
            as of_filing,
        ['eccn', 'eccn_recorded', 'item_eccn', 'item_says', 'item_proves', 'signal', 'destination', 'activity',
            'license_code', 'license_number_form', 'exception_paragraph', 'consignee_elsewhere', 'end_user_elsewhere']
            as control_facts,
        ['form', 'itn_form', 'exemption', 'hs6', 'via_country', 'low_value', 'low_value_missing', 'aes_state']
            as filing_facts,
        ['itn_timing', 'filing_option', 'itn_use'] as check_facts
),

known_kinds as (
    select
        unnest(['control', 'eei', 'check', 'reconcile']) as rule_kind,
        unnest([of_controls, of_controls || of_filing, of_controls || of_filing, of_controls || of_filing]) as columns,
        unnest([
            control_facts, control_facts || filing_facts, control_facts || filing_facts || check_facts, []::varchar[]
        ]) as facts
    from kinds
)

-- a kind that is not named here turns on all of them
select
    rule_kind,
    coalesce(k.columns, widest.columns) as columns,
    coalesce(k.facts, widest.facts) as facts
from (
    select rule_kind from findings
    union
    select rule_kind from ledger
    union
    select rule_kind from known_kinds
) as met
left join known_kinds as k using (rule_kind)
cross join (select columns, facts from known_kinds where rule_kind = 'check') as widest
