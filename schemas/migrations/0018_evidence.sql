-- Evidence (证据照片): photos beside marks. They only grow. Events are not referenced:
-- they are the programme's; works and aspects are named as the chair names them.
--
-- +goose Up
CREATE TABLE evidence_photos (
    photo_id  uuid        NOT NULL,
    position  bigint      GENERATED ALWAYS AS IDENTITY,
    event_id  uuid        NOT NULL,
    chair     integer     NOT NULL,
    judge     text        NOT NULL,
    device_id uuid        NOT NULL,
    work      text        NOT NULL,
    aspect    text        NOT NULL,
    width     integer     NOT NULL,
    height    integer     NOT NULL,
    size      integer     NOT NULL,
    sha256    bytea       NOT NULL, -- of what is kept
    sent      bytea       NOT NULL, -- digest of what the tablet sent
    file      bytea       NOT NULL,
    client_at timestamptz,          -- by the tablet's clock; null: not to be believed
    at        timestamptz NOT NULL,
    CONSTRAINT evidence_photos_id_pk PRIMARY KEY (photo_id),
    CONSTRAINT evidence_photos_sum_check CHECK (sha256 = sha256(file)),
    CONSTRAINT evidence_photos_sent_check CHECK (octet_length(sent) = 32),
    CONSTRAINT evidence_photos_size_check CHECK (size = octet_length(file) AND size <= 1500000),
    CONSTRAINT evidence_photos_dots_check CHECK (width BETWEEN 1 AND 2400 AND height BETWEEN 1 AND 2400)
);

CREATE INDEX evidence_photos_event_idx ON evidence_photos (event_id, position);

-- +goose StatementBegin
CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: photos only grow', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER evidence_photos_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_photos
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
