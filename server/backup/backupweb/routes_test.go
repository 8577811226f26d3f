package backupweb_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/backup"
	"jiangtai/server/backup/backupweb"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

type audit struct{}

func (audit) Record(context.Context, contest.Actor, string, string, map[string]string) error {
	return nil
}

var actors = map[string]contest.Actor{
	"admin":     {Account: contest.ID{1}, Grants: []contest.Grant{{Role: contest.Administrator}}},
	"organiser": {Account: contest.ID{2}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{3}}}},
}

// site is the backups over HTTP; fail is what the next backup ends with.
func site(t *testing.T, l backup.Lock, fail <-chan error) *webtest.Site {
	t.Helper()
	now := time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	k, err := backup.NewKeeper(backup.KeeperConfig{
		Folder: t.TempDir(), Lock: l, Now: clock, Log: slog.New(slog.DiscardHandler),
		Make: func(ctx context.Context, w io.Writer, _ backup.Lock, _ backup.Reason, _ time.Time) error {
			select {
			case err := <-fail:
				_, writeErr := io.WriteString(w, "12345")
				return errors.Join(err, writeErr)
			case <-ctx.Done():
				return ctx.Err()
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Close)
	return webtest.New(t, web.Config{Now: clock, Identify: webtest.As(actors)}, func(api fiber.Router) {
		backupweb.Mount(api, backup.NewDesk(k, audit{}), "real")
	})
}

// state is the answer as a client reads it.
type state struct {
	Backups []struct {
		Name, Reason, Key string
		Bytes             int
	}
	Running      bool
	Failed, Code string
}

func send(t *testing.T, site *webtest.Site, as, method string) (int, state) {
	t.Helper()
	a := site.On(t).Send(as, method, "/backups", "")
	var s state
	if err := json.Unmarshal(a.Body, &s); err != nil {
		t.Fatal(err)
	}
	return a.Status, s
}

// until asks for the list until it is so.
func until(t *testing.T, site *webtest.Site, isSo func(state) bool) state {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		_, s := send(t, site, "admin", "GET")
		if isSo(s) {
			return s
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("it stays %+v", s)
		}
	}
}

func TestABackupIsAskedForAndListed(t *testing.T) {
	text, err := backup.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	own, _, err := backup.ParseMachineKey(text)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := backup.Passphrase("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	for key, lock := range map[string]backup.Lock{"machine": own, "passphrase": pass, "none": {}} {
		fail := make(chan error, 1)
		site := site(t, lock, fail)
		if status, s := send(t, site, "admin", "GET"); status != 200 || len(s.Backups) != 0 || s.Running {
			t.Errorf("%s: at first %d %+v", key, status, s)
		}
		if status, s := send(t, site, "admin", "POST"); status != 202 || !s.Running {
			t.Errorf("%s: asked for, %d %+v", key, status, s)
		}
		fail <- nil
		s := until(t, site, func(s state) bool { return !s.Running })
		if len(s.Backups) != 1 || s.Backups[0].Key != key || s.Backups[0].Reason != "manual" || s.Backups[0].Bytes != 5 {
			t.Errorf("%s: made, %+v", key, s)
		}
	}
}

func TestWhyNoneWasMadeIsTold(t *testing.T) {
	fail := make(chan error, 1)
	site := site(t, backup.Lock{}, fail)
	send(t, site, "admin", "POST")
	fail <- fault.New(fault.Storage, "store.full")
	if s := until(t, site, func(s state) bool { return !s.Running }); s.Failed != "store.full" || len(s.Backups) != 0 {
		t.Errorf("got %+v", s)
	}
}

func TestOthersAreRefused(t *testing.T) {
	site := site(t, backup.Lock{}, nil)
	for who, want := range map[string]struct {
		status int
		code   string
	}{"": {401, "web.sign_in"}, "organiser": {403, "backup.forbidden"}} {
		for _, method := range []string{"GET", "POST"} {
			if status, s := send(t, site, who, method); status != want.status || s.Code != want.code {
				t.Errorf("%s %q: %d %+v", method, who, status, s)
			}
		}
	}
}
