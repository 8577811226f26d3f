//go:build linux

package app_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingstore"
	"jiangtai/server/ledger"
	"jiangtai/server/localpg"
	"jiangtai/server/rehearsal"
	"jiangtai/server/store"
	"jiangtai/tools/bench/gauge"
)

// A whole city (全市): 120 events × 60 entries × 5 judges × 40 aspects, 1.44 million
// marks.
const (
	cityEvents  = 120
	cityEntries = 60
	cityJudges  = 5
	cityAspects = 40
	cityRule    = `"max":"5","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}`
)

// cityTail is how many records of every event are newer than its snapshot: ten thousand
// of the city.
const cityTail = 84

// BenchmarkRestart starts the program as a process of its own on the ledgers of a whole
// city, beside a bare SELECT of the same bodies with SHA-256 over them, in turns:
//
//	go test ./server/app -run XXX -bench Restart -benchtime 3x
//
// Every turn writes another tail of ten thousand marks behind the snapshots. PostgreSQL
// runs all the time. BENCH_CITY names a folder that keeps the city between runs: making it
// takes minutes.
func BenchmarkRestart(b *testing.B) {
	c := openCity(b)
	c.restart(b) // afterwards there are snapshots of this program's format
	var bare, whole, short risen
	for range b.N {
		c.grow(b)
		short.add(c.restart(b))
		bare.stand += c.bare(b)
		c.forget(b)
		whole.add(c.restart(b))
	}
	n := time.Duration(b.N)
	b.Logf("with snapshots and the %d records since: serves after %v, the board that is asked for first is there after %v, all %d after %v",
		cityEvents*cityTail, short.serves/n, short.first/n, cityEvents, short.stand/n)
	b.Logf("by reading all records: serves after %v, the first board after %v, all after %v; bare SELECT and SHA-256 %v",
		whole.serves/n, whole.first/n, whole.stand/n, bare.stand/n)
	atMost(b, "seconds with snapshots until the first board that is asked for is there", (short.first / n).Seconds(), 0.3)
	atMost(b, "seconds by replay until all boards are there", (whole.stand / n).Seconds(), 2)
	atMost(b, "the same, times a bare SELECT", float64(whole.stand)/float64(bare.stand), 1.3)
	atMost(b, "MB resident when all boards are there, with snapshots", float64(short.resident)/(1<<20), 400)
	atMost(b, "MB resident afterwards", float64(max(short.settled, whole.settled))/(1<<20), 400)
	b.ReportMetric(float64(whole.stand.Milliseconds())/float64(b.N), "replay-ms")
	b.ReportMetric(float64(whole.stand)/float64(bare.stand), "×select")
	b.ReportMetric(float64(short.first.Milliseconds())/float64(b.N), "snapshot-ms")
	b.ReportMetric(float64(short.stand.Milliseconds())/float64(b.N), "snapshot-all-ms")
	b.ReportMetric(float64(max(short.resident, short.settled))/(1<<20), "resident-MB")
	b.ReportMetric(0, "ns/op")
}

// risen is how long starts took, and the most that the program held.
type risen struct {
	serves, first, stand time.Duration // until it serves, a board is there, all are
	resident, settled    int64         // when all are, and a while later
}

func (r *risen) add(o risen) {
	r.serves, r.first, r.stand = r.serves+o.serves, r.first+o.first, r.stand+o.stand
	r.resident, r.settled = max(r.resident, o.resident), max(r.settled, o.settled)
}

// bigCity is a data folder with its PostgreSQL.
type bigCity struct {
	data, url string
	boards    map[string]string // by event, since the ledgers last grew
	last      string            // the event that a start comes to last
}

