package programmestore

import (
	"context"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

type unitRow struct {
	ID     uuid.UUID     `db:"unit_id"`
	Code   string        `db:"code"`
	Name   string        `db:"name"`
	Short  string        `db:"short"`
	Kind   string        `db:"kind"`
	Parent uuid.NullUUID `db:"parent_id"`
	County string        `db:"county"`
	Total  int           `db:"total"`
}

const listUnitsSQL = `
SELECT u.unit_id, u.code, u.name, u.short, u.kind, u.parent_id,
       CASE WHEN u.kind = 'county' THEN u.short WHEN p.kind = 'county' THEN p.short WHEN g.kind = 'county' THEN g.short
            ELSE '' END AS county,
       count(*) OVER () AS total
  FROM units u
  LEFT JOIN units p ON p.unit_id = u.parent_id
  LEFT JOIN units g ON g.unit_id = p.parent_id
 WHERE u.contest_id = $1
   AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) w WHERE strpos(lower(concat_ws(' ', u.code, u.name, u.short)), w) = 0)
 ORDER BY u.code COLLATE "C"
 LIMIT NULLIF($3::int, -1) OFFSET $4`

// ListUnits is programme.Parties.
func (s *Store) ListUnits(ctx context.Context, id contest.ID, p programme.Page) ([]contest.Unit, int, error) {
	var rows []unitRow
	err := s.db.Querier(ctx).SelectContext(ctx, &rows, listUnitsSQL, id.String(), words(p.Q), p.Limit, p.Offset)
	if err != nil {
		return nil, 0, store.Fault(err, "list units")
	}
	if len(rows) == 0 && p.Offset > 0 {
		p.Limit, p.Offset = 1, 0
		_, total, err := s.ListUnits(ctx, id, p)
		return []contest.Unit{}, total, err
	}
	out, total := make([]contest.Unit, 0, len(rows)), 0
	for _, r := range rows {
		out = append(out, contest.Unit{
			ID: contest.ID(r.ID), Code: r.Code, Name: r.Name, Short: r.Short, Kind: contest.UnitKind(r.Kind),
			Parent: maybe(r.Parent), County: r.County,
		})
		total = r.Total
	}
	return out, total, nil
}

const createUnitsSQL = `
INSERT INTO units (unit_id, contest_id, code, name, short, kind, parent_id)
SELECT n.unit_id, $1, n.code, n.name, n.short, n.kind, NULLIF(n.parent_id, '')::uuid
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS n (unit_id, code, name, short, kind, parent_id)`

// CreateUnits is programme.Parties.
func (s *Store) CreateUnits(ctx context.Context, id contest.ID, list []contest.Unit) error {
	if len(list) == 0 {
		return nil
	}
	return s.exec(ctx, "create units", createUnitsSQL, id.String(),
		column(list, func(u contest.Unit) string { return u.ID.String() }),
		column(list, func(u contest.Unit) string { return u.Code }),
		column(list, func(u contest.Unit) string { return u.Name }),
		column(list, func(u contest.Unit) string { return u.Short }),
		column(list, func(u contest.Unit) string { return string(u.Kind) }),
		column(list, func(u contest.Unit) string { return text16(u.Parent) }))
}

type hostRow struct {
	ID   uuid.UUID `db:"host_id"`
	Code string    `db:"code"`
	Name string    `db:"name"`
}

const listHostsSQL = `SELECT host_id, code, name FROM hosts WHERE contest_id = $1 ORDER BY code COLLATE "C"`

// ListHosts is programme.Parties.
func (s *Store) ListHosts(ctx context.Context, id contest.ID) ([]programme.Host, error) {
	var rows []hostRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listHostsSQL, id.String()); err != nil {
		return nil, store.Fault(err, "list hosts")
	}
	out := make([]programme.Host, 0, len(rows))
	for _, r := range rows {
		out = append(out, programme.Host{ID: contest.ID(r.ID), Contest: id, Code: r.Code, Name: r.Name})
	}
	return out, nil
}

const createHostsSQL = `
INSERT INTO hosts (host_id, contest_id, code, name)
SELECT n.host_id, n.contest_id, n.code, n.name
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS n (host_id, contest_id, code, name)`

// CreateHosts is programme.Parties.
func (s *Store) CreateHosts(ctx context.Context, list []programme.Host) error {
	if len(list) == 0 {
		return nil
	}
	return s.exec(ctx, "create hosts", createHostsSQL,
		column(list, func(h programme.Host) string { return h.ID.String() }),
		column(list, func(h programme.Host) string { return h.Contest.String() }),
		column(list, func(h programme.Host) string { return h.Code }),
		column(list, func(h programme.Host) string { return h.Name }))
}
