package honoursstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
)

type incidentRow struct {
	ID   uuid.UUID    `db:"incident_id"`
	Key  string       `db:"key"`
	Kind string       `db:"kind"`
	On   sql.NullTime `db:"happened_on"`
	Note string       `db:"note"`
	At   time.Time    `db:"recorded_at"`
}

const (
	createIncidentSQL = `
INSERT INTO honour_incidents (incident_id, key, kind, happened_on, note, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)`

	listIncidentsSQL = `
SELECT incident_id, key, kind, happened_on, note, recorded_at
  FROM honour_incidents
 WHERE cardinality($1::text[]) = 0 OR key = ANY ($1)
 ORDER BY happened_on DESC, incident_id`
)

// CreateIncident is honours.Incidents.
func (s *Store) CreateIncident(ctx context.Context, i honours.Incident) error {
	return s.exec(ctx, "create an incident", createIncidentSQL, i.ID.String(), i.Key, i.Kind, i.On, i.Note, i.At)
}

// ListIncidents is honours.Incidents.
func (s *Store) ListIncidents(ctx context.Context, keys ...string) ([]honours.Incident, error) {
	return list(ctx, s, "list incidents", func(r incidentRow) (honours.Incident, error) {
		return honours.Incident{ID: contest.ID(r.ID), Key: r.Key, Kind: r.Kind, On: day(r.On), Note: r.Note, At: r.At.UTC()}, nil
	}, listIncidentsSQL, pq.Array(append([]string{}, keys...)))
}

type honouredRow struct {
	ID          uuid.UUID    `db:"honoured_id"`
	Nomination  uuid.UUID    `db:"nomination_id"`
	Kind        string       `db:"kind"`
	Honour      string       `db:"honour"`
	HonourName  string       `db:"honour_name"`
	HonourEn    string       `db:"honour_en"`
	Year        int          `db:"year"`
	Name        string       `db:"name"`
	Unit        string       `db:"unit"`
	PersonKey   string       `db:"person_key"`
	ConferredOn sql.NullTime `db:"conferred_on"`
	By          uuid.UUID    `db:"conferred_by"`
	RevokedOn   sql.NullTime `db:"revoked_on"`
	Total       int          `db:"total"`
}

func (r honouredRow) honoured() (honours.Honoured, error) {
	return honours.Honoured{
		ID: contest.ID(r.ID), Nomination: contest.ID(r.Nomination), Kind: contest.Kind(r.Kind), Honour: r.Honour, HonourName: r.HonourName,
		HonourEn: r.HonourEn, Year: r.Year, Name: r.Name, Unit: r.Unit, PersonKey: r.PersonKey, ConferredOn: day(r.ConferredOn),
		By: contest.ID(r.By), RevokedOn: day(r.RevokedOn),
	}, nil
}

const (
	honouredColumns = `honoured_id, nomination_id, kind, honour, honour_name, honour_en, year, name, unit, person_key, conferred_on, conferred_by,
       revoked_on`

	createHonouredSQL = `
INSERT INTO honour_register (` + honouredColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

	findHonouredSQL = `SELECT ` + honouredColumns + `, 1 AS total FROM honour_register WHERE honoured_id = $1`

	listHonouredSQL = `
SELECT ` + honouredColumns + `, count(*) OVER () AS total
  FROM honour_register
 WHERE ($1 = '' OR honour = $1) AND ($2::int = 0 OR year = $2) AND ($3 = '' OR person_key = $3)
   AND strpos(lower(name || ' ' || unit), lower($4)) > 0
   AND (NOT $5::boolean OR revoked_on IS NULL) AND kind <> 'rehearsal'
 ORDER BY year DESC, honour, conferred_on DESC, honoured_id
 LIMIT $6 OFFSET $7`

	changeHonouredSQL = `UPDATE honour_register SET revoked_on = $2 WHERE honoured_id = $1`
)

// CreateHonoured is honours.Register.
func (s *Store) CreateHonoured(ctx context.Context, h honours.Honoured) error {
	return s.exec(ctx, "create a line of the register", createHonouredSQL, h.ID.String(), h.Nomination.String(), string(h.Kind), h.Honour, h.HonourName,
		h.HonourEn, h.Year, h.Name, h.Unit, h.PersonKey, h.ConferredOn, h.By.String(), date(h.RevokedOn))
}

// FindHonoured is honours.Register.
func (s *Store) FindHonoured(ctx context.Context, id contest.ID) (honours.Honoured, error) {
	return find(ctx, s, "honours.honour_missing", honouredRow.honoured, findHonouredSQL, id.String())
}

// ListHonoured is honours.Register.
func (s *Store) ListHonoured(ctx context.Context, q honours.HonouredQuery) ([]honours.Honoured, int, error) {
	total := 0
	found, err := list(ctx, s, "list the register", func(r honouredRow) (honours.Honoured, error) {
		total = r.Total
		return r.honoured()
	}, listHonouredSQL, q.Honour, q.Year, q.PersonKey, q.Q, q.Standing, q.Page.Limit, q.Page.Offset)
	return found, total, err
}

// ChangeHonoured is honours.Register.
func (s *Store) ChangeHonoured(ctx context.Context, h honours.Honoured) error {
	return s.exec(ctx, "change a line of the register", changeHonouredSQL, h.ID.String(), date(h.RevokedOn))
}
