-- Signatures (手写签名): what was written by hand on a screen. Each closes the document
-- that was made for it, and is its only one. They only grow.
--
-- +goose Up
CREATE TABLE document_signatures (
    signature_id uuid        NOT NULL, -- made by the client
    document_id  uuid        NOT NULL,
    chair        integer     NOT NULL, -- 0: an account
    shown        bytea       NOT NULL, -- digest of what the signer was shown
    strokes      text        NOT NULL,
    client_at    timestamptz,          -- by the tablet's clock
    signed_at    timestamptz NOT NULL,
    by_id        uuid        NOT NULL,
    by_name      text        NOT NULL,
    CONSTRAINT document_signatures_id_pk PRIMARY KEY (signature_id),
    CONSTRAINT document_signatures_document_key UNIQUE (document_id),
    CONSTRAINT document_signatures_document_fk FOREIGN KEY (document_id) REFERENCES documents (document_id),
    CONSTRAINT document_signatures_chair_check CHECK (chair BETWEEN 0 AND 65535),
    CONSTRAINT document_signatures_shown_check CHECK (octet_length(shown) = 32),
    CONSTRAINT document_signatures_strokes_check CHECK (length(strokes) <= 16384)
);

CREATE TRIGGER document_signatures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON document_signatures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_signing_change();
