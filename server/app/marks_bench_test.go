//go:build linux

package app_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiangtai/server/rehearsal/pulse"
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
// settings, and beside writers that join rows without HTTP, in turns and in one run:
//
//	go test ./server/app -run XXX -bench Marks -benchtime 1x
//
// The program is a process of its own; its clients share the machine with it, and so
// do the references'. Lines for people are logged, each figure beside its goal; the
// metrics are those of ours.
func BenchmarkMarks(b *testing.B) {
	if _, err := exec.LookPath("pgbench"); err != nil {
		b.Fatal(err)
	}
	p := newPress(b, 120)
	ref := newReference(b, 300)
	for _, tablets := range []int{64, 256} {
		for _, batch := range []int{1, 20} {
			b.Run(fmt.Sprintf("tablets=%d/batch=%d", tablets, batch), func(b *testing.B) {
				for range b.N {
					single, joined := ref.run(b, tablets), ref.group(b, tablets)
					p.run(b, p.tablets[:tablets], batch, markedFor).report(b, batch, single, joined)
				}
			})
		}
	}
	b.Run("alone", func(b *testing.B) {
		for range b.N {
			p.alone(b, ref)
		}
	})
	b.Run("events=120", func(b *testing.B) {
		for range b.N {
			var two []*presser // of each event
			for i, t := range p.tablets {
				if i%panelOfEight < 2 {
					two = append(two, t)
				}
			}
			s := p.run(b, two, 1, markedFor)
			b.Logf("%d tablets at 120 events: %s", len(two), s)
			b.ReportMetric(s.perSecond, "marks/s")
			b.ReportMetric(0, "ns/op")
		}
	})
	b.Run("flush", func(b *testing.B) {
		for range b.N {
			c, err := newCrowd(p.addr, p.tablets[:300])
			if err != nil {
				b.Fatal(err)
			}
			began := time.Now()
			if err := c.press(time.Minute, 20, 5); err != nil {
				b.Fatal(err)
			}
			c.close()
			atMost(b, "seconds until 300 tablets have handed over 100 marks each", time.Since(began).Seconds(), 10)
		}
	})
}

// speed is what a run showed.
type speed struct {
	perSecond float64
	delays    pulse.Spread
	database  time.Duration // PostgreSQL's processor a row
	program   time.Duration // the program's a mark
	clients   time.Duration // the tablets' a mark
	allocs    float64       // of the program a mark
}

func (s speed) String() string {
	return fmt.Sprintf("%.0f/s, half within %v, p99 %v; processor a mark: program %v, PostgreSQL %v, clients %v; %.0f allocations a mark",
		s.perSecond, s.delays.Quantile(.5), s.delays.Quantile(.99), s.program, s.database, s.clients, s.allocs)
}

