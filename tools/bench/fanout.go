package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
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
	s, err := swarm.Open(swarm.Config{Address: c.addr, Clients: l.clients, Subscribe: `{"subscribe":["bench"]}`}, time.Minute)
	if err != nil {
		return f, err
	}
	defer s.Close()
	from := time.Now().Add(l.warm)
	to := from.Add(l.length)
	s.Count(from, to)
	filler := strings.Repeat("x", max(0, l.size-48))
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
		if _, err := fmt.Fprintf(c.input, "{%s%d,\"rows\":\"%s\"}\n", swarm.Stamp, at.UnixNano(), filler); err != nil {
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

func fanout(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("fanout", flag.ContinueOnError)
	var l load
	flags.IntVar(&l.clients, "clients", 5000, "clients")
	flags.IntVar(&l.rate, "rate", 10, "changes a second")
	flags.IntVar(&l.size, "size", 1024, "bytes of a change")
	flags.DurationVar(&l.warm, "warm", 2*time.Second, "before counting")
	flags.DurationVar(&l.length, "length", 10*time.Second, "of the counting")
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
