package programmestore

import (
	"context"
	"database/sql"
	"slices"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/store"
)

type entryRow struct {
	ID        uuid.UUID      `db:"entry_id"`
	Event     uuid.UUID      `db:"event_id"`
	Ordinal   int            `db:"ordinal"`
	EntryNo   string         `db:"entry_no"`
	SeatNo    sql.NullString `db:"seat_no"`
	WorkCode  sql.NullString `db:"work_code"`
	Name      string         `db:"name"`
	Pinyin    string         `db:"pinyin"`
	Unit      uuid.NullUUID  `db:"unit_id"`
	UnitCode  sql.NullString `db:"unit_code"`
	UnitName  sql.NullString `db:"unit_name"`
	UnitShort sql.NullString `db:"unit_short"`
	UnitKind  sql.NullString `db:"unit_kind"`
	Above     string         `db:"unit_county"`
	Kind      string         `db:"kind"`
	Team      uuid.NullUUID  `db:"team_id"`
	Group     string         `db:"grp"`
	County    string         `db:"county"`
}

func (r entryRow) entry() contest.Entry {
	return contest.Entry{
		ID: contest.ID(r.ID), Event: contest.ID(r.Event), Ordinal: scoring.EntryID(r.Ordinal),
		EntryNo: r.EntryNo, SeatNo: r.SeatNo.String, WorkCode: r.WorkCode.String, Name: r.Name, Pinyin: r.Pinyin,
		Unit: contest.Unit{
			ID: maybe(r.Unit), Code: r.UnitCode.String, Name: r.UnitName.String, Short: r.UnitShort.String,
			Kind: contest.UnitKind(r.UnitKind.String), County: r.Above,
		},
		Kind: entryKind(r.Kind), Team: maybe(r.Team), Group: r.Group, County: r.County,
	}
}

// The column says person in words.
const person = "person"

func entryKind(s string) contest.EntryKind {
	if s == person {
		return contest.Person
	}
	return contest.EntryKind(s)
}

func kindColumn(e contest.Entry) string {
	if e.Kind == contest.Person {
		return person
	}
	return string(e.Kind)
}

const listEntriesSQL = `
SELECT n.entry_id, n.event_id, n.ordinal, n.entry_no, n.seat_no, n.work_code, n.name, n.pinyin,
       n.unit_id, u.code AS unit_code, u.name AS unit_name, u.short AS unit_short, u.kind AS unit_kind,
       CASE WHEN u.kind = 'county' THEN u.short WHEN p.kind = 'county' THEN p.short WHEN g.kind = 'county' THEN g.short
            ELSE '' END AS unit_county,
       n.kind, n.team_id, n.grp, n.county
  FROM entries n
  LEFT JOIN units u ON u.unit_id = n.unit_id
  LEFT JOIN units p ON p.unit_id = u.parent_id
  LEFT JOIN units g ON g.unit_id = p.parent_id
 WHERE n.event_id = ANY ($1::uuid[])
 ORDER BY n.event_id, length(n.entry_no), n.entry_no COLLATE "C"`

// ListEntries is programme.Places.
func (s *Store) ListEntries(ctx context.Context, events ...contest.ID) ([]contest.Entry, error) {
	var rows []entryRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listEntriesSQL, ids(events)); err != nil {
		return nil, store.Fault(err, "list entries")
	}
	out := make([]contest.Entry, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.entry())
	}
	return out, nil
}

const (
	dropEntriesSQL = `DELETE FROM entries WHERE event_id = $1 AND entry_id <> ALL ($2::uuid[])`

	saveEntriesSQL = `
INSERT INTO entries (entry_id, event_id, ordinal, entry_no, seat_no, work_code, name, pinyin, unit_id, kind, team_id, grp, county)
SELECT n.entry_id, n.event_id, n.ordinal, n.entry_no, NULLIF(n.seat_no, ''), NULLIF(n.work_code, ''), n.name, n.pinyin,
       NULLIF(n.unit_id, '')::uuid, n.kind, NULLIF(n.team_id, '')::uuid, n.grp, n.county
  FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::text[], $12::text[], $13::text[])
       AS n (entry_id, event_id, ordinal, entry_no, seat_no, work_code, name, pinyin, unit_id, kind, team_id, grp, county)
    ON CONFLICT (entry_id) DO UPDATE
   SET ordinal = EXCLUDED.ordinal, entry_no = EXCLUDED.entry_no, seat_no = EXCLUDED.seat_no,
       work_code = EXCLUDED.work_code, name = EXCLUDED.name, pinyin = EXCLUDED.pinyin, unit_id = EXCLUDED.unit_id,
       kind = EXCLUDED.kind, team_id = EXCLUDED.team_id, grp = EXCLUDED.grp, county = EXCLUDED.county`
)

// SaveEntries is programme.Places.
func (s *Store) SaveEntries(ctx context.Context, event contest.ID, list []contest.Entry) error {
	kept := column(list, func(e contest.Entry) string { return e.ID.String() })
	if err := s.exec(ctx, "drop entries", dropEntriesSQL, event.String(), kept); err != nil {
		return err
	}
	return s.saveEntries(ctx, list)
}

// entriesAtOnce keeps a statement short of its time limit, however large the package
// and however slow the machine; what entries mean to each other is checked at the end.
const entriesAtOnce = 500

func (s *Store) saveEntries(ctx context.Context, all []contest.Entry) error {
	for list := range slices.Chunk(all, entriesAtOnce) {
		if err := s.exec(ctx, "save entries", saveEntriesSQL,
			column(list, func(e contest.Entry) string { return e.ID.String() }),
			column(list, func(e contest.Entry) string { return e.Event.String() }),
			column(list, func(e contest.Entry) int64 { return int64(e.Ordinal) }),
			column(list, func(e contest.Entry) string { return e.EntryNo }),
			column(list, func(e contest.Entry) string { return e.SeatNo }),
			column(list, func(e contest.Entry) string { return e.WorkCode }),
			column(list, func(e contest.Entry) string { return e.Name }),
			column(list, func(e contest.Entry) string { return e.Pinyin }),
			column(list, func(e contest.Entry) string { return text16(e.Unit.ID) }),
			column(list, kindColumn),
			column(list, func(e contest.Entry) string { return text16(e.Team) }),
			column(list, func(e contest.Entry) string { return e.Group }),
			column(list, func(e contest.Entry) string { return e.County })); err != nil {
			return err
		}
	}
	return nil
}
