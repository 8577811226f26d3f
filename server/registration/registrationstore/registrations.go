package registrationstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/registration/vault"
	"jiangtai/server/store"
)

type registrationRow struct {
	ID          uuid.UUID    `db:"registration_id"`
	Contest     uuid.UUID    `db:"contest_id"`
	Event       uuid.UUID    `db:"event_id"`
	Person      uuid.UUID    `db:"person_id"`
	Number      string       `db:"number"`
	Secret      []byte       `db:"secret_hash"`
	Door        string       `db:"door"`
	Status      string       `db:"status"`
	Name        string       `db:"name"`
	Phone       []byte       `db:"phone"`
	UnitCode    string       `db:"unit_code"`
	UnitName    string       `db:"unit_name"`
	UnitCredit  string       `db:"unit_credit"`
	Details     []byte       `db:"details"`
	Notice      string       `db:"notice"`
	IsSensitive bool         `db:"is_sensitive"`
	ConsentedAt time.Time    `db:"consented_at"`
	Terms       int          `db:"terms"`
	Reason      string       `db:"reason"`
	EntryNo     string       `db:"entry_no"`
	HostBy      uuid.UUID    `db:"host_by"`
	OfficeBy    uuid.UUID    `db:"office_by"`
	Version     int          `db:"version"`
	CreatedBy   uuid.UUID    `db:"created_by"`
	CreatedAt   time.Time    `db:"created_at"`
	SubmittedAt sql.NullTime `db:"submitted_at"`
	ChangedAt   time.Time    `db:"changed_at"`
	IDNumber    []byte       `db:"id_number"`
	Total       int          `db:"total"`
}

// columns are those of registrationRow but the total.
const columns = `
       r.registration_id, r.contest_id, r.event_id, r.person_id, r.number, r.secret_hash, r.door, r.status, r.name,
       r.phone, r.unit_code, r.unit_name, r.unit_credit, r.details, r.notice, r.is_sensitive, r.consented_at, r.terms,
       r.reason, r.entry_no, r.host_by, r.office_by, r.version, r.created_by, r.created_at, r.submitted_at, r.changed_at,
       p.id_number`

func personPlace(id contest.ID) vault.Place {
	return vault.Place{Table: "persons", Row: id.String(), Column: "id_number"}
}

func place(id contest.ID, column string) vault.Place {
	return vault.Place{Table: "registrations", Row: id.String(), Column: column}
}

// registration opens a row.
func (s *Store) registration(r registrationRow) (registration.Registration, error) {
	out := registration.Registration{
		ID: idOf(r.ID), Contest: idOf(r.Contest), Event: idOf(r.Event), Person: idOf(r.Person), Number: r.Number, Secret: r.Secret,
		Door: registration.Door(r.Door), Status: registration.Status(r.Status), Name: r.Name,
		Unit:    registration.Unit{Code: r.UnitCode, Name: r.UnitName, Credit: r.UnitCredit},
		Consent: registration.Consent{Notice: r.Notice, IsSensitive: r.IsSensitive, At: r.ConsentedAt.UTC()},
		Terms:   r.Terms, Reason: r.Reason, EntryNo: r.EntryNo, HostBy: idOf(r.HostBy), OfficeBy: idOf(r.OfficeBy),
		Version: r.Version, CreatedBy: idOf(r.CreatedBy), CreatedAt: r.CreatedAt.UTC(), ChangedAt: r.ChangedAt.UTC(),
	}
	if r.SubmittedAt.Valid {
		out.SubmittedAt = r.SubmittedAt.Time.UTC()
	}
	number, err := s.vault.Open(personPlace(out.Person), r.IDNumber)
	if err != nil {
		return out, fmt.Errorf("number of person %s: %w", out.Person, err)
	}
	phone, err := s.vault.Open(place(out.ID, "phone"), r.Phone)
	if err != nil {
		return out, fmt.Errorf("phone of registration %s: %w", out.ID, err)
	}
	details, err := s.vault.Open(place(out.ID, "details"), r.Details)
	if err != nil {
		return out, fmt.Errorf("details of registration %s: %w", out.ID, err)
	}
	out.IDNumber = idnumber.Stored(string(number))
	out.Phone, _ = idnumber.ParsePhone(string(phone))
	if json.Unmarshal(details, &out.Details) != nil { // its text would stand in the error
		return out, fmt.Errorf("details of registration %s: %w", out.ID, errDetails)
	}
	return out, nil
}

const findRegistrationSQL = `SELECT ` + columns + `
  FROM registrations r JOIN persons p USING (person_id)
 WHERE r.registration_id = $1`

// FindRegistration is registration.Registrations.
func (s *Store) FindRegistration(ctx context.Context, id contest.ID) (registration.Registration, error) {
	return s.get(ctx, findRegistrationSQL, id.String())
}

const lockRegistrationSQL = `SELECT ` + columns + `
  FROM registrations r JOIN persons p USING (person_id)
 WHERE r.registration_id = $1
   FOR UPDATE OF r`

// LockRegistration is registration.Registrations.
func (s *Store) LockRegistration(ctx context.Context, id contest.ID) (registration.Registration, error) {
	return s.get(ctx, lockRegistrationSQL, id.String())
}

const findReceiptSQL = `SELECT ` + columns + `
  FROM registrations r JOIN persons p USING (person_id)
 WHERE r.number = $1`

// FindReceipt is registration.Registrations.
func (s *Store) FindReceipt(ctx context.Context, number string) (registration.Registration, error) {
	return s.get(ctx, findReceiptSQL, number)
}

