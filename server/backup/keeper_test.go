package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// hand makes backups when the test lets it.
type hand struct {
	started chan Reason
	let     chan error
	now     atomic.Int64 // seconds after taken
	asked   atomic.Int64
}

// clock is never the same twice.
func (h *hand) clock() time.Time {
	return taken.Add(time.Duration(h.now.Load())*time.Second + time.Duration(h.asked.Add(1))*time.Millisecond)
}

func (h *hand) make(ctx context.Context, w io.Writer, _ Lock, reason Reason, _ time.Time) error {
	h.started <- reason
	select {
	case err := <-h.let:
		if err == nil {
			_, err = io.WriteString(w, "a backup")
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func newKeeper(t *testing.T) (*Keeper, *hand) {
	t.Helper()
	h := &hand{started: make(chan Reason, 10), let: make(chan error, 10)}
	k, err := NewKeeper(KeeperConfig{Folder: filepath.Join(t.TempDir(), "backups"), Make: h.make, Now: h.clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Close)
	return k, h
}

func names(t *testing.T, k *Keeper) (out []string) {
	t.Helper()
	s, err := k.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range s.Kept {
		out = append(out, b.Name)
	}
	return out
}

// Who asks while a backup is under way waits for the next one, which begins
// later, and all of them for the same.
func TestWhoWaitsSharesOne(t *testing.T) {
	k, h := newKeeper(t)
	first := k.Ask(BeforeLock)
	<-h.started
	var wg sync.WaitGroup
	var late []func(context.Context) error
	for range 20 {
		late = append(late, k.Ask(BeforePublish))
	}
	for _, wait := range late {
		wg.Go(func() {
			if err := wait(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	h.let <- nil
	if err := first(t.Context()); err != nil {
		t.Fatal(err)
	}
	if why := <-h.started; why != BeforePublish {
		t.Errorf("the second one is made for %s", why)
	}
	h.now.Add(1)
	h.let <- nil
	wg.Wait()
	if got := names(t, k); len(got) != 2 {
		t.Errorf("made were %v", got)
	}
}

func TestAFreshOneIsGoodBeforeAnAct(t *testing.T) {
	k, h := newKeeper(t)
	h.let <- nil
	if err := k.Before(t.Context(), BeforeLock); err != nil {
		t.Fatal(err)
	}
	h.now.Store(110)
	if err := k.Before(t.Context(), BeforePublish); err != nil {
		t.Fatal(err)
	}
	if len(h.started) != 1 {
		t.Errorf("%d were made", len(h.started))
	}
	h.now.Store(125)
	h.let <- nil
	if err := k.Before(t.Context(), BeforeUnseal); err != nil {
		t.Fatal(err)
	}
	if got := names(t, k); len(got) != 2 || !strings.Contains(got[0], "-unseal.tar.gz") {
		t.Errorf("made were %v", got)
	}
}

// An act that cannot wait is refused for now; the backup goes on, and the next
// try finds it.
func TestWhoCannotWaitFindsItLater(t *testing.T) {
	k, h := newKeeper(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := k.Before(ctx, BeforeLock)
	if f := fault.Of(err); f.Code != "backup.late" || f.Kind != fault.Unavailable || f.RetryAfter == 0 {
		t.Fatalf("got %v", err)
	}
	wait := k.Ask(BeforeLock)
	h.let <- nil
	h.let <- nil
	if err := wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := k.Before(ctx, BeforeLock); err != nil {
		t.Errorf("there is one by now: %v", err)
	}
}

func TestWhatHindersABackupIsTold(t *testing.T) {
	k, h := newKeeper(t)
	h.let <- errors.New("the disk broke")
	if err := k.Before(t.Context(), BeforeLock); fault.Code(err) != "backup.failed" || fault.Of(err).Kind != fault.Unavailable {
		t.Errorf("got %v", err)
	}
	full := fault.New(fault.Storage, "store.full")
	h.let <- full
	if err := k.Before(t.Context(), BeforeLock); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	s, err := k.State()
	if err != nil || s.Failed == nil || len(s.Kept) != 0 {
		t.Errorf("got %+v, %v", s, err)
	}
	left, err := os.ReadDir(k.cfg.Folder)
	if err != nil || len(left) != 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestClosingEndsWhatIsUnderWay(t *testing.T) {
	k, h := newKeeper(t)
	first, second := k.Ask(BeforeLock), k.Ask(BeforeLock)
	<-h.started
	k.Close()
	for _, wait := range []func(context.Context) error{first, second, k.Ask(Manual)} {
		if err := wait(t.Context()); err == nil {
			t.Error("it was made")
		}
	}
}

func TestHalfFilesGoAtTheStart(t *testing.T) {
	folder := t.TempDir()
	name := FileName(taken, Manual, Lock{})
	for _, n := range []string{name, name + half, "notes.txt", "jiangtai-99999999T999999.999Z-manual.tar.gz"} {
		if err := os.WriteFile(filepath.Join(folder, n), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k, err := NewKeeper(KeeperConfig{Folder: folder, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	if got := names(t, k); !slices.Equal(got, []string{name}) {
		t.Errorf("got %v", got)
	}
	if _, err := os.Stat(filepath.Join(folder, name+half)); err == nil {
		t.Error("the half file stayed")
	}
	if _, err := os.Stat(filepath.Join(folder, "notes.txt")); err != nil {
		t.Error("somebody else's file is gone")
	}
}

func TestAFileIsWholeOrNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	wrong := errors.New("wrong")
	if err := WriteFile(path, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return wrong }); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	if err := WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, func(io.Writer) error { return nil }); fault.Code(err) != "backup.file_exists" {
		t.Errorf("got %v", err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "whole" {
		t.Errorf("it is %q, %v", got, err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("left are %v", left)
	}
}

// Of its own the program keeps the newest and one a day; what people made stays.
func TestOldOnesGo(t *testing.T) {
	var list []Kept
	add := func(ago time.Duration, why Reason) {
		list = append(list, Kept{Name: fmt.Sprint(ago, why), At: taken.Add(-ago), Reason: why})
	}
	for n := range keepNewest {
		add(time.Duration(n)*time.Minute, BeforeLock)
	}
	add(20*time.Minute, BeforeLock) // of today, and no longer among the newest
	add(21*time.Minute, Manual)
	add(24*time.Hour, BeforePublish) // the last of its day
	add(25*time.Hour, BeforePublish)
	add(13*24*time.Hour, BeforeLock)
	add(15*24*time.Hour, BeforeLock)
	add(400*24*time.Hour, Manual)
	want := []string{fmt.Sprint(20*time.Minute, BeforeLock), fmt.Sprint(25*time.Hour, BeforePublish), fmt.Sprint(15*24*time.Hour, BeforeLock)}
	if got := spent(list, taken); !slices.Equal(got, want) {
		t.Errorf("gone are %v, want %v", got, want)
	}
}

func TestOldFilesAreRemoved(t *testing.T) {
	k, h := newKeeper(t)
	for range keepNewest + 3 {
		h.let <- nil
		if err := k.Ask(BeforeLock)(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.now.Add(60)
		<-h.started
	}
	if got := names(t, k); len(got) != keepNewest {
		t.Errorf("%d are kept", len(got))
	}
}

type audit struct{ got []string }

func (a *audit) Record(_ context.Context, _ contest.Actor, what, _ string, _ map[string]string) error {
	a.got = append(a.got, what)
	return nil
}

func TestOnlyAdministratorsComeIn(t *testing.T) {
	k, h := newKeeper(t)
	log := &audit{}
	d := NewDesk(k, log)
	id := contest.ID{1}
	for code, actor := range map[string]contest.Actor{
		"web.sign_in":      {},
		"backup.forbidden": {Account: id, Grants: []contest.Grant{{Role: contest.Organiser, Contest: id}}},
	} {
		_, listErr := d.List(t.Context(), actor)
		_, makeErr := d.Make(t.Context(), actor)
		if fault.Code(listErr) != code || fault.Code(makeErr) != code {
			t.Errorf("%s: %v, %v", code, listErr, makeErr)
		}
	}
	admin := contest.Actor{Account: id, Grants: []contest.Grant{{Role: contest.Administrator}}}
	s, err := d.Make(t.Context(), admin)
	if err != nil || !s.IsRunning || len(log.got) != 1 {
		t.Fatalf("got %+v, %v, %v", s, err, log.got)
	}
	<-h.started
	h.let <- nil
	if err := k.Ask(Manual)(func() context.Context { h.let <- nil; return t.Context() }()); err != nil {
		t.Fatal(err)
	}
	s, err = d.List(t.Context(), admin)
	if err != nil || len(s.Kept) == 0 || s.Kept[0].Reason != Manual || s.Kept[0].Bytes != 8 || !s.Kept[0].IsOpen {
		t.Errorf("got %+v, %v", s, err)
	}
}
