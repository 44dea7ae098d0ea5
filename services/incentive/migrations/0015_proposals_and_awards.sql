-- Acts that take two people wait as proposals; an award may be flagged and revoked, and knows who has nominated.
-- migrate: tables-of approvals 1

ALTER TABLE award ADD COLUMN nominated_by_person UUID;
ALTER TABLE award ADD COLUMN evidence_changed_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE award ADD COLUMN revocation_number TEXT;
ALTER TABLE award ADD COLUMN revoked_on DATE;
ALTER TABLE award ADD COLUMN revoked_by UUID;
ALTER TABLE award ADD COLUMN revocation_reason TEXT;

-- squawk-ignore ban-drop-constraint
ALTER TABLE award DROP CONSTRAINT ck_award_state;
ALTER TABLE award ADD CONSTRAINT ck_award_state CHECK (
    state IN ('NOMINATED', 'GRANTED', 'DECLINED', 'REVOKED')
) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE award VALIDATE CONSTRAINT ck_award_state;
ALTER TABLE award ADD CONSTRAINT ck_award_revocation CHECK (
    state <> 'REVOKED' OR revocation_number IS NOT NULL
) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE award VALIDATE CONSTRAINT ck_award_revocation;
