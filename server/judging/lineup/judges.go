package lineup

import (
	"slices"
	"strings"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Before is who sat in a chair until another judge took it (前任): his are the marks
// that came before record Until.
type Before struct {
	Until uint64    `json:"until"`
	At    time.Time `json:"-"` // of that record
	Judge string    `json:"judge"`
}

// JudgeAt is the judge of a chair at a record; of 0 the one who sits there now.
func (s *Setup) JudgeAt(chair scoring.ChairID, seq uint64) string {
	for _, b := range s.Before[chair] {
		if seq > 0 && seq < b.Until {
			return b.Judge
		}
	}
	for i := range s.Chairs {
		if s.Chairs[i].Number == chair {
			return s.Chairs[i].Judge
		}
	}
	return ""
}

// JudgeOf is the judge of a mark of a chair, at a record and from a device: what a
// tablet sends after its judge left the chair is still his.
func (s *Setup) JudgeOf(chair scoring.ChairID, seq uint64, device contest.ID) string {
	if judge, left := s.Left[device]; left && !device.IsZero() {
		return judge
	}
	return s.JudgeAt(chair, seq)
}

// Leave notes whose a tablet was that was paired at that time: of who sat in the chair
// until another judge took it.
func (s *Setup) Leave(device contest.ID, chair scoring.ChairID, paired time.Time) {
	for _, b := range s.Before[chair] {
		if !paired.After(b.At) {
			s.Left[device] = b.Judge
			return
		}
	}
}

// Judges are all who sat in a chair, the first one first.
func (s *Setup) Judges(chair scoring.ChairID) []string {
	var list []string
	for _, b := range s.Before[chair] {
		list = append(list, b.Judge)
	}
	return append(list, s.JudgeAt(chair, 0))
}

// Replacing is the text beside a record of kind Sit: who sat there, who sits there
// from then on, and why.
type Replacing struct{ Was, Is, Reason string }

// Text is one line each; names have one line.
func (r Replacing) Text() string { return r.Was + "\n" + r.Is + "\n" + r.Reason }

// ParseReplacing reads what Text wrote; what is erased has no names.
func ParseReplacing(text string) (r Replacing) {
	r.Was, text, _ = strings.Cut(text, "\n")
	r.Is, r.Reason, _ = strings.Cut(text, "\n")
	return r
}

// SeesBoth says whether a judge would sit where seat numbers are seen and, in another
// panel, where work codes are: nobody but a chief may.
func (x *Index) SeesBoth(chair scoring.ChairID, judge string) bool {
	own := x.seen(x.Chairs[chair].Panel)
	if x.Chairs[chair].IsChief || own[Seat] && own[Coded] {
		return false
	}
	for _, ch := range x.Setup.Chairs {
		other := x.seen(ch.Panel)
		if ch.Number != chair && ch.Judge == judge && !ch.IsChief && (own[Seat] && other[Coded] || own[Coded] && other[Seat]) {
			return true
		}
	}
	return false
}

// seen are the identities of what a panel marks.
func (x *Index) seen(panel string) map[Identity]bool {
	out := map[Identity]bool{}
	for _, at := range x.Criteria {
		if slices.Contains(at.Panels, panel) {
			out[at.Identity] = true
		}
	}
	return out
}
