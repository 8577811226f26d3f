package keyingstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
	"jiangtai/server/store"
)

const (
	createPhotoSQL = `
INSERT INTO keying_photos (photo_id, event_id, document_id, number, chair, page, sha256, by_id, by_name, taken_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	putPicturesSQL = `
INSERT INTO keying_pictures (event_id, chair, work, aspect, attempt, photo_id, jpeg)
SELECT $1, $2, work, aspect, attempt, $3, jpeg
  FROM unnest($4::text[], $5::text[], $6::integer[], $7::bytea[]) AS cells (work, aspect, attempt, jpeg)
ON CONFLICT (event_id, chair, work, aspect, attempt) DO UPDATE SET photo_id = EXCLUDED.photo_id, jpeg = EXCLUDED.jpeg`

	findPictureSQL = `
SELECT jpeg FROM keying_pictures
 WHERE event_id = $1 AND chair = $2 AND work = $3 AND aspect = $4 AND attempt IN ($5, 0) ORDER BY attempt DESC LIMIT 1`

	listPicturesSQL  = `SELECT work, aspect, attempt FROM keying_pictures WHERE event_id = $1 AND chair = $2`
	countPicturesSQL = `SELECT chair, count(*) AS pictures FROM keying_pictures WHERE event_id = $1 GROUP BY chair`
)

// PutPhoto is keying.Pictures.
func (s *Store) PutPhoto(ctx context.Context, p keying.Photo, cells []keying.Picture) error {
	q := s.db.Querier(ctx)
	if _, err := q.ExecContext(ctx, createPhotoSQL, p.ID.String(), p.Event.String(), p.Document.String(), p.Number, int(p.Chair), p.Page, p.Sum[:],
		p.By.String(), p.ByName, p.At); err != nil {
		return store.Fault(err, "keep a photograph")
	}
	var works, aspects pq.StringArray
	var attempts pq.Int64Array
	var files pq.ByteaArray
	for _, c := range cells {
		works, aspects, attempts, files = append(works, c.Work), append(aspects, c.Aspect), append(attempts, int64(c.Attempt)), append(files, c.JPEG)
	}
	_, err := q.ExecContext(ctx, putPicturesSQL, p.Event.String(), int(p.Chair), p.ID.String(), works, aspects, attempts, files)
	return store.Fault(err, "keep cut cells")
}

// FindPicture is keying.Pictures.
func (s *Store) FindPicture(ctx context.Context, event contest.ID, chair scoring.ChairID, at keying.At) ([]byte, error) {
	var out []byte
	err := s.db.Querier(ctx).GetContext(ctx, &out, findPictureSQL, event.String(), int(chair), at.Work, at.Aspect, int(at.Attempt))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.Missing, "keying.no_picture")
	}
	return out, store.Fault(err, "find a cut cell")
}

// ListPictures is keying.Pictures.
func (s *Store) ListPictures(ctx context.Context, event contest.ID, chair scoring.ChairID) ([]keying.Picture, error) {
	var rows []struct {
		Work    string `db:"work"`
		Aspect  string `db:"aspect"`
		Attempt uint8  `db:"attempt"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listPicturesSQL, event.String(), int(chair)); err != nil {
		return nil, store.Fault(err, "list cut cells")
	}
	out := make([]keying.Picture, len(rows))
	for i, r := range rows {
		out[i] = keying.Picture{Work: r.Work, Aspect: r.Aspect, Attempt: r.Attempt}
	}
	return out, nil
}

// CountPictures is keying.Pictures.
func (s *Store) CountPictures(ctx context.Context, event contest.ID) (map[scoring.ChairID]int, error) {
	var rows []struct {
		Chair    int `db:"chair"`
		Pictures int `db:"pictures"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, countPicturesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "count cut cells")
	}
	out := map[scoring.ChairID]int{}
	for _, r := range rows {
		out[scoring.ChairID(r.Chair)] = r.Pictures
	}
	return out, nil
}
