package programmestore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

type eventRow struct {
	ID          uuid.UUID      `db:"event_id"`
	Contest     uuid.UUID      `db:"contest_id"`
	Position    int            `db:"position"`
	Code        string         `db:"code"`
	Trade       string         `db:"trade"`
	TradeEn     string         `db:"trade_en"`
	Title       string         `db:"title"`
	TitleEn     string         `db:"title_en"`
	Stage       string         `db:"stage"`
	Group       string         `db:"grp"`
	Hall        string         `db:"hall"`
	Host        uuid.NullUUID  `db:"host_id"`
	HostCode    sql.NullString `db:"host_code"`
	Depth       string         `db:"depth"`
	Chain       string         `db:"chain"`
	Ledger      uuid.UUID      `db:"ledger_id"`
	HeldUntil   sql.NullTime   `db:"held_until"`
	CreatedAt   time.Time      `db:"created_at"`
	ContestCode string         `db:"contest_code"`
	ContestName string         `db:"contest_name"`
	Kind        string         `db:"kind"`
	Visible     bool           `db:"visible"`
	Total       int            `db:"total"`
}

func (r eventRow) event() programme.Event {
	return programme.Event{
		Event: contest.Event{
			ID: contest.ID(r.ID), Contest: contest.ID(r.Contest), Code: r.Code,
			Trade: r.Trade, TradeEn: r.TradeEn, Title: r.Title, TitleEn: r.TitleEn,
			Stage: contest.Stage(r.Stage), Group: r.Group, Hall: r.Hall, Host: maybe(r.Host),
			Depth: contest.Depth(r.Depth), Chain: contest.Chain(r.Chain), Ledger: contest.ID(r.Ledger),
		},
		Position: r.Position, ContestCode: r.ContestCode, ContestName: r.ContestName, Kind: contest.Kind(r.Kind),
		Visible: r.Visible, HostCode: r.HostCode.String, HeldUntil: instant(r.HeldUntil), CreatedAt: r.CreatedAt.UTC(),
	}
}

const findEventSQL = `
SELECT e.event_id, e.contest_id, e.position, e.code, e.trade, e.trade_en, e.title, e.title_en, e.stage, e.grp, e.hall,
       e.host_id, h.code AS host_code, e.depth, e.chain, e.ledger_id, e.held_until, e.created_at,
       c.code AS contest_code, c.name AS contest_name, c.kind, c.visible
  FROM events e
  JOIN contests c ON c.contest_id = e.contest_id
  LEFT JOIN hosts h ON h.host_id = e.host_id
 WHERE e.event_id = $1`

// FindEvent is programme.Events.
func (s *Store) FindEvent(ctx context.Context, id contest.ID) (programme.Event, error) {
	var r eventRow
	err := s.db.Querier(ctx).GetContext(ctx, &r, findEventSQL, id.String())
	return r.event(), one(err, "programme.event_missing", "find an event")
}

const lockEventSQL = `SELECT event_id FROM events WHERE event_id = $1 FOR UPDATE`

// LockEvent is programme.Events.
func (s *Store) LockEvent(ctx context.Context, id contest.ID) (programme.Event, error) {
	var locked uuid.UUID
	err := s.db.Querier(ctx).GetContext(ctx, &locked, lockEventSQL, id.String())
	if err := one(err, "programme.event_missing", "lock an event"); err != nil {
		return programme.Event{}, err
	}
	return s.FindEvent(ctx, id)
}

const listEventsSQL = `
SELECT e.event_id, e.contest_id, e.position, e.code, e.trade, e.trade_en, e.title, e.title_en, e.stage, e.grp, e.hall,
       e.host_id, h.code AS host_code, e.depth, e.chain, e.ledger_id, e.held_until, e.created_at,
       c.code AS contest_code, c.name AS contest_name, c.kind, c.visible,
       count(*) OVER () AS total
  FROM events e
  JOIN contests c ON c.contest_id = e.contest_id
  LEFT JOIN hosts h ON h.host_id = e.host_id
 WHERE ($1 OR e.contest_id = ANY ($2::uuid[]) OR e.event_id = ANY ($3::uuid[]))
   AND ($4::uuid IS NULL OR e.contest_id = $4)
   AND (c.visible OR NOT $5)
   AND NOT EXISTS (SELECT 1 FROM unnest($6::text[]) w WHERE strpos(e.search, w) = 0)
 ORDER BY c.starts_on DESC NULLS LAST, c.created_at DESC, c.contest_id, e.position
 LIMIT NULLIF($7::int, -1) OFFSET $8`

