package session_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/door"
	"jiangtai/scoring/record"
	"jiangtai/scoring/session"
)

const second = int64(1e9)

// tape is a ledger of clocks: it numbers what it is given.
type tape struct {
	session.Table
	all []record.Record
}

// command is a record of a device, with a text where its word wants one.
func command(value string, device byte, client int64) record.Command {
	c := record.Command{
		Kind: record.Clock, Value: value, Entry: 7, Aspect: "work", Chair: record.ChairID(device), Device: record.ID{device},
		ClientAt: client, Attempt: 1, Round: 1,
	}
	switch word, _, _ := strings.Cut(value, " "); word {
	case "add", "violation", "signed", "refused":
		c.TextHash[0] = 1
	}
	return c
}

// give gives a command at a time of the server; an undo without a name names the
// newest.
func (t *tape) give(c record.Command, at int64) *door.Refusal {
	c.MarkID = record.ID{15: byte(len(t.all) + 1)}
	if c.Value == "undo" && c.Supersedes.IsZero() {
		c.Supersedes = t.Find(c.Entry, c.Aspect).Newest
	}
	no := t.Check(&c)
	r := record.Record{Command: c, Seq: uint64(len(t.all) + 1), At: at}
	if took := t.Fold(&r); took != (no == nil) {
		panic(fmt.Sprintf("%q: checked %v, folded %v", c.Value, no, took))
	}
	if no == nil {
		t.all = append(t.all, r)
	}
	return no
}

func code(no *door.Refusal) string {
	if no == nil {
		return ""
	}
	return no.Code
}

// TestGrammar: the words are closed; what needs a reason has one.
func TestGrammar(t *testing.T) {
	for value, want := range map[string]string{
		"start": "", "pause equipment": "judging.clock_order", "add 1": "", "add 7200": "", "hand_in": "", "no_work": "", "absent": "", "violation": "",
		"resume": "judging.clock_order", "signed": "judging.clock_order", "refused": "judging.clock_order",
		"": "judging.malformed_value", "begin": "judging.malformed_value", "start ": "judging.malformed_value", " start": "judging.malformed_value", "START": "judging.malformed_value",
		"start now": "judging.malformed_value", "pause": "judging.malformed_value", "pause lunch": "judging.malformed_value", "pause equipment ": "judging.malformed_value",
		"add": "judging.malformed_value", "add 0": "judging.malformed_value", "add 7201": "judging.malformed_value", "add 01": "judging.malformed_value",
		"add +1": "judging.malformed_value", "add 1.5": "judging.malformed_value", "add -1": "judging.malformed_value", "hand_in 1": "judging.malformed_value",
	} {
		var table session.Table
		c := command(value, 1, 0)
		if no := table.Check(&c); code(no) != want {
			t.Errorf("%q: %v, want %q", value, no, want)
		}
		if c.TextHash == [32]byte{} || want != "" {
			continue
		}
		c.TextHash = [32]byte{}
		if no := table.Check(&c); code(no) != "judging.reason" || no.Path != "/text" {
			t.Errorf("%q without a text: %v", value, no)
		}
	}
	var table session.Table
	second, again := command("start", 1, 0), command("start", 1, 0)
	second.Attempt, again.Round = 2, 2
	if code(table.Check(&second)) != "judging.no_such_attempt" || code(table.Check(&again)) != "judging.round_not_open" {
		t.Error("a session has one attempt and one round")
	}
}

