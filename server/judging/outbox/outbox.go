package outbox

import (
	"sync"
	"time"

	"jiangtai/server/contest"
)

// Reports are what all tablets last said. They are safe for concurrent use.
type Reports struct {
	mu   sync.Mutex // guards said
	said map[contest.ID]Report
}

// Report is what a tablet last said of its outbox.
type Report struct {
	Pending    int // marks that it has not sent yet
	Signatures int // signatures that it has not sent yet
	At         time.Time
}

// New has no report yet.
func New() *Reports { return &Reports{said: map[contest.ID]Report{}} }

// Say notes how many marks a device has not sent; less than none is none.
func (r *Reports) Say(device contest.ID, pending int, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said[device] = Report{Pending: max(0, pending), Signatures: r.said[device].Signatures, At: at}
}

// Sign notes how many signatures a device has not sent; less than none is none.
func (r *Reports) Sign(device contest.ID, signatures int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	report := r.said[device]
	report.Signatures = max(0, signatures)
	r.said[device] = report
}

// Of is what a device last said; ok is false when it said nothing.
func (r *Reports) Of(device contest.ID) (report Report, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	report, ok = r.said[device]
	return report, ok
}
