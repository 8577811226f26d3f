package demo

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"jiangtai/scoring/pad"
	"jiangtai/server/rehearsal"
)

// floorTablet is a tablet of the floor's panel with two modules, the second of which
// notes a time, and with what the server tells of two sessions.
func floorTablet(t *testing.T, more string) *rehearsal.Tablet {
	t.Helper()
	const bundle = `{"chair": {"number": 2, "panel": "floor", "seat": 1},
		"sheets": [
			{"criterion": {"id": "safety"}, "subs": [{"aspects": [{"id": "ppe", "kind": "yes_no"}]}]},
			{"criterion": {"id": "work"}, "subs": [{"aspects": [{"id": "clean", "kind": "yes_no"}, {"id": "duration", "kind": "time"}]}]}],
		"works": [{"work": "001", "criteria": ["safety", "work"]}, {"work": "002", "criteria": ["safety", "work"], "status": "absent"},
			{"work": "003", "criteria": ["safety", "work"]}, {"work": "004", "criteria": ["safety", "work"]}],
		"sessions": [{"work": "001", "criterion": "work", "state": "running", "net_ms": 60000, "since": 1000}]}`
	var tablet rehearsal.Tablet
	for _, text := range []string{bundle, more} {
		if err := json.Unmarshal([]byte(text), &tablet.Bundle); err != nil {
			t.Fatal(err)
		}
	}
	return &tablet
}

func at(millis int64) func() time.Time {
	return func() time.Time { return time.UnixMilli(millis) }
}

func values(words []rehearsal.MarkBody) (out []string) {
	for _, w := range words {
		out = append(out, w.Work+" "+w.Aspect+" "+w.Value)
	}
	return out
}

// TestAFloorJudgeEndsASessionBeforeItsTime: the time is the clock's, the next one begins,
// and the numbers of the device have no hole.
func TestAFloorJudgeEndsASessionBeforeItsTime(t *testing.T) {
	tablet := floorTablet(t, `{}`)
	h := hallOf(tablet, at(91_900))
	words, value := h.before(rehearsal.Cell{Work: "001", Pad: pad.Pad{ID: "duration"}}, "7")
	if value != "150" { // 60 s, and 90.9 s since
		t.Errorf("the time is %s", value)
	}
	if got := values(words); !slices.Equal(got, []string{"001 work hand_in", "003 work start"}) {
		t.Errorf("%q", got)
	}
	for i, w := range words {
		if w.Kind != "clock" || w.DeviceSeq != uint32(i+1) || w.ClientAt != 91_900 {
			t.Errorf("%+v", w)
		}
	}
	for name, c := range map[string]rehearsal.Cell{
		"a second time":         {Work: "001", Pad: pad.Pad{ID: "duration"}},
		"a work that waits":     {Work: "004", Pad: pad.Pad{ID: "duration"}},
		"another aspect":        {Work: "003", Pad: pad.Pad{ID: "clean"}},
		"another module":        {Work: "003", Pad: pad.Pad{ID: "ppe"}},
		"who did not come here": {Work: "002", Pad: pad.Pad{ID: "duration"}},
	} {
		if words, value := h.before(c, "7"); len(words) > 0 || value != "7" {
			t.Errorf("%s: %q, %s", name, values(words), value)
		}
	}
}

// TestWhoKeepsClocks: the first seat that notes a time, or of the floor's panel.
func TestWhoKeepsClocks(t *testing.T) {
	for name, c := range map[string]struct{ more, module string }{
		"the floor, a time":        {`{}`, "work"},
		"its second seat":          {`{"chair": {"seat": 2}}`, ""},
		"another panel, a time":    {`{"chair": {"panel": "technical"}}`, "work"},
		"the floor without a time": {`{"sheets": [{"criterion": {"id": "safety"}, "subs": [{"aspects": [{"id": "ppe"}]}]}]}`, "safety"},
		"another, without a time":  {`{"chair": {"panel": "judges"}, "sheets": [{"criterion": {"id": "safety"}, "subs": [{"aspects": [{"id": "ppe"}]}]}]}`, ""},
		"by work code":             {`{"sheets": [{"criterion": {"id": "work", "identity": "coded"}, "subs": [{"aspects": [{"id": "duration", "kind": "time"}]}]}]}`, ""},
	} {
		h := hallOf(floorTablet(t, c.more), at(0))
		if (h == nil) != (c.module == "") || h != nil && h.module != c.module {
			t.Errorf("%s: %+v", name, h)
		}
	}
	var none *hall
	if words, value := none.before(rehearsal.Cell{}, "7"); words != nil || value != "7" {
		t.Error("who keeps no clock says something")
	}
}

// TestSessionsFitTheirTimes: what was handed in took what is marked, whatever happened
// in between.
func TestSessionsFitTheirTimes(t *testing.T) {
	h := hallOf(floorTablet(t, `{}`), at(100_000_000))
	for i := range 4 {
		var net, from int64
		for _, w := range h.done("001", i, 3*time.Minute, 50*time.Minute) {
			switch w.Value {
			case "start", "resume":
				from = w.ClientAt
			case "pause material", "hand_in":
				net += w.ClientAt - from
			}
		}
		if net != (50 * time.Minute).Milliseconds() {
			t.Errorf("session %d took %d", i, net)
		}
	}
	for i, moments := range underWay {
		words := h.play("004", moments, time.Hour)
		for n := range words[1:] {
			if words[n+1].ClientAt < words[n].ClientAt && words[n+1].Kind == "clock" {
				t.Errorf("session %d runs backwards: %q", i, values(words))
			}
		}
		if last := words[len(words)-1]; moments[len(moments)-1].word == "hand_in" && (last.Aspect != "duration" || last.Value != "3420") {
			t.Errorf("the time of session %d: %+v", i, last)
		}
	}
}
