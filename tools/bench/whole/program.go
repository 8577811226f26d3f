package whole

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"jiangtai/server/app"
	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/rehearsal"
)

const user = "bench"

// Serve runs the program on the listener, on data of its own, until the input ends.
// The input's first line is the password of an administrator.
func Serve(listener net.Listener, input io.Reader) error {
	in := bufio.NewReader(input)
	password, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	data, err := os.MkdirTemp("", "jiangtai-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	// The unprivileged user that PostgreSQL runs as must get through.
	if err := os.Chmod(data, 0o711); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	a, err := app.New(ctx, app.Config{HTTPAddr: listener.Addr().String(), Data: data, LogLevel: "error", LogFormat: "text"}, log)
	if err != nil {
		return err
	}
	_, _, err = a.Identity.CreateAccount(ctx, identity.Operator(), identity.NewAccount{
		User: user, Name: user, Password: strings.TrimSpace(password), Grants: []contest.Grant{{Role: contest.Administrator}}, Keep: true,
	})
	if err != nil {
		return errors.Join(err, a.Close())
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		stop()
	}()
	return errors.Join(a.Run(ctx, listener), a.Close())
}

// Program is a program under measurement.
type Program struct {
	Base  string
	PID   int
	Staff *rehearsal.Client
}

// Enter tells the program at the address its password and signs in once it is
// ready.
func Enter(ctx context.Context, addr string, pid int, input io.Writer) (*Program, error) {
	password := rand.Text()
	if _, err := fmt.Fprintln(input, password); err != nil {
		return nil, err
	}
	p := &Program{Base: "http://" + addr, PID: pid}
	client := rehearsal.NewClient(p.Base)
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		err := client.Do(ctx, http.MethodGet, "/readyz", nil, nil)
		if err == nil {
			break
		}
		if ctx.Err() != nil || time.Since(began) > time.Minute {
			return nil, fmt.Errorf("the program does not get ready: %w", err)
		}
	}
	var err error
	p.Staff, err = client.SignIn(ctx, user, password)
	return p, err
}
