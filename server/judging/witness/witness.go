package witness

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/ledger"
)

// File is a file of the data directory with a line for each ledger. It
// is written behind the commits, a second apart at the least, so that its own
// fsync does not stand in theirs' way: what it misses in a crash are the heads of
// that second, and an older head of the same history is no alarm.
type File struct {
	path string
	log  *slog.Logger

	mu    sync.Mutex // guards heads
	heads map[contest.ID]seen
	dirty chan struct{}
}

type seen struct {
	size uint64
	hash ledger.Hash
}

// Open reads the file, or begins one. A line that cannot be read is an
// error: the file is evidence.
func Open(path string, log *slog.Logger) (*File, error) {
	h := &File{path: path, log: log, heads: map[contest.ID]seen{}, dirty: make(chan struct{}, 1)}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open head file: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var id, hash string
		var s seen
		if _, err := fmt.Sscanf(lines.Text(), "%s %d %s", &id, &s.size, &hash); err != nil {
			return nil, fmt.Errorf("head file %s, line %d: %w", path, n, err)
		}
		ledgerID, err := scoring.ParseID(id)
		raw, hexErr := hex.DecodeString(hash)
		if err = errors.Join(err, hexErr); err != nil || len(raw) != len(s.hash) {
			return nil, fmt.Errorf("head file %s, line %d is not a head: %w", path, n, err)
		}
		s.hash = ledger.Hash(raw)
		h.heads[ledgerID] = s
	}
	return h, lines.Err()
}

// Seen is the furthest head that was told to anybody; ok is false for none.
func (h *File) Seen(id contest.ID) (uint64, ledger.Hash, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.heads[id]
	return s.size, s.hash, ok
}

// Saw notes a head; it does not wait for the disk.
func (h *File) Saw(id contest.ID, size uint64, hash ledger.Hash) {
	h.mu.Lock()
	h.heads[id] = seen{size, hash}
	h.mu.Unlock()
	select {
	case h.dirty <- struct{}{}:
	default:
	}
}

// headsEvery is how far apart two writes of the file are at the least.
const headsEvery = time.Second

// Run writes the file when heads have come, until ctx ends; then once more.
func (h *File) Run(ctx context.Context) {
	rest := time.NewTimer(0)
	defer rest.Stop()
	for {
		var dirty chan struct{} // of no use until the last write is a while ago
		select {
		case <-rest.C:
			dirty = h.dirty
		case <-ctx.Done():
		}
		select {
		case <-dirty:
			h.write()
			rest.Reset(headsEvery)
		case <-ctx.Done():
			h.write()
			return
		}
	}
}

func (h *File) write() {
	var b strings.Builder
	h.mu.Lock()
	for id, s := range h.heads {
		fmt.Fprintf(&b, "%s %d %s\n", id, s.size, s.hash)
	}
	h.mu.Unlock()
	if err := replace(h.path, b.String()); err != nil {
		h.log.Error("head file not written", "path", h.path, "error", err)
	}
}

// replace writes beside and renames: the file is whole at any time.
func replace(path, text string) error {
	beside := path + ".new"
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(beside, path)
}
