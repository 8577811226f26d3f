package identitystore

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
)

const touchSessions = `UPDATE sessions AS s SET seen_at = greatest(s.seen_at, t.at), ip = t.ip
FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS t (session_id, at, ip)
WHERE s.session_id = t.session_id AND s.ended_at IS NULL`

const touchDevices = `UPDATE devices AS d SET seen_at = greatest(d.seen_at, t.at),
pending = CASE WHEN t.pending < 0 THEN d.pending ELSE t.pending END
FROM unnest($1::uuid[], $2::timestamptz[], $3::int[]) AS t (session_id, at, pending) JOIN sessions AS s USING (session_id)
WHERE d.device_id = s.device_id`

// TouchSessions writes when sessions were seen, in two statements for all.
func (s *Store) TouchSessions(ctx context.Context, touches []identity.Touch) error {
	sessions, at := make([]string, len(touches)), make([]time.Time, len(touches))
	ips, pending := make([]string, len(touches)), make([]int64, len(touches))
	for i, t := range touches {
		sessions[i], at[i], ips[i], pending[i] = t.Session.String(), t.At, t.IP, int64(t.Pending)
	}
	if _, err := s.exec(ctx, "touch sessions", touchSessions, pq.Array(sessions), pq.Array(at), pq.Array(ips)); err != nil {
		return err
	}
	_, err := s.exec(ctx, "touch devices", touchDevices, pq.Array(sessions), pq.Array(at), pq.Array(pending))
	return err
}

// The slack covers what another process saw and has not written yet.
const endLapsed = `UPDATE sessions SET ended_at = $1, ended_why = 'expired' WHERE ended_at IS NULL
AND (expires_at <= $1 OR seen_at + make_interval(secs => idle_s + 15) <= $1) RETURNING session_id`

// EndLapsed ends sessions that are idle or too old.
func (s *Store) EndLapsed(ctx context.Context, now time.Time) ([]contest.ID, error) {
	var ended []uuid.UUID
	err := s.list(ctx, "end lapsed sessions", &ended, endLapsed, now)
	return fromUUIDs(ended), err
}

const endedSince = `SELECT session_id FROM sessions WHERE ended_at > $1`

// EndedSince lists sessions that ended after t.
func (s *Store) EndedSince(ctx context.Context, t time.Time) ([]contest.ID, error) {
	var ended []uuid.UUID
	err := s.list(ctx, "list ended sessions", &ended, endedSince, t)
	return fromUUIDs(ended), err
}

const (
	pruneSessions = `DELETE FROM sessions WHERE ended_at < $1`
	pruneAttempts = `DELETE FROM sign_in_attempts WHERE until < $1`
	pruneCodes    = `DELETE FROM pairing_codes WHERE expires_at < $1`
	pruneLinks    = `DELETE FROM setup_links WHERE expires_at < $1`
)

// Prune forgets what ended before t. Devices stay: marks name them.
func (s *Store) Prune(ctx context.Context, t time.Time) error {
	for _, query := range []string{pruneSessions, pruneAttempts, pruneCodes, pruneLinks} {
		if _, err := s.exec(ctx, "prune", query, t); err != nil {
			return err
		}
	}
	return nil
}
