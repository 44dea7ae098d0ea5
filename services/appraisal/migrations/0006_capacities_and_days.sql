-- In which capacity somebody appraised (appraiser, acting, delegate, external, HR), who finished what another had proposed,
-- and which days an evaluation covers. NULL: made by an earlier release, which knew appraisers only and whole periods.

ALTER TABLE plan_move ADD COLUMN capacity TEXT;
ALTER TABLE evaluation ADD COLUMN rated_capacity TEXT;
ALTER TABLE evaluation ADD COLUMN finished_by UUID;
ALTER TABLE evaluation ADD COLUMN finished_capacity TEXT;
ALTER TABLE evaluation ADD COLUMN first_day DATE;
ALTER TABLE evaluation ADD COLUMN last_day DATE;
ALTER TABLE objection ADD COLUMN decided_capacity TEXT;
