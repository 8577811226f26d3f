package floor

import (
	"strconv"
	"strings"
	"time"

	"jiangtai/scoring"
)

// near is how far a tablet's clock may be from the arrival of its record to be
// believed.
const near = 12 * time.Hour

// Clock is one work's clock in one module as judging tells it (计时).
type Clock struct {
	Work    string
	Module  Module
	State   string // waiting, running, paused, handed_in, no_work, absent
	Added   int    // seconds
	Net     int64  // whole seconds worked until the state began
	Signed  string // "", signed or refused
	Records []Record
	// IsWithheld says that its reader may not know how long it took: marking runs.
	IsWithheld bool
}

// Module is a criterion of the scheme (模块).
type Module struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

// Record is one record of a clock (记录), also one that was taken back.
type Record struct {
	Value    string
	At       time.Time // server
	ClientAt time.Time // the tablet's; zero: it told none
	Chair    scoring.ChairID
	Judge    string
	Text     string
	IsUndone bool
}

// When is the time that a record is shown with.
func (r *Record) When() time.Time {
	if apart := r.At.Sub(r.ClientAt).Abs(); !r.ClientAt.IsZero() && apart <= near {
		return r.ClientAt
	}
	return r.At
}

func (r *Record) word() string {
	word, _, _ := strings.Cut(r.Value, " ")
	return word
}

func (r *Record) argument() string {
	_, argument, _ := strings.Cut(r.Value, " ")
	return argument
}

// Session is what the record of a session says (场次).
type Session struct {
	Work       string
	Module     Module
	State      string
	Started    *time.Time // nil: the clock never ran
	Ended      *time.Time // nil: it is not handed in, missing or absent
	Since      *time.Time // when the state began; nil while waiting
	Pauses     []Pause
	Additions  []Addition
	Added      int   // seconds, all additions together
	Net        int64 // whole seconds until Since; of a running clock add what came after
	Violations []Note
	Signature  *Signature // nil: nobody signed yet
	Records    []Record
	// IsWithheld says that net time, end and records are not told.
	IsWithheld bool
}

// Pause is a time that the clock stood still (暂停).
type Pause struct {
	Why     string // equipment, material, injury, rule, other
	From    time.Time
	To      *time.Time // nil: it still stands
	Seconds int64      // until To; 0 while it stands
	Judge   string
}

// Addition is time that was added to what is allowed (补时).
type Addition struct {
	At      time.Time
	Seconds int
	Why     string
	Judge   string
}

// Note is something that a judge wrote down (违规).
type Note struct {
	At    time.Time
	Text  string
	Judge string
}

// Signature says how the session was closed (签名): signed, or refused with a text
// that names the witness.
type Signature struct {
	Kind  string
	At    time.Time // zero: withheld
	Text  string
	Judge string
}

// tell puts a clock into words.
func tell(c *Clock) Session {
	s := Session{Work: c.Work, Module: c.Module, State: c.State, Added: c.Added, Net: c.Net, Records: c.Records}
	for i := range c.Records {
		if r := &c.Records[i]; !r.IsUndone {
			s.take(r)
		}
	}
	if c.IsWithheld {
		s.withhold()
	}
	return s
}

// withhold takes out what tells how long the session took: its end too, wherever it
// stands.
func (s *Session) withhold() {
	for i := range s.Pauses {
		if p := &s.Pauses[i]; p.To != nil && s.Ended != nil && p.To.Equal(*s.Ended) {
			p.To, p.Seconds = nil, 0
		}
	}
	if s.Ended != nil {
		s.Ended, s.Since = nil, nil
	}
	if s.Signature != nil {
		s.Signature.At = time.Time{}
	}
	s.Net, s.Records, s.IsWithheld = 0, nil, true
}

// take adds a record that stands. The engine let through only what fits, so that no
// order is asked here.
func (s *Session) take(r *Record) {
	at := r.When()
	switch word := r.word(); word {
	case "start":
		s.Started, s.Since = &at, &at
	case "pause":
		s.Pauses = append(s.Pauses, Pause{Why: r.argument(), From: at, Judge: r.Judge})
		s.Since = &at
	case "resume":
		s.resume(at)
		s.Since = &at
	case "hand_in", "no_work", "absent":
		s.resume(at)
		s.Ended, s.Since = &at, &at
	case "add":
		n, _ := strconv.Atoi(r.argument()) // the engine has read it
		s.Additions = append(s.Additions, Addition{At: at, Seconds: n, Why: r.Text, Judge: r.Judge})
	case "violation":
		s.Violations = append(s.Violations, Note{At: at, Text: r.Text, Judge: r.Judge})
	case "signed", "refused":
		s.Signature = &Signature{Kind: word, At: at, Judge: r.Judge}
		if word == "refused" {
			s.Signature.Text = r.Text
		}
	}
}

// resume ends the pause that is on, if one is.
func (s *Session) resume(at time.Time) {
	if n := len(s.Pauses); n > 0 && s.Pauses[n-1].To == nil {
		p := &s.Pauses[n-1]
		p.To, p.Seconds = &at, max(0, int64(at.Sub(p.From)/time.Second))
	}
}

// NetAt is the net time at a moment, in whole seconds.
func (s *Session) NetAt(now time.Time) int64 {
	if s.State != "running" || s.Since == nil {
		return s.Net
	}
	return s.Net + max(0, int64(now.Sub(*s.Since)/time.Second))
}

// IsOpen says whether the session is not ended.
func (s *Session) IsOpen() bool {
	return s.State == "waiting" || s.State == "running" || s.State == "paused"
}
