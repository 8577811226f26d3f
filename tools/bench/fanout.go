package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strings"
	"time"

	"jiangtai/server/rehearsal/pulse"
	"jiangtai/tools/bench/gauge"
	"jiangtai/tools/bench/reads"
	"jiangtai/tools/bench/serving"
	"jiangtai/tools/bench/swarm"
	"jiangtai/tools/bench/whole"
)

var servers = map[string]func(net.Listener, io.Reader) error{"ours": serving.Ours, "usual": serving.Usual, "public": reads.Serve, "program": whole.Serve}

// child is a server under measurement.
type child struct {
	cmd   *exec.Cmd
	input io.WriteCloser
	addr  string
	// certificate is its own, DER in base64; "" without TLS.
	certificate string
}

func start(ctx context.Context, kind string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, self, "serve", kind)}
	c.cmd.Stderr = os.Stderr
	// Its input's end ends it in order: it may have a database to stop.
	c.cmd.Cancel, c.cmd.WaitDelay = func() error { return c.input.Close() }, 20*time.Second
	if c.input, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	c.addr, c.certificate, _ = strings.Cut(strings.TrimSpace(line), " ")
	return c, err
}

func (c *child) stop() {
	_ = c.input.Close()
	_ = c.cmd.Wait()
}

// load is one kind of run.
type load struct {
	clients, rate int
	size          int
	packed        bool
	stuck         int // further clients that do not read
	warm, length  time.Duration
}

// found is what a run showed.
type found struct {
	perDelivery  time.Duration // of the server's processor
	perChange    time.Duration // the same over what was published for each client
	delays       pulse.Spread
	deliveries   int64
	residentEach int64
	behind, lost int
	late         int // of those that did not read: who did not get the newest state, or were disconnected
}

func measure(ctx context.Context, kind string, l load) (found, error) {
	var f found
	c, err := start(ctx, kind)
	if err != nil {
		return f, err
	}
	defer c.stop()
	pid := c.cmd.Process.Pid
	empty := gauge.Resident(pid)
	cfg := swarm.Config{Address: c.addr, Clients: l.clients, Subscribe: func(int) string { return `{"subscribe":["bench"]}` }}
	if l.packed {
		cfg.Header = swarm.Packed
	}
	s, err := swarm.Open(cfg, time.Minute)
	if err != nil {
		return f, err
	}
	defer s.Close()
	idle, err := sit(ctx, c.addr, l.stuck)
	if err != nil {
		return f, err
	}
	defer idle.close()
	from := time.Now().Add(l.warm)
	to := from.Add(l.length)
	s.Count(from, to)
	every := time.Second / time.Duration(l.rate)
	var cpu time.Duration
	var last time.Time
	counting := false
	for at := time.Now(); at.Before(to); at = at.Add(every) {
		select {
		case <-time.After(time.Until(at)):
		case <-ctx.Done():
			return f, ctx.Err()
		}
		if !counting && !at.Before(from) {
			counting, cpu = true, gauge.CPU(pid)
			f.residentEach = (gauge.Resident(pid) - empty) / int64(l.clients)
		}
		last = at
		if _, err := fmt.Fprintf(c.input, "{%s%d,\"rows\":[%s]}\n", swarm.Stamp, at.UnixNano(), rows(l.size-50)); err != nil {
			return f, err
		}
	}
	for waited := time.Duration(0); s.Behind(last) > 0 && waited < 10*time.Second; waited += 20 * time.Millisecond {
		time.Sleep(20 * time.Millisecond)
	}
	cpu = gauge.CPU(pid) - cpu
	f.late = idle.late(last)
	f.behind, f.lost = s.Behind(last), s.Lost()
	f.deliveries, _, f.delays = s.Counted()
	f.perDelivery = cpu / time.Duration(max(f.deliveries, 1))
	f.perChange = cpu / time.Duration(int(l.length/every)*l.clients)
	return f, nil
}

// rows is about so many bytes of what stands in a change of a board.
func rows(size int) string {
	var b strings.Builder
	for b.Len() < size {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		n := rand.IntN(1000)
		fmt.Fprintf(&b, `{"no":"%03d","rank":%d,"total":"%d.%02d","done":%d}`, n, n%60+1, n%100, n*7%100, n%40)
	}
	return b.String()
}

