package session_test

import (
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring/record"
	"jiangtai/scoring/session"
)

// oracle says what a session should be, from the records alone and another way: it
// drops what was undone first, and then walks from each start of the clock to its
// next stop.
type oracle struct {
	state           session.State
	net             int64 // milliseconds
	added, breaches int
	sign            string
	newest          record.ID
}

// standing are the records that nothing took back.
func standing(all []record.Record) []record.Record {
	var out []record.Record
	for _, r := range all {
		if r.Value == "undo" {
			out = out[:len(out)-1]
			continue
		}
		out = append(out, r)
	}
	return out
}

var leads = map[string]session.State{
	"start": session.Running, "pause": session.Paused, "resume": session.Running, "hand_in": session.HandedIn,
	"no_work": session.NoWork, "absent": session.Absent,
}

func told(all []record.Record) oracle {
	o := oracle{state: session.Waiting}
	left := standing(all)
	for _, r := range left {
		word, rest, _ := strings.Cut(r.Value, " ")
		if s, ok := leads[word]; ok {
			o.state = s
		}
		switch word {
		case "add":
			n, _ := strconv.Atoi(rest)
			o.added += n
		case "violation":
			o.breaches++
		case "signed", "refused":
			o.sign = word
		}
		o.newest = r.MarkID
	}
	var nanos int64
	for i, r := range left {
		if r.Value != "start" && r.Value != "resume" {
			continue
		}
		stop := slices.IndexFunc(left[i:], func(r record.Record) bool {
			return strings.HasPrefix(r.Value, "pause") || r.Value == "hand_in" || r.Value == "no_work"
		})
		if stop > 0 {
			nanos += passed(r, left[i+stop])
		}
	}
	o.net = nanos / 1_000_000
	return o
}

func passed(from, to record.Record) int64 {
	one := from.Device == to.Device && from.Device != record.ID{} && from.ClientAt > 0
	if one && to.ClientAt >= from.ClientAt {
		return (to.ClientAt - from.ClientAt) * 1_000_000
	}
	return max(0, to.At-from.At) // the server's clock may be set back too
}

// may says whether a word fits, as the tablet's judge would put it.
func (o oracle) may(word string) bool {
	isOpen := slices.Contains([]session.State{session.Waiting, session.Running, session.Paused}, o.state)
	if o.sign != "" {
		return word == "undo"
	}
	switch word {
	case "start", "absent":
		return o.state == session.Waiting
	case "pause":
		return o.state == session.Running
	case "resume":
		return o.state == session.Paused
	case "add", "hand_in", "no_work":
		return isOpen
	case "violation":
		return o.state != session.Absent
	case "signed", "refused":
		return o.state == session.HandedIn || o.state == session.NoWork
	}
	return o.newest != record.ID{}
}
