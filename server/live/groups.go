package live

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
)

// Groups is the port to the room that knows what the numbers of groups stand for
// (组别、县区、单位). It is called outside all locks, in a clerk's goroutine: it
// should answer soon.
type Groups interface {
	// Groups are an event's groups by ranking (group, county, unit) and number: the
	// name to show. It is asked only while identity is open.
	Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error)
}

// groups are the names of an event's groups. The event's lock guards them.
type groups struct {
	names map[string]map[int]string
	epoch int             // raised when names change, so that a stage knows what it has said
	asked map[string]bool // numbers that were asked for in vain
}

// loadGroups asks for the names of groups. Without an answer those that are known
// stay.
func (e *event) loadGroups(as scheme.Identity) {
	var names map[string]map[int]string
	if as == scheme.Open && e.live.cfg.Groups != nil {
		ctx, cancel := context.WithTimeout(context.Background(), namesWithin)
		defer cancel()
		var err error
		if names, err = e.live.cfg.Groups.Groups(ctx, e.id); err != nil {
			e.live.cfg.Log.Error("live: groups", "event", e.id.String(), "error", err)
			return
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if !maps.EqualFunc(names, e.groups.names, maps.Equal[map[int]string, map[int]string]) {
		e.groups.names = names
		e.groups.epoch++
	}
}

// needsGroups says whether a record put somebody into a group that has no name
// here. One number is asked for in vain once.
func (e *event) needsGroups(rankings []string, rows []scoring.Row) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	isNew := false
	for i := range rows {
		for at, in := range rows[i].In {
			if in.Group == 0 || at >= len(rankings) || e.groups.names[rankings[at]][in.Group] != "" {
				continue
			}
			if key := rankings[at] + strconv.Itoa(in.Group); !e.groups.asked[key] {
				if e.groups.asked == nil {
					e.groups.asked = map[string]bool{}
				}
				e.groups.asked[key], isNew = true, true
			}
		}
	}
	return isNew
}

// ranksWithin says whether the stage may tell who belongs where: where names may
// be joined and ranks are shown.
func (s *stage) ranksWithin() bool {
	return s.event.as == scheme.Open && len(s.head.Rankings) > 0
}

// appendGroups writes the keys rankings and groups, each with a comma before it;
// nothing where the stage may not tell.
func (s *stage) appendGroups(b []byte) []byte {
	if !s.ranksWithin() {
		return b
	}
	b = append(b, `,"rankings":[`...)
	for i, r := range s.head.Rankings {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, r)
	}
	b = append(b, `],"groups":{`...)
	for i, r := range s.head.Rankings {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendNames(append(appendString(b, r), ':'), s.event.groups.names[r])
	}
	return append(b, '}')
}

func appendNames(b []byte, names map[int]string) []byte {
	b = append(b, '{')
	for i, n := range slices.Sorted(maps.Keys(names)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(append(b, '"'), int64(n), 10), `":`...)
		b = appendString(b, names[n])
	}
	return append(b, '}')
}

// appendWithin writes where a row stands in its groups: null for none, without r
// while it has no rank there.
func appendWithin(b []byte, in []scoring.Within) []byte {
	if len(in) == 0 {
		return b
	}
	b = append(b, `,"in":[`...)
	for i, w := range in {
		if i > 0 {
			b = append(b, ',')
		}
		if w.Group == 0 {
			b = append(b, `null`...)
			continue
		}
		b = appendInt(b, `{"g":`, w.Group)
		if w.Rank > 0 {
			b = appendInt(b, `,"r":`, w.Rank)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}
