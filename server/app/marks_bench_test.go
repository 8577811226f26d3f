//go:build linux

package app_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiangtai/server/localpg"
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
	program   time.Duration // the program's a mark
	clients   time.Duration // the tablets' a mark
}

func (s speed) report(b *testing.B, single speed) {
	p99 := func(s speed) time.Duration { return s.delays.Quantile(.99) }
	b.Logf("processor a mark: program %v, clients %v; marks/s %.0f, pgbench %.0f: %.2f times; p99 %v, pgbench %v; PostgreSQL a mark %v, a row %v: %.2f",
		s.program, s.clients, s.perSecond, single.perSecond, s.perSecond/single.perSecond, p99(s), p99(single),
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
	counts  string // where it tells its metrics
	admin   string // the administrator's token
	tablets []*presser
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
	p := &press{process: newProcess(b, data), counts: freeAddress(b), admin: tw.admin.Token}
	p.more = []string{"--metrics-addr", p.counts}
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

func (p *press) run(b *testing.B, tablets, batch int) speed {
	b.Helper()
	c, err := newCrowd(p.addr, p.tablets[:tablets])
	if err != nil {
		b.Fatal(err)
	}
	defer c.close()
	before, err := postgres(p.data)
	if err != nil {
		b.Fatal(err)
	}
	server, own := gauge.CPU(p.cmd.Process.Pid), gauge.CPU(os.Getpid())
	began := time.Now()
	if err := c.press(markedFor, batch, 0); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	after, err := postgres(p.data)
	if err != nil {
		b.Fatal(err)
	}
	s := speed{delays: c.delays}
	marks := s.delays.Count() * int64(batch)
	s.perSecond = float64(marks) / took.Seconds()
	each := func(d time.Duration) time.Duration { return d / time.Duration(cmp.Or(marks, 1)) }
	s.database = each(after - before)
	s.program, s.clients = each(gauge.CPU(p.cmd.Process.Pid)-server), each(gauge.CPU(os.Getpid())-own)
	return s
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
