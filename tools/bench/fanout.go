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

	"jiangtai/tools/bench/gauge"
	"jiangtai/tools/bench/serving"
	"jiangtai/tools/bench/swarm"
)

var servers = map[string]func(net.Listener, io.Reader) error{"ours": serving.Ours, "usual": serving.Usual}

// child is a server under measurement.
type child struct {
	cmd   *exec.Cmd
	input io.WriteCloser
	addr  string
}

func start(ctx context.Context, kind string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, self, "serve", kind)}
	c.cmd.Stderr = os.Stderr
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
	c.addr = strings.TrimSpace(line)
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
	warm, length  time.Duration
}

// found is what a run showed.
type found struct {
	perDelivery  time.Duration // of the server's processor
	perChange    time.Duration // the same over what was published for each client
	delays       gauge.Spread
	deliveries   int64
	residentEach int64
	behind, lost int
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
	header := ""
	if l.packed {
		header = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
	}
	s, err := swarm.Open(swarm.Config{Address: c.addr, Header: header, Clients: l.clients, Subscribe: `{"subscribe":["bench"]}`}, time.Minute)
	if err != nil {
		return f, err
	}
	defer s.Close()
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

func fanout(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("fanout", flag.ContinueOnError)
	var l load
	flags.IntVar(&l.clients, "clients", 5000, "clients")
	flags.IntVar(&l.rate, "rate", 10, "changes a second")
	flags.IntVar(&l.size, "size", 1024, "bytes of a change")
	flags.DurationVar(&l.warm, "warm", 2*time.Second, "before counting")
	flags.DurationVar(&l.length, "length", 10*time.Second, "of the counting")
	flags.BoolVar(&l.packed, "packed", false, "offer compression")
	turns := flags.Int("turns", 2, "alternations")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for range *turns {
		for _, kind := range []string{"usual", "ours"} {
			f, err := measure(ctx, kind, l)
			if err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			fmt.Printf("%-6s %d × %d/s: CPU %v a delivery, %v a change; p50 %v p99 %v; %d deliveries; %d B resident each; behind %d, lost %d\n",
				kind, l.clients, l.rate, f.perDelivery, f.perChange, f.delays.Quantile(.5), f.delays.Quantile(.99), f.deliveries, f.residentEach, f.behind, f.lost)
		}
	}
	return nil
}