func (s *Store) get(ctx context.Context, query string, arg any) (registration.Registration, error) {
	var r registrationRow
	if err := s.db.Querier(ctx).GetContext(ctx, &r, query, arg); err != nil {
		return registration.Registration{}, one(err, "find a registration")
	}
	return s.registration(r)
}

const listRegistrationsSQL = `SELECT ` + columns + `, count(*) OVER () AS total
  FROM registrations r JOIN persons p USING (person_id)
 WHERE r.event_id = $1
   AND (cardinality($2::text[]) = 0 OR r.status = ANY ($2))
   AND (cardinality($3::bytea[]) = 0 OR p.id_blind = ANY ($3))
   AND NOT EXISTS (SELECT 1 FROM unnest($4::text[]) w
                    WHERE strpos(lower(concat_ws(' ', r.number, r.name, r.unit_name, r.unit_code, r.entry_no)), w) = 0)
 ORDER BY r.submitted_at NULLS LAST, r.registration_id
 LIMIT NULLIF($5::int, -1) OFFSET $6`

// ListRegistrations is registration.Registrations.
func (s *Store) ListRegistrations(ctx context.Context, q registration.Query) ([]registration.Registration, int, error) {
	statuses := make([]string, 0, len(q.Statuses))
	for _, v := range q.Statuses {
		statuses = append(statuses, string(v))
	}
	blinds := make([][]byte, 0, len(q.Numbers))
	for _, n := range q.Numbers {
		blinds = append(blinds, s.blind(n))
	}
	var rows []registrationRow
	err := s.db.Querier(ctx).SelectContext(ctx, &rows, listRegistrationsSQL, q.Event.String(), pq.Array(statuses), pq.Array(blinds),
		pq.Array(strings.Fields(strings.ToLower(q.Q))), q.Limit, q.Offset)
	if err != nil {
		return nil, 0, store.Fault(err, "list registrations")
	}
	if len(rows) == 0 && q.Offset > 0 {
		q.Limit, q.Offset = 1, 0
		_, total, err := s.ListRegistrations(ctx, q)
		return []registration.Registration{}, total, err
	}
	out, total := make([]registration.Registration, 0, len(rows)), 0
	for _, row := range rows {
		r, err := s.registration(row)
		if err != nil {
			return nil, 0, err
		}
		out, total = append(out, r), row.Total
	}
	return out, total, nil
}

const countRegistrationsSQL = `
SELECT status, count(*) AS n
  FROM registrations
 WHERE event_id = $1
 GROUP BY status`

// CountRegistrations is registration.Registrations.
func (s *Store) CountRegistrations(ctx context.Context, event contest.ID) (map[registration.Status]int, error) {
	var rows []struct {
		Status string `db:"status"`
		N      int    `db:"n"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, countRegistrationsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "count registrations by state")
	}
	out := map[registration.Status]int{}
	for _, r := range rows {
		out[registration.Status(r.Status)] = r.N
	}
	return out, nil
}

const insertRegistrationSQL = `
INSERT INTO registrations (registration_id, contest_id, event_id, person_id, number, secret_hash, door, status, name, phone,
       unit_code, unit_name, unit_credit, unit_key, details, notice, is_sensitive, consented_at, terms, reason, entry_no,
       host_by, office_by, version, created_by, created_at, submitted_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 1, $24, $25, $26, $27)`

const changeRegistrationSQL = `
UPDATE registrations
   SET person_id = $2, status = $3, name = $4, phone = $5, unit_code = $6, unit_name = $7, unit_credit = $8, unit_key = $9,
       details = $10, notice = $11, is_sensitive = $12, consented_at = $13, terms = $14, reason = $15, entry_no = $16,
       host_by = $17, office_by = $18, submitted_at = $19, changed_at = $20, version = version + 1
 WHERE registration_id = $1 AND version = $21`

// SaveRegistration is registration.Registrations.
func (s *Store) SaveRegistration(ctx context.Context, r registration.Registration) error {
	details, err := json.Marshal(r.Details)
	if err != nil {
		return err
	}
	sealed := s.vault.Seal(place(r.ID, "details"), details)
	phone := s.vault.Seal(place(r.ID, "phone"), []byte(r.Phone.Reveal()))
	submitted := sql.NullTime{Time: r.SubmittedAt, Valid: !r.SubmittedAt.IsZero()}
	if r.Version == 0 {
		return s.exec(ctx, "insert a registration", insertRegistrationSQL, r.ID.String(), r.Contest.String(), r.Event.String(), r.Person.String(),
			r.Number, r.Secret, string(r.Door), string(r.Status), r.Name, phone, r.Unit.Code, r.Unit.Name, r.Unit.Credit, r.Unit.Key(), sealed,
			r.Consent.Notice, r.Consent.IsSensitive, r.Consent.At, r.Terms, r.Reason, r.EntryNo, r.HostBy.String(), r.OfficeBy.String(),
			r.CreatedBy.String(), r.CreatedAt, submitted, r.ChangedAt)
	}
	done, err := s.db.Querier(ctx).ExecContext(ctx, changeRegistrationSQL, r.ID.String(), r.Person.String(), string(r.Status), r.Name, phone,
		r.Unit.Code, r.Unit.Name, r.Unit.Credit, r.Unit.Key(), sealed, r.Consent.Notice, r.Consent.IsSensitive, r.Consent.At, r.Terms, r.Reason,
		r.EntryNo, r.HostBy.String(), r.OfficeBy.String(), submitted, r.ChangedAt, r.Version)
	if err != nil {
		return store.Fault(err, "change a registration")
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fault.New(fault.Stale, "registration.changed")
	}
	return nil
}
