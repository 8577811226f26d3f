package localpg

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

const socketPathMax = 107 // sun_path less its closing zero

func dieWithParent(attr *syscall.SysProcAttr, tool bool) {
	attr.Pdeathsig = syscall.SIGINT // a fast shutdown
	if tool {
		attr.Pdeathsig = syscall.SIGKILL
	}
}

// alive says whether a process runs; one that ended and waits for its parent to
// notice, perhaps for ever, does not.
func alive(pid int) bool {
	if !exists(pid) {
		return false
	}
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return !os.IsNotExist(err)
	}
	// The name in brackets may hold anything; the state follows the last bracket.
	rest := raw[bytes.LastIndexByte(raw, ')')+1:]
	return !bytes.HasPrefix(bytes.TrimSpace(rest), []byte("Z"))
}

// worksIn says whether a process is a PostgreSQL of this data directory.
func worksIn(pid int, data string) bool {
	proc := "/proc/" + strconv.Itoa(pid)
	name, err := os.ReadFile(proc + "/comm")
	if err != nil || strings.TrimSpace(string(name)) != "postgres" {
		return false
	}
	cwd, err := os.Readlink(proc + "/cwd")
	return err == nil && cwd == data
}

// workersIn lists every PostgreSQL process of this data directory.
func workersIn(data string) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil && worksIn(pid, data) {
			pids = append(pids, pid)
		}
	}
	return pids
}
