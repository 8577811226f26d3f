package programme_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/workcode"
)

// Who sees what of a coded event's entries, through its life. n: names and entry
// numbers; c: work codes; i: the ordinals that records carry.
func TestWhatIsSeenOfEntries(t *testing.T) {
	for _, tc := range []struct {
		role     contest.Role
		open     bool
		unsealed bool
		event    int
		want     string
	}{
		{contest.Organiser, false, false, 0, "nci"},
		{contest.HostSecretary, false, false, 0, "nci"},
		{contest.ChiefJudge, false, false, 0, "c"},
		{contest.Supervisor, false, false, 0, "c"},
		{contest.Organiser, true, false, 0, "n"},
		{contest.Administrator, true, false, 0, "n"},
		{contest.HostSecretary, true, false, 0, "n"},
		{contest.ChiefJudge, true, false, 0, "c"},
		{contest.Clerk, true, false, 0, "c"},
		{contest.Spectator, true, false, 0, "c"},
		{contest.Organiser, true, true, 0, "nci"},
		{contest.ChiefJudge, true, true, 0, "nci"},
		{contest.ChiefJudge, true, false, 1, "ni"}, // an open event has no secret
		{contest.Spectator, false, false, 1, "ni"},
		{contest.ChiefJudge, true, false, 2, "c"}, // seat and code: never both
		{contest.Organiser, true, false, 2, "n"},
	} {
		t.Run(fmt.Sprint(tc), func(t *testing.T) {
			w := newWorld(t)
			if tc.open {
				w.open(tc.event, tc.unsealed)
			}
			list, err := w.Entries(t.Context(), w.as(tc.role), w.events[tc.event].ID, programme.EntryFilter{}, programme.Page{})
			if err != nil || len(list.Entries) == 0 {
				t.Fatal(err)
			}
			for _, e := range list.Entries {
				got := ""
				if e.Name != "" || e.EntryNo != "" || e.Unit.Name != "" || e.Pinyin != "" || !e.ID.IsZero() {
					got += "n"
				}
				if e.WorkCode != "" {
					got += "c"
				}
				if e.Ordinal != 0 {
					got += "i"
				}
				if got != tc.want || tc.want == "c" && e.SeatNo != "" || tc.want == "n" && e.SeatNo != "" {
					t.Errorf("%q: %+v", got, e)
				}
			}
		})
	}
}

// Two contests that differ only in who holds which code show a chief judge the
// same, whatever he searches for.
func TestMaskedEntriesTellNothing(t *testing.T) {
	entries := func(one, two string) string {
		rig := programmetest.InMemory()
		files := programmetest.Changed("entries.csv", "event,work_code,name,unit\nwelder,"+one+",梁志远,u1\nwelder,"+two+",曾小雨,u2\n")
		made, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(files))
		if err != nil {
			t.Fatal(err)
		}
		events, _ := rig.Directory.Events(t.Context(), made.ID)
		chief := programmetest.Account(contest.Grant{Role: contest.ChiefJudge, Contest: made.ID, Event: events[0].ID})
		var seen strings.Builder
		for _, q := range []string{"", "梁", "lzy", "u1", "造船", "001", "417"} {
			list, err := rig.Entries(t.Context(), chief, events[0].ID, programme.EntryFilter{}, programme.Page{Q: q})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&seen, "%s %d:", q, list.Total)
			for _, e := range list.Entries {
				e.Event = contest.ID{}
				fmt.Fprintf(&seen, " %+v", e)
			}
		}
		return seen.String()
	}
	if a, b := entries("417D", "086U"), entries("086U", "417D"); a != b {
		t.Errorf("%s\n%s", a, b)
	}
}

