package localpg

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	exeSuffix      = ".exe"
	hasUnixSockets = false
)

// owner is empty: PostgreSQL runs as the same user, who must not be an
// administrator; it says so itself.
type owner struct{}

func chooseOwner(home) (owner, error)       { return owner{}, nil }
func (owner) own(string) error              { return nil }
func (owner) apply(cmd *exec.Cmd, _ bool)   { cmd.SysProcAttr = newGroup() }
func (s *Server) letIn() error              { return nil }
func holdThread() (release func())          { return func() {} }
func socketDir(home, owner) (string, error) { return "", nil }
func removeSocketDir(string)                {}
func syncDir(string) error                  { return nil }
func workersIn(string) []int                { return nil }
func exists(pid int) bool                   { return alive(pid) }
func stopFast(s *Server, _ int) error       { return s.pgCtlStop("fast") }
func stopNow(s *Server, _ int) error        { return s.pgCtlStop("immediate") }
func newGroup() *windows.SysProcAttr {
	return &windows.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}

// takeLock opens the file without sharing it, which Windows enforces.
func takeLock(path string) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err == windows.ERROR_SHARING_VIOLATION {
		return nil, fmt.Errorf("%w: %s", ErrInUse, path)
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return os.NewFile(uintptr(h), path), nil
}

// pgCtlStop does not wait; signals as elsewhere do not exist here.
func (s *Server) pgCtlStop(mode string) error {
	return exec.Command(s.bin.path("pg_ctl"), "stop", "-D", s.home.data, "-m", mode, "-W").Run()
}

const stillActive = 259

func alive(pid int) bool {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	var code uint32
	return windows.GetExitCodeProcess(h, &code) == nil && code == stillActive
}

func worksIn(pid int, _ string) bool {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	buf := make([]uint16, windows.MAX_PATH)
	n := uint32(len(buf))
	if windows.QueryFullProcessImageName(h, 0, &buf[0], &n) != nil {
		return false
	}
	return strings.EqualFold(filepath.Base(windows.UTF16ToString(buf[:n])), "postgres.exe")
}

func killPid(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return nil // it has gone
	}
	return p.Kill()
}

// adopt puts PostgreSQL into a job that ends when our last handle to it closes,
// that is, when this process ends in any way.
func adopt(p *os.Process) error {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return err
	}
	var info windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	if _, err := windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info))); err != nil {
		return err
	}
	h, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(p.Pid))
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	return windows.AssignProcessToJobObject(job, h)
}
