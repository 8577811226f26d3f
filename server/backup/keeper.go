package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/server/fault"
)

const (
	// fresh is how long after its end a backup is still good before an act.
	fresh = 2 * time.Minute
	// patience is how long a backup may take.
	patience = 30 * time.Minute
	// Of the program's own backups these are kept: the newest, and the last of
	// each day before them. Those that people made stay until people remove them.
	keepNewest = 12
	keepDays   = 14
)

// Kept is a backup in the folder (已存备份), by what its name and its file say.
type Kept struct {
	Name   string
	Reason Reason
	At     time.Time
	Bytes  int64
	IsOpen bool // not encrypted
	// ByMachine says that the key in this server's own keys/ opens it.
	ByMachine bool
}

// KeeperConfig of NewKeeper; all are required.
type KeeperConfig struct {
	Folder string
	Lock   Lock
	// Make writes a backup that was begun at a time.
	Make func(ctx context.Context, w io.Writer, l Lock, reason Reason, at time.Time) error
	Now  func() time.Time
	Log  *slog.Logger
}

// Keeper makes backups into a folder, one at a time, and clears old ones away
// (备份员). It is safe for concurrent use.
type Keeper struct {
	cfg  KeeperConfig
	life context.Context //nolint:containedctx // of the backups, which outlive the requests that asked
	end  context.CancelFunc
	runs sync.WaitGroup

	mu       sync.Mutex // guards the rest
	closed   bool
	current  *run
	next     *run // what was asked while current is under way
	finished time.Time
	failed   error // of the newest run
}

// run is a backup being made, shared by all who asked for it.
type run struct {
	reason Reason
	done   chan struct{}
	err    error // readable when done is closed
}

// NewKeeper makes the folder, removes what a crash left half written, and waits
// to be asked.
func NewKeeper(cfg KeeperConfig) (*Keeper, error) {
	if err := os.MkdirAll(cfg.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of backups: %w", err)
	}
	halves, err := filepath.Glob(filepath.Join(cfg.Folder, "*"+half))
	if err != nil {
		return nil, fmt.Errorf("look for half backups: %w", err)
	}
	for _, path := range halves {
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("remove a half backup: %w", err)
		}
	}
	k := &Keeper{cfg: cfg}
	k.life, k.end = context.WithCancel(context.Background())
	return k, nil
}

// Close ends what is under way and waits for it.
func (k *Keeper) Close() {
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
	k.end()
	k.runs.Wait()
}

// Ask has a backup made that begins after this call. Several who ask while one
// is under way share the next.
func (k *Keeper) Ask(reason Reason) (wait func(context.Context) error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := &run{reason: reason, done: make(chan struct{})}
	switch {
	case k.closed:
		r.err = fault.New(fault.Unavailable, "backup.late")
		close(r.done)
	case k.current == nil:
		k.begin(r)
	case k.next == nil:
		k.next = r
	default:
		r = k.next
	}
	return r.wait
}

// Before returns when there is a backup that is good before an act: one that was
// finished just now, or a new one. Unavailable backup.late when ctx ends first:
// the backup goes on, and whoever comes again finds it. What hindered the backup
// is the error otherwise: nothing is locked or published that was not saved.
func (k *Keeper) Before(ctx context.Context, reason Reason) error {
	k.mu.Lock()
	age := k.cfg.Now().Sub(k.finished)
	isGood := !k.finished.IsZero() && age >= 0 && age <= fresh
	k.mu.Unlock()
	if isGood {
		return nil
	}
	return k.Ask(reason)(ctx) //nolint:contextcheck // a backup outlives who asked for it
}

func (r *run) wait(ctx context.Context) error {
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		late := fault.Wrap(ctx.Err(), fault.Unavailable, "backup.late")
		late.RetryAfter = 5
		return late
	}
}

// begin is called with mu held and no run under way.
func (k *Keeper) begin(r *run) {
	k.current = r
	k.runs.Go(func() {
		r.err = k.make(r.reason)
		k.mu.Lock()
		if k.failed = r.err; r.err == nil {
			k.finished = k.cfg.Now()
		}
		close(r.done)
		k.current = nil
		if next := k.next; next != nil {
			k.next = nil
			k.begin(next)
		}
		k.mu.Unlock()
	})
}

