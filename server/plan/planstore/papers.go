package planstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/plan"
	"jiangtai/server/store"
)

const appendStepSQL = `
INSERT INTO filing_steps (event_id, number, at, by_id, by_name, act, from_state, to_state, reason, detail)
SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9
  FROM filing_steps WHERE event_id = $1`

// AppendStep is plan.Steps. The filing is held, or just written.
func (s *Store) AppendStep(ctx context.Context, p plan.Step) error {
	detail, err := json.Marshal(p.Detail)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, "append a step", appendStepSQL, p.Event.String(), p.At, p.By.String(), p.ByName, p.Act,
		string(p.From), string(p.To), p.Reason, string(detail))
	return err
}

const listStepsSQL = `
SELECT at, by_id, by_name, act, from_state, to_state, reason, detail
  FROM filing_steps
 WHERE event_id = $1
 ORDER BY number`

// ListSteps is plan.Steps.
func (s *Store) ListSteps(ctx context.Context, event contest.ID) ([]plan.Step, error) {
	var rows []struct {
		At     time.Time `db:"at"`
		By     uuid.UUID `db:"by_id"`
		ByName string    `db:"by_name"`
		Act    string    `db:"act"`
		From   string    `db:"from_state"`
		To     string    `db:"to_state"`
		Reason string    `db:"reason"`
		Detail []byte    `db:"detail"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listStepsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list steps")
	}
	out := make([]plan.Step, 0, len(rows))
	for _, r := range rows {
		p := plan.Step{
			Event: event, At: r.At.UTC(), By: idOf(r.By), ByName: r.ByName, Act: r.Act,
			From: plan.State(r.From), To: plan.State(r.To), Reason: r.Reason,
		}
		if err := json.Unmarshal(r.Detail, &p.Detail); err != nil {
			return nil, fmt.Errorf("step of event %s: %w", event, err)
		}
		out = append(out, p)
	}
	return out, nil
}

const addFileSQL = `
INSERT INTO filing_files (file_id, event_id, kind, name, media, size, sha256, by_id, by_name, at, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

// AddFile is plan.Files.
func (s *Store) AddFile(ctx context.Context, f plan.File) error {
	_, err := s.exec(ctx, "add a document", addFileSQL, f.ID.String(), f.Event.String(), string(f.Kind), f.Name, f.Media, f.Size,
		f.Sum[:], f.By.String(), f.ByName, f.At, f.Body)
	return err
}

type fileRow struct {
	ID     uuid.UUID `db:"file_id"`
	Kind   string    `db:"kind"`
	Name   string    `db:"name"`
	Media  string    `db:"media"`
	Size   int       `db:"size"`
	Sum    []byte    `db:"sha256"`
	By     uuid.UUID `db:"by_id"`
	ByName string    `db:"by_name"`
	At     time.Time `db:"at"`
	Body   []byte    `db:"body"`
}

func (r fileRow) file(event contest.ID) plan.File {
	return plan.File{
		ID: idOf(r.ID), Event: event, Kind: plan.FileKind(r.Kind), Name: r.Name, Media: r.Media, Size: r.Size, Sum: [32]byte(r.Sum),
		By: idOf(r.By), ByName: r.ByName, At: r.At.UTC(), Body: r.Body,
	}
}

const listFilesSQL = `
SELECT file_id, kind, name, media, size, sha256, by_id, by_name, at
  FROM filing_files
 WHERE event_id = $1
 ORDER BY at, file_id`

// ListFiles is plan.Files.
func (s *Store) ListFiles(ctx context.Context, event contest.ID) ([]plan.File, error) {
	var rows []fileRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listFilesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list documents")
	}
	out := make([]plan.File, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.file(event))
	}
	return out, nil
}

const findFileSQL = `
SELECT file_id, kind, name, media, size, sha256, by_id, by_name, at, body
  FROM filing_files
 WHERE event_id = $1 AND file_id = $2`

// FindFile is plan.Files.
func (s *Store) FindFile(ctx context.Context, event, id contest.ID) (plan.File, error) {
	var r fileRow
	err := s.db.Querier(ctx).GetContext(ctx, &r, findFileSQL, event.String(), id.String())
	if err != nil {
		return plan.File{}, one(err, "plan.file_missing", "find a document")
	}
	return r.file(event), nil
}

const removeFileSQL = `DELETE FROM filing_files WHERE event_id = $1 AND file_id = $2`

// RemoveFile is plan.Files.
func (s *Store) RemoveFile(ctx context.Context, event, id contest.ID) error {
	_, err := s.exec(ctx, "remove a document", removeFileSQL, event.String(), id.String())
	return err
}

const listContactsSQL = `SELECT host_id, person, phone, email, note FROM host_contacts WHERE host_id = ANY ($1::uuid[])`

// ListContacts is plan.Contacts.
func (s *Store) ListContacts(ctx context.Context, hosts ...contest.ID) (map[contest.ID]plan.Contact, error) {
	var rows []struct {
		Host   uuid.UUID `db:"host_id"`
		Person string    `db:"person"`
		Phone  string    `db:"phone"`
		Email  string    `db:"email"`
		Note   string    `db:"note"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listContactsSQL, texts(hosts)); err != nil {
		return nil, store.Fault(err, "list contacts")
	}
	out := make(map[contest.ID]plan.Contact, len(rows))
	for _, r := range rows {
		out[idOf(r.Host)] = plan.Contact{Person: r.Person, Phone: r.Phone, Email: r.Email, Note: r.Note}
	}
	return out, nil
}

const saveContactSQL = `
INSERT INTO host_contacts (host_id, person, phone, email, note)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (host_id) DO UPDATE
   SET person = EXCLUDED.person, phone = EXCLUDED.phone, email = EXCLUDED.email, note = EXCLUDED.note`

// SaveContact is plan.Contacts.
func (s *Store) SaveContact(ctx context.Context, host contest.ID, c plan.Contact) error {
	_, err := s.exec(ctx, "save a contact", saveContactSQL, host.String(), c.Person, c.Phone, c.Email, c.Note)
	return err
}