func openCity(b *testing.B) *bigCity {
	b.Helper()
	c := &bigCity{data: os.Getenv("BENCH_CITY"), boards: map[string]string{}}
	if c.data == "" {
		c.data = b.TempDir()
	}
	made := filepath.Join(c.data, "city")
	if _, err := os.Stat(made); err != nil {
		c.make(b)
		if err := os.WriteFile(made, nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	server, err := localpg.Start(b.Context(), localpg.Config{Data: c.data, NoFetch: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	})
	c.url = server.URL()
	return c
}

// make imports a contest, opens its events, and writes all their marks.
func (c *bigCity) make(b *testing.B) {
	b.Helper()
	tw := &town{t: b, data: c.data, log: &logKeeper{}}
	if err := tw.start(b.Context()); err != nil {
		b.Fatal(err)
	}
	fair := tw.importFair(manyEvents{cityEvents, cityEntries, cityJudges, cityAspects, cityRule}.tables(b))
	ledgers := make([]contest.ID, 0, cityEvents)
	for code, id := range fair.events {
		fair.mustAct(code, "open")
		led, err := tw.app.LedgerOf(b.Context(), idOf(b, id))
		if err != nil {
			b.Fatal(err)
		}
		ledgers = append(ledgers, led)
	}
	url, err := os.ReadFile(filepath.Join(c.data, "database.url"))
	if err != nil {
		b.Fatal(err)
	}
	key, err := ledger.KeyFile(filepath.Join(c.data, "keys", "ledger.key"), nil)
	if err != nil {
		b.Fatal(err)
	}
	err = errors.Join(fillLedgers(b.Context(), string(url), key, tw.app.Ledgers(), ledgers, cityEntries*cityAspects*cityJudges), psql(b.Context(), string(url), strings.NewReader("VACUUM ANALYZE records; VACUUM ANALYZE heads; CHECKPOINT;")), tw.end())
	if err != nil {
		b.Fatal(err)
	}
}

func psql(ctx context.Context, url string, in io.Reader) error {
	cmd := exec.CommandContext(ctx, "psql", url, "-q", "-v", "ON_ERROR_STOP=1")
	cmd.Stdin = in
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("psql: %w: %s", err, out)
	}
	return nil
}

func fillLedgers(ctx context.Context, url string, key *ledger.Key, ledgers judging.Ledgers, ids []contest.ID, marks int) error {
	var group errgroup.Group
	group.SetLimit(2)
	for _, id := range ids {
		group.Go(func() error { return fillLedger(ctx, url, key, ledgers, id, marks) })
	}
	return group.Wait()
}

// fillLedger appends an event's marks as its clerk would have, three to a commit.
func fillLedger(ctx context.Context, url string, key *ledger.Key, ledgers judging.Ledgers, id contest.ID, marks int) error {
	var tree ledger.Tree
	var prev ledger.Hash
	at := int64(0)
	err := ledgers.Load(ctx, id, 0, func(l judging.Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		tree.Add(l.Hash)
		prev, at = l.Hash, rec.At
		return err
	})
	if err != nil {
		return err
	}
	devices := [cityJudges]scoring.ID{}
	for i := range devices {
		devices[i] = scoring.ID(uuid.New())
	}
	var records, heads strings.Builder
	first := tree.Size()
	for n := range marks {
		judge, cell := n%cityJudges, n/cityJudges
		entry, aspect := cell/cityAspects, cell%cityAspects
		quarters := (entry*17 + aspect*13 + judge*7 + entry*aspect*judge + int(first)) % 21
		at += int64(50 * time.Millisecond)
		seq := tree.Size() + 1
		mark := uuid.New()
		body := scoring.AppendRecord(nil, scoring.Record{Seq: seq, At: at, Command: scoring.Command{
			Kind: scoring.Mark, MarkID: scoring.ID(mark), Device: devices[judge], Chair: scoring.ChairID(judge + 1), DeviceSeq: uint32(cell + 1),
			ClientAt: at / int64(time.Millisecond), Entry: scoring.EntryID(entry + 1), Aspect: "a" + strconv.Itoa(aspect+1), Attempt: 1, Round: 1,
			Value: fmt.Sprintf("%d.%02d", quarters/4, quarters%4*25), Version: 1,
		}})
		payload := sha256.Sum256(body)
		prev = ledger.Chain(prev, body)
		tree.Add(prev)
		fmt.Fprintf(&records, "%s\t%d\t%s\t\\\\x%x\t\\\\x%x\t\\\\x%s\n", id, seq, mark, payload[:16], body, hex.EncodeToString(prev[:]))
		if n%3 == 2 || n == marks-1 {
			root, err := tree.Root(seq)
			if err != nil {
				return err
			}
			note, err := ledger.Head{Ledger: ledger.ID(id), Size: seq, Root: root, Chain: prev}.Sign(key)
			if err != nil {
				return err
			}
			fmt.Fprintf(&heads, "%s\t%d\t%s\n", id, seq, strings.ReplaceAll(note, "\n", `\n`))
		}
	}
	script := "BEGIN;\nCOPY records (ledger_id, seq, mark_id, payload, body, hash) FROM STDIN;\n" + records.String() + "\\.\n" +
		"COPY heads (ledger_id, size, note) FROM STDIN;\n" + heads.String() + "\\.\n" +
		fmt.Sprintf("UPDATE ledgers SET seq = %d, head_hash = '\\x%s' WHERE ledger_id = '%s' AND seq = %d;\nCOMMIT;\n", tree.Size(), prev, id, first)
	return psql(ctx, url, strings.NewReader(script))
}

// grow puts a tail of further marks behind every ledger.
func (c *bigCity) grow(b *testing.B) {
	b.Helper()
	clear(c.boards)
	db, err := store.Open(b.Context(), c.url, store.Options{StatementTimeout: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	ledgers, err := judgingstore.Open(b.Context(), db, db)
	if err != nil {
		b.Fatal(err)
	}
	defer ledgers.Close()
	var ids []uuid.UUID
	if err := db.Querier(b.Context()).SelectContext(b.Context(), &ids, `SELECT ledger_id FROM ledgers WHERE seq > 0 ORDER BY ledger_id`); err != nil || len(ids) != cityEvents {
		b.Fatal(len(ids), err)
	}
	key, err := ledger.KeyFile(filepath.Join(c.data, "keys", "ledger.key"), nil)
	if err != nil {
		b.Fatal(err)
	}
	list := make([]contest.ID, len(ids))
	for i, id := range ids {
		list[i] = contest.ID(id)
	}
	if err := fillLedgers(b.Context(), c.url, key, ledgers, list, cityTail); err != nil {
		b.Fatal(err)
	}
}

// bare is what nobody can do without: the bodies, and a hash over each.
func (c *bigCity) bare(b *testing.B) time.Duration {
	b.Helper()
	db, err := store.Open(b.Context(), c.url, store.Options{StatementTimeout: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	began := time.Now()
	rows, err := db.Querier(b.Context()).QueryxContext(b.Context(), `SELECT body FROM records`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n, body, prev := 0, sql.RawBytes{}, [32]byte{}
	for rows.Next() {
		if err := rows.Scan(&body); err != nil {
			b.Fatal(err)
		}
		prev = sha256.Sum256(append(prev[:], body...))
		n++
	}
	if err := rows.Err(); err != nil || n < cityEvents*cityEntries*cityJudges*cityAspects {
		b.Fatal(n, err)
	}
	return time.Since(began)
}

// all waits for all boards, as who asks for the list of events does, and gives the events.
func (c *bigCity) all(b *testing.B, client *rehearsal.Client) (ids []string) {
	b.Helper()
	for len(ids) < cityEvents {
		var list struct{ Events []struct{ ID string } }
		get(b, client, fmt.Sprintf("/api/v1/public/events?limit=60&offset=%d", len(ids)), &list)
		if len(list.Events) == 0 {
			b.Fatalf("%d events", len(ids))
		}
		for _, e := range list.Events {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// hold compares events' standings with what they were at another start.
func (c *bigCity) hold(b *testing.B, client *rehearsal.Client, ids []string) {
	b.Helper()
	for _, id := range ids {
		var raw []byte
		get(b, client, "/api/v1/public/events/"+id+"/standings", &raw)
		board, err := rehearsal.ReadBoard(raw)
		if err != nil {
			b.Fatal(err)
		}
		text := fmt.Sprintf("%d/%d %+v", board.Epoch, board.N, board.Rows)
		if was, ok := c.boards[id]; ok && was != text {
			b.Fatalf("event %s:\n%s\nwas\n%s", id, text, was)
		}
		c.boards[id] = text
	}
}

// written is how many snapshots were written since.
func (c *bigCity) written(since time.Time) (n int) {
	files, _ := filepath.Glob(filepath.Join(c.data, "snapshots", "*.snapshot"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.ModTime().After(since) {
			n++
		}
	}
	return n
}

// forget removes the snapshots.
func (c *bigCity) forget(b *testing.B) {
	b.Helper()
	if err := os.RemoveAll(filepath.Join(c.data, "snapshots")); err != nil {
		b.Fatal(err)
	}
}

// restart starts the program, asks for one board at once and then for all, and waits
// until there are so many new snapshots; then it stops in order. The standings are those
// of every other start.
func (c *bigCity) restart(b *testing.B) (r risen) {
	b.Helper()
	p := newProcess(b, c.data)
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	p.cmd = exec.CommandContext(b.Context(), exe, "serve", "--data", p.data, "--http-addr", p.addr, "--log-level", "info", "--database-url", c.url)
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.log
	before := time.Now()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	c.serves(b, p, before)
	r.serves = time.Since(before)
	client := rehearsal.NewClient(p.base())
	defer client.Rest()
	if c.last != "" {
		c.hold(b, client, []string{c.last})
	}
	r.first = time.Since(before)
	ids := c.all(b, client)
	r.stand, r.resident = time.Since(before), gauge.Resident(p.cmd.Process.Pid)
	used := gauge.CPU(p.cmd.Process.Pid)
	c.last = ids[len(ids)-1]
	c.hold(b, client, append(ids[:5:5], c.last))
	eventually(b, 2*time.Minute, "all ledgers are surveyed", func() bool { return c.written(before) >= cityEvents })
	later := time.NewTimer(8 * time.Second)
	defer later.Stop()
	<-later.C
	r.settled = gauge.Resident(p.cmd.Process.Pid)
	if code := p.terminate(); code != 0 {
		b.Fatalf("it ends with %d: %s", code, p.log)
	}
	b.Logf("serves after %v, first board after %v, all after %v and %v of the program's processor; %d MB, later %d MB",
		r.serves, r.first, r.stand, used, r.resident>>20, r.settled>>20)
	if log := bufio.NewScanner(strings.NewReader(p.log.String())); testing.Verbose() {
		for log.Scan() {
			b.Log(log.Text())
		}
	}
	return r
}

// serves waits until the program says that it is ready.
func (c *bigCity) serves(b *testing.B, p *process, since time.Time) {
	b.Helper()
	client := &http.Client{Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for {
		res, err := client.Get(p.base() + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		<-tick.C
		if time.Since(since) > time.Minute {
			b.Fatal("not ready in a minute:", p.log)
		}
	}
}
