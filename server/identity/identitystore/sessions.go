package identitystore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

type sessionRow struct {
	ID        uuid.UUID      `db:"session_id"`
	Account   uuid.NullUUID  `db:"account_id"`
	Device    uuid.NullUUID  `db:"device_id"`
	CreatedAt time.Time      `db:"created_at"`
	SeenAt    time.Time      `db:"seen_at"`
	Idle      int            `db:"idle_s"`
	ExpiresAt time.Time      `db:"expires_at"`
	EndedAt   sql.NullTime   `db:"ended_at"`
	Why       sql.NullString `db:"ended_why"`
	IP        string         `db:"ip"`
	Agent     string         `db:"agent"`
}

func (r sessionRow) session() identity.Session {
	return identity.Session{
		ID: contest.ID(r.ID), Account: contest.ID(r.Account.UUID), Device: contest.ID(r.Device.UUID),
		CreatedAt: r.CreatedAt.UTC(), SeenAt: r.SeenAt.UTC(), Idle: time.Duration(r.Idle) * time.Second,
		ExpiresAt: r.ExpiresAt.UTC(), EndedAt: utc(r.EndedAt), Why: identity.Why(r.Why.String), IP: r.IP, Agent: r.Agent,
	}
}

const sessionColumns = `session_id, account_id, device_id, created_at, seen_at, idle_s, expires_at, ended_at, ended_why, ip, agent`

const insertTabletSession = `INSERT INTO sessions
(session_id, device_id, token_hash, created_at, seen_at, idle_s, expires_at, ip, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// FOR SHARE: a change of the account under way either ends before, and then its
// version differs, or waits and then ends this session too.
const insertStaffSession = `INSERT INTO sessions
(session_id, account_id, token_hash, created_at, seen_at, idle_s, expires_at, ip, agent)
SELECT $1, account_id, $3, $4, $5, $6, $7, $8, $9 FROM accounts
WHERE account_id = $2 AND version = $10 AND disabled_at IS NULL FOR SHARE`

// CreateSession writes a session of an account or a device.
func (s *Store) CreateSession(ctx context.Context, v identity.Session, token identity.Hash, version int) error {
	args := []any{
		uuid.UUID(v.ID), uuid.UUID(v.Device), token[:], v.CreatedAt, v.SeenAt,
		int(v.Idle / time.Second), v.ExpiresAt, v.IP, v.Agent,
	}
	query := insertTabletSession
	if !v.Account.IsZero() {
		query = insertStaffSession
		args[1] = uuid.UUID(v.Account)
		args = append(args, version)
	}
	n, err := s.exec(ctx, "create a session", query, args...)
	if err == nil && n == 0 {
		err = fault.New(fault.Stale, "identity.account_stale")
	}
	return err
}

const findSession = `SELECT ` + sessionColumns + ` FROM sessions WHERE token_hash = $1`

// FindSession finds a session with its holder.
func (s *Store) FindSession(ctx context.Context, token identity.Hash) (identity.Holder, error) {
	var r sessionRow
	ok, err := s.getHot(ctx, "find a session", &r, findSession, token[:])
	if err != nil {
		return identity.Holder{}, err
	}
	if !ok {
		return identity.Holder{}, fault.New(fault.Missing, "identity.session_missing")
	}
	h := identity.Holder{Session: r.session()}
	if r.Account.Valid {
		h.Account, err = s.FindAccount(ctx, h.Session.Account)
	} else {
		h.Device, err = s.findDevice(ctx, h.Session.Device)
	}
	return h, err
}

const listSessions = `SELECT ` + sessionColumns + ` FROM sessions
WHERE account_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, session_id DESC`

// ListSessions lists an account's sessions that stand.
func (s *Store) ListSessions(ctx context.Context, account contest.ID) ([]identity.Session, error) {
	var rows []sessionRow
	if err := s.list(ctx, "list sessions", &rows, listSessions, uuid.UUID(account)); err != nil {
		return nil, err
	}
	list := make([]identity.Session, len(rows))
	for i, r := range rows {
		list[i] = r.session()
	}
	return list, nil
}

const endSessions = `UPDATE sessions SET ended_at = $1, ended_why = $2 WHERE ended_at IS NULL
AND num_nonnulls($3::uuid, $4::uuid, $5::uuid) > 0
AND ($3 IS NULL OR session_id = $3) AND ($4 IS NULL OR account_id = $4) AND ($5 IS NULL OR device_id = $5)
AND ($6::uuid IS NULL OR session_id <> $6) RETURNING session_id`

// EndSessions ends the sessions that match all that is named.
func (s *Store) EndSessions(ctx context.Context, e identity.Ending) ([]contest.ID, error) {
	var ended []uuid.UUID
	err := s.list(ctx, "end sessions", &ended, endSessions, e.At, string(e.Why),
		nullID(e.Session), nullID(e.Account), nullID(e.Device), nullID(e.Except))
	return fromUUIDs(ended), err
}
