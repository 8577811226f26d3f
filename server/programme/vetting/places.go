package vetting

import (
	"strconv"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/programme/outline"
)

// The most that one event holds.
const (
	MaxEntries = 2000
	MaxChairs  = 200
)

// ChairDraft is a chair as somebody proposes it. Number 0 is the next free one,
// Seat 0 the next free one of the panel.
type ChairDraft struct {
	Number int
	Panel  string
	Seat   int
	Judge  string
	Chief  bool
}

// Chairs checks an event's chairs together; rows say where each stands.
func (c Checker) Chairs(list []ChairDraft, rows []int, at Place, o outline.Outline) []contest.Chair {
	if len(list) > MaxChairs {
		c.Faults.Add(at(rows[MaxChairs], "panel"), "programme.too_many_chairs", strconv.Itoa(MaxChairs))
		list = list[:MaxChairs]
	}
	numbers, seats := takenChairs(list)
	out, seen, seated, chiefs := make([]contest.Chair, 0, len(list)), map[int]bool{}, map[string]bool{}, map[string]bool{}
	for i, d := range list {
		row := rows[i]
		if _, ok := o.Find(d.Panel); !ok {
			c.Faults.Add(at(row, "panel"), "programme.panel_unknown", d.Panel)
		}
		if d.Number < 0 || d.Number > 65535 {
			c.Faults.Add(at(row, "number"), "programme.chair_number_wrong", strconv.Itoa(d.Number))
		} else if d.Number != 0 && seen[d.Number] {
			c.Faults.Add(at(row, "number"), "programme.chair_number_duplicate", strconv.Itoa(d.Number))
		}
		seen[d.Number] = true
		d.Number = next(d.Number, numbers)
		if seats[d.Panel] == nil {
			seats[d.Panel] = map[int]bool{}
		}
		d.Seat = next(d.Seat, seats[d.Panel])
		key := d.Panel + "\x00" + strconv.Itoa(d.Seat)
		if d.Seat < 1 || d.Seat > 999 {
			c.Faults.Add(at(row, "seat"), "programme.seat_wrong", strconv.Itoa(d.Seat))
		} else if seated[key] {
			c.Faults.Add(at(row, "seat"), "programme.seat_duplicate", strconv.Itoa(d.Seat))
		}
		seated[key] = true
		if d.Chief && chiefs[d.Panel] {
			c.Faults.Add(at(row, "chief"), "programme.chief_duplicate", d.Panel)
		}
		chiefs[d.Panel] = chiefs[d.Panel] || d.Chief
		out = append(out, contest.Chair{
			Number: scoring.ChairID(d.Number), Panel: d.Panel, Seat: d.Seat,
			Judge: c.Text(at(row, "judge"), d.Judge, false), IsChief: d.Chief,
		})
	}
	c.Panels(out, rows, at, o)
	return out
}

// takenChairs are the numbers and seats that a list names itself.
func takenChairs(list []ChairDraft) (map[int]bool, map[string]map[int]bool) {
	numbers, seats := map[int]bool{}, map[string]map[int]bool{}
	for _, d := range list {
		numbers[d.Number] = true
		if seats[d.Panel] == nil {
			seats[d.Panel] = map[int]bool{}
		}
		seats[d.Panel][d.Seat] = true
	}
	return numbers, seats
}

// next is n, or for 0 the least number that is not taken, which it then is.
func next(n int, taken map[int]bool) int {
	if n != 0 {
		return n
	}
	for n = 1; taken[n]; n++ {
	}
	taken[n] = true
	return n
}

// Panels checks chairs against the scheme: a panel that is filled has the
// number of chairs that it declares, and nobody but a chief sits where seat
// numbers are seen and where work codes are.
func (c Checker) Panels(list []contest.Chair, rows []int, at Place, o outline.Outline) {
	count, first := map[string]int{}, map[string]int{}
	where := map[string]outline.Panel{}
	for i, ch := range list {
		if count[ch.Panel]++; count[ch.Panel] == 1 {
			first[ch.Panel] = rows[i]
		}
		p, _ := o.Find(ch.Panel)
		if ch.Judge == "" || ch.IsChief {
			continue
		}
		both := where[ch.Judge]
		both.Seated, both.Coded = both.Seated || p.Seated, both.Coded || p.Coded
		if both.Seated && both.Coded && !(p.Seated && p.Coded) {
			c.Faults.Add(at(rows[i], "judge"), "programme.judge_sees_both", ch.Panel)
		}
		where[ch.Judge] = both
	}
	for _, p := range o.Panels {
		if n := count[p.ID]; p.Chairs > 0 && n > 0 && n != p.Chairs {
			c.Faults.Add(at(first[p.ID], "panel"), "programme.panel_chairs",
				p.ID+": "+strconv.Itoa(n)+" / "+strconv.Itoa(p.Chairs))
		}
	}
}

// Label checks a label that may be empty.
func (c Checker) Label(at, s string, seen map[string]bool) {
	if s == "" {
		return
	}
	if !labelForm.MatchString(s) {
		c.Faults.Add(at, "programme.label_wrong", s)
	} else if seen[s] {
		c.Faults.Add(at, "programme.label_duplicate", s)
	}
	seen[s] = true
}

// newEntryID is random: ids in order would tell the order of entries.
func newEntryID() contest.ID { return contest.ID(uuid.New()) }
