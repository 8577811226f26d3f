package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"jiangtai/server/app/capacity"
)

type serveCommand struct{}

// Run serves until the program is told to stop.
func (serveCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	if err := cfg.Check(); err != nil {
		return err
	}
	a, err := New(ctx, cfg, logger(inv.Stderr, cfg))
	if err != nil {
		return err
	}
	return errors.Join(a.serve(ctx, inv.Stdout), a.Close())
}

// serve listens, says where, and runs.
func (a *App) serve(ctx context.Context, out io.Writer) error {
	ln, err := a.Listen(ctx)
	if err != nil {
		return err
	}
	a.cfg.HTTPAddr = ln.Addr().String() // port 0 became a real one
	fmt.Fprintf(out, "匠台 jiangtai  %s\n%s\n", a.cfg.Public(), capacity.Said(capacity.Files()))
	link, err := a.Identity.SetupLink(ctx)
	if err != nil {
		return fmt.Errorf("link for the first administrator: %w", err)
	}
	if link != "" {
		fmt.Fprintf(out, "第一位管理员 first administrator (once, within a day): %s/console#setup=%s\n", a.cfg.Public(), link)
	}
	return a.Run(ctx, ln)
}

// logger writes as the configuration says.
func logger(w io.Writer, cfg Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel)) // the flag has checked it
	opts := &slog.HandlerOptions{Level: level}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}
