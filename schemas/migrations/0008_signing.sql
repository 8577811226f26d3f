-- Signing (签名): documents as they were printed, and scans of the signed paper.
-- Both only grow; a document is declared void once, by a person. Events are not
-- referenced: they are the programme's.
--
-- +goose Up
-- The row is the lock of an event's numbering.
CREATE TABLE document_numbers (
    event_id uuid    NOT NULL,
    last     integer NOT NULL,
    CONSTRAINT document_numbers_event_pk PRIMARY KEY (event_id),
    CONSTRAINT document_numbers_last_check CHECK (last >= 0)
);

CREATE TABLE documents (
    document_id uuid        NOT NULL,
    event_id    uuid        NOT NULL,
    serial      integer     NOT NULL,
    number      text        NOT NULL,
    kind        text        NOT NULL,
    chair       integer     NOT NULL, -- 0: of no chair
    panel       text        NOT NULL,
    layer       text        NOT NULL,
    seq         bigint      NOT NULL, -- the ledger at printing
    head        text        NOT NULL,
    content     bytea       NOT NULL, -- digest of what it says
    has_names   boolean     NOT NULL,
    pages       integer     NOT NULL,
    pdf         bytea       NOT NULL,
    printed_at  timestamptz NOT NULL,
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    void_at     timestamptz,
    void_by     uuid,
    void_name   text,
    void_reason text,
    CONSTRAINT documents_id_pk PRIMARY KEY (document_id),
    CONSTRAINT documents_serial_key UNIQUE (event_id, serial),
    CONSTRAINT documents_serial_check CHECK (serial >= 1),
    CONSTRAINT documents_content_check CHECK (octet_length(content) = 32),
    CONSTRAINT documents_kind_check
        CHECK (kind IN ('blank_sheet', 'mark_sheet', 'panel_summary', 'result_list', 'draw_record', 'labels')),
    CONSTRAINT documents_void_check CHECK ((void_at IS NULL) = (void_reason IS NULL) AND void_reason <> '')
);

CREATE TABLE document_scans (
    scan_id     uuid        NOT NULL,
    document_id uuid        NOT NULL,
    position    bigint      GENERATED ALWAYS AS IDENTITY,
    type        text        NOT NULL,
    size        integer     NOT NULL,
    sha256      bytea       NOT NULL,
    is_read     boolean     NOT NULL, -- its QR code names the document
    file        bytea       NOT NULL,
    scanned_at  timestamptz NOT NULL,
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    CONSTRAINT document_scans_id_pk PRIMARY KEY (scan_id),
    CONSTRAINT document_scans_document_fk FOREIGN KEY (document_id) REFERENCES documents (document_id),
    CONSTRAINT document_scans_type_check CHECK (type IN ('application/pdf', 'image/png', 'image/jpeg')),
    CONSTRAINT document_scans_sum_check CHECK (sha256 = sha256(file)),
    CONSTRAINT document_scans_size_check CHECK (size = octet_length(file))
);

CREATE INDEX document_scans_document_idx ON document_scans (document_id, position DESC);

-- +goose StatementBegin
CREATE FUNCTION refuse_signing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'documents' AND TG_LEVEL = 'ROW' THEN
        IF OLD.void_at IS NULL AND NEW.void_at IS NOT NULL
           AND (to_jsonb(OLD) - ARRAY['void_at', 'void_by', 'void_name', 'void_reason', 'pdf'])
             = (to_jsonb(NEW) - ARRAY['void_at', 'void_by', 'void_name', 'void_reason', 'pdf'])
           AND OLD.pdf = NEW.pdf THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was printed and signed only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER documents_change BEFORE UPDATE ON documents
    FOR EACH ROW EXECUTE FUNCTION refuse_signing_change();
CREATE TRIGGER documents_append_only BEFORE DELETE OR TRUNCATE ON documents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_signing_change();
CREATE TRIGGER document_scans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON document_scans
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_signing_change();
