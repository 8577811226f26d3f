package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// Nine thousand phones came into a hall whose machine had room for eight. Each of the
// thousand was an ERROR every few seconds, all evening, and the one line that mattered
// was not found.
func TestRefusalsAreToldSeldom(t *testing.T) {
	var log bytes.Buffer
	now := clock()
	cfg := config()
	cfg.Now, cfg.Log = func() time.Time { return now }, slog.New(slog.NewTextHandler(&log, nil))
	app := web.New(cfg)
	for path, err := range map[string]*fault.Error{
		"full": {Kind: fault.Unavailable, Code: "live.full", RetryAfter: 5},
		"away": {Kind: fault.Unavailable, Code: "web.not_ready", RetryAfter: 1},
		"lost": {Kind: fault.Unavailable, Code: "web.not_ready"},
	} {
		app.Get("/"+path, func(*fiber.Ctx) error { return err }).Name("test." + path)
	}
	app.Get("/broken", func(*fiber.Ctx) error { return errors.New("foreign") }).Name("test.broken")
	ask := func(path string, times, status int) {
		t.Helper()
		for range times {
			res, err := app.Test(httptest.NewRequest(http.MethodGet, path, nil))
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != status {
				t.Fatalf("%s: %d", path, res.StatusCode)
			}
		}
	}
	told := func(want ...string) {
		t.Helper()
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != len(want) {
			t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), log.String())
		}
		for i, w := range want {
			for part := range strings.FieldsSeq(w) {
				if !strings.Contains(lines[i], part) {
					t.Errorf("line %d lacks %s: %s", i, part, lines[i])
				}
			}
		}
		log.Reset()
	}
	ask("/full", 500, 503)
	ask("/away", 3, 503)
	told("level=WARN code=live.full times=1", "level=WARN code=web.not_ready times=1")
	ask("/broken", 2, 500)
	ask("/lost", 1, 503)
	told("level=ERROR request_id", "level=ERROR request_id", "level=ERROR request_id web.not_ready")
	now = now.Add(time.Minute)
	ask("/full", 10, 503)
	told("level=WARN code=live.full times=500")
}

// The listener meets its errors in one goroutine, hundreds a second.
func TestNoRoomIsToldSeldom(t *testing.T) {
	var log bytes.Buffer
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	none := &full{Listener: ln}
	patient := web.Patient(none, slog.New(slog.NewTextHandler(&log, nil)))
	for i := range 3 {
		none.errors = []error{syscall.EMFILE, syscall.EMFILE}
		client, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		c, err := patient.Accept()
		if err != nil {
			t.Fatal(fmt.Errorf("connection %d: %w", i, err))
		}
		_, _ = client.Close(), c.Close()
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "level=WARN") || !strings.Contains(got, "times=1") {
		t.Errorf("%s", got)
	}
}
