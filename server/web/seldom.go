package web

import (
	"log/slog"
	"sync"
	"time"

	"jiangtai/server/fault"
)

// quietFor is how long a refusal that was told is only counted.
const quietFor = time.Minute

// seldom tells of refusals that come by the thousand, as while the live feed is full
// or the database is away: the first of a code at once, the others as a number once a
// minute. A line for each of them would bury the ones that say why. Safe for
// concurrent use.
type seldom struct {
	mu   sync.Mutex // guards told
	told map[string]*tally
}

type tally struct {
	since  time.Time
	untold int
}

// isRefusal says that the client was told when to come back: nothing is broken that a
// line for this one request would help to find.
func isRefusal(f *fault.Error) bool { return f.Kind == fault.Unavailable && f.RetryAfter > 0 }

func (s *seldom) warn(log *slog.Logger, now time.Time, f *fault.Error, route string) {
	if n := s.count(f.Code, now); n > 0 {
		log.Warn("requests refused", "code", f.Code, "times", n, "route", route, "error", f.Error())
	}
}

// count is how many of the code are to be told of now; 0: not yet.
func (s *seldom) count(code string, now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.told[code]
	if t != nil && now.Sub(t.since) < quietFor {
		t.untold++
		return 0
	}
	n := 1
	if t != nil {
		n += t.untold
	}
	if s.told == nil {
		s.told = map[string]*tally{}
	}
	s.told[code] = &tally{since: now}
	return n
}
