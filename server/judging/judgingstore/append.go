package judgingstore

import (
	"context"
	"database/sql/driver"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/store"
)

// flush writes the batches in one transaction, or, if that fails, each in one
// of its own.
func (s *Store) flush(w *writer, joined []*waiting) {
	err := w.write(joined)
	if isUnknown(err) {
		// A connection that had died unnoticed has done nothing: once more, on another.
		if joined = s.ask(joined, err); len(joined) == 0 {
			return
		}
		err = w.write(joined)
	}
	switch {
	case err == nil:
	case isUnknown(err):
		for _, j := range s.ask(joined, err) {
			j.done <- judging.ErrMoved
		}
		return
	case len(joined) > 1:
		for i := range joined {
			s.flush(w, joined[i:i+1])
		}
		return
	}
	for _, j := range joined {
		switch {
		case err != nil:
			j.done <- err
		case !j.moved:
			j.done <- judging.ErrMoved
		default:
			j.done <- nil
		}
	}
}

func isUnknown(err error) bool { return err != nil && fault.Of(err).Kind == fault.UnknownOutcome }

// Each batch moves its ledger's head, if it is the one that it names; $1 numbers
// the batches. The records and the signed head follow those that have moved.
const moving = `want AS (
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
)`

const (
	appendSQL = `WITH ` + moving + ` SELECT n FROM moved`
	// The same with remarks, which most batches do not have.
	appendTextsSQL = `WITH ` + moving + `, said AS (
    INSERT INTO texts (hash, ledger_id, mark_id, text)
    SELECT t.hash, moved.ledger_id, t.mark_id, t.text
      FROM unnest($14::int[], $15::bytea[], $16::uuid[], $17::text[]) AS t(n, hash, mark_id, text)
      JOIN moved USING (n)
    ON CONFLICT DO NOTHING
) SELECT n FROM moved`
)

// writer is a connection with what it is about to write.
type writer struct {
	line           *store.Line
	lists          [len(kinds)]list
	plain, remarks store.Binary
}

func newWriter(ctx context.Context, db *store.DB) (*writer, error) {
	w := &writer{line: db.Line(), plain: store.NewBinary(7 + 6), remarks: store.NewBinary(7 + 6 + 4)}
	for _, query := range []string{appendSQL, appendTextsSQL} {
		if err := w.line.Prepare(ctx, query); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// write is one transaction.
func (w *writer) write(joined []*waiting) error {
	query, args := appendSQL, w.plain
	if w.fill(joined) {
		query, args = appendTextsSQL, w.remarks
	}
	for i := range args {
		args[i].Value = w.lists[i].value()
	}
	for _, j := range joined {
		j.moved = false
	}
	return w.line.Run(context.Background(), query, args, func(row []driver.Value) {
		if n, ok := row[0].(int64); ok {
			joined[n].moved = true
		}
	})
}

// What the statements' parameters are.
var kinds = [...]kind{
	int4s, uuids, int8s, byteas, int8s, byteas, texts,
	int4s, int8s, uuids, byteas, byteas, byteas,
	int4s, byteas, uuids, texts,
}

// fill says whether there are remarks.
func (w *writer) fill(joined []*waiting) (remarks bool) {
	for i := range w.lists {
		w.lists[i].reset(kinds[i])
	}
	h, r, t := w.lists[0:7], w.lists[7:13], w.lists[13:17]
	for n, j := range joined {
		b := j.batch
		last := &b.Lines[len(b.Lines)-1]
		h[0].int4(uint32(n))
		h[1].bytes(b.Ledger[:])
		h[2].int8(b.Seq)
		h[3].bytes(b.Hash[:])
		h[4].int8(last.Seq)
		h[5].bytes(last.Hash[:])
		h[6].text(b.Note)
		for i := range b.Lines {
			l := &b.Lines[i]
			r[0].int4(uint32(n))
			r[1].int8(l.Seq)
			r[2].bytes(l.MarkID[:])
			r[3].bytes(l.Payload[:])
			r[4].bytes(l.Body)
			r[5].bytes(l.Hash[:])
		}
		for i := range b.Texts {
			remarks = true
			t[0].int4(uint32(n))
			t[1].bytes(b.Texts[i].Hash[:])
			t[2].bytes(b.Texts[i].MarkID[:])
			t[3].text(b.Texts[i].Text)
		}
	}
	return remarks
}
