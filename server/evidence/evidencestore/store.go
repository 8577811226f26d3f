package evidencestore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Store is evidence.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ evidence.Store = (*Store)(nil)

// New keeps photos in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"evidence_photos_id_pk":      store.Ours,
	"evidence_photos_sum_check":  store.Ours,
	"evidence_photos_sent_check": store.Ours,
	"evidence_photos_size_check": store.Ours,
	"evidence_photos_dots_check": store.Ours,
})

type photoRow struct {
	ID       uuid.UUID  `db:"photo_id"`
	Event    uuid.UUID  `db:"event_id"`
	Chair    int        `db:"chair"`
	Judge    string     `db:"judge"`
	Device   uuid.UUID  `db:"device_id"`
	Work     string     `db:"work"`
	Aspect   string     `db:"aspect"`
	Width    int        `db:"width"`
	Height   int        `db:"height"`
	Size     int        `db:"size"`
	Sum      []byte     `db:"sha256"`
	Sent     []byte     `db:"sent"`
	ClientAt *time.Time `db:"client_at"`
	At       time.Time  `db:"at"`
}

func (r photoRow) photo() evidence.Photo {
	p := evidence.Photo{
		ID: contest.ID(r.ID), Event: contest.ID(r.Event), Chair: scoring.ChairID(r.Chair), Judge: r.Judge, Device: contest.ID(r.Device),
		Work: r.Work, Aspect: r.Aspect, Width: r.Width, Height: r.Height, Size: r.Size, At: r.At.UTC(),
	}
	copy(p.Sum[:], r.Sum)
	copy(p.Sent[:], r.Sent)
	if r.ClientAt != nil {
		p.ClientAt = r.ClientAt.UTC()
	}
	return p
}

const photoColumns = `
SELECT photo_id, event_id, chair, judge, device_id, work, aspect, width, height, size, sha256, sent, client_at, at
  FROM evidence_photos`

const (
	createPhotoSQL = `
INSERT INTO evidence_photos (photo_id, event_id, chair, judge, device_id, work, aspect, width, height, size, sha256, sent, file, client_at, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT ON CONSTRAINT evidence_photos_id_pk DO NOTHING`

	findByIDSQL = photoColumns + ` WHERE photo_id = $1`
)

// Create is evidence.Store.
func (s *Store) Create(ctx context.Context, p evidence.Photo, file []byte) (evidence.Photo, bool, error) {
	var clientAt *time.Time
	if !p.ClientAt.IsZero() {
		clientAt = &p.ClientAt
	}
	done, err := s.db.Querier(ctx).ExecContext(ctx, createPhotoSQL, p.ID.String(), p.Event.String(), int(p.Chair), p.Judge, p.Device.String(),
		p.Work, p.Aspect, p.Width, p.Height, p.Size, p.Sum[:], p.Sent[:], file, clientAt, p.At)
	if err != nil {
		return evidence.Photo{}, false, store.Fault(err, "keep a photo")
	}
	n, err := done.RowsAffected()
	if err != nil || n == 1 {
		return p, true, store.Fault(err, "keep a photo")
	}
	var row photoRow
	err = s.db.Querier(ctx).GetContext(ctx, &row, findByIDSQL, p.ID.String())
	return row.photo(), false, store.Fault(err, "find a photo")
}

const countPhotosSQL = `
SELECT count(*) AS event, count(*) FILTER (WHERE chair = $2 AND work = $3 AND aspect = $4) AS cell
  FROM evidence_photos WHERE event_id = $1`

// Count is evidence.Store.
func (s *Store) Count(ctx context.Context, p evidence.Photo) (event, cell int, err error) {
	var row struct {
		Event int `db:"event"`
		Cell  int `db:"cell"`
	}
	err = s.db.Querier(ctx).GetContext(ctx, &row, countPhotosSQL, p.Event.String(), int(p.Chair), p.Work, p.Aspect)
	return row.Event, row.Cell, store.Fault(err, "count photos")
}

const listPhotosSQL = photoColumns + ` WHERE event_id = $1 ORDER BY position`

// List is evidence.Store.
func (s *Store) List(ctx context.Context, event contest.ID) ([]evidence.Photo, error) {
	var rows []photoRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listPhotosSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list photos")
	}
	out := make([]evidence.Photo, len(rows))
	for i, r := range rows {
		out[i] = r.photo()
	}
	return out, nil
}

const (
	findPhotoSQL = photoColumns + ` WHERE event_id = $1 AND photo_id = $2`
	photoFileSQL = `SELECT file FROM evidence_photos WHERE photo_id = $1`
)

// Find is evidence.Store.
func (s *Store) Find(ctx context.Context, event, id contest.ID) (evidence.Photo, []byte, error) {
	var row photoRow
	err := s.db.Querier(ctx).GetContext(ctx, &row, findPhotoSQL, event.String(), id.String())
	if errors.Is(err, sql.ErrNoRows) {
		return evidence.Photo{}, nil, fault.New(fault.Missing, "evidence.missing")
	}
	if err != nil {
		return evidence.Photo{}, nil, store.Fault(err, "find a photo")
	}
	var file []byte
	err = s.db.Querier(ctx).GetContext(ctx, &file, photoFileSQL, id.String())
	return row.photo(), file, store.Fault(err, "read a photo")
}