func TestPutEntries(t *testing.T) {
	w := newWorld(t)
	ctx, id, host := t.Context(), w.events[0].ID, w.as(contest.HostSecretary, 0)
	before, _ := w.Rig.Directory.Entries(ctx, id)
	_, err := w.PutEntries(ctx, host, id, []programme.EntryDraft{{Name: ""}, {Name: "x", Unit: "u9", EntryNo: "a b"}, {Name: "y", WorkCode: "417E"}}, "")
	w.is(err, fault.Refused, "programme.invalid")
	if got := places(fault.Of(err).Fields); got != "/entries/0/name programme.empty\n/entries/1/entry_no programme.label_wrong\n/entries/1/unit programme.unit_unknown\n/entries/2/work_code programme.work_code_wrong" {
		t.Error(got)
	}
	// Known by number: ids and codes stay, one goes, one comes, one takes another's code.
	first, second := before[0], before[1]
	n, err := w.PutEntries(ctx, host, id, []programme.EntryDraft{
		{EntryNo: second.EntryNo, Name: "曾小雨", Unit: "u1", WorkCode: first.WorkCode},
		{EntryNo: first.EntryNo, Name: "梁志远"},
		{Name: "新人"},
	}, "")
	if err != nil || n != 3 {
		t.Fatal(n, err)
	}
	after, _ := w.Rig.Directory.Entries(ctx, id)
	if after[0].ID != first.ID || after[1].ID != second.ID || after[1].WorkCode != first.WorkCode ||
		after[0].WorkCode == first.WorkCode || !workcode.IsCode(after[0].WorkCode) || after[1].Unit.Code != "u1" || after[2].EntryNo != "003" {
		t.Errorf("%+v", after)
	}
}

func TestPutEntriesOfAnOpenEvent(t *testing.T) {
	w := newWorld(t)
	ctx, id, host := t.Context(), w.events[0].ID, w.as(contest.HostSecretary, 0)
	before, _ := w.Rig.Directory.Entries(ctx, id)
	w.open(0, false)
	rows := func(names ...string) []programme.EntryDraft {
		var out []programme.EntryDraft
		for i, n := range names {
			out = append(out, programme.EntryDraft{EntryNo: before[i].EntryNo, Name: n})
		}
		return out
	}
	_, err := w.PutEntries(ctx, host, id, rows("甲", "乙"), "")
	w.is(err, fault.Refused, "programme.event_open")
	_, err = w.PutEntries(ctx, host, id, append(rows("甲", "乙", "丙"), programme.EntryDraft{Name: "丁"}), "")
	w.is(err, fault.Refused, "programme.event_open")
	if _, err = w.PutEntries(ctx, host, id, rows("甲", "乙", "丙"), ""); err != nil {
		t.Fatal(err)
	}
	after, _ := w.Rig.Directory.Entries(ctx, id)
	for i := range after {
		if after[i].Ordinal != before[i].Ordinal || after[i].WorkCode != before[i].WorkCode || after[i].ID != before[i].ID {
			t.Errorf("%+v was %+v", after[i], before[i])
		}
	}
	if after[0].Name != "甲" || after[0].Pinyin != "j jia" {
		t.Errorf("%+v", after[0])
	}
	// Right and wrong guesses of a code are answered alike.
	right, wrong := rows("甲", "乙", "丙"), rows("甲", "乙", "丙")
	right[0].WorkCode, wrong[0].WorkCode = before[0].WorkCode, before[1].WorkCode
	_, one := w.PutEntries(ctx, host, id, right, "")
	_, two := w.PutEntries(ctx, host, id, wrong, "")
	w.is(one, fault.Refused, "programme.event_open")
	if one.Error() != two.Error() {
		t.Errorf("%v, %v", one, two)
	}
}

// An export of a sealed event does not put codes beside names.
func TestExportOfASealedEvent(t *testing.T) {
	w := newWorld(t)
	w.open(0, false)
	w.open(2, true)
	out, err := w.Export(t.Context(), w.as(contest.Organiser), w.contest.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range out.Entries {
		if hasCode := e.WorkCode != "" || e.SeatNo != ""; hasCode != (e.Event == "cook") {
			t.Errorf("%+v", e)
		}
	}
}
