package signingstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/store"
)

// Store is signing.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ signing.Store = (*Store)(nil)

// New keeps documents in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"document_numbers_event_pk":   store.Ours,
	"document_numbers_last_check": store.Ours,
	"documents_id_pk":             store.Ours,
	"documents_serial_key":        store.Ours,
	"documents_serial_check":      store.Ours,
	"documents_content_check":     store.Ours,
	"documents_kind_check":        store.Ours,
	"documents_void_check":        store.Ours,
	"document_scans_id_pk":        store.Ours,
	"document_scans_document_fk":  store.Ours,
	"document_scans_type_check":   store.Ours,
	"document_scans_sum_check":    store.Ours,
	"document_scans_size_check":   store.Ours,

	"document_signatures_id_pk":         {Kind: fault.Stale, Code: "signing.signature_taken"},
	"document_signatures_document_key":  store.Ours,
	"document_signatures_document_fk":   store.Ours,
	"document_signatures_chair_check":   store.Ours,
	"document_signatures_shown_check":   store.Ours,
	"document_signatures_strokes_check": store.Ours,
})

type documentRow struct {
	ID         uuid.UUID      `db:"document_id"`
	Event      uuid.UUID      `db:"event_id"`
	Serial     int            `db:"serial"`
	Number     string         `db:"number"`
	Kind       string         `db:"kind"`
	Chair      int            `db:"chair"`
	Panel      string         `db:"panel"`
	Layer      string         `db:"layer"`
	Seq        int64          `db:"seq"`
	Head       string         `db:"head"`
	Content    []byte         `db:"content"`
	Names      bool           `db:"has_names"`
	Pages      int            `db:"pages"`
	At         time.Time      `db:"printed_at"`
	By         uuid.UUID      `db:"by_id"`
	ByName     string         `db:"by_name"`
	VoidAt     *time.Time     `db:"void_at"`
	VoidBy     *uuid.UUID     `db:"void_by"`
	VoidName   sql.NullString `db:"void_name"`
	VoidReason sql.NullString `db:"void_reason"`
	Scan       *uuid.UUID     `db:"scan_id"`
	ScanType   sql.NullString `db:"type"`
	ScanSize   sql.NullInt64  `db:"size"`
	ScanSum    []byte         `db:"sha256"`
	ScanRead   sql.NullBool   `db:"is_read"`
	ScanAt     *time.Time     `db:"scanned_at"`
	ScanBy     *uuid.UUID     `db:"scan_by"`
	ScanName   sql.NullString `db:"scan_name"`
	Ink        *uuid.UUID     `db:"signature_id"`
	InkChair   sql.NullInt64  `db:"ink_chair"`
	InkShown   []byte         `db:"shown"`
	InkClient  *time.Time     `db:"client_at"`
	InkAt      *time.Time     `db:"signed_at"`
	InkBy      *uuid.UUID     `db:"ink_by"`
	InkName    sql.NullString `db:"ink_name"`
}

const documentColumns = `
SELECT d.document_id, d.event_id, d.serial, d.number, d.kind, d.chair, d.panel, d.layer, d.seq, d.head, d.content, d.has_names,
       d.pages, d.printed_at, d.by_id, d.by_name, d.void_at, d.void_by, d.void_name, d.void_reason,
       s.scan_id, s.type, s.size, s.sha256, s.is_read, s.scanned_at, s.by_id AS scan_by, s.by_name AS scan_name,
       g.signature_id, g.chair AS ink_chair, g.shown, g.client_at, g.signed_at, g.by_id AS ink_by, g.by_name AS ink_name
  FROM documents d
  LEFT JOIN document_signatures g ON g.document_id = d.document_id
  LEFT JOIN LATERAL (
       SELECT scan_id, type, size, sha256, is_read, scanned_at, by_id, by_name
         FROM document_scans WHERE document_id = d.document_id ORDER BY position DESC LIMIT 1) s ON true`

func (r documentRow) document() signing.Document {
	d := signing.Document{
		ID: contest.ID(r.ID), Event: contest.ID(r.Event), Serial: r.Serial, Number: r.Number,
		Of:  signing.Of{Kind: signing.Kind(r.Kind), Chair: scoring.ChairID(r.Chair), Panel: r.Panel, Layer: r.Layer},
		Seq: uint64(r.Seq), Head: r.Head, Names: r.Names, Pages: r.Pages, At: r.At.UTC(), By: contest.ID(r.By), ByName: r.ByName,
	}
	copy(d.Content[:], r.Content)
	if r.VoidAt != nil {
		d.Void = &signing.Void{At: r.VoidAt.UTC(), By: contest.ID(*r.VoidBy), ByName: r.VoidName.String, Reason: r.VoidReason.String}
	}
	if r.Scan != nil {
		d.Scan = &signing.Scan{
			ID: contest.ID(*r.Scan), At: r.ScanAt.UTC(), By: contest.ID(*r.ScanBy), ByName: r.ScanName.String,
			Type: r.ScanType.String, Size: int(r.ScanSize.Int64), IsRead: r.ScanRead.Bool,
		}
		copy(d.Scan.Sum[:], r.ScanSum)
	}
	d.Ink = r.ink()
	return d
}

