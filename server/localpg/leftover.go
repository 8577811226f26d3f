package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	leftoverPatience = 10 * time.Second
	socketPrefix     = "jiangtai-" // of a socket's folder outside the data directory
)

// settle makes the data directory ours before a start: it stops a PostgreSQL
// that a killed server left there, and removes a postmaster.pid whose number
// belongs to another program now.
func (s *Server) settle(ctx context.Context) error {
	p, err := readPidFile(s.home.data)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		// Cut short by a crash. PostgreSQL itself refuses an empty one.
		return s.dropPidFile(ctx)
	}
	if !alive(p.pid) {
		if exists(p.pid) { // dead, but its number is not free, which PostgreSQL takes for life
			return s.dropPidFile(ctx)
		}
		return s.clear()
	}
	if !worksIn(p.pid, s.home.data) {
		s.cfg.Log.Warn("postmaster.pid names a process that is no PostgreSQL of this directory, removing it", "pid", p.pid)
		return s.dropPidFile(ctx)
	}
	if hasUnixSockets && p.socket != s.home.run && !strings.HasPrefix(filepath.Base(p.socket), socketPrefix) {
		return fmt.Errorf("a PostgreSQL that this program did not start (process %d) runs on %s: stop it first", p.pid, s.home.data)
	}
	s.cfg.Log.Warn("a PostgreSQL was left over in the data directory, stopping it", "pid", p.pid)
	return s.evict(ctx, p.pid)
}

func (s *Server) dropPidFile(ctx context.Context) error {
	if err := s.clear(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return os.Remove(filepath.Join(s.home.data, "postmaster.pid"))
}

// evict stops a postmaster that is not our child: fast, then at once.
func (s *Server) evict(ctx context.Context, pid int) error {
	if err := stopFast(s, pid); err != nil {
		return fmt.Errorf("stop the PostgreSQL left over (process %d): %w", pid, err)
	}
	if !gone(ctx, pid, leftoverPatience) {
		_ = stopNow(s, pid)
		if !gone(ctx, pid, leftoverPatience) {
			return fmt.Errorf("the PostgreSQL left over (process %d) does not stop", pid)
		}
	}
	return s.clear()
}

// clear ends what a dead postmaster left behind in the data directory; without
// a postmaster a child can neither commit nor be of use.
func (s *Server) clear() error {
	var errs []error
	for _, pid := range workersIn(s.home.data) {
		if err := killPid(pid); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func gone(ctx context.Context, pid int, patience time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if !alive(pid) {
			return true
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false
		}
	}
}
