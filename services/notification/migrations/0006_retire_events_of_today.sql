-- EmployeeChanged.v1, AssignmentChanged.v1 and OrgUnitChanged.v1 are retired: in each agency of which somebody takes one, the
-- worker notifies HR, the operator and the subscribers. Grants and subscriptions stay as they are: what a subscriber gets
-- instead is a decision of HR and of theirs.
-- migrate: all-agencies grants, subscriptions
INSERT INTO job (id, agency_id, kind, key, params, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'announce_ending_types', 'personnel.v1', jsonb_build_object('event_types', retired),
    clock_timestamp(), clock_timestamp()
FROM (
    SELECT agency_id, event_types FROM grants WHERE revoked_at IS NULL
    UNION ALL SELECT agency_id, event_types FROM subscriptions WHERE state <> 'CLOSED'
) taken
CROSS JOIN (
    SELECT jsonb_build_array(
        'personnel.AssignmentChanged.v1', 'personnel.EmployeeChanged.v1', 'personnel.OrgUnitChanged.v1'
    ) AS retired
) types
WHERE EXISTS (SELECT 1 FROM jsonb_array_elements_text(taken.event_types) AS name WHERE types.retired ? name)
GROUP BY agency_id, retired;
