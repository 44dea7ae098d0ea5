-- Calibration: the appraisers of a unit compare their proposals of a period with its pattern. What is suggested is taken up or
-- refused by the appraiser whose rating it is. Counts are before the first suggestion, and when the session was closed.

CREATE TABLE calibration (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    reason TEXT NOT NULL,
    participants UUID [] NOT NULL,
    opened_by UUID NOT NULL,
    capacity TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    counts_before JSONB NOT NULL,
    counts_after JSONB,
    minutes TEXT NOT NULL,
    closed_by UUID,
    closed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_calibration PRIMARY KEY (id),
    CONSTRAINT ck_calibration_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE INDEX ix_calibration_unit ON calibration (agency_id, unit_id, year);

CREATE TABLE calibration_suggestion (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    calibration_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    reason TEXT NOT NULL,
    suggested_by UUID NOT NULL,
    suggested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    predicate_before TEXT NOT NULL,
    predicate_after TEXT,
    outcome TEXT,
    answer TEXT NOT NULL,
    answered_by UUID,
    answered_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_calibration_suggestion PRIMARY KEY (id),
    CONSTRAINT ck_calibration_suggestion_outcome CHECK (
        (outcome IS NULL) = (answered_at IS NULL) AND outcome IN ('ADOPTED', 'REFUSED')
    )
);
CREATE INDEX ix_calibration_suggestion_calibration ON calibration_suggestion (calibration_id, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE calibration ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON calibration USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE calibration_suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON calibration_suggestion USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
