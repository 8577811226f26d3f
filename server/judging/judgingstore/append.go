package judgingstore

import (
	"context"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/store"
)

// flush writes the batches in one transaction, or, if that fails, each in one
// of its own.
func (s *Store) flush(joined []*waiting) {
	err := s.write(joined)
	if err != nil && len(joined) > 1 && fault.Of(err).Kind != fault.UnknownOutcome {
		for i := range joined {
			s.flush(joined[i : i+1])
		}
		return
	}
	if err != nil && fault.Of(err).Kind == fault.UnknownOutcome {
		s.ask(joined, err)
		return
	}
	for _, w := range joined {
		switch {
		case err != nil:
			w.done <- err
		case !w.moved:
			w.done <- judging.ErrMoved
		default:
			w.done <- nil
		}
	}
}

// Each batch moves its ledger's head, if it is the one that it names; $1 numbers
// the batches. The records and the signed head follow those that have moved.
const appendSQL = `
WITH want AS (
    SELECT n, ledger_id, seq, hash, new_seq, new_hash, note
      FROM unnest($1::int[], $2::uuid[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bytea[], $7::text[])
        AS w(n, ledger_id, seq, hash, new_seq, new_hash, note)
), moved AS (
    UPDATE ledgers SET seq = want.new_seq, head_hash = want.new_hash
      FROM want
     WHERE ledgers.ledger_id = want.ledger_id AND ledgers.seq = want.seq AND ledgers.head_hash = want.hash
    RETURNING want.n, want.ledger_id, want.new_seq, want.note
), signed AS (
    INSERT INTO heads (ledger_id, size, note) SELECT ledger_id, new_seq, note FROM moved
), put AS (
    INSERT INTO records (ledger_id, seq, mark_id, payload, body, hash)
    SELECT moved.ledger_id, r.seq, r.mark_id, r.payload, r.body, r.hash
      FROM unnest($8::int[], $9::bigint[], $10::uuid[], $11::bytea[], $12::bytea[], $13::bytea[])
        AS r(n, seq, mark_id, payload, body, hash)
      JOIN moved USING (n)
)
SELECT n FROM moved`

const textsSQL = `
INSERT INTO texts (hash, ledger_id, mark_id, text)
SELECT hash, ledger_id, mark_id, text
  FROM unnest($1::bytea[], $2::uuid[], $3::uuid[], $4::text[]) AS t(hash, ledger_id, mark_id, text)
ON CONFLICT DO NOTHING`

func (s *Store) write(joined []*waiting) error {
	b := &s.now.bufs
	return s.marks.Do(context.Background(), func(ctx context.Context) error {
		b.fill(joined)
		var moved []int
		if err := s.append.SelectContext(ctx, &moved, b.args()...); err != nil {
			return store.Fault(err, "append records")
		}
		for _, w := range joined {
			w.moved = false
		}
		remarks := false
		for _, n := range moved {
			joined[n].moved = true
			remarks = remarks || len(joined[n].batch.Texts) > 0
		}
		if !remarks {
			return nil
		}
		_, err := s.texts.ExecContext(ctx, b.remarks(joined)...)
		return store.Fault(err, "append remarks")
	})
}

// buffers are the arrays of one statement, used again and again.
type buffers struct {
	heads   [7]array
	records [6]array
	texts   [4]array
}

func (b *buffers) fill(joined []*waiting) {
	for i := range b.heads {
		b.heads[i].reset()
	}
	for i := range b.records {
		b.records[i].reset()
	}
	h, r := &b.heads, &b.records
	for n, w := range joined {
		last := &w.batch.Lines[len(w.batch.Lines)-1]
		h[0].int(uint64(n))
		h[1].uuid(w.batch.Ledger)
		h[2].int(w.batch.Seq)
		h[3].bytes(w.batch.Hash[:])
		h[4].int(last.Seq)
		h[5].bytes(last.Hash[:])
		h[6].text(w.batch.Note)
		for i := range w.batch.Lines {
			l := &w.batch.Lines[i]
			r[0].int(uint64(n))
			r[1].int(l.Seq)
			r[2].uuid(l.MarkID)
			r[3].bytes(l.Payload[:])
			r[4].bytes(l.Body)
			r[5].bytes(l.Hash[:])
		}
	}
}

func (b *buffers) args() []any {
	args := make([]any, 0, len(b.heads)+len(b.records))
	for i := range b.heads {
		args = append(args, b.heads[i].value())
	}
	for i := range b.records {
		args = append(args, b.records[i].value())
	}
	return args
}

// remarks are the texts of the batches that have moved.
func (b *buffers) remarks(joined []*waiting) []any {
	for i := range b.texts {
		b.texts[i].reset()
	}
	for _, w := range joined {
		if !w.moved {
			continue
		}
		for _, t := range w.batch.Texts {
			b.texts[0].bytes(t.Hash[:])
			b.texts[1].uuid(w.batch.Ledger)
			b.texts[2].uuid(t.MarkID)
			b.texts[3].text(t.Text)
		}
	}
	return []any{b.texts[0].value(), b.texts[1].value(), b.texts[2].value(), b.texts[3].value()}
}
