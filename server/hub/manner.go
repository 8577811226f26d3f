package hub

import "time"

const (
	// A round this long with frames waiting behind it is load.
	longRound = 2 * time.Millisecond
	// A group rests at most this long.
	maxRest = 80 * time.Millisecond
	// So many writes, a quarter of a millisecond, are one turn.
	turn = 32
	// Way is made for so many naps after a turn, and for so long in a round.
	napsAfterTurn = 8
	maxWay        = 50 * time.Millisecond
)

// manner is how a shard behaves towards the rest of the program, whose cores it uses.
type manner struct {
	writes int           // of this turn
	way    time.Duration // that was made in this round
}

// makeWay stops between two turns of writing while somebody waits for something more
// urgent. Go would let a shard write for ten milliseconds before anybody else runs,
// and a mark goes through several hands.
func (s *shard) makeWay() {
	m := &s.manner
	if m.writes++; m.writes < turn {
		return
	}
	m.writes = 0
	nap := s.hub.cfg.Second / 2000
	for n := 0; n < napsAfterTurn && m.way < maxWay && !s.closing && s.hub.cfg.Busy(); n++ {
		time.Sleep(nap) //nolint:forbidigo // a nap waits for nothing, and a timer is dearer here
		m.way += nap
	}
}

// restAfter lets the groups of a long round rest when frames wait already, three
// times as long as it took: what is published to them meanwhile goes out in one piece.
// Groups that were not in it do not wait for them.
func (s *shard) restAfter(began, ended time.Time) {
	took := ended.Sub(began)
	if took < longRound || s.closing {
		return
	}
	s.mu.Lock()
	behind := len(s.dirty) > 0 || len(s.later) > 0
	s.mu.Unlock()
	if !behind {
		return
	}
	until := ended.Add(min(3*took, maxRest))
	for _, t := range s.topics {
		if g := s.groups[t.topic]; g != nil && !began.Before(g.rests) {
			g.rests = until
		}
	}
}

// untilRested is how long it is until the first of those that rest may go on.
func (s *shard) untilRested() time.Duration {
	now, first := s.hub.cfg.Now(), maxRest
	for _, t := range s.later {
		g := s.groups[t.topic]
		if g == nil { // its readers left meanwhile
			return 0
		}
		first = min(first, g.rests.Sub(now))
	}
	return max(0, first)
}

// wakeAll delivers to the groups that rest.
func (s *shard) wakeAll() {
	for _, t := range s.later {
		s.bring(t)
	}
	s.later = nil
}
