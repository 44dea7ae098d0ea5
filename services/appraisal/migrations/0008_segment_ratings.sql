-- What an outgoing appraiser says of the days until a move: an input of the period's one result, not a result of its own.

CREATE TABLE segment_rating (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    plan_id UUID NOT NULL,
    plan_version INTEGER NOT NULL,
    employee_id UUID NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    unit_id UUID NOT NULL,
    appraiser_id UUID,
    rated_by UUID NOT NULL,
    capacity TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    work_result_note TEXT NOT NULL,
    behaviour_note TEXT NOT NULL,
    predicate TEXT NOT NULL,
    rated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_segment_rating PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_segment_rating_days
ON segment_rating (agency_id, employee_id, year, coalesce(quarter, 0), first_day);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE segment_rating ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON segment_rating USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
