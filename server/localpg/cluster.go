package localpg

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// major is the version that made the data directory, 0 when there is none yet.
func (h home) major() (int, error) {
	raw, err := os.ReadFile(filepath.Join(h.data, "PG_VERSION"))
	if err == nil {
		n, err := strconv.Atoi(strings.TrimSpace(string(raw)))
		if err != nil {
			return 0, fmt.Errorf("%s/PG_VERSION is unreadable: %q; nothing was changed", h.data, raw)
		}
		return n, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	entries, err := os.ReadDir(h.data)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if len(entries) > 0 {
		return 0, fmt.Errorf("%s is not empty and no PostgreSQL data directory (PG_VERSION is missing); nothing was changed", h.data)
	}
	return 0, nil
}

// prepare has a complete data directory that nobody works in, and the password.
func (s *Server) prepare(ctx context.Context, fresh bool) error {
	removeScraps(s.home.dir)
	known, err := readSecret(s.home.password)
	if err != nil {
		return err
	}
	if s.secret = known; known == "" {
		s.secret = newSecret()
	}
	if fresh {
		// The password is written first: a data directory without it would be
		// reachable by nobody.
		if err := writeSecret(s.home.password, s.secret); err != nil {
			return err
		}
		return s.initdb(ctx)
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	if err := s.as.own(s.home.data); err != nil {
		return err
	}
	if known != "" {
		return nil
	}
	s.cfg.Log.Warn("the password of the database is lost, setting a new one", "file", s.home.password)
	if err := s.single(ctx, s.home.data, "ALTER ROLE "+role+" PASSWORD '"+s.secret+"'"); err != nil {
		return err
	}
	return writeSecret(s.home.password, s.secret)
}

// initdb makes the cluster and its database beside and renames it, so that the
// data directory is complete from the moment it has its name.
func (s *Server) initdb(ctx context.Context) error {
	fresh := s.home.fresh
	if err := os.RemoveAll(fresh); err != nil { // an initdb that never finished
		return err
	}
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return err
	}
	if err := s.as.own(fresh); err != nil {
		return err
	}
	pwfile, err := s.passwordFor(s.as)
	if err != nil {
		return err
	}
	defer os.Remove(pwfile)
	args := []string{
		"-D", fresh, "-U", role, "--pwfile=" + pwfile, "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=C", "--lc-messages=C",
	}
	if s.cfg.Volatile {
		args = append(args, "--no-sync", "--wal-segsize=1")
	}
	if err := s.run(ctx, "", s.bin.path("initdb"), args...); err != nil {
		return err
	}
	if err := s.single(ctx, fresh, "CREATE DATABASE "+role); err != nil {
		return err
	}
	_ = os.Remove(s.home.data) // an empty folder may stand there, which Windows does not rename over
	if err := os.Rename(fresh, s.home.data); err != nil {
		return err
	}
	return syncDir(s.home.dir)
}

// passwordFor writes the password where initdb, as another user, can read it.
func (s *Server) passwordFor(as owner) (string, error) {
	f, err := os.CreateTemp(s.home.dir, scrap) // 0600
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(s.secret + "\n")
	if err = errors.Join(err, f.Close(), as.own(f.Name())); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// single runs one statement in single-user mode, which needs no password.
func (s *Server) single(ctx context.Context, dir, statement string) error {
	args := []string{"--single", "-D", dir, "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic"}
	if s.cfg.Volatile {
		args = append(args, "-c", "fsync=off")
	}
	return s.run(ctx, statement+"\n", s.bin.path("postgres"), append(args, "postgres")...)
}

// run executes a program of PostgreSQL as its owner to the end.
func (s *Server) run(ctx context.Context, input, program string, args ...string) error {
	release := holdThread()
	defer release()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = s.home.dir
	cmd.Env = environment()
	cmd.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 2 * time.Second // children of a killed program may hold its output
	s.as.apply(cmd, true)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program), err, lastLines(out.String()))
	}
	return nil
}

// environment is ours without what would steer PostgreSQL behind our back.
func environment() []string {
	env := make([]string, 0, 16)
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "PG") || strings.HasPrefix(name, "LC_") || name == "LANG" || name == "LANGUAGE" {
			continue
		}
		env = append(env, kv)
	}
	return append(env, "LC_ALL=C")
}

// scrap is a file that holds the password for a moment.
const scrap = "postgres.pw-"

func removeScraps(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), scrap) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

func newSecret() string {
	b := make([]byte, 24)
	rand.Read(b) // never fails: crypto/rand ends the process instead
	return hex.EncodeToString(b)
}

func readSecret(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(raw))
	if strings.ContainsAny(secret, "'\\\x00\n") {
		return "", fmt.Errorf("%s holds no password", path)
	}
	return secret, nil
}

// writeSecret replaces the file in one step, readable by its owner alone.
func writeSecret(path, secret string) error {
	f, err := os.CreateTemp(filepath.Dir(path), scrap)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(secret + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// lastLines is the end of what a program said, short enough for an error.
func lastLines(s string) string {
	s = strings.TrimSpace(s)
	const most = 1500
	if len(s) > most {
		s = "…" + s[len(s)-most:]
	}
	return s
}
