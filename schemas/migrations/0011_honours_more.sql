-- Honours (荣誉), more: the papers of nominations, and notices that ran on paper
-- before they were recorded here.
--
-- +goose Up

CREATE TABLE honour_files (
    nomination_id uuid        NOT NULL,
    sum           bytea       NOT NULL, -- SHA-256 of the bytes
    name          text        NOT NULL,
    type          text        NOT NULL,
    size          integer     NOT NULL,
    added_by      uuid        NOT NULL,
    added_at      timestamptz NOT NULL,
    body          bytea       NOT NULL,
    CONSTRAINT honour_files_sum_pk PRIMARY KEY (nomination_id, sum),
    CONSTRAINT honour_files_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id),
    CONSTRAINT honour_files_sum_check CHECK (octet_length(sum) = 32),
    CONSTRAINT honour_files_size_check CHECK (size = octet_length(body) AND size BETWEEN 1 AND 20971520),
    CONSTRAINT honour_files_type_check CHECK (type IN ('application/pdf', 'image/png', 'image/jpeg'))
);
-- Scans are compressed already.
ALTER TABLE honour_files ALTER COLUMN body SET STORAGE EXTERNAL;

-- The proof of a notice that ran on paper; NULL for one that was put up here.
ALTER TABLE honour_notices ADD COLUMN evidence bytea;
ALTER TABLE honour_notices ADD CONSTRAINT honour_notices_evidence_check CHECK (octet_length(evidence) = 32);

CREATE TRIGGER honour_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honour_files
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_honour_change();
