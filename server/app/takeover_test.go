package app_test

import (
	"testing"

	"jiangtai/server/rehearsal"
)

// TestATabletIsReplaced over HTTP and on a real database: the older tablet hands over what it holds, and does nothing
// else; the chief sees two tablets and how many marks came; another judge takes the chair, and old marks keep their name.
func TestATabletIsReplaced(t *testing.T) {
	f, tablets := gaugeFair(t)
	old := tablets[0]
	cells := old.Open()
	first, held := old.Mark(cells[0], "5"), old.Mark(cells[1], "6")
	sends := func(tablet *rehearsal.Tablet, m rehearsal.MarkBody, status int) {
		t.Helper()
		got, err := tablet.Send(t.Context(), []rehearsal.MarkBody{m})
		if err != nil || got[0].Status != status {
			t.Fatalf("want %d: %+v %+v %v", status, got, got[0].Problem, err)
		}
	}
	sends(old, first, 200)
	fresh := f.pair("weld")[0]
	sends(old, held, 202)
	sends(old, first, 200)
	if err := old.Load(t.Context()); codeOf(err) != "identity.replaced" {
		t.Errorf("the older tablet reads: %v", err)
	}
	if err := old.Client.Do(t.Context(), "PUT", "/api/v1/devices/current", map[string]any{"pending": 0}, nil); err != nil {
		t.Errorf("the older tablet says that it is empty: %v", err)
	}
	sends(fresh, fresh.Mark(cells[1], "7"), 200)
	event := "/api/v1/events/" + f.events["weld"]
	var list struct {
		Devices []struct {
			Chair, Handed int
			Frozen        bool
		}
	}
	get(t, f.organiser, event+"/devices", &list)
	handed := 0
	for _, d := range list.Devices {
		if d.Chair == 1 && d.Frozen {
			handed += d.Handed
		}
	}
	if handed != 1 {
		t.Errorf("one mark was handed over: %+v", list.Devices)
	}
	f.mustAct("weld", "replace", "chair", 1, "judge", "何五", "reason", "突发疾病")
	if err := fresh.Load(t.Context()); codeOf(err) != "identity.replaced" {
		t.Errorf("the earlier judge's tablet reads: %v", err)
	}
	third := f.pair("weld")[0]
	corrected := third.Mark(cells[0], "8")
	corrected.Supersedes = first.MarkID
	sends(third, corrected, 200)
	var records struct {
		Records []struct {
			Kind, Judge string
			Chair       int
		}
	}
	get(t, f.organiser, event+"/records", &records)
	judges := map[string]int{}
	for _, r := range records.Records {
		if r.Chair == 1 && r.Kind == "mark" {
			judges[r.Judge]++
		}
	}
	if judges["何五"] != 1 || len(judges) != 2 {
		t.Errorf("marks by judge: %v", judges)
	}
}
