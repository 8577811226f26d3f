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

// BenchmarkRestart starts the program as a process of its own on the ledgers of a whole
// city, beside a bare SELECT of the same bodies with SHA-256 over them, in turns:
//
//	go test ./server/app -run XXX -bench Restart -benchtime 3x
//
// PostgreSQL runs all the time. BENCH_CITY names a folder that keeps the city between
// runs: making it takes a minute.
func BenchmarkRestart(b *testing.B) {
	c := openCity(b)
	var bare, whole, short time.Duration
	var resident, settled int64
	for range b.N {
		bare += c.bare(b)
		c.forget(b)
		took, _, _ := c.restart(b, cityEvents)
		whole += took
		took, at, later := c.restart(b, cityEvents)
		short, resident, settled = short+took, max(resident, at), max(settled, later)
	}
	n := time.Duration(b.N)
	b.Logf("bare SELECT and SHA-256 %v; to serving by replay %v: %.2f times (goal 1.3, and 2 s); with a snapshot %v (goal 300 ms)",
		bare/n, whole/n, float64(whole)/float64(bare), short/n)
	b.Logf("resident when ready %d MB, afterwards %d MB (goal 400)", resident>>20, settled>>20)
	b.ReportMetric(float64(whole.Milliseconds())/float64(b.N), "replay-ms")
	b.ReportMetric(float64(whole)/float64(bare), "×select")
	b.ReportMetric(float64(short.Milliseconds())/float64(b.N), "snapshot-ms")
	b.ReportMetric(float64(max(resident, settled))/(1<<20), "resident-MB")
	b.ReportMetric(0, "ns/op")
}

// bigCity is a data folder with its PostgreSQL.
type bigCity struct {
	data, url string
	boards    map[string]string // by event
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
	var group errgroup.Group
	group.SetLimit(2)
	for _, led := range ledgers {
		group.Go(func() error { return fillLedger(b.Context(), string(url), key, tw.app.Ledgers(), led) })
	}
	err = errors.Join(group.Wait(), psql(b.Context(), string(url), strings.NewReader("VACUUM ANALYZE records; VACUUM ANALYZE heads; CHECKPOINT;")), tw.end())
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

// fillLedger appends an event's marks as its clerk would have, three to a commit.
func fillLedger(ctx context.Context, url string, key *ledger.Key, ledgers judging.Ledgers, id contest.ID) error {
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
	for n := range cityEntries * cityAspects * cityJudges {
		judge, cell := n%cityJudges, n/cityJudges
		entry, aspect := cell/cityAspects, cell%cityAspects
		quarters := (entry*17 + aspect*13 + judge*7 + entry*aspect*judge) % 21
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
		if n%3 == 2 || n == cityEntries*cityAspects*cityJudges-1 {
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

// hold compares an event's standings with what they were at the first start.
func (c *bigCity) hold(b *testing.B, p *process) {
	b.Helper()
	client := rehearsal.NewClient(p.base())
	defer client.Rest()
	var list struct{ Events []struct{ ID string } }
	get(b, client, "/api/v1/public/events?limit=5", &list)
	for _, e := range list.Events {
		var raw []byte
		get(b, client, "/api/v1/public/events/"+e.ID+"/standings", &raw)
		board, err := rehearsal.ReadBoard(raw)
		if err != nil {
			b.Fatal(err)
		}
		text := fmt.Sprintf("%d/%d %+v", board.Epoch, board.N, board.Rows)
		if was, ok := c.boards[e.ID]; ok && was != text {
			b.Fatalf("event %s:\n%s\nwas\n%s", e.ID, text, was)
		}
		c.boards[e.ID] = text
	}
	if len(list.Events) != 5 {
		b.Fatalf("%d events", len(list.Events))
	}
}

// forget removes the snapshots.
func (c *bigCity) forget(b *testing.B) {
	b.Helper()
	if err := os.RemoveAll(filepath.Join(c.data, "snapshots")); err != nil {
		b.Fatal(err)
	}
}

// restart starts the program and gives the time until it serves, what it holds then
// and a while later, when there are so many snapshots; then it stops in order. The
// standings are those of every other start.
func (c *bigCity) restart(b *testing.B, snapshots int) (took time.Duration, resident, settled int64) {
	b.Helper()
	p := newProcess(b, c.data)
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	p.cmd = exec.CommandContext(b.Context(), exe, "serve", "--data", p.data, "--http-addr", p.addr, "--log-level", "info", "--database-url", c.url)
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.log
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for {
		res, err := client.Get(p.base() + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		<-tick.C
		if time.Since(began) > time.Minute {
			b.Fatal("not ready in a minute:", p.log)
		}
	}
	took, resident = time.Since(began), gauge.Resident(p.cmd.Process.Pid)
	used := gauge.CPU(p.cmd.Process.Pid)
	c.hold(b, p)
	eventually(b, 2*time.Minute, "all ledgers are surveyed", func() bool {
		files, _ := filepath.Glob(filepath.Join(c.data, "snapshots", "*.snapshot"))
		return len(files) >= snapshots
	})
	later := time.NewTimer(8 * time.Second)
	defer later.Stop()
	<-later.C
	settled = gauge.Resident(p.cmd.Process.Pid)
	if code := p.terminate(); code != 0 {
		b.Fatalf("it ends with %d: %s", code, p.log)
	}
	b.Logf("ready after %v, %v of them the program's processor; %d MB, later %d MB", took, used, resident>>20, settled>>20)
	if log := bufio.NewScanner(strings.NewReader(p.log.String())); testing.Verbose() {
		for log.Scan() {
			b.Log(log.Text())
		}
	}
	return took, resident, settled
}
