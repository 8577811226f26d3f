//go:build unix && !linux

package localpg

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

const socketPathMax = 103 // sun_path of macOS and the BSDs less its closing zero

// dieWithParent does nothing: there is no such signal here. The next start stops
// what was left over.
func dieWithParent(*syscall.SysProcAttr, bool) {}

func alive(pid int) bool { return exists(pid) }

// worksIn asks ps for the command line, which names the data directory.
func worksIn(pid int, data string) bool {
	out, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	line := string(out)
	return err == nil && strings.Contains(line, "postgres") && strings.Contains(line, data)
}

// workersIn finds none: titles of PostgreSQL's children do not name their
// directory. The start is tried until they are gone.
func workersIn(string) []int { return nil }
