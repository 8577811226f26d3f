package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	lookEvery  = 20 * time.Millisecond
	firstPause = 100 * time.Millisecond
	longPause  = 5 * time.Second
	fastStop   = 20 * time.Second // for writing everything out
	quickStop  = 6 * time.Second  // the postmaster itself kills its children after 5 s
	logLimit   = 8 << 20
)

// supervise starts PostgreSQL and starts it again whenever it ends, until Close.
// It keeps its thread all the while, because the parent-death signal is sent
// when the thread that started a child ends.
func (s *Server) supervise() {
	release := holdThread()
	defer release()
	defer close(s.done)
	pause := firstPause
	for {
		served, err := s.once()
		s.ready.Store(false)
		if s.stopping() {
			return
		}
		select {
		case s.down <- err:
		default:
		}
		if served {
			pause = firstPause
			s.restarts.Add(1)
			s.cfg.Log.Error("PostgreSQL died, starting it again", "err", err)
		}
		if err := s.settle(context.Background()); err != nil {
			s.cfg.Log.Warn("cannot clean up after PostgreSQL", "err", err)
		}
		select {
		case <-s.stop:
			return
		case <-time.After(pause):
			pause = min(2*pause, longPause)
		}
	}
}

// once runs PostgreSQL to its end, which err tells about and which is never nil;
// served says whether it had taken connections.
func (s *Server) once() (served bool, err error) {
	log, start, err := openLog(s.home.log)
	if err != nil {
		return false, err
	}
	defer log.Close()
	cmd := exec.Command(s.bin.path("postgres"), append([]string{"-D", s.home.data}, s.settings()...)...)
	cmd.Dir = s.home.data
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = log, log
	s.as.apply(cmd, false)
	if err := s.launch(cmd); err != nil {
		return false, err
	}
	ended := make(chan struct{})
	watched := make(chan bool)
	go func() { watched <- s.watch(cmd.Process.Pid, ended) }()
	err = cmd.Wait()
	s.mu.Lock()
	s.process = nil
	s.mu.Unlock()
	close(ended)
	served = <-watched
	if err == nil {
		err = errors.New("it ended by itself")
	}
	return served, fmt.Errorf("PostgreSQL: %w: %s", err, tail(s.home.log, start))
}

// launch starts cmd unless Close was called.
func (s *Server) launch(cmd *exec.Cmd) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return errors.New("the server is closing")
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	if err := adopt(cmd.Process); err != nil {
		s.cfg.Log.Warn("PostgreSQL may outlive a killed server", "err", err)
	}
	s.process = cmd.Process
	return nil
}

// watch waits for the line in postmaster.pid that pg_ctl waits for too.
func (s *Server) watch(pid int, ended <-chan struct{}) bool {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return false
		case <-tick.C:
		}
		if p, err := readPidFile(s.home.data); err == nil && p.pid == pid && p.status == "ready" {
			break
		}
	}
	s.ready.Store(true)
	select {
	case <-s.up:
		s.cfg.Log.Info("PostgreSQL is back", "restarts", s.restarts.Load())
	default:
		close(s.up)
	}
	<-ended
	return true
}

// awaitUp returns when PostgreSQL takes connections, or ends it.
func (s *Server) awaitUp(ctx context.Context) error {
	for {
		select {
		case <-s.up:
			return nil
		case err := <-s.down:
			// Children of a killed postmaster go within moments.
			if strings.Contains(err.Error(), "shared memory block") {
				continue
			}
			return errors.Join(err, s.halt())
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("it took too long: %w: %s", ctx.Err(), tail(s.home.log, 0)), s.halt())
		}
	}
}

func (s *Server) stopping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// halt stops the supervisor and PostgreSQL, politely first.
func (s *Server) halt() error {
	s.mu.Lock()
	already := s.stopped
	s.stopped = true
	s.mu.Unlock()
	if !already {
		close(s.stop)
	}
	if s.ended(s.fast, fastStop) {
		return nil
	}
	if s.ended(s.immediate, quickStop) {
		return errors.New("PostgreSQL did not stop in time and was stopped at once; it will recover at the next start")
	}
	s.kill()
	<-s.done
	return errors.New("PostgreSQL did not stop and was killed; it will recover at the next start")
}

// ended asks PostgreSQL to stop and waits for the supervisor.
func (s *Server) ended(ask func(), patience time.Duration) bool {
	ask()
	select {
	case <-s.done:
		return true
	case <-time.After(patience):
		return false
	}
}

func (s *Server) fast()      { s.ask(stopFast) }
func (s *Server) immediate() { s.ask(stopNow) }

func (s *Server) ask(stop func(*Server, int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		_ = stop(s, s.process.Pid) // if it failed, the patience runs out
	}
}

func (s *Server) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		_ = s.process.Kill()
	}
}

// pidFile is what a postmaster writes about itself.
type pidFile struct {
	pid    int
	socket string // folder of its socket
	status string // "starting", "stopping", "ready"
}

func readPidFile(dir string) (pidFile, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return pidFile{}, err
	}
	lines := strings.Split(string(raw), "\n")
	var p pidFile
	if p.pid, err = strconv.Atoi(strings.TrimSpace(lines[0])); err != nil {
		return p, err
	}
	if len(lines) > 4 {
		p.socket = lines[4]
	}
	if len(lines) > 7 {
		p.status = strings.TrimSpace(lines[7])
	}
	return p, nil
}

// openLog opens the log for appending and tells its length; a long one is put
// aside first.
func openLog(path string) (*os.File, int64, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		_ = os.Rename(path, path+".1")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, 0, err
	}
	_ = f.Chmod(0o600) // one that was copied here may be open to others; Windows knows no modes
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// tail is the end of what stands in the log from an offset on.
func tail(path string, from int64) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	from = max(from, info.Size()-8192)
	raw, err := io.ReadAll(io.NewSectionReader(f, from, info.Size()-from))
	if err != nil {
		return ""
	}
	var lines []string
	for _, line := range strings.Split(string(raw), "\n") {
		if !strings.Contains(line, "FATAL:  the database system is") { // what it answers to those who knock meanwhile
			lines = append(lines, line)
		}
	}
	return lastLines(strings.Join(lines, "\n"))
}
