package honoursstore

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/material"
)

var _ material.Files = (*Store)(nil)

type fileRow struct {
	Nomination uuid.UUID `db:"nomination_id"`
	Sum        []byte    `db:"sum"`
	Name       string    `db:"name"`
	Type       string    `db:"type"`
	Size       int       `db:"size"`
	By         uuid.UUID `db:"added_by"`
	At         time.Time `db:"added_at"`
	Body       []byte    `db:"body"`
}

func (r fileRow) file() (material.File, error) {
	return material.File{
		Nomination: contest.ID(r.Nomination), Sum: hash(r.Sum).String(), Name: r.Name, Type: r.Type, Size: r.Size, By: contest.ID(r.By), At: r.At.UTC(),
	}, nil
}

const (
	fileColumns   = `nomination_id, sum, name, type, size, added_by, added_at`
	createFileSQL = `
INSERT INTO honour_files (` + fileColumns + `, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT ON CONSTRAINT honour_files_sum_pk DO NOTHING`
	listFilesSQL = `SELECT ` + fileColumns + ` FROM honour_files WHERE nomination_id = $1 ORDER BY added_at, sum`
	findFileSQL  = `SELECT ` + fileColumns + `, body FROM honour_files WHERE nomination_id = $1 AND sum = $2`
	keepsFileSQL = `
SELECT ` + fileColumns + ` FROM honour_files WHERE nomination_id = ANY ($1::uuid[]) AND sum = $2 ORDER BY nomination_id LIMIT 1`
)

// CreateFile is material.Files.
func (s *Store) CreateFile(ctx context.Context, f material.File, body []byte) error {
	sum, err := hex.DecodeString(f.Sum)
	if err != nil {
		return err
	}
	return s.exec(ctx, "create a file", createFileSQL, f.Nomination.String(), sum, f.Name, f.Type, f.Size, f.By.String(), f.At, body)
}

// ListFiles is material.Files.
func (s *Store) ListFiles(ctx context.Context, nomination contest.ID) ([]material.File, error) {
	return list(ctx, s, "list files", fileRow.file, listFilesSQL, nomination.String())
}

// FindFile is material.Files.
func (s *Store) FindFile(ctx context.Context, nomination contest.ID, sum string) (material.File, []byte, error) {
	raw, err := hex.DecodeString(sum)
	if err != nil {
		return material.File{}, nil, fault.New(fault.Missing, "honours.file_missing")
	}
	row, err := find(ctx, s, "honours.file_missing", func(r fileRow) (fileRow, error) { return r, nil }, findFileSQL, nomination.String(), raw)
	if err != nil {
		return material.File{}, nil, err
	}
	f, err := row.file()
	return f, row.Body, err
}

// KeepsFile is honours.Materials.
func (s *Store) KeepsFile(ctx context.Context, nominations []contest.ID, sum string) (bool, error) {
	raw, err := hex.DecodeString(sum)
	if err != nil {
		return false, nil //nolint:nilerr // no hash: no file
	}
	found, err := list(ctx, s, "look for a file", fileRow.file, keepsFileSQL, ids(nominations), raw)
	return len(found) > 0, err
}