// ListEvents is programme.Events.
func (s *Store) ListEvents(ctx context.Context, q programme.EventQuery) ([]programme.Event, int, error) {
	var rows []eventRow
	err := s.db.Querier(ctx).SelectContext(ctx, &rows, listEventsSQL,
		q.Scope.All, ids(q.Scope.Contests), ids(q.Scope.Events), optional(q.Contest), q.Visible,
		words(q.Page.Q), q.Page.Limit, q.Page.Offset)
	if err != nil {
		return nil, 0, store.Fault(err, "list events")
	}
	if len(rows) == 0 && q.Page.Offset > 0 {
		q.Page.Limit, q.Page.Offset = 1, 0
		_, total, err := s.ListEvents(ctx, q)
		return []programme.Event{}, total, err
	}
	out, total := make([]programme.Event, 0, len(rows)), 0
	for _, r := range rows {
		out, total = append(out, r.event()), r.Total
	}
	return out, total, nil
}

const createEventsSQL = `
INSERT INTO events (event_id, contest_id, position, code, trade, trade_en, title, title_en, stage, grp, hall,
                    host_id, depth, chain, ledger_id, search, created_at)
SELECT n.event_id, n.contest_id,
       row_number() OVER (PARTITION BY n.contest_id ORDER BY n.nth) + COALESCE((SELECT max(position) FROM events o WHERE o.contest_id = n.contest_id), 0),
       n.code, n.trade, n.trade_en, n.title, n.title_en, n.stage, n.grp, n.hall,
       NULLIF(n.host_id, '')::uuid, n.depth, n.chain, n.ledger_id, n.search, $16
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::uuid[], $15::text[])
       WITH ORDINALITY AS n (event_id, contest_id, code, trade, trade_en, title, title_en, stage, grp, hall,
                             host_id, depth, chain, ledger_id, search, nth)`

// CreateEvents is programme.Events. They were created at one time.
func (s *Store) CreateEvents(ctx context.Context, list []programme.Event) error {
	if len(list) == 0 {
		return nil
	}
	text := func(value func(programme.Event) string) any { return column(list, value) }
	return s.exec(ctx, "create events", createEventsSQL,
		text(func(e programme.Event) string { return e.ID.String() }),
		text(func(e programme.Event) string { return e.Contest.String() }),
		text(func(e programme.Event) string { return e.Code }),
		text(func(e programme.Event) string { return e.Trade }),
		text(func(e programme.Event) string { return e.TradeEn }),
		text(func(e programme.Event) string { return e.Title }),
		text(func(e programme.Event) string { return e.TitleEn }),
		text(func(e programme.Event) string { return string(e.Stage) }),
		text(func(e programme.Event) string { return e.Group }),
		text(func(e programme.Event) string { return e.Hall }),
		text(func(e programme.Event) string { return text16(e.Host) }),
		text(func(e programme.Event) string { return string(e.Depth) }),
		text(func(e programme.Event) string { return string(e.Chain) }),
		text(func(e programme.Event) string { return e.Ledger.String() }),
		text(func(e programme.Event) string { return e.SearchText() }),
		list[0].CreatedAt)
}

// text16 is an id's text, "" for none.
func text16(id contest.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

const changeEventSQL = `
UPDATE events
   SET trade = $2, trade_en = $3, title = $4, title_en = $5, stage = $6, grp = $7, hall = $8,
       host_id = $9, depth = $10, chain = $11, search = $12, held_until = $13
 WHERE event_id = $1`

// ChangeEvent is programme.Events.
func (s *Store) ChangeEvent(ctx context.Context, e programme.Event) error {
	return s.exec(ctx, "change an event", changeEventSQL, e.ID.String(), e.Trade, e.TradeEn, e.Title, e.TitleEn,
		string(e.Stage), e.Group, e.Hall, optional(e.Host), string(e.Depth), string(e.Chain), e.SearchText(), date(e.HeldUntil))
}
