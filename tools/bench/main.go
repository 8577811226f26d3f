// Command bench measures the program beside what others do, in one run on one
// machine, and prints every figure beside its goal (make bench).
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
