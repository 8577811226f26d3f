package identitystore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

type deviceRow struct {
	ID       uuid.UUID       `db:"device_id"`
	Contest  uuid.UUID       `db:"contest_id"`
	Event    uuid.UUID       `db:"event_id"`
	Chair    scoring.ChairID `db:"chair_number"`
	Judge    string          `db:"judge"`
	Name     string          `db:"name"`
	Agent    string          `db:"agent"`
	PairedAt time.Time       `db:"paired_at"`
	SeenAt   time.Time       `db:"seen_at"`
	Pending  int             `db:"pending"`
	FrozenAt sql.NullTime    `db:"frozen_at"`
	Why      sql.NullString  `db:"frozen_why"`
}

func (r deviceRow) device() identity.Device {
	return identity.Device{
		ID: contest.ID(r.ID), Contest: contest.ID(r.Contest), Event: contest.ID(r.Event), Chair: r.Chair,
		Judge: r.Judge, Name: r.Name, Agent: r.Agent, PairedAt: r.PairedAt.UTC(), SeenAt: r.SeenAt.UTC(),
		Pending: r.Pending, FrozenAt: utc(r.FrozenAt), Why: identity.Why(r.Why.String),
	}
}

func devices(rows []deviceRow) []identity.Device {
	list := make([]identity.Device, len(rows))
	for i, r := range rows {
		list[i] = r.device()
	}
	return list
}

const voidCodes = `UPDATE pairing_codes AS p SET void_at = c.at
FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS c (event_id, chair_number, at)
WHERE p.event_id = c.event_id AND p.chair_number = c.chair_number AND p.used_at IS NULL AND p.void_at IS NULL`

const insertCodes = `INSERT INTO pairing_codes (event_id, chair_number, created_at, code_hash, created_by, expires_at)
SELECT event_id, chair_number, at, code_hash, created_by, expires_at
FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::bytea[], $5::uuid[], $6::timestamptz[])
AS c (event_id, chair_number, at, code_hash, created_by, expires_at)`

// CreateCodes writes codes and voids the unused ones of their chairs.
func (s *Store) CreateCodes(ctx context.Context, codes []identity.PairingCode) error {
	n := len(codes)
	events, chairs, by := make([]string, n), make([]int64, n), make([]string, n)
	at, until, hashes := make([]time.Time, n), make([]time.Time, n), make([][]byte, n)
	for i, c := range codes {
		events[i], chairs[i], by[i] = c.Event.String(), int64(c.Chair), c.CreatedBy.String()
		at[i], until[i], hashes[i] = c.CreatedAt, c.ExpiresAt, c.Hash[:]
	}
	if _, err := s.exec(ctx, "void codes", voidCodes, pq.Array(events), pq.Array(chairs), pq.Array(at)); err != nil {
		return err
	}
	_, err := s.exec(ctx, "create codes", insertCodes,
		pq.Array(events), pq.Array(chairs), pq.Array(at), pq.Array(hashes), pq.Array(by), pq.Array(until))
	return err
}

type codeRow struct {
	Event     uuid.UUID       `db:"event_id"`
	Chair     scoring.ChairID `db:"chair_number"`
	CreatedAt time.Time       `db:"created_at"`
	CreatedBy uuid.UUID       `db:"created_by"`
	ExpiresAt time.Time       `db:"expires_at"`
}

const useCode = `UPDATE pairing_codes SET used_at = $2
WHERE code_hash = $1 AND used_at IS NULL AND void_at IS NULL AND expires_at > $2
RETURNING event_id, chair_number, created_at, created_by, expires_at`

// UseCode takes a code: the one UPDATE that finds it unused wins.
func (s *Store) UseCode(ctx context.Context, code identity.Hash, now time.Time) (identity.PairingCode, error) {
	var r codeRow
	ok, err := s.get(ctx, "use a code", &r, useCode, code[:], now)
	if err != nil {
		return identity.PairingCode{}, err
	}
	if !ok {
		return identity.PairingCode{}, s.whyNotUsed(ctx, code)
	}
	return identity.PairingCode{
		Hash: code, Event: contest.ID(r.Event), Chair: r.Chair,
		CreatedAt: r.CreatedAt.UTC(), CreatedBy: contest.ID(r.CreatedBy), ExpiresAt: r.ExpiresAt.UTC(),
	}, nil
}

const codeState = `SELECT used_at IS NOT NULL AS used, void_at IS NOT NULL AS void FROM pairing_codes WHERE code_hash = $1`

func (s *Store) whyNotUsed(ctx context.Context, code identity.Hash) error {
	var r struct{ Used, Void bool }
	ok, err := s.get(ctx, "see why a code is of no use", &r, codeState, code[:])
	switch {
	case err != nil:
		return err
	case !ok:
		return fault.New(fault.Missing, "identity.code_wrong")
	case r.Used:
		return fault.New(fault.Stale, "identity.code_used")
	case r.Void:
		return fault.New(fault.Closed, "identity.code_void")
	}
	return fault.New(fault.Closed, "identity.code_expired")
}

const deviceColumns = `device_id, contest_id, event_id, chair_number, judge, name, agent, paired_at, seen_at, pending, frozen_at, frozen_why`

const insertDevice = `INSERT INTO devices (device_id, contest_id, event_id, chair_number, judge, name, agent, paired_at, seen_at, pending)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// CreateDevice writes a chair's tablet.
func (s *Store) CreateDevice(ctx context.Context, d identity.Device) error {
	_, err := s.exec(ctx, "create a device", insertDevice, uuid.UUID(d.ID), uuid.UUID(d.Contest), uuid.UUID(d.Event),
		int(d.Chair), d.Judge, d.Name, d.Agent, d.PairedAt, d.SeenAt, d.Pending)
	return err
}

const findDevice = `SELECT ` + deviceColumns + ` FROM devices WHERE device_id = $1`

func (s *Store) findDevice(ctx context.Context, id contest.ID) (identity.Device, error) {
	var r deviceRow
	ok, err := s.getHot(ctx, "find a device", &r, findDevice, uuid.UUID(id))
	if err == nil && !ok {
		err = fault.New(fault.Missing, "identity.device_missing")
	}
	return r.device(), err
}

const listDevices = `SELECT ` + deviceColumns + ` FROM devices
WHERE event_id = $1 ORDER BY chair_number, frozen_at DESC NULLS FIRST, paired_at DESC`

// ListDevices lists an event's tablets.
func (s *Store) ListDevices(ctx context.Context, event contest.ID) ([]identity.Device, error) {
	var rows []deviceRow
	err := s.list(ctx, "list devices", &rows, listDevices, uuid.UUID(event))
	return devices(rows), err
}

const freezeDevice = `UPDATE devices SET frozen_at = $2, frozen_why = $3
WHERE device_id = $1 AND frozen_at IS NULL RETURNING ` + deviceColumns

const freezeChair = `UPDATE devices SET frozen_at = $3, frozen_why = $4
WHERE event_id = $1 AND chair_number = $2 AND frozen_at IS NULL RETURNING ` + deviceColumns

// FreezeDevices freezes one device or a chair's.
func (s *Store) FreezeDevices(ctx context.Context, f identity.Freezing) ([]identity.Device, error) {
	var rows []deviceRow
	var err error
	if f.Device.IsZero() {
		err = s.list(ctx, "freeze a chair", &rows, freezeChair, uuid.UUID(f.Event), int(f.Chair), f.At, string(f.Why))
	} else {
		err = s.list(ctx, "freeze a device", &rows, freezeDevice, uuid.UUID(f.Device), f.At, string(f.Why))
	}
	return devices(rows), err
}
