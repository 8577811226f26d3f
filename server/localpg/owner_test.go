//go:build linux

package localpg

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// As root PostgreSQL refuses to run; everybody else runs it as himself.
func TestPostgreSQLNeverRunsAsRoot(t *testing.T) {
	s := start(t, Config{Data: ready(t)})
	info, err := os.Stat("/proc/" + strconv.Itoa(s.Pid()))
	if err != nil {
		t.Fatal(err)
	}
	uid := ownerOf(info).uid
	if uid == 0 {
		t.Error("it runs as root")
	}
	if me := os.Geteuid(); me != 0 && uid != me {
		t.Errorf("it runs as %d and not as %d", uid, me)
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(s.Pid()) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		if groups, ok := strings.CutPrefix(line, "Groups:"); ok && os.Geteuid() == 0 && strings.TrimSpace(groups) != "" {
			t.Errorf("it kept our groups: %q", groups)
		}
	}
}

// A server without privileges, whoever runs this test.
func TestAsAnUnprivilegedUser(t *testing.T) {
	h, err := openHome(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	as, err := chooseOwner(h)
	if err != nil {
		t.Fatal(err)
	}
	// The test binary lies in a folder of ours that others cannot enter.
	exe := filepath.Join(h.dir, "server")
	copyFile(t, os.Args[0], exe)
	dir := filepath.Join(h.dir, "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(as.own(dir), os.Chmod(h.dir, 0o711), os.Chmod(filepath.Dir(h.dir), 0o711)); err != nil {
		t.Fatal(err)
	}
	p := spawn(t, dir, func(cmd *exec.Cmd) {
		cmd.Path = exe
		as.apply(cmd, true)
	})
	if got := mustAsk(t, p.url, "SELECT 1"); got != "1" {
		t.Errorf("got %q", got)
	}
	for _, path := range []string{"/proc/" + strconv.Itoa(p.cmd.Process.Pid), "/proc/" + strconv.Itoa(p.postmaster), filepath.Join(dir, "postgres.password")} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := ownerOf(info).uid; got != as.uid {
			t.Errorf("%s belongs to %d, want %d", path, got, as.uid)
		}
	}
	// In order: standard input ends, the server closes.
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	if left := workersIn(filepath.Join(dir, "postgres")); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
}

// Whoever may write in the data directory must not have root give him files of
// the system by putting their names there.
func TestAFileWithASecondNameKeepsItsOwner(t *testing.T) {
	dir := t.TempDir()
	outside, inside := filepath.Join(dir, "shadow"), filepath.Join(dir, "data")
	if err := os.Mkdir(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{outside, filepath.Join(inside, "mine")} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Link(outside, filepath.Join(inside, "innocent")); err != nil {
		t.Fatal(err)
	}
	as, err := chooseOwner(home{data: inside})
	if err != nil {
		t.Fatal(err)
	}
	if err := as.own(inside); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{outside: os.Geteuid(), filepath.Join(inside, "mine"): as.uid, inside: as.uid} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := ownerOf(info).uid; got != want {
			t.Errorf("%s belongs to %d, want %d", path, got, want)
		}
	}
	if info, err := os.Stat(inside); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is not closed: %v, %v", info.Mode(), err)
	}
}

func TestOtherPeoplesFoldersAreNotOpened(t *testing.T) {
	theirs := t.TempDir()
	if err := os.Chmod(theirs, 0o700); err != nil {
		t.Fatal(err)
	}
	stranger := os.Geteuid() + 54321
	if os.Geteuid() == 0 {
		if err := os.Chown(theirs, stranger, stranger); err != nil {
			t.Fatal(err)
		}
	}
	s := &Server{cfg: Config{Log: quiet()}, home: home{dir: theirs}, bin: binaries{dir: "/"}, as: owner{uid: stranger + 1, gid: stranger + 1, drop: true}}
	if err := s.letIn(); err == nil || !strings.Contains(err.Error(), "chmod o+x") || !strings.Contains(err.Error(), theirs) {
		t.Errorf("got %v", err)
	}
	if info, err := os.Stat(theirs); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("it was opened: %v, %v", info.Mode(), err)
	}
}

func TestPasses(t *testing.T) {
	dir := t.TempDir()
	info := func(mode os.FileMode) os.FileInfo {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		i, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	me, mine := os.Geteuid(), os.Getegid()
	for _, c := range []struct {
		as   owner
		mode os.FileMode
		want bool
	}{
		{owner{uid: me, gid: mine}, 0o700, true},
		{owner{uid: me, gid: mine}, 0o077, false}, // the owner's bits hold for the owner
		{owner{uid: me + 1, gid: mine}, 0o710, true},
		{owner{uid: me + 1, gid: mine}, 0o701, false},
		{owner{uid: me + 1, gid: mine + 1}, 0o701, true},
		{owner{uid: me + 1, gid: mine + 1}, 0o770, false},
	} {
		if got := c.as.passes(info(c.mode)); got != c.want {
			t.Errorf("%+v through %o: %v", c.as, c.mode, got)
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestALongPathGetsItsSocketElsewhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("长", 40))
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(ready(t))); err != nil {
		t.Fatal(err)
	}
	s := start(t, Config{Data: dir})
	mustAsk(t, s.URL(), "SELECT 1")
	if strings.HasPrefix(s.socket, dir) || !fits(s.socket) {
		t.Errorf("the socket is in %s", s.socket)
	}
	info, err := os.Stat(s.socket)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the socket has mode %o", info.Mode().Perm())
	}
	// A killed one is found again and stopped, although its socket is elsewhere.
	stop(t, s)
	if _, err := os.Stat(s.socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of the socket is left: %v", err)
	}
}

func TestAFolderPreparedBySomebodyElseIsNotUsed(t *testing.T) {
	h := home{data: filepath.Join(t.TempDir(), "postgres"), run: "/" + strings.Repeat("x", socketPathMax)}
	as, err := chooseOwner(h)
	if err != nil {
		t.Fatal(err)
	}
	first, err := socketDir(h, as)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	trap := t.TempDir()
	if err := os.Symlink(trap, first); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(first)
	second, err := socketDir(h, as)
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(second)
	if second == first {
		t.Error("a link of somebody else was followed")
	}
	if again, err := socketDir(h, as); err == nil {
		defer os.Remove(again)
		if again == second {
			t.Error("a folder of chance came twice")
		}
	}
}

// The path limit is the kernel's, not ours.
func TestSocketPathMaxIsTheSystems(t *testing.T) {
	dir, err := os.MkdirTemp("/tmp", "jiangtai-path-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for length, want := range map[int]bool{socketPathMax: true, socketPathMax + 1: false} {
		path := filepath.Join(dir, strings.Repeat("s", length-len(dir)-1))
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err != nil {
			t.Fatal(err)
		}
		err = syscall.Bind(fd, &syscall.SockaddrUnix{Name: path})
		if got := err == nil && len(path) == length; got != want {
			t.Errorf("a path of %d bytes: %v", length, err)
		}
		_ = syscall.Close(fd)
	}
}