const nextSerialSQL = `
INSERT INTO document_numbers (event_id, last) VALUES ($1, 1)
ON CONFLICT ON CONSTRAINT document_numbers_event_pk DO UPDATE SET last = document_numbers.last + 1
RETURNING last`

// NextSerial is signing.Documents. The number is used up with the transaction
// and free again when that fails.
func (s *Store) NextSerial(ctx context.Context, event contest.ID) (int, error) {
	var n int
	err := s.db.Querier(ctx).GetContext(ctx, &n, nextSerialSQL, event.String())
	return n, store.Fault(err, "number a document")
}

const createDocumentSQL = `
INSERT INTO documents (document_id, event_id, serial, number, kind, chair, panel, layer, seq, head, content, has_names, pages, pdf,
                       printed_at, by_id, by_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

// CreateDocument is signing.Documents.
func (s *Store) CreateDocument(ctx context.Context, d signing.Document, pdf []byte) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, createDocumentSQL, d.ID.String(), d.Event.String(), d.Serial, d.Number, string(d.Of.Kind),
		int(d.Of.Chair), d.Of.Panel, d.Of.Layer, int64(d.Seq), d.Head, d.Content[:], d.Names, d.Pages, pdf, d.At, d.By.String(), d.ByName)
	return store.Fault(err, "keep a document")
}

const listDocumentsSQL = documentColumns + ` WHERE d.event_id = $1 ORDER BY d.serial`

// ListDocuments is signing.Documents.
func (s *Store) ListDocuments(ctx context.Context, event contest.ID) ([]signing.Document, error) {
	var rows []documentRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listDocumentsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list documents")
	}
	out := make([]signing.Document, len(rows))
	for i, r := range rows {
		out[i] = r.document()
	}
	return out, nil
}

const countPapersSQL = `
SELECT d.event_id, count(DISTINCT d.document_id) AS documents, count(DISTINCT d.document_id) FILTER (WHERE d.void_at IS NOT NULL) AS voids,
       count(s.scan_id) AS scans
  FROM documents d
  LEFT JOIN document_scans s ON s.document_id = d.document_id
  LEFT JOIN document_signatures g ON g.document_id = d.document_id
 GROUP BY d.event_id
HAVING bool_or(d.kind = 'result_list' AND (s.scan_id IS NOT NULL OR g.signature_id IS NOT NULL))`

// CountPapers is signing.Papers.
func (s *Store) CountPapers(ctx context.Context) (map[contest.ID]signing.Counted, error) {
	var rows []struct {
		Event     uuid.UUID `db:"event_id"`
		Documents int       `db:"documents"`
		Voids     int       `db:"voids"`
		Scans     int       `db:"scans"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, countPapersSQL); err != nil {
		return nil, store.Fault(err, "count papers")
	}
	out := make(map[contest.ID]signing.Counted, len(rows))
	for _, r := range rows {
		out[contest.ID(r.Event)] = signing.Counted{Documents: r.Documents, Voids: r.Voids, Scans: r.Scans}
	}
	return out, nil
}

const (
	findDocumentSQL = documentColumns + ` WHERE d.event_id = $1 AND d.serial = $2`
	holdDocumentSQL = findDocumentSQL + ` FOR UPDATE OF d`
)

// FindDocument is signing.Documents.
func (s *Store) FindDocument(ctx context.Context, event contest.ID, serial int) (signing.Document, error) {
	query := findDocumentSQL
	if store.InTransaction(ctx) {
		query = holdDocumentSQL
	}
	var row documentRow
	err := s.db.Querier(ctx).GetContext(ctx, &row, query, event.String(), serial)
	if errors.Is(err, sql.ErrNoRows) {
		return signing.Document{}, fault.New(fault.Missing, "signing.missing")
	}
	return row.document(), store.Fault(err, "find a document")
}

const voidDocumentSQL = `
UPDATE documents SET void_at = $2, void_by = $3, void_name = $4, void_reason = $5 WHERE document_id = $1 AND void_at IS NULL`

// VoidDocument is signing.Documents.
func (s *Store) VoidDocument(ctx context.Context, id contest.ID, v signing.Void) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, voidDocumentSQL, id.String(), v.At, v.By.String(), v.ByName, v.Reason)
	return store.Fault(err, "declare a document void")
}
