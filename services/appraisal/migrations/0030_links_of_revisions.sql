-- What a revision changes of the links to the superior's results: it takes effect when the revision is agreed, and is gone when
-- the revision is dropped. No parent: the link is to end.

CREATE TABLE result_link_draft (
    plan_id UUID NOT NULL,
    work_result_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    parent_work_result_id UUID,
    parent_plan_id UUID,
    parent_version INTEGER,
    linked_by UUID,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_result_link_draft PRIMARY KEY (plan_id, work_result_id)
);

ALTER TABLE result_link_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON result_link_draft USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
