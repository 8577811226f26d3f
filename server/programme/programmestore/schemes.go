package programmestore

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

type schemeRow struct {
	Event   uuid.UUID `db:"event_id"`
	Version int       `db:"version"`
	Name    string    `db:"name"`
	Body    string    `db:"body"`
	Sum     []byte    `db:"sha256"`
	Reason  string    `db:"reason"`
	By      uuid.UUID `db:"by_id"`
	ByName  string    `db:"by_name"`
	At      time.Time `db:"created_at"`
}

const listSchemesSQL = `
SELECT event_id, version, name, body, sha256, reason, by_id, by_name, created_at
  FROM schemes
 WHERE event_id = ANY ($1::uuid[])
 ORDER BY event_id, version`

// ListSchemes is programme.Schemes.
func (s *Store) ListSchemes(ctx context.Context, events ...contest.ID) ([]programme.SchemeVersion, error) {
	var rows []schemeRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listSchemesSQL, ids(events)); err != nil {
		return nil, store.Fault(err, "list schemes")
	}
	out := make([]programme.SchemeVersion, 0, len(rows))
	for _, r := range rows {
		out = append(out, programme.SchemeVersion{
			Event: contest.ID(r.Event), Version: uint16(r.Version), Name: r.Name, Text: []byte(r.Body), Sum: [32]byte(r.Sum),
			Reason: r.Reason, By: contest.ID(r.By), ByName: r.ByName, At: r.At.UTC(),
		})
	}
	return out, nil
}

const appendSchemesSQL = `
INSERT INTO schemes (event_id, version, name, body, sha256, reason, by_id, by_name, created_at)
SELECT n.event_id, n.version, n.name, n.body, n.sha256, n.reason, n.by_id, n.by_name, n.created_at
  FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::uuid[], $8::text[], $9::timestamptz[])
       AS n (event_id, version, name, body, sha256, reason, by_id, by_name, created_at)`

// AppendSchemes is programme.Schemes.
func (s *Store) AppendSchemes(ctx context.Context, list []programme.SchemeVersion) error {
	if len(list) == 0 {
		return nil
	}
	return s.exec(ctx, "append schemes", appendSchemesSQL,
		column(list, func(v programme.SchemeVersion) string { return v.Event.String() }),
		column(list, func(v programme.SchemeVersion) int64 { return int64(v.Version) }),
		column(list, func(v programme.SchemeVersion) string { return v.Name }),
		column(list, func(v programme.SchemeVersion) string { return string(v.Text) }),
		column(list, func(v programme.SchemeVersion) []byte { return v.Sum[:] }),
		column(list, func(v programme.SchemeVersion) string { return v.Reason }),
		column(list, func(v programme.SchemeVersion) string { return v.By.String() }),
		column(list, func(v programme.SchemeVersion) string { return v.ByName }),
		column(list, func(v programme.SchemeVersion) string { return v.At.UTC().Format(time.RFC3339Nano) }))
}
