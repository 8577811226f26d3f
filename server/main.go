// Command jiangtai runs a city's skills contests: scoring, live boards and
// what follows from them. See README.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"jiangtai/server/app"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, app.Invocation{
		Args:    os.Args[1:],
		Stdin:   os.Stdin,
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Version: version,
	})
	stop()
	os.Exit(code)
}
