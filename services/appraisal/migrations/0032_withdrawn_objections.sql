-- An objection may be withdrawn by who filed it, and filed again within the same window: so only an objection that stands is
-- the one to its revision. The table is locked (ACCESS EXCLUSIVE) while constraints and index are exchanged; it has a row for each
-- objection, so reading it once is short.

ALTER TABLE objection ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE objection ADD COLUMN withdrawal_reason TEXT NOT NULL DEFAULT '';
-- squawk-ignore ban-drop-constraint
ALTER TABLE objection DROP CONSTRAINT ck_objection_decision;
ALTER TABLE objection ADD CONSTRAINT ck_objection_decision
CHECK (
    coalesce(outcome <> 'WITHDRAWN', false) = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (decided_by IS NULL)
) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE objection VALIDATE CONSTRAINT ck_objection_decision;
ALTER TABLE objection ADD CONSTRAINT ck_objection_withdrawal
CHECK (coalesce(outcome = 'WITHDRAWN', false) = (withdrawn_at IS NOT NULL)) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE objection VALIDATE CONSTRAINT ck_objection_withdrawal;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX uq_objection_evaluation_id_revision;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX uq_objection_evaluation_id_revision ON objection (evaluation_id, revision)
WHERE withdrawn_at IS NULL;