// TestOrder is the whole table: which word fits which state; a refusal says the state.
func TestOrder(t *testing.T) {
	ways := map[string]string{
		"waiting": "", "running": "start", "paused": "start,pause rule", "handed_in": "start,hand_in", "no_work": "start,no_work",
		"absent": "absent", "signed": "hand_in,signed", "refused": "hand_in,refused",
	}
	fits := map[string]string{
		"start": "waiting", "pause injury": "running", "resume": "paused", "add 60": "waiting running paused",
		"hand_in": "waiting running paused", "no_work": "waiting running paused", "absent": "waiting",
		"violation": "waiting running paused handed_in no_work", "signed": "handed_in no_work", "refused": "handed_in no_work",
		"undo": "running paused handed_in no_work absent signed refused",
	}
	for state, way := range ways {
		for word, in := range fits {
			var tp tape
			for i, value := range strings.Split(way, ",") {
				if value != "" && tp.give(command(value, 1, 0), int64(i)*second) != nil {
					t.Fatalf("no way to %s", state)
				}
			}
			no := tp.give(command(word, 2, 0), 100*second)
			switch ok := strings.Contains(" "+in+" ", " "+state+" "); {
			case ok && no != nil:
				t.Errorf("%s while %s: %v", word, state, no)
			case !ok && word == "undo":
				if code(no) != "judging.mark_id_missing" {
					t.Errorf("undoing nothing: %v", no)
				}
			case !ok && (code(no) != "judging.clock_order" || no.Hint != state || no.Class != door.Rule):
				t.Errorf("%s while %s: %+v", word, state, no)
			}
		}
	}
}

// TestNetTime: pauses are left out, a begun second does not count, and a device that
// is wrong by years measures as well as any.
func TestNetTime(t *testing.T) {
	const years = 40 * 365 * 24 * 3600 * 1000
	type step struct {
		value  string
		device byte
		client int64 // milliseconds on the device
		at     int64 // milliseconds on the server
	}
	for name, c := range map[string]struct {
		steps []step
		net   int64 // milliseconds
	}{
		"one device, drained an hour later at once": {[]step{{"start", 1, 1000, 9_000_000}, {"hand_in", 1, 5_521_999, 9_000_001}}, 5_520_999},
		"one device 40 years behind":                {[]step{{"start", 1, years, 50}, {"pause rule", 1, years + 1500, 51}, {"resume", 1, years + 9000, 52}, {"hand_in", 1, years + 9700, 53}}, 2200},
		"started by one, handed in by another":      {[]step{{"start", 1, years, 1000}, {"hand_in", 2, 7, 61_500}}, 60_500},
		"each its own interval":                     {[]step{{"start", 1, years, 1000}, {"pause rule", 1, years + 5000, 99_000}, {"resume", 2, 7, 100_000}, {"hand_in", 2, 1507, 100_001}}, 6500},
		"what lies between does not matter":         {[]step{{"start", 1, 10, 1000}, {"violation", 2, years, 1001}, {"add 60", 2, years, 1002}, {"hand_in", 1, 4010, 1003}}, 4000},
		"a clock set back counts by the server's":   {[]step{{"start", 1, years, 1000}, {"hand_in", 1, 3, 31_000}}, 30_000},
		"a device without a clock":                  {[]step{{"start", 1, 0, 1000}, {"hand_in", 1, 0, 2999}}, 1999},
		"never started":                             {[]step{{"hand_in", 1, 5, 5}}, 0},
		"running: until it was started":             {[]step{{"start", 1, 5, 5}, {"violation", 1, 99_999, 99_999}}, 0},
		"a pause that was undone is no pause":       {[]step{{"start", 1, 0, 0}, {"pause rule", 1, 0, 1000}, {"undo", 1, 0, 2000}, {"hand_in", 1, 0, 10_000}}, 10_000},
		"a start that was undone is none":           {[]step{{"start", 1, 0, 0}, {"undo", 1, 0, 2000}, {"start", 1, 0, 3000}, {"hand_in", 1, 0, 10_000}}, 7000},
		"a device that jumps by years is bounded":   {[]step{{"start", 1, 1, 0}, {"hand_in", 1, 9_000_000_000_000, 10_000}}, 100 * 24 * 3600 * 1000},
	} {
		var tp tape
		for _, s := range c.steps {
			if no := tp.give(command(s.value, s.device, s.client), s.at*1_000_000); no != nil {
				t.Fatalf("%s: %s: %v", name, s.value, no)
			}
		}
		if s := tp.Find(7, "work"); s.NetMillis != c.net || s.Net() != c.net/1000 {
			t.Errorf("%s: %d ms, want %d", name, s.NetMillis, c.net)
		}
	}
}

