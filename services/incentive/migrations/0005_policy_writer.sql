-- Who wrote a policy's draft as it stands, for the writer may not publish every version.
-- migrate: all-agencies tukin_policy
ALTER TABLE tukin_policy ADD COLUMN written_by UUID;
UPDATE tukin_policy SET written_by = created_by;
ALTER TABLE tukin_policy ALTER COLUMN written_by SET NOT NULL;
