package drill

import (
	"time"

	"jiangtai/server/rehearsal/pulse"
)

// Result is what a rehearsal showed. It is written as JSON as it stands: times are
// in milliseconds.
type Result struct {
	Server      string    `json:"server"`
	Contest     Contest   `json:"contest"`
	Made        bool      `json:"made"` // the rehearsal made the contest itself
	Began       time.Time `json:"began"`
	Seconds     float64   `json:"seconds"` // of marking
	Interrupted bool      `json:"interrupted"`
	Judges      int       `json:"judges"`
	Spectators  int       `json:"spectators"`
	Events      int       `json:"events"`

	Marks    Marks    `json:"marks"`
	Phones   Phones   `json:"phones"`
	Compared Compared `json:"compared"`
	// Lag is how late timers of the rehearsing machine itself were.
	Lag Quantiles `json:"lag_ms"`

	SlotSeconds float64 `json:"slot_seconds"`
	Slots       []Slot  `json:"slots"`
	Ways        []Bar   `json:"ways"` // how many deliveries took how long

	Stays  []string `json:"stays"`  // what is left on the server
	Faults []string `json:"faults"` // what went wrong outside of marks and boards
}

// Contest is where it was rehearsed.
type Contest struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Quantiles are of durations, in milliseconds.
type Quantiles struct {
	Count int64   `json:"count"`
	P50   float64 `json:"p50"`
	P95   float64 `json:"p95"`
	P99   float64 `json:"p99"`
	Most  float64 `json:"most"`
}

// Marks is what the tablets saw.
type Marks struct {
	Given    int            `json:"given"`    // by a tap
	Received int            `json:"received"` // with a receipt
	Returned map[string]int `json:"returned"` // refused for good, by code
	Unsent   int            `json:"unsent"`   // still in outboxes at the end
	Retries  map[string]int `json:"retries"`  // requests that had to be sent again, by why
	Again    int            `json:"again"`    // requests sent twice on purpose
	Differed int            `json:"differed"` // whose second answer was another one
	Receipt  Quantiles      `json:"receipt_ms"`
	Flushes  int            `json:"flushes"` // tablets that came back with marks
	Flushed  int            `json:"flushed"` // the marks they brought
	Flush    Quantiles      `json:"flush_ms"`
}

// Phones is what the spectators saw.
type Phones struct {
	Most    int            `json:"most"`    // here at one time
	Fewest  int            `json:"fewest"`  // while marks were given
	Refused int            `json:"refused"` // connections that could not be made
	Cut     int            `json:"cut"`     // broken off on purpose
	Closed  map[string]int `json:"closed"`  // by the server, by code
	Broken  int            `json:"broken"`
	Silent  int            `json:"silent"`
	Holes   int            `json:"holes"`
	Frames  int64          `json:"frames"`
	Bytes   int64          `json:"bytes"`
	Way     Quantiles      `json:"way_ms"`  // from a tablet's sending to a phone
	Back    Quantiles      `json:"back_ms"` // from a lost connection to the newest state
}

// Compared is the server's ledgers and boards beside what was told.
type Compared struct {
	Done    bool `json:"done"`    // false: the run ended before
	Records int  `json:"records"` // marks in the ledgers
	Missing int  `json:"missing"` // receipts without a record
	Twice   int  `json:"twice"`   // marks with more than one record
	Moved   int  `json:"moved"`   // receipts that name another record
	Silent  int  `json:"silent"`  // records whose receipt never arrived
	Boards  int  `json:"boards"`
	Phones  int  `json:"phones"` // that were compared
	Behind  int  `json:"behind"` // whose state is not the server's
	Locked  int  `json:"locked"`
}

// Slot is a stretch of time.
type Slot struct {
	Marks   int64   `json:"marks"` // received
	Here    int     `json:"here"`
	Receipt float64 `json:"receipt_p95_ms"`
	WayP50  float64 `json:"way_p50_ms"`
	WayP95  float64 `json:"way_p95_ms"`
	WayP99  float64 `json:"way_p99_ms"`
}

// Bar is how many were longer than the bar before and no longer than UpTo.
type Bar struct {
	UpTo  float64 `json:"up_to_ms"`
	Count int64   `json:"count"`
}

func quantiles(s pulse.Spread) Quantiles {
	return Quantiles{s.Count(), ms(s.Quantile(.5)), ms(s.Quantile(.95)), ms(s.Quantile(.99)), ms(s.Most())}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// bars are on a scale that doubles, from 2 ms to 33 s.
func bars(s pulse.Spread) []Bar {
	var out []Bar
	seen := int64(0)
	for d := 2 * time.Millisecond; ; d *= 2 {
		n := s.Within(d)
		out = append(out, Bar{ms(d), n - seen})
		if seen = n; n == s.Count() || d > 30*time.Second {
			return out
		}
	}
}