// TestStaleUndo: what somebody else did in between is not taken back unseen.
func TestStaleUndo(t *testing.T) {
	var tp tape
	tp.give(command("start", 1, 0), 1)
	mine := tp.Find(7, "work").Newest
	tp.give(command("pause rule", 2, 0), 2)
	undo := command("undo", 1, 0)
	undo.Supersedes = mine
	no := tp.give(undo, 3)
	if no == nil || no.Class != door.Stale || no.Head != tp.Find(7, "work").Newest {
		t.Errorf("%+v", no)
	}
	if again := tp.give(command("pause rule", 1, 0), 4); code(again) != "judging.clock_order" || again.Hint != "paused" {
		t.Errorf("paused twice: %+v", again)
	}
}

var words = []string{
	"start", "pause equipment", "pause other", "resume", "add 1", "add 300", "hand_in", "no_work", "absent", "violation", "signed", "refused",
	"undo", "undo", "resume", "start", "pause rule",
}

// TestFold: in whatever order commands come, from devices with clocks wrong by years,
// what is let through is what a judge would let through, and the session is what the
// records say a second way; other entries and modules are left alone.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tp tape
		offset := [3]int64{0, rapid.Int64Range(1, 1<<42).Draw(t, "first clock"), rapid.Int64Range(1, 1<<42).Draw(t, "second clock")}
		now := int64(1)
		for range rapid.IntRange(1, 40).Draw(t, "commands") {
			now += rapid.Int64Range(0, 4000).Draw(t, "milliseconds")
			device := byte(rapid.IntRange(1, 2).Draw(t, "device"))
			value := rapid.SampledFrom(words).Draw(t, "word")
			before := told(tp.all)
			word, _, _ := strings.Cut(value, " ")
			was := tp.Find(7, "work")
			if no := tp.give(command(value, device, offset[device]+now), now*1_000_000+rapid.Int64Range(0, 999_999).Draw(t, "nanoseconds")); (no == nil) != before.may(word) {
				t.Fatalf("%s in %+v: %v", value, before, no)
			}
			s, want := tp.Find(7, "work"), told(tp.all)
			if got := (oracle{s.State, s.NetMillis, s.Added, s.Violations, s.Sign, s.Newest}); got != want {
				t.Fatalf("after %s: %+v, want %+v", value, got, want)
			}
			if word == "undo" && len(s.Events) > len(was.Events) {
				undone(t, was, s)
			}
		}
		other := tp.Find(8, "work")
		if len(tp.List()) > 1 || other.State != session.Waiting || len(other.Events) > 0 || len(tp.Find(7, "other").Events) > 0 {
			t.Fatal("another session moved")
		}
		var again session.Table
		for i := range tp.all {
			if !again.Fold(&tp.all[i]) {
				t.Fatalf("record %d does not fold again", i)
			}
		}
		if a, b := fmt.Sprint(view(again.List())), fmt.Sprint(view(tp.List())); a != b {
			t.Fatalf("folded again:\n%s\n%s", a, b)
		}
	})
}

// undone asks that one event was taken back and that the records say which.
func undone(t *rapid.T, was, now session.Session) {
	last := now.Events[len(now.Events)-1]
	if last.Of != was.Newest || last.Word != session.Undo {
		t.Fatalf("%+v took back %v, the newest was %v", last, last.Of, was.Newest)
	}
	n := 0
	for i, e := range was.Events {
		if e.Undone != now.Events[i].Undone {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("one undo took back %d", n)
	}
}

// view is sessions without their pointers.
func view(list []session.Session) []string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprint(s.Entry, s.Criterion, s.State, s.Added, s.NetMillis, s.Violations, s.Sign, s.Newest, s.By, s.Events))
	}
	return out
}

// TestACopyIsACopy: who keeps a session keeps it as it was.
func TestACopyIsACopy(t *testing.T) {
	var tp tape
	tp.give(command("start", 1, 0), 0)
	was := tp.Find(7, "work")
	tp.give(command("undo", 1, 0), second)
	if was.Events[0].Undone || was.State != session.Running {
		t.Error("a session that was read changed")
	}
}
