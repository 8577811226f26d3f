package exclusion

import (
	"fmt"
	"time"
)

// Window is how long a kind of incident excludes. Years 0 means the rest of the
// incident's year.
type Window struct {
	Kind  string `json:"kind"`
	Years int    `json:"years"`
}

// maxYears is the longest window that is believed.
const maxYears = 30

// Check says what is wrong with windows as they are written.
func Check(windows []Window) error {
	seen := map[string]bool{}
	for _, w := range windows {
		switch {
		case w.Kind == "" || seen[w.Kind]:
			return fmt.Errorf("exclusion: the kind %q is empty or twice", w.Kind)
		case w.Years < 0 || w.Years > maxYears:
			return fmt.Errorf("exclusion: %d years for %s", w.Years, w.Kind)
		}
		seen[w.Kind] = true
	}
	return nil
}

// Until is the first day on which an incident excludes no more. The day is a UTC
// midnight.
func (w Window) Until(incident time.Time) time.Time {
	if w.Years == 0 {
		return time.Date(incident.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return incident.AddDate(w.Years, 0, 0)
}

// Excludes says whether an incident of a kind excludes on a day, by the windows.
// Kinds that no window names exclude nobody; what has not happened yet neither.
func Excludes(windows []Window, kind string, incident, on time.Time) bool {
	for _, w := range windows {
		if w.Kind == kind {
			return !incident.After(on) && on.Before(w.Until(incident))
		}
	}
	return false
}
