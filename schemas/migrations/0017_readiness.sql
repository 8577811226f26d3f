-- Readiness (就绪): the newest report of each tablet about itself. Devices are
-- identity's and events the programme's; neither is referenced, and a row of a tablet
-- that is gone is never read.
--
-- +goose Up
CREATE TABLE readiness_reports (
    device_id uuid        NOT NULL,
    event_id  uuid        NOT NULL,
    chair     integer     NOT NULL,
    at        timestamptz NOT NULL,
    checks    text[]      NOT NULL, -- what was looked at, its outcome and a figure, in one order
    states    text[]      NOT NULL,
    details   text[]      NOT NULL,
    CONSTRAINT readiness_reports_device_pk PRIMARY KEY (device_id),
    CONSTRAINT readiness_reports_lines_check CHECK (cardinality(checks) = cardinality(states) AND cardinality(checks) = cardinality(details)),
    CONSTRAINT readiness_reports_states_check CHECK (states <@ ARRAY['ok', 'untold', 'attention', 'fail'])
);

CREATE INDEX readiness_reports_event_idx ON readiness_reports (event_id);
