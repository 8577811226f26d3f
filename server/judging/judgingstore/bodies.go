package judgingstore

import (
	"context"
	"database/sql"
	"encoding/binary"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

const (
	// lap is how many bodies come as one row.
	lap = 400
	// laps is how many records one statement reads.
	laps = 50 * lap
)

// bodiesSQL gives bodies in laps, the size of each in front of it; that of a lap's first,
// which an aggregate leaves out, comes beside it.
const bodiesSQL = `
SELECT g, (SELECT octet_length(body) FROM records WHERE ledger_id = $1 AND seq = g + 1),
       (SELECT string_agg(body, int4send(octet_length(body)))
          FROM (SELECT body FROM records WHERE ledger_id = $1 AND seq > g AND seq <= least(g + $4, $3) ORDER BY seq) AS lap)
  FROM generate_series($2::bigint, $3::bigint - 1, $4::bigint) AS g`

// Bodies implements clerk.Bodies.
func (s *Store) Bodies(ctx context.Context, id contest.ID, n uint64, each func(seq uint64, body []byte) error) error {
	for after := uint64(0); after < n; after += laps {
		if err := s.bodies(ctx, id, after, min(after+laps, n), each); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) bodies(ctx context.Context, id contest.ID, after, last uint64, each func(uint64, []byte) error) error {
	rows, err := s.reads.Querier(ctx).QueryxContext(ctx, bodiesSQL, id.String(), after, last, lap)
	if err != nil {
		return store.Fault(err, "read bodies")
	}
	defer rows.Close()
	for rows.Next() {
		var from uint64
		var first sql.NullInt64
		var lines sql.RawBytes
		if err := rows.Scan(&from, &first, &lines); err != nil {
			return store.Fault(err, "read bodies")
		}
		n := min(lap, last-after)
		if from != after || !first.Valid || !sized(lines, uint64(first.Int64), n) {
			return fault.New(fault.Internal, "server.internal")
		}
		for size := uint64(first.Int64); n > 0; n-- {
			after++
			if err := each(after, lines[:size]); err != nil {
				return err
			}
			if lines = lines[size:]; n > 1 {
				size, lines = uint64(binary.BigEndian.Uint32(lines)), lines[4:]
			}
		}
	}
	if err := rows.Err(); err != nil || after == last {
		return store.Fault(err, "read bodies")
	}
	return fault.New(fault.Internal, "server.internal")
}

// sized says whether these are n bodies, each with its size in front of it, but the
// first, which has that size.
func sized(lines []byte, size, n uint64) bool {
	for ; n > 1 && uint64(len(lines)) >= size+4; n-- {
		lines = lines[size:]
		size, lines = uint64(binary.BigEndian.Uint32(lines)), lines[4:]
	}
	return n == 1 && uint64(len(lines)) == size
}
