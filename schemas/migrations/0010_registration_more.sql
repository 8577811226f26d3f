-- Who saw whose whole number, when and why (查看证件号码); there is no change and
-- no removal. Lists of plain entries come from sheets too.
--
-- +goose Up
CREATE TABLE registration_disclosures (
    registration_id uuid        NOT NULL,
    number          integer     NOT NULL,
    by_id           uuid        NOT NULL,
    at              timestamptz NOT NULL,
    reason          text        NOT NULL,
    CONSTRAINT registration_disclosures_number_pk PRIMARY KEY (registration_id, number),
    CONSTRAINT registration_disclosures_registration_fk FOREIGN KEY (registration_id) REFERENCES registrations (registration_id),
    CONSTRAINT registration_disclosures_reason_check CHECK (reason <> '')
);
CREATE INDEX registration_disclosures_account_idx ON registration_disclosures (by_id, at);

ALTER TABLE registration_imports DROP CONSTRAINT registration_imports_kind_check;
ALTER TABLE registration_imports ADD CONSTRAINT registration_imports_kind_check
    CHECK (kind IN ('registrations', 'units', 'judges', 'entries'));
