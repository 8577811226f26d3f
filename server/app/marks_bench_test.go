//go:build linux

package app_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/errgroup"

	"jiangtai/server/localpg"
	"jiangtai/server/rehearsal"
	"jiangtai/tools/bench/gauge"
)

// What BenchmarkMarks does for each of its figures.
const (
	markedFor    = 6 * time.Second
	panelOfEight = 8 // chairs of an event
	worksOfMany  = 30
	markAspects  = 20
)

// BenchmarkMarks is a mark's whole way (HTTP, check, chain, commit, receipt) beside
// pgbench, which commits single rows of the same weight to a PostgreSQL with the same
// settings, in turns and in one run:
//
//	go test ./server/app -run XXX -bench Marks -benchtime 1x
//
// The program is a process of its own; its clients share the machine with it, and so
// do pgbench's. Lines for people are logged; the metrics are those of ours.
func BenchmarkMarks(b *testing.B) {
	if _, err := exec.LookPath("pgbench"); err != nil {
		b.Fatal(err)
	}
	p := newPress(b, 256)
	ref := newReference(b, 300)
	for _, tablets := range []int{64, 256} {
		single := ref.run(b, tablets)
		for _, batch := range []int{1, 20} {
			b.Run(fmt.Sprintf("tablets=%d/batch=%d", tablets, batch), func(b *testing.B) {
				for range b.N {
					p.run(b, tablets, batch).report(b, single)
				}
			})
		}
	}
}

// speed is what a run showed.
type speed struct {
	perSecond float64
	delays    gauge.Spread
	database  time.Duration // PostgreSQL's processor a row
}

func (s speed) report(b *testing.B, single speed) {
	p99 := func(s speed) time.Duration { return s.delays.Quantile(.99) }
	b.Logf("marks/s %.0f, pgbench %.0f: %.2f times; p99 %v, pgbench %v; PostgreSQL a mark %v, a row %v: %.2f",
		s.perSecond, single.perSecond, s.perSecond/single.perSecond, p99(s), p99(single),
		s.database, single.database, float64(s.database)/float64(single.database))
	b.ReportMetric(s.perSecond, "marks/s")
	b.ReportMetric(s.perSecond/single.perSecond, "×pgbench")
	b.ReportMetric(float64(p99(s).Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(s.database)/float64(single.database), "pg-cpu-ratio")
	b.ReportMetric(0, "ns/op")
}

// postgres is how much processor a server has used: what still lives of it, and
// through the postmaster what has ended.
func postgres(data string) (time.Duration, error) {
	raw, err := os.ReadFile(filepath.Join(data, "postgres", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	sum := time.Duration(0)
	list, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, at := range list {
		stat, err := os.ReadFile(at)
		if err != nil {
			continue
		}
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(at)))
		switch {
		case strconv.Itoa(pid) == first:
			sum += gauge.CPU(pid) + gauge.Ended(pid)
		case len(fields) > 1 && string(fields[1]) == first:
			sum += gauge.CPU(pid)
		}
	}
	return sum, nil
}

// reference is a PostgreSQL with the program's settings and pgbench.
type reference struct {
	data, url, script string
}

func newReference(b *testing.B, connections int) reference {
	b.Helper()
	data := b.TempDir()
	server, err := localpg.Start(b.Context(), localpg.Config{Data: data, NoFetch: true, Connections: connections})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	})
	r := reference{data: data, url: server.URL(), script: filepath.Join(data, "row.sql")}
	// A body of 90 bytes, a digest of 16 and a hash of 32, as a mark's record has them.
	row := `INSERT INTO rows (mark_id, payload, body, hash) VALUES (gen_random_uuid(), decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 90), 'hex'), decode(repeat('ef', 32), 'hex'));`
	if err := os.WriteFile(r.script, []byte(row), 0o644); err != nil {
		b.Fatal(err)
	}
	table := `CREATE TABLE rows (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mark_id uuid NOT NULL UNIQUE, payload bytea NOT NULL, body bytea NOT NULL, hash bytea NOT NULL)`
	if out, err := exec.CommandContext(b.Context(), "psql", r.url, "-c", table).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return r
}

func (r reference) run(b *testing.B, clients int) speed {
	b.Helper()
	log := filepath.Join(b.TempDir(), "log")
	before, err := postgres(r.data)
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	cmd := exec.CommandContext(b.Context(), "pgbench", "--no-vacuum", "--protocol=prepared", "--file="+r.script,
		"--client="+strconv.Itoa(clients), "--jobs=2", "--time="+strconv.Itoa(int(markedFor/time.Second)), "--log", "--log-prefix="+log, r.url)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	after, err := postgres(r.data)
	if err != nil {
		b.Fatal(err)
	}
	var s speed
	files, _ := filepath.Glob(log + "*")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		for line := range bytes.Lines(raw) {
			micros, _ := strconv.Atoi(string(bytes.Fields(line)[2]))
			s.delays.Add(time.Duration(micros) * time.Microsecond)
		}
	}
	s.perSecond = float64(s.delays.Count()) / min(took.Seconds(), markedFor.Seconds()+1)
	s.database = (after - before) / time.Duration(s.delays.Count())
	return s
}

// press is the program as a process of its own, with tablets at many events.
type press struct {
	*process
	tablets []*presser
}

