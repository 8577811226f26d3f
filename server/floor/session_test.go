package floor

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var nine = time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)

// said are records at seconds after nine: "0 start", "60 pause equipment". A "!"
// before the word: it was taken back.
func said(lines ...string) []Record {
	var out []Record
	for _, line := range lines {
		var seconds int
		var value string
		if _, err := fmt.Sscanf(line, "%d", &seconds); err != nil {
			panic(err)
		}
		_, value, _ = strings.Cut(line, " ")
		value, text, _ := strings.Cut(value, " — ")
		at := nine.Add(time.Duration(seconds) * time.Second)
		r := Record{Value: strings.TrimPrefix(value, "!"), At: at.Add(2 * time.Second), ClientAt: at, Chair: 3, Judge: "周敏", Text: text, IsUndone: value[0] == '!'}
		out = append(out, r)
	}
	return out
}

func at(seconds int) time.Time { return nine.Add(time.Duration(seconds) * time.Second) }

func TestTell(t *testing.T) {
	s := tell(&Clock{Work: "07", State: "handed_in", Added: 300, Net: 3540, Records: said(
		"0 start", "60 pause equipment", "120 resume", "130 add 300 — 设备故障，已修复", "140 violation — 与他人交谈",
		"150 !hand_in", "151 undo", "3600 hand_in", "3650 refused — 见证人：林海涛；对用时有异议")})
	if s.Started == nil || !s.Started.Equal(at(0)) || s.Ended == nil || !s.Ended.Equal(at(3600)) || s.IsOpen() {
		t.Errorf("%v to %v", s.Started, s.Ended)
	}
	if len(s.Pauses) != 1 || s.Pauses[0].Seconds != 60 || s.Pauses[0].Why != "equipment" || !s.Pauses[0].To.Equal(at(120)) {
		t.Errorf("%+v", s.Pauses)
	}
	if len(s.Additions) != 1 || s.Additions[0].Seconds != 300 || s.Additions[0].Why != "设备故障，已修复" || s.Additions[0].Judge != "周敏" {
		t.Errorf("%+v", s.Additions)
	}
	if len(s.Violations) != 1 || s.Violations[0].Text != "与他人交谈" {
		t.Errorf("%+v", s.Violations)
	}
	if s.Signature == nil || s.Signature.Kind != "refused" || s.Signature.Text != "见证人：林海涛；对用时有异议" {
		t.Errorf("%+v", s.Signature)
	}
	if s.NetAt(at(99999)) != 3540 {
		t.Errorf("a clock that stands runs: %d", s.NetAt(at(99999)))
	}
}

func TestNetOfARunningClock(t *testing.T) {
	s := tell(&Clock{State: "running", Net: 60, Records: said("0 start", "60 pause rule", "100 resume")})
	for now, want := range map[int]int64{100: 60, 161: 121, 50: 60} {
		if got := s.NetAt(at(now)); got != want {
			t.Errorf("at %d: %d, want %d", now, got, want)
		}
	}
	paused := tell(&Clock{State: "paused", Net: 60, Records: said("0 start", "60 pause rule")})
	if paused.NetAt(at(500)) != 60 || paused.Pauses[0].To != nil || paused.Pauses[0].Seconds != 0 || !paused.IsOpen() {
		t.Errorf("%+v", paused)
	}
	ended := tell(&Clock{State: "handed_in", Net: 60, Records: said("0 start", "60 pause rule", "90 hand_in")})
	if ended.Pauses[0].Seconds != 30 {
		t.Error("a pause ends with the hand-in")
	}
	waiting := tell(&Clock{State: "waiting", Records: said("0 add 60 — x")})
	if waiting.NetAt(at(9)) != 0 || waiting.Since != nil {
		t.Errorf("%+v", waiting)
	}
}

// A signature is a name while the event is sealed: that it was given is all that is
// told, whatever stands beside the record.
func TestStrokesAreNotTold(t *testing.T) {
	s := tell(&Clock{State: "handed_in", Records: said("0 hand_in", "1 signed — 600 240;1,2,3")})
	if s.Signature == nil || s.Signature.Kind != "signed" || s.Signature.Text != "" {
		t.Errorf("%+v", s.Signature)
	}
}

func TestWhen(t *testing.T) {
	for name, c := range map[string]struct {
		client time.Time
		want   time.Time
	}{
		"the tablet's, an hour before it arrived":   {nine.Add(-time.Hour), nine.Add(-time.Hour)},
		"the tablet's, a little ahead":              {nine.Add(time.Minute), nine.Add(time.Minute)},
		"the server's, the tablet being years back": {nine.AddDate(-6, 0, 0), nine},
		"the server's, the tablet being a day on":   {nine.AddDate(0, 0, 1), nine},
		"the server's, the tablet having no clock":  {time.Time{}, nine},
	} {
		if r := (Record{At: nine, ClientAt: c.client}); !r.When().Equal(c.want) {
			t.Errorf("%s: %v", name, r.When())
		}
	}
}

// Start, pauses and the words stay; nothing that is left tells how long it took.
func TestWithheld(t *testing.T) {
	records := said("0 start", "60 pause equipment", "120 resume", "300 pause rule", "3600 hand_in", "3650 signed")
	s := tell(&Clock{Work: "07", State: "handed_in", Net: 3240, Records: records, IsWithheld: true})
	if s.Started == nil || len(s.Pauses) != 2 || s.Pauses[0].Seconds != 60 || s.State != "handed_in" || s.Signature == nil || s.Signature.Kind != "signed" {
		t.Errorf("%+v", s)
	}
	if s.Net != 0 || s.Ended != nil || s.Since != nil || len(s.Records) != 0 || !s.Signature.At.IsZero() || s.Pauses[1].To != nil || s.Pauses[1].Seconds != 0 {
		t.Errorf("it is told when it ended: %+v", s)
	}
	if s = tell(&Clock{State: "running", Records: said("0 start"), IsWithheld: true}); s.Since == nil || len(s.Records) != 0 {
		t.Errorf("%+v", s)
	}
}