// half is the end of the name of a file that is being written.
const half = ".part"

func (k *Keeper) make(reason Reason) error {
	ctx, cancel := context.WithTimeout(k.life, patience)
	defer cancel()
	start := k.cfg.Now()
	name := FileName(start, reason, k.cfg.Lock)
	path := filepath.Join(k.cfg.Folder, name)
	err := WriteFile(path, func(w io.Writer) error { return k.cfg.Make(ctx, w, k.cfg.Lock, reason, start) })
	if err != nil {
		k.cfg.Log.Error("no backup was made", "reason", reason, "error", err)
		if f := fault.Of(err); f.Kind != fault.Internal {
			return err
		}
		return fault.Wrap(err, fault.Unavailable, "backup.failed")
	}
	k.cfg.Log.Info("backup made", "file", name, "took", k.cfg.Now().Sub(start).Round(time.Millisecond))
	k.rotate()
	return nil
}

// WriteFile has fill write a file that has its name only when it is whole and on
// the disk, readable by its owner. A file that is there is not overwritten.
func WriteFile(path string, fill func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Refused, "backup.file_exists", fault.At(path, "backup.file_exists", ""))
	}
	f, err := os.OpenFile(path+half, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make the backup's file: %w", err)
	}
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(path+half, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(path+half))
	}
	return nil
}

const nameTime = "20060102T150405.000Z"

var nameForm = regexp.MustCompile(`^jiangtai-(\d{8}T\d{6}\.\d{3}Z)-([a-z]+)\.tar\.gz(\.key\.age|\.age|)$`)

// FileName is what a backup is called.
func FileName(at time.Time, reason Reason, l Lock) string {
	return "jiangtai-" + at.UTC().Format(nameTime) + "-" + string(reason) + l.Extension()
}

// State is what the keeper is at.
type State struct {
	Kept      []Kept // newest first
	IsRunning bool
	Failed    error // why the newest one was not made; nil when it was
}

// State lists the folder and says what goes on.
func (k *Keeper) State() (State, error) {
	k.mu.Lock()
	s := State{IsRunning: k.current != nil, Failed: k.failed}
	k.mu.Unlock()
	// Listed afterwards: whoever hears that none is under way finds the last one.
	var err error
	s.Kept, err = k.list()
	return s, err
}

func (k *Keeper) list() ([]Kept, error) {
	entries, err := os.ReadDir(k.cfg.Folder)
	if err != nil {
		return nil, fmt.Errorf("list the backups: %w", err)
	}
	var out []Kept
	for _, e := range entries {
		m := nameForm.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		at, err := time.Parse(nameTime, m[1])
		if err != nil {
			continue // a name that only looks like ours
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // just removed
		}
		if err != nil {
			return nil, fmt.Errorf("look at a backup: %w", err)
		}
		out = append(out, Kept{
			Name: e.Name(), Reason: Reason(m[2]), At: at, Bytes: info.Size(), IsOpen: m[3] == "", ByMachine: strings.HasPrefix(m[3], ".key"),
		})
	}
	slices.SortFunc(out, func(a, b Kept) int { return b.At.Compare(a.At) })
	return out, nil
}

// rotate removes the program's own backups that are neither among the newest nor
// the last of their day.
func (k *Keeper) rotate() {
	list, err := k.list()
	if err != nil {
		k.cfg.Log.Warn("old backups were not looked through", "error", err)
		return
	}
	for _, name := range spent(list, k.cfg.Now()) {
		if err := os.Remove(filepath.Join(k.cfg.Folder, name)); err != nil {
			k.cfg.Log.Warn("an old backup was not removed", "file", name, "error", err)
		}
	}
}

// spent are the names of those to be removed of a list, newest first.
func spent(list []Kept, now time.Time) []string {
	var out []string
	newest, days := 0, map[string]bool{}
	oldest := now.AddDate(0, 0, -keepDays)
	for _, b := range list {
		if b.Reason == Manual {
			continue
		}
		newest++
		day := b.At.UTC().Format(time.DateOnly)
		isLastOfDay := !days[day] && b.At.After(oldest)
		days[day] = true
		if newest > keepNewest && !isLastOfDay {
			out = append(out, b.Name)
		}
	}
	return out
}
