//go:build unix

package localpg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

const (
	exeSuffix      = ""
	hasUnixSockets = true
)

// holdThread binds the caller to its thread, so that a child with a parent-death
// signal lives as long as the process does and not as a thread happens to.
func holdThread() (release func()) {
	runtime.LockOSThread()
	return runtime.UnlockOSThread
}

// takeLock holds the folder for this process; the system lets go when it ends,
// however it ends.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		who, _ := os.ReadFile(path)
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s is locked by process %s", ErrInUse, path, strings.TrimSpace(string(who)))
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return f, nil
}

func exists(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

func killPid(pid int) error {
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

func stopFast(_ *Server, pid int) error { return syscall.Kill(pid, syscall.SIGINT) }
func stopNow(_ *Server, pid int) error  { return syscall.Kill(pid, syscall.SIGQUIT) }

func adopt(*os.Process) error { return nil }

func (o owner) apply(cmd *exec.Cmd, tool bool) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if o.drop {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}
	}
	dieWithParent(cmd.SysProcAttr, tool)
}

// socketDir makes the folder for the socket: in the data directory, or, where
// that path is too long for a socket, under a short one.
func socketDir(h home, as owner) (string, error) {
	if fits(h.run) {
		return h.run, makeSocketDir(h.run, as)
	}
	sum := sha256.Sum256([]byte(h.data))
	name := socketPrefix + hex.EncodeToString(sum[:8])
	base := os.TempDir()
	if closed, err := as.closedAbove(base); err != nil || len(closed) > 0 || !fits(filepath.Join(base, name)) {
		base = "/tmp"
	}
	dir := filepath.Join(base, name)
	if err := makeSocketDir(dir, as); err == nil {
		return dir, nil
	}
	// Somebody else made a folder of that name first.
	dir, err := os.MkdirTemp(base, socketPrefix)
	if err != nil {
		return "", err
	}
	return dir, makeSocketDir(dir, as)
}

func socketFile(dir string) string {
	return filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(unixPort))
}

func fits(dir string) bool { return len(socketFile(dir)) <= socketPathMax }

// makeSocketDir has dir exist, belong to as and be closed to others; what a
// killed PostgreSQL left in it goes.
func makeSocketDir(dir string, as owner) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is no folder", dir)
	}
	if uid := ownerOf(info).uid; uid != as.uid && uid != os.Geteuid() {
		return fmt.Errorf("%s belongs to user %d", dir, uid)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	if as.drop {
		if err := os.Lchown(dir, as.uid, as.gid); err != nil {
			return err
		}
	}
	emptySocketDir(dir)
	return nil
}

func emptySocketDir(dir string) {
	_ = os.Remove(socketFile(dir))
	_ = os.Remove(socketFile(dir) + ".lock")
}

func removeSocketDir(dir string) {
	if dir != "" {
		emptySocketDir(dir)
		_ = os.Remove(dir)
	}
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
