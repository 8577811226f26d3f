package identitystore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

const appendAudit = `INSERT INTO audit (at, actor_id, session_id, what, object, detail) VALUES ($1, $2, $3, $4, $5, $6)`

// AppendAudit writes one entry in the transaction of the context.
func (s *Store) AppendAudit(ctx context.Context, e identity.AuditEntry) error {
	detail := []byte("{}")
	if len(e.Detail) > 0 {
		var err error
		if detail, err = json.Marshal(e.Detail); err != nil {
			return fmt.Errorf("write the detail of an audit entry: %w", err)
		}
	}
	_, err := s.exec(ctx, "append to the audit", appendAudit, e.At, uuid.UUID(e.Actor), nullID(e.Session), e.What, e.Object, string(detail))
	return err
}

type auditRow struct {
	Number  int64         `db:"audit_id"`
	At      time.Time     `db:"at"`
	Actor   uuid.UUID     `db:"actor_id"`
	Name    string        `db:"actor_name"`
	Session uuid.NullUUID `db:"session_id"`
	What    string        `db:"what"`
	Object  string        `db:"object"`
	Detail  []byte        `db:"detail"`
}

const listAudit = `SELECT audit_id, at, actor_id, coalesce(a.name, d.judge, '') AS actor_name, session_id, what, object, detail
FROM audit LEFT JOIN accounts AS a ON a.account_id = actor_id LEFT JOIN devices AS d ON d.device_id = actor_id
WHERE audit_id < $1 ORDER BY audit_id DESC LIMIT $2`

// ListAudit lists entries numbered below before, newest first.
func (s *Store) ListAudit(ctx context.Context, before int64, limit int) ([]identity.AuditEntry, error) {
	var rows []auditRow
	if err := s.list(ctx, "list the audit", &rows, listAudit, before, limit); err != nil {
		return nil, err
	}
	list := make([]identity.AuditEntry, len(rows))
	for i, r := range rows {
		e := identity.AuditEntry{
			Number: r.Number, At: r.At.UTC(), Actor: contest.ID(r.Actor), ActorName: r.Name, Session: contest.ID(r.Session.UUID),
			What: r.What, Object: r.Object,
		}
		if err := json.Unmarshal(r.Detail, &e.Detail); err != nil {
			return nil, fmt.Errorf("read the detail of audit entry %d: %w", r.Number, err)
		}
		list[i] = e
	}
	return list, nil
}

const clearLinks = `DELETE FROM setup_links`

const insertLink = `INSERT INTO setup_links (link_hash, created_at, expires_at) VALUES ($1, $2, $3)`

// CreateLink writes the one link that counts.
func (s *Store) CreateLink(ctx context.Context, link identity.Hash, now, until time.Time) error {
	if _, err := s.exec(ctx, "void links", clearLinks); err != nil {
		return err
	}
	_, err := s.exec(ctx, "create a link", insertLink, link[:], now, until)
	return err
}

const useLink = `DELETE FROM setup_links WHERE link_hash = $1 AND expires_at > $2`

// UseLink takes the link.
func (s *Store) UseLink(ctx context.Context, link identity.Hash, now time.Time) error {
	n, err := s.exec(ctx, "use a link", useLink, link[:], now)
	if err == nil && n == 0 {
		err = fault.New(fault.Missing, "identity.link_wrong")
	}
	return err
}
