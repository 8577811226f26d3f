package signingstore

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/signing"
	"jiangtai/server/store"
)

const (
	pdfSQL = `SELECT pdf FROM documents WHERE document_id = $1`

	createScanSQL = `
INSERT INTO document_scans (scan_id, document_id, type, size, sha256, is_read, file, scanned_at, by_id, by_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	scanFileSQL = `SELECT file FROM document_scans WHERE document_id = $1 ORDER BY position DESC LIMIT 1`
)

// PDF is signing.Files.
func (s *Store) PDF(ctx context.Context, document contest.ID) ([]byte, error) {
	return s.bytes(ctx, pdfSQL, document)
}

// ScanFile is signing.Files.
func (s *Store) ScanFile(ctx context.Context, document contest.ID) ([]byte, error) {
	return s.bytes(ctx, scanFileSQL, document)
}

func (s *Store) bytes(ctx context.Context, query string, document contest.ID) ([]byte, error) {
	var out []byte
	err := s.db.Querier(ctx).GetContext(ctx, &out, query, document.String())
	return out, store.Fault(err, "read a file")
}

// CreateScan is signing.Files.
func (s *Store) CreateScan(ctx context.Context, document contest.ID, scan signing.Scan, file []byte) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, createScanSQL, scan.ID.String(), document.String(), scan.Type, scan.Size, scan.Sum[:],
		scan.IsRead, file, scan.At, scan.By.String(), scan.ByName)
	return store.Fault(err, "keep a scan")
}
