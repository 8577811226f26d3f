package capacity

import "fmt"

const (
	// What the program itself may need to have open: two pools of the database, its
	// files, a PostgreSQL of its own that is starting again.
	reserved = 128
	// Most is how many connections of each kind one program takes on any machine.
	Most = 20_000
)

// Room is how many connections of each kind, requests and sockets, may be open where
// so many files may: neither a crowd nor one person with many connections keeps marks
// from the database.
func Room(files int) int { return min(max(files-reserved, 32)/2, Most) }

// Said says how many may follow at once, and what to raise where the limit of open
// files is what keeps it low.
func Said(files int) string {
	n, line := Room(files), "手机与大屏同时在线 live connections at once"
	if n == Most {
		return fmt.Sprintf("%s: %d", line, n)
	}
	need := 2*Most + reserved
	return fmt.Sprintf("%s: %d (打开文件上限 limit of open files: %d; %d: ulimit -n %d, systemd LimitNOFILE=%d)", line, n, files, Most, need, need)
}
