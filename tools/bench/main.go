// Command bench measures the program beside what others do, in one run on one
// machine, and prints every figure beside its goal (make bench).
//
//	bench        fan-out beside the usual way, plain beside compressed
//	bench city   120 events, 840 tablets, 10,000 phones: from the mark to the phone
//	bench crowd  64 tablets, 300 marks/s: a receipt's p99 without and with 5,000 phones
//	bench cut    5,000 phones cut off at once: when all are back
//	bench bytes  a mark on a board of 60 rows, beside the rows that moved
//	bench stuck  50 of 1,000 do not read: what the others notice
//	bench tls    the same fan-out through TLS
//	bench reads  what everybody may read, beside nginx
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"runtime/pprof"
	"strings"

	"jiangtai/tools/bench/reads"
	"jiangtai/tools/bench/whole"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, args []string) error {
	if len(args) == 2 && args[0] == "serve" {
		return serve(ctx, args[1])
	}
	if len(args) > 3 && args[0] == "phones" {
		return whole.Phones(os.Stdin, os.Stdout, args[1], args[2], args[3:])
	}
	if len(args) > 0 && args[0] == "reads" {
		return public(ctx, args[1:])
	}
	if len(args) > 0 && scenarios[args[0]] != nil {
		return scenarios[args[0]](ctx, os.Stdout)
	}
	return fanout(ctx, os.Stdout, args)
}

// public measures what everybody may read, beside nginx.
func public(ctx context.Context, args []string) error {
	c, err := start(ctx, "public")
	if err != nil {
		return err
	}
	defer c.stop()
	return reads.Run(ctx, os.Stdout, reads.Server{Addr: c.addr, PID: c.cmd.Process.Pid}, args)
}

// serve is a server in a process of its own, so that its costs are its own.
func serve(ctx context.Context, kind string) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	certificate := ""
	if plain, secure := strings.CutSuffix(kind, "-tls"); secure {
		if listener, certificate, err = encrypt(listener); err != nil {
			return err
		}
		kind = plain
	}
	fmt.Println(listener.Addr(), certificate)
	if path := os.Getenv("BENCH_PROFILE"); path != "" {
		file, err := os.Create(path + "." + kind)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	return servers[kind](listener, os.Stdin)
}
