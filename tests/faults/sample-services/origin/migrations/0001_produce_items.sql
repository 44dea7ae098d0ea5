-- migrate: messaging-tables 2
CREATE TABLE item (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    series_id uuid NOT NULL,
    number integer NOT NULL
);
CREATE INDEX ix_item_agency_id_series_id ON item (agency_id, series_id);
ALTER TABLE item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON item
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
CREATE TABLE load_order (
    agency_id text PRIMARY KEY,
    wanted integer NOT NULL,
    per_second integer NOT NULL,
    seed integer NOT NULL,
    troubles json NOT NULL,
    placed_at timestamptz DEFAULT clock_timestamp()
);
