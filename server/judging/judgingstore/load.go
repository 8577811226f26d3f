package judgingstore

import (
	"context"
	"database/sql"
	"encoding/binary"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
)

// blockSQL gives a page of a ledger as one row: a row for each record costs the server,
// the driver and us more than all that is done with it. Behind the ordered page the
// order of aggregates is the page's; that it was is seen by who follows the chain.
const blockSQL = `
SELECT count(*), coalesce(min(seq), 0), coalesce(max(seq), 0), string_agg(payload, ''), string_agg(hash, ''),
       string_agg(int4send(octet_length(body)), ''), string_agg(body, '')
  FROM (SELECT seq, payload, body, hash FROM records WHERE ledger_id = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS page`

// Load implements judging.Ledgers.
func (s *Store) Load(ctx context.Context, id contest.ID, after uint64, each func(judging.Line) error) error {
	for {
		n, last, err := s.block(ctx, id, after, each)
		if err != nil || n < page {
			return err
		}
		after = last
	}
}

// block is a page of a ledger.
type block struct {
	n, first, last                 uint64
	payloads, hashes, sizes, lines sql.RawBytes
}

// holds says whether all parts are there, and no number is left out.
func (b *block) holds() bool {
	return b.last-b.first+1 == b.n && uint64(len(b.payloads)) == 16*b.n && uint64(len(b.hashes)) == 32*b.n && uint64(len(b.sizes)) == 4*b.n
}

func (b *block) each(each func(judging.Line) error) error {
	return b.eachBody(func(seq uint64, body []byte) error {
		i := seq - b.first
		return each(judging.Line{Seq: seq, Payload: [16]byte(b.payloads[16*i:]), Hash: ledger.Hash(b.hashes[32*i:]), Body: body})
	})
}

func (s *Store) block(ctx context.Context, id contest.ID, after uint64, each func(judging.Line) error) (n int, last uint64, err error) {
	rows, err := s.reads.Querier(ctx).QueryxContext(ctx, blockSQL, id.String(), after, page)
	if err != nil {
		return 0, 0, store.Fault(err, "read records")
	}
	defer rows.Close()
	var b block
	for rows.Next() {
		if err := rows.Scan(&b.n, &b.first, &b.last, &b.payloads, &b.hashes, &b.sizes, &b.lines); err != nil {
			return 0, 0, store.Fault(err, "read records")
		}
		switch {
		case b.n == 0:
		case b.holds():
			err = b.each(each)
		default:
			// Somebody has been at the rows: one by one shows which.
			if err = rows.Close(); err == nil {
				return s.rows(ctx, id, after, each)
			}
		}
		if err != nil {
			return 0, 0, err
		}
	}
	return int(b.n), b.last, store.Fault(rows.Err(), "read records")
}

// eachBody gives the bodies of a page with their numbers.
func (b *block) eachBody(each func(seq uint64, body []byte) error) error {
	lines := b.lines
	for i := range b.n {
		size := binary.BigEndian.Uint32(b.sizes[4*i:])
		if uint64(size) > uint64(len(lines)) {
			return fault.New(fault.Internal, "server.internal")
		}
		if err := each(b.first+i, lines[:size]); err != nil {
			return err
		}
		lines = lines[size:]
	}
	return nil
}

const linesSQL = `
SELECT seq, payload, body, hash FROM records WHERE ledger_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`

func (s *Store) rows(ctx context.Context, id contest.ID, after uint64, each func(judging.Line) error) (n int, last uint64, err error) {
	rows, err := s.reads.Querier(ctx).QueryxContext(ctx, linesSQL, id.String(), after, page)
	if err != nil {
		return 0, 0, store.Fault(err, "read records")
	}
	defer rows.Close()
	for rows.Next() {
		var l judging.Line
		var payload, hash []byte
		if err := rows.Scan(&l.Seq, &payload, &l.Body, &hash); err != nil {
			return n, last, store.Fault(err, "read a record")
		}
		if len(payload) != len(l.Payload) || len(hash) != len(l.Hash) {
			return n, last, fault.New(fault.Internal, "server.internal")
		}
		l.Payload, l.Hash = [16]byte(payload), ledger.Hash(hash)
		if err := each(l); err != nil {
			return n, last, err
		}
		n, last = n+1, l.Seq
	}
	return n, last, store.Fault(rows.Err(), "read records")
}