// presser is a tablet that marks cell after cell, and corrects when all are marked.
type presser struct {
	token, event  string
	chair, markAt int
	seq           int
	cells         []string // work and aspect as JSON
	newest        []uuid.UUID
}

func newPress(b *testing.B, tablets int) *press {
	b.Helper()
	data := b.TempDir()
	tw := &town{t: b, data: data, log: &logKeeper{}}
	if err := tw.start(b.Context()); err != nil {
		b.Fatal(err)
	}
	events := tablets / panelOfEight
	fair := tw.importFair(pressPackage(b, events))
	p := &press{process: newProcess(b, data)}
	for i := range events {
		code := "e" + strconv.Itoa(i+1)
		for _, t := range fair.pair(code) {
			p.tablets = append(p.tablets, newPresser(t))
		}
		fair.mustAct(code, "open")
	}
	if err := tw.end(); err != nil {
		b.Fatal(err)
	}
	p.start()
	return p
}

func newPresser(t *rehearsal.Tablet) *presser {
	p := &presser{token: t.Client.Token, event: t.Bundle.Event.ID, chair: t.Bundle.Chair.Number}
	for w := range worksOfMany {
		for a := range markAspects {
			p.cells = append(p.cells, fmt.Sprintf(`"work":%q,"aspect":"a%d"`, entryNo(w+1), a+1))
		}
	}
	p.newest = make([]uuid.UUID, len(p.cells))
	return p
}

// next appends the body of a request with so many marks.
func (p *presser) next(to []byte, batch int) []byte {
	to = append(to, `{"marks":[`...)
	for i := range batch {
		if i > 0 {
			to = append(to, ',')
		}
		p.seq++
		at, id := p.markAt%len(p.cells), uuid.New()
		p.markAt++
		to = fmt.Appendf(to, `{"mark_id":"%s","event":%q,"chair":%d,%s,"attempt":1,"round":1,"kind":"mark","value":"%d","version":1,"device_seq":%d,"client_at":1764000000000`,
			id, p.event, p.chair, p.cells[at], p.seq%100, p.seq)
		if p.newest[at] != uuid.Nil {
			to = fmt.Appendf(to, `,"supersedes":"%s"`, p.newest[at])
		}
		p.newest[at] = id
		to = append(to, '}')
	}
	return append(to, `]}`...)
}

func (p *press) run(b *testing.B, tablets, batch int) speed {
	b.Helper()
	client := &fasthttp.HostClient{Addr: p.addr, MaxConns: tablets, ReadTimeout: time.Minute}
	defer client.CloseIdleConnections()
	var s speed
	var mu sync.Mutex // guards s.delays
	before, err := postgres(p.data)
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.Context(), markedFor)
	defer cancel()
	var group errgroup.Group
	began := time.Now()
	for _, t := range p.tablets[:tablets] {
		group.Go(func() error {
			var delays gauge.Spread
			err := t.press(ctx, client, p.base(), batch, &delays)
			mu.Lock()
			defer mu.Unlock()
			s.delays.Join(&delays)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	after, err := postgres(p.data)
	if err != nil {
		b.Fatal(err)
	}
	marks := s.delays.Count() * int64(batch)
	s.perSecond = float64(marks) / took.Seconds()
	s.database = (after - before) / time.Duration(cmp.Or(marks, 1))
	return s
}

func (p *presser) press(ctx context.Context, client *fasthttp.HostClient, base string, batch int, delays *gauge.Spread) error {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI(base + "/api/v1/marks")
	req.Header.SetMethod(http.MethodPost)
	req.Header.SetContentType("application/json")
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("X-Jiangtai", "1")
	var body []byte
	for ctx.Err() == nil {
		body = p.next(body[:0], batch)
		req.SetBodyRaw(body)
		began := time.Now()
		if err := client.Do(req, res); err != nil {
			return err
		}
		delays.Add(time.Since(began))
		if n := bytes.Count(res.Body(), []byte(`"receipt"`)); n != batch {
			return errors.New("only " + strconv.Itoa(n) + " receipts: " + string(res.Body()[:min(600, len(res.Body()))]))
		}
	}
	return nil
}

// pressPackage is a contest of many events with eight judges each.
func pressPackage(t testing.TB, events int) map[string]string {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "scheme"}},
		"entries": {{"event", "entry_no", "name"}},
		"judges":  {{"event", "panel"}},
		"units":   {{"code", "name"}},
	}
	for e := range events {
		code := "e" + strconv.Itoa(e+1)
		tb["events"] = append(tb["events"], []string{code, "焊工", "press"})
		for i := range worksOfMany {
			tb["entries"] = append(tb["entries"], []string{code, entryNo(i + 1), "选手" + strconv.Itoa(i+1)})
		}
		for range panelOfEight {
			tb["judges"] = append(tb["judges"], []string{code, "j"})
		}
	}
	var aspects []string
	for a := range markAspects {
		aspects = append(aspects, fmt.Sprintf(`{"id":"a%d","name":{"zh":"工件"},"kind":"panel","panel":"j","max":"100","step":"0.25"}`, a+1))
	}
	scheme := `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"j","name":{"zh":"评分"},"chairs":8}],"rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","criteria":[
  {"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[` + strings.Join(aspects, ",") + `]}]}]}]}`
	return tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"press": []byte(scheme)})
}
