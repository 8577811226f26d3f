package programme_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmetest"
)

func teamWorld(t *testing.T, identity string) world {
	t.Helper()
	w := world{T: t, Rig: programmetest.InMemory(), admin: programmetest.Administrator()}
	var err error
	if w.contest, _, err = w.Import(t.Context(), w.admin, programmetest.Open(programmetest.Teams(identity))); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	if w.events, err = w.Rig.Directory.Events(t.Context(), w.contest.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// drafts are the turners as they stand.
func (w world) drafts() []programme.EntryDraft {
	list, err := w.Rig.Directory.Entries(w.Context(), w.events[1].ID)
	if err != nil {
		w.Fatal(err)
	}
	return programme.DraftsOf(list)
}

func TestTeamsComeWithAPackage(t *testing.T) {
	w := teamWorld(t, "seat")
	list, err := w.Entries(t.Context(), w.admin, w.events[1].ID, programme.EntryFilter{}, programme.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list.Entries {
		got = append(got, fmt.Sprintf("%s%s<%s> %s/%s", e.EntryNo, e.Kind, list.TeamNo(e), e.Group, e.InCounty()))
		if hasSeat := e.SeatNo != ""; hasSeat != (e.Kind == contest.Team) {
			t.Errorf("%s: a seat for %q; only teams are marked by seat", e.EntryNo, e.SeatNo)
		}
	}
	// Members behind their teams.
	want := "1team<> 职工组/东湖区, 11<1> 职工组/东湖区, 12<1> 学生组/西岭县, 2team<> /, 21<2> 职工组/江城地铁公司, 22<2> /"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if fmt.Sprint(list.Groups, list.Counties) != "[学生组 职工组] [东湖区 江城地铁公司 西岭县]" || len(list.Teams) != 2 || list.Teams[0].Members != 2 {
		t.Errorf("%v %v %+v", list.Groups, list.Counties, list.Teams)
	}
	for name, f := range map[string]programme.EntryFilter{
		"1 11 12": {Team: "1"}, "1 2": {Kind: "team"}, "11 12 21 22": {Kind: "person"}, "1 11 21": {Group: "职工组"}, "12": {County: "西岭县"},
	} {
		part, err := w.Entries(t.Context(), w.admin, w.events[1].ID, f, programme.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var numbers []string
		for _, e := range part.Entries {
			numbers = append(numbers, e.EntryNo)
		}
		if strings.Join(numbers, " ") != name {
			t.Errorf("%+v: %v", f, numbers)
		}
	}
	// A chief judge who sees labels only sees no teams either.
	chief := w.as(contest.ChiefJudge, 1)
	masked, err := w.Entries(t.Context(), chief, w.events[1].ID, programme.EntryFilter{}, programme.Page{})
	if err != nil || !masked.Masked || masked.Teams != nil || masked.Groups != nil || masked.Entries[0].Group != "" {
		t.Errorf("%+v %v", masked, err)
	}
}

func TestWhatIsWrongWithTeams(t *testing.T) {
	w := teamWorld(t, "open")
	host := w.as(contest.HostSecretary, 1)
	_, err := w.PutEntries(t.Context(), host, w.events[1].ID, []programme.EntryDraft{
		{Name: "甲队", Kind: "team"},
		{Name: "甲队", Kind: "team", EntryNo: "2"},
		{Name: "a", Team: "甲队"},
		{Name: "b", Team: "丙队"},
		{Name: "c", Kind: "team", Team: "2"},
		{Name: "d", Kind: "pair"},
		{Name: "e", Unit: "u1", County: "西岭县"},
		{Name: "f", Group: strings.Repeat("组", 121)},
		{Name: "g", Team: "2"},
	}, "")
	w.is(err, fault.Refused, "programme.invalid")
	want := "/entries/5/kind programme.not_one_of\n/entries/6/county programme.county_other\n/entries/7/group programme.too_long\n" +
		"/entries/2/team programme.team_unknown\n/entries/3/team programme.team_unknown\n/entries/4/team programme.team_in_team"
	if got := places(fault.Of(err).Fields); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	_, err = w.PutEntries(t.Context(), w.as(contest.HostSecretary, 0), w.events[0].ID, []programme.EntryDraft{{Name: "队", Kind: "team"}}, "")
	if got := places(fault.Of(err).Fields); got != "/entries/0/kind programme.no_teams" {
		t.Errorf("a team where the scheme has none: %s", got)
	}
	for parent, want := range map[string]string{"u9": "programme.unit_unknown", "u1": "programme.parent_wrong"} {
		_, err := w.CreateUnit(t.Context(), w.admin, w.contest.ID, programme.UnitDraft{Code: "n", Name: "新", Kind: "grassroots", Parent: parent})
		if got := places(fault.Of(err).Fields); got != "/parent "+want {
			t.Errorf("below %s: %s", parent, got)
		}
	}
	made, err := w.CreateUnit(t.Context(), w.admin, w.contest.ID, programme.UnitDraft{Code: "n", Name: "新", Parent: "u3"})
	if err != nil || made.County != "东湖区" {
		t.Errorf("%+v %v", made, err)
	}
}

func TestNumbersStandForWhatEntriesBelongTo(t *testing.T) {
	w := teamWorld(t, "open")
	ctx, id, d := t.Context(), w.events[1].ID, w.Rig.Directory
	words := []string{"group", "county"}
	belongings := func() map[string]programme.Belonging {
		list, _ := d.Entries(ctx, id)
		all, err := d.Belongings(ctx, id, list, words)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]programme.Belonging{}
		for _, e := range list {
			out[e.EntryNo] = all[e.ID]
		}
		return out
	}
	list, _ := d.Entries(ctx, id)
	ordinal := map[string]scoring.EntryID{}
	for _, e := range list {
		ordinal[e.EntryNo] = e.Ordinal
	}
	got := belongings()
	if got["11"].Team != ordinal["1"] || got["22"].Team != ordinal["2"] || got["1"].Team != 0 {
		t.Errorf("%+v", got)
	}
	names, err := d.Groups(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	b := got["12"]
	if names["group"][int(b.In[0])] != "学生组" || names["county"][int(b.In[1])] != "西岭县" || b.In[2] != 0 || len(names["unit"]) != 0 {
		t.Errorf("%+v of %v", b, names)
	}
	if got["22"].In != (scoring.Groups{}) {
		t.Errorf("%+v belongs nowhere", got["22"])
	}
	// A name keeps its number, whoever comes and goes.
	rows := w.drafts()
	rows[0].Group, rows[1].Group = "农民工组", "农民工组"
	if _, err := w.PutEntries(ctx, w.admin, id, rows, ""); err != nil {
		t.Fatal(err)
	}
	if again := belongings(); again["12"].In != b.In || again["1"].In[0] == b.In[0] || again["1"].In[0] == got["11"].In[0] {
		t.Errorf("%+v was %+v", again, got)
	}
}

func TestMovingEntriesOfAnOpenEvent(t *testing.T) {
	w := teamWorld(t, "seat")
	ctx, id, host := t.Context(), w.events[1].ID, w.as(contest.HostSecretary, 1)
	ledger := w.events[1].Ledger
	put := func(reason string, change func(rows []programme.EntryDraft)) error {
		rows := w.drafts()
		for i := range rows {
			rows[i].SeatNo, rows[i].WorkCode = "", ""
		}
		change(rows)
		_, err := w.PutEntries(ctx, host, id, rows, reason)
		return err
	}
	group := func(rows []programme.EntryDraft) { rows[3].Group = "职工组" }
	team := func(rows []programme.EntryDraft) { rows[2].Team = "2" }
	unit := func(rows []programme.EntryDraft) { rows[4].Unit = "u3" } // another county
	name := func(rows []programme.EntryDraft) { rows[4].Name = "新名" }
	kind := func(rows []programme.EntryDraft) { rows[5].Kind, rows[5].Team = "team", "" }
	for _, tc := range []struct {
		state  programme.Openings
		reason string
		want   string
	}{
		{programme.Openings{Open: true}, "因", "programme.sealed"},
		{programme.Openings{Open: true, Unsealed: true, Official: true}, "因", "programme.official"},
		{programme.Openings{Open: true, Unsealed: true}, "", "programme.reason"},
	} {
		w.SetOpenness(ledger, tc.state)
		w.is(put(tc.reason, group), fault.Refused, tc.want)
		w.is(put(tc.reason, team), fault.Refused, tc.want)
		w.is(put(tc.reason, unit), fault.Refused, tc.want)
		w.is(put("", name), 0, "")
	}
	w.is(put("因", kind), fault.Refused, "programme.event_open")
	w.is(put("报错了组别", group), 0, "")
	list, _ := w.Rig.Directory.Entries(ctx, id)
	all, err := w.Rig.Directory.Belongings(ctx, id, list, []string{"group", "county"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if moved := e.EntryNo == "12"; moved != (all[e.ID].By == host.Who()) || moved != (all[e.ID].Reason == "报错了组别") {
			t.Errorf("%s %+v", e.EntryNo, all[e.ID])
		}
	}
	acts := w.Acts()
	if last := acts[len(acts)-1]; last.What != "entries.changed" || last.Detail["moved"] != "1" || last.Detail["reason"] != "报错了组别" {
		t.Errorf("%+v", last)
	}
}

// TestReseat: one chair has another judge, the others are as they were.
func TestReseat(t *testing.T) {
	w := teamWorld(t, "seat")
	id := w.events[1].ID
	was, err := w.Rig.Directory.Chairs(t.Context(), id)
	if err != nil || len(was) < 2 {
		t.Fatal(was, err)
	}
	for _, chair := range []scoring.ChairID{was[1].Number, 99} {
		if err := w.Rig.Directory.Reseat(t.Context(), id, chair, "何五"); err != nil {
			t.Fatal(err)
		}
	}
	was[1].Judge = "何五"
	if now, err := w.Rig.Directory.Chairs(t.Context(), id); err != nil || fmt.Sprint(now) != fmt.Sprint(was) {
		t.Errorf("%v (%v)\nwant %v", now, err, was)
	}
}
