package backupstore_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/lib/pq"

	"jiangtai/server/backup"
	"jiangtai/server/backup/backupstore"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var taken = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

// house is a database with something in it, and the key of its ledgers.
type house struct {
	testing.TB
	url   string
	plain *sql.DB
	key   *ledger.Key
	text  string // of the key
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{TB: t, url: storetest.URL(t)}
	h.plain = connect(t, h.url)
	var err error
	if h.key, h.text, err = ledger.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64))); err != nil {
		t.Fatal(err)
	}
	return h
}

func connect(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (h *house) run(query string, args ...any) {
	h.Helper()
	if _, err := h.plain.ExecContext(h.Context(), query, args...); err != nil {
		h.Fatalf("%s: %v", query, err)
	}
}

func (h *house) text1(query string, args ...any) (s string) {
	h.Helper()
	if err := h.plain.QueryRowContext(h.Context(), query, args...).Scan(&s); err != nil {
		h.Fatalf("%s: %v", query, err)
	}
	return s
}

// furnish puts in a contest with what is awkward: references, empty values,
// every byte that COPY escapes, sealed bytes, an identity column, a document.
func (h *house) furnish() {
	h.Helper()
	h.run(`INSERT INTO contests (contest_id, code, name, kind, starts_on, created_at)
	       VALUES ('00000000-0000-0000-0000-0000000000c1', 'c', $1, 'real', '2026-05-01', '2026-04-30 23:59:59.123456+08')`,
		"江城\t职工\n技能\\大赛\r\v\f\b \\N \\. 👩‍🏭")
	h.run(`INSERT INTO units (unit_id, contest_id, code, name, short, kind)
	       SELECT gen_random_uuid(), '00000000-0000-0000-0000-0000000000c1', 'u' || n, '', '', 'work_unit' FROM generate_series(1, 5) n`)
	h.run(`INSERT INTO persons (person_id, id_blind, id_number, created_at) VALUES (gen_random_uuid(), $1, $2, now())`,
		bytes.Repeat([]byte{0xff}, 32), bytes.Repeat([]byte{0, '\t', '\\', 0x80}, 1<<18))
	h.run(`INSERT INTO audit (at, actor_id, what, object, detail) SELECT now(), gen_random_uuid(), 'x', 'y', jsonb_build_object('a', n::text, 'b', '"\') FROM generate_series(1, 3) n`)
	for n := 1; n <= 3; n++ {
		h.ledger(n).append(40)
	}
}

// book is a ledger that grows.
type book struct {
	*house
	id   ledger.ID
	seq  uint64
	head ledger.Hash
	tree ledger.Tree
}

func (h *house) ledger(n int) *book {
	h.Helper()
	b := &book{house: h, id: ledger.ID{15: byte(n), 0: 0xaa}}
	b.head = ledger.Genesis(b.id)
	h.run(`INSERT INTO ledgers (ledger_id, head_hash) VALUES ($1, $2)`, b.id.String(), b.head[:])
	return b
}

// append writes records as the program does: head, signature and records at once.
func (b *book) append(count int) {
	b.Helper()
	if err := b.appendTo(b.Context(), count); err != nil {
		b.Fatal(err)
	}
}

func (b *book) appendTo(ctx context.Context, count int) error {
	tx, err := b.plain.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	seqs, bodies, hashes := []int64{}, [][]byte{}, [][]byte{}
	for range count {
		b.seq++
		body := fmt.Appendf(nil, "%s \\ \t %d\x00", b.id, b.seq)
		b.head = ledger.Chain(b.head, body)
		b.tree.Add(b.head)
		seqs, bodies, hashes = append(seqs, int64(b.seq)), append(bodies, body), append(hashes, append([]byte{}, b.head[:]...))
	}
	root, err := b.tree.Root(b.seq)
	if err != nil {
		return err
	}
	text, err := ledger.Head{Ledger: b.id, Size: b.seq, Root: root, Chain: b.head}.Sign(b.key)
	if err != nil {
		return err
	}
	for _, do := range []struct {
		query string
		args  []any
	}{
		{`UPDATE ledgers SET seq = $2, head_hash = $3 WHERE ledger_id = $1`, []any{b.id.String(), int64(b.seq), b.head[:]}},
		{`INSERT INTO heads (ledger_id, size, note) VALUES ($1, $2, $3)`, []any{b.id.String(), int64(b.seq), text}},
		{
			`INSERT INTO records (ledger_id, seq, mark_id, payload, body, hash)
		  SELECT $1, s, gen_random_uuid(), '\x00112233445566778899aabbccddeeff', b, h FROM unnest($2::bigint[], $3::bytea[], $4::bytea[]) AS r(s, b, h)`,
			[]any{b.id.String(), pq.Array(seqs), pq.Array(bodies), pq.Array(hashes)},
		},
	} {
		if _, err := tx.ExecContext(ctx, do.query, do.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func open(t testing.TB, url string) *backupstore.Database {
	t.Helper()
	d, err := backupstore.Open(url, store.Options{AllowVolatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// saved is a backup in memory.
func (h *house) saved() []byte {
	h.Helper()
	var b bytes.Buffer
	head := backup.Head{Program: "test", Reason: backup.Manual, TakenAt: taken}
	files := []backup.File{{Name: "keys/" + backup.LedgerKey, Data: []byte(h.text)}}
	if _, _, err := backup.Write(h.Context(), &b, backup.Lock{}, head, files, open(h, h.url)); err != nil {
		h.Fatal(err)
	}
	return b.Bytes()
}

// restore inspects a backup and puts it into a database.
func restore(t testing.TB, raw []byte, url string) (backup.Restored, error) {
	t.Helper()
	return backup.Restore(t.Context(), bytes.NewReader(raw), backup.Key{}, inspect(t, raw), open(t, url), 1_000)
}

// dump is everything in a database, by table, in an order of its own.
func dump(t testing.TB, url string) map[string]string {
	t.Helper()
	db, out := connect(t, url), map[string]string{}
	err := open(t, url).Snapshot(t.Context(), func(ctx context.Context, s backup.Snapshot) error {
		c, err := s.Describe(ctx)
		if err != nil {
			return err
		}
		for _, table := range c.Tables {
			var rows string
			err := db.QueryRowContext(ctx, "SELECT coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '') FROM "+pq.QuoteIdentifier(table.Name)+" t").Scan(&rows)
			if err != nil {
				return err
			}
			out[table.Name] = rows
		}
		for _, q := range c.Sequences {
			out[q.Name] = fmt.Sprint(q.Value, q.IsCalled)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func inspect(t testing.TB, raw []byte) *backup.Content {
	t.Helper()
	content, err := backup.Inspect(t.Context(), bytes.NewReader(raw), backup.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return content
}
