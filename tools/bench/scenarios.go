package main

import (
	"context"
	"io"

	"jiangtai/tools/bench/whole"
)

// scenarios are what is measured one at a time: bench NAME.
var scenarios = map[string]func(context.Context, io.Writer) error{
	"city":  withProgram((*whole.Program).City),
	"cut":   withProgram((*whole.Program).Cut),
	"bytes": withProgram((*whole.Program).Bytes),
	"crowd": withProgram((*whole.Program).Crowd),
	"stuck": stuck,
	"tls":   encrypted,
}

// withProgram runs a scenario on a program of its own.
func withProgram(of func(*whole.Program, context.Context, io.Writer) error) func(context.Context, io.Writer) error {
	return func(ctx context.Context, out io.Writer) error {
		c, err := start(ctx, "program")
		if err != nil {
			return err
		}
		defer c.stop()
		p, err := whole.Enter(ctx, c.addr, c.cmd.Process.Pid, c.input)
		if err != nil {
			return err
		}
		return of(p, ctx, out)
	}
}