func (s speed) report(b *testing.B, batch int, single, joined speed) {
	timesSingle, timesJoined := 2.0, 0.4
	if batch > 1 {
		timesSingle, timesJoined = 4, 0.7
	}
	b.Logf("ours: %s", s)
	b.Logf("pgbench: %.0f/s, p99 %v, PostgreSQL %v a row; joined without HTTP: %.0f/s, p99 %v",
		single.perSecond, single.delays.Quantile(.99), single.database, joined.perSecond, joined.delays.Quantile(.99))
	atLeast(b, "marks/s beside pgbench's rows", s.perSecond/single.perSecond, timesSingle)
	atLeast(b, "marks/s beside rows joined without HTTP", s.perSecond/joined.perSecond, timesJoined)
	atMost(b, "p99 of a request beside pgbench's", float64(s.delays.Quantile(.99))/float64(single.delays.Quantile(.99)), 1)
	atMost(b, "PostgreSQL's processor a mark beside a row", float64(s.database)/float64(single.database), .25)
	b.ReportMetric(s.perSecond, "marks/s")
	b.ReportMetric(s.perSecond/single.perSecond, "×pgbench")
	b.ReportMetric(s.perSecond/joined.perSecond, "×joined")
	b.ReportMetric(float64(s.delays.Quantile(.99).Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(s.database)/float64(single.database), "pg-cpu-ratio")
	b.ReportMetric(s.allocs, "allocs/mark")
	b.ReportMetric(0, "ns/op")
}

func atLeast(b *testing.B, what string, got, goal float64) {
	b.Logf("%s: %.2f, goal at least %.2f%s", what, got, goal, missed(got < goal))
}

func atMost(b *testing.B, what string, got, goal float64) {
	b.Logf("%s: %.2f, goal at most %.2f%s", what, got, goal, missed(got > goal))
}

func missed(is bool) string {
	if is {
		return ": MISSED"
	}
	return ""
}

// alone is one tablet by itself beside one transaction of one row with the same driver.
func (p *press) alone(b *testing.B, ref reference) {
	var ours, theirs pulse.Spread
	for range 3 {
		s := p.run(b, p.tablets[:1], 1, time.Second)
		ours.Join(&s.delays)
		one := ref.alone(b, time.Second)
		theirs.Join(&one)
	}
	mine, row := ours.Quantile(.5), theirs.Quantile(.5)
	b.Logf("one tablet alone: half within %v; BEGIN, INSERT, COMMIT: %v", mine, row)
	atMost(b, "milliseconds that a tablet alone waits longer", float64((mine-row).Microseconds())/1000, .3)
	b.ReportMetric(float64(mine.Microseconds()), "µs-p50")
	b.ReportMetric(0, "ns/op")
}

// press is the program as a process of its own, with tablets at many events.
type press struct {
	*process
	counts  string // where it tells its metrics
	admin   string // the administrator's token
	tablets []*presser
}

func newPress(b *testing.B, events int) *press {
	b.Helper()
	data := b.TempDir()
	tw := &town{t: b, data: data, log: &logKeeper{}}
	if err := tw.start(b.Context()); err != nil {
		b.Fatal(err)
	}
	fair := tw.importFair(manyEvents{events, worksOfMany, panelOfEight, markAspects, `"max":"100","step":"0.25"`}.tables(b))
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
	b.Cleanup(func() { p.terminate() }) // its PostgreSQL has ended before the folder is removed
	return p
}

func (p *press) run(b *testing.B, tablets []*presser, batch int, limit time.Duration) speed {
	b.Helper()
	c, err := newCrowd(p.addr, tablets)
	if err != nil {
		b.Fatal(err)
	}
	defer c.close()
	before, err := postgres(p.data)
	if err != nil {
		b.Fatal(err)
	}
	const mallocs = "go_memstats_mallocs_total"
	was := p.count(b, mallocs)
	server, own := gauge.CPU(p.cmd.Process.Pid), gauge.CPU(os.Getpid())
	began := time.Now()
	if err := c.press(limit, batch, 0); err != nil {
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
	s.allocs = (p.count(b, mallocs) - was) / float64(max(marks, 1))
	return s
}

// manyEvents is a rehearsal of many events that are alike: works, judges of one panel,
// and aspects that all of them mark by the rule, JSON without id, kind and panel.
type manyEvents struct {
	events, works, judges, aspects int
	rule                           string
}

func (m manyEvents) tables(t testing.TB) map[string]string {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "scheme"}},
		"entries": {{"event", "entry_no", "name"}},
		"judges":  {{"event", "panel"}},
		"units":   {{"code", "name"}},
	}
	for e := range m.events {
		code := "e" + strconv.Itoa(e+1)
		tb["events"] = append(tb["events"], []string{code, "焊工", "many"})
		for i := range m.works {
			tb["entries"] = append(tb["entries"], []string{code, entryNo(i + 1), "选手" + strconv.Itoa(i+1)})
		}
		for range m.judges {
			tb["judges"] = append(tb["judges"], []string{code, "j"})
		}
	}
	aspects := make([]string, m.aspects)
	for a := range aspects {
		aspects[a] = fmt.Sprintf(`{"id":"a%d","name":{"zh":"工件"},"kind":"panel","panel":"j",%s}`, a+1, m.rule)
	}
	scheme := fmt.Sprintf(`{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"j","name":{"zh":"评分"},"chairs":%d}],"rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","criteria":[
  {"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[%s]}]}]}]}`, m.judges, strings.Join(aspects, ","))
	return tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"many": []byte(scheme)})
}