// comparison is one line of the report: the mean of the turns beside the reference's
// in the same turns.
type comparison struct {
	what  string
	ratio float64 // of ours to the reference's, of what counts here
	goal  float64 // at most this
	note  string
}

func (c comparison) String() string {
	word := "ok    "
	if c.ratio > c.goal {
		word = "MISSED"
	}
	return fmt.Sprintf("%s %-52s %6.2f (goal ≤ %.2f)  %s", word, c.what, c.ratio, c.goal, c.note)
}

// compare alternates two runs and gives what they showed.
func compare(ctx context.Context, out io.Writer, turns int, first, second run) (a, b []found, err error) {
	for range turns {
		for _, r := range []run{first, second} {
			f, err := measure(ctx, r.kind, r.load)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", r, err)
			}
			fmt.Fprintf(out, "  %s: %s\n", r, f)
			if r == first {
				a = append(a, f)
			} else {
				b = append(b, f)
			}
		}
	}
	return a, b, nil
}

// run is a server under a load.
type run struct {
	kind string
	load
}

func (r run) String() string {
	name := r.kind
	if r.packed {
		name += " compressed"
	}
	return fmt.Sprintf("%s, %d × %d/s", name, r.clients, r.rate)
}

func (f found) String() string {
	return fmt.Sprintf("CPU %v a delivery, %v a change; p50 %v p99 %v; %d deliveries; %.1f KB resident each; behind %d, lost %d",
		f.perDelivery, f.perChange, f.delays.Quantile(.5).Round(time.Millisecond), f.delays.Quantile(.99).Round(time.Millisecond),
		f.deliveries, float64(f.residentEach)/1024, f.behind, f.lost)
}

func mean(list []found, of func(found) float64) float64 {
	sum := 0.0
	for _, f := range list {
		sum += of(f)
	}
	return sum / float64(len(list))
}

// fanout compares the live path with the usual way and with itself compressed.
func fanout(ctx context.Context, out io.Writer, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	l := load{rate: 10}
	flags.IntVar(&l.clients, "clients", 5000, "clients")
	flags.IntVar(&l.size, "size", 1024, "bytes of a change")
	flags.DurationVar(&l.warm, "warm", 2*time.Second, "before counting")
	flags.DurationVar(&l.length, "length", 10*time.Second, "of the counting")
	turns := flags.Int("turns", 2, "alternations")
	if err := flags.Parse(args); err != nil {
		return err
	}
	fast, packed := l, l
	fast.rate, packed.packed = 50, true
	perDelivery := func(f found) float64 { return float64(f.perDelivery) }
	perChange := func(f found) float64 { return float64(f.perChange) }
	p99 := func(f found) float64 { return f.delays.Quantile(.99).Seconds() * 1000 }
	var lines []comparison

	usual, ours, err := compare(ctx, out, *turns, run{"usual", l}, run{"ours", l})
	if err != nil {
		return err
	}
	lines = append(lines,
		comparison{"CPU a delivery, 10/s, beside the usual way", mean(ours, perDelivery) / mean(usual, perDelivery), 0.65, ""},
		comparison{"p99 of a delivery, 10/s, beside the usual way", mean(ours, p99) / mean(usual, p99), 1, ""},
		comparison{"KB resident a connection", mean(ours, func(f found) float64 { return float64(f.residentEach) / 1024 }), 15, "not a ratio; aim 12"})
	usual, ours, err = compare(ctx, out, *turns, run{"usual", fast}, run{"ours", fast})
	if err != nil {
		return err
	}
	behind := mean(ours, func(f found) float64 { return float64(f.behind + f.lost) })
	lines = append(lines,
		comparison{"CPU a change for each client, 50/s, beside the usual", mean(ours, perChange) / mean(usual, perChange), 0.3, ""},
		comparison{"p99 of a delivery, 50/s, in quarters of a second", mean(ours, p99) / 250, 1, fmt.Sprintf("%.0f ms", mean(ours, p99))},
		comparison{"clients without the newest state afterwards, 50/s", behind, 0, ""})
	plain, squeezed, err := compare(ctx, out, *turns, run{"ours", l}, run{"ours", packed})
	if err != nil {
		return err
	}
	lines = append(lines, comparison{"CPU a delivery compressed, beside plain", mean(squeezed, perDelivery) / mean(plain, perDelivery), 1.1, ""})
	for _, c := range lines {
		fmt.Fprintln(out, c)
	}
	return nil
}
