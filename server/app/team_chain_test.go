package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// teamsScheme has theory by person, marked under an identity, and practice by team,
// marked by work code.
func teamsScheme(theory string) string {
	component := func(id, of, panel, identity string) string {
		return fmt.Sprintf(`{"id":"c-%[1]s",%[2]s"name":{"zh":%[1]q},"criteria":[{"id":"m-%[1]s","name":{"zh":%[1]q},"identity":%[4]q,
 "subs":[{"id":"s-%[1]s","name":{"zh":%[1]q},"aspects":[{"id":%[1]q,"name":{"zh":%[1]q},"kind":"panel","panel":%[3]q,"max":"100","step":"1"}]}]}]}`,
			id, of, panel, identity)
	}
	return `{"format":"jiangtai.scheme/1","name":{"zh":"团体"},"composition":"sum","rankings":["group"],"teams":{"take":"sum","size":2},
 "panels":[{"id":"t","name":{"zh":"理论"},"chairs":1},{"id":"j","name":{"zh":"实操"},"chairs":1}],
 "components":[` + component("theory", "", "t", theory) + "," + component("work", `"of":"team",`, "j", "coded") + `]}`
}

// teamsTables are an event of two teams, 001 and 002, and their members 003 to 006;
// in says in which team each member is, groups in which group.
func teamsTables(event, chain string, in, groups [4]string) tables {
	tb := tables{
		"events":  {{"code", "trade", "chain", "scheme"}, {event, "工业机器人", chain, "dish"}},
		"units":   {{"code", "name"}, {"u", canaryUnit}},
		"judges":  {{"event", "panel", "judge", "chief"}, {event, "t", "江一", "true"}, {event, "j", "江二", ""}},
		"entries": {{"event", "entry_no", "name", "unit", "kind", "team", "group"}, {event, "001", "甲队", "u", "team", "", ""}, {event, "002", "乙队", "u", "team", "", ""}},
	}
	for n := range in {
		tb["entries"] = append(tb["entries"], []string{event, entryNo(n + 3), canaryName + strconv.Itoa(n), "u", "", in[n], groups[n]})
	}
	return tb
}

// A team event along the full chain: persons in theory, openly or by seat, teams in
// practice by work code. Who is not marked by a layer draws no label of it.
func TestATeamEventAlongTheFullChain(t *testing.T) {
	for _, theory := range []string{"open", "seat"} {
		t.Run(theory, func(t *testing.T) {
			tb := teamsTables("dish", "full", [4]string{"001", "001", "002", "002"}, [4]string{"学生组", "职工组", "学生组", "职工组"})
			f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"团体","kind":"real"}`, newCode()), map[string][]byte{"dish": []byte(teamsScheme(theory))}))
			teamChain(f, theory == "seat")
		})
	}
}

func teamChain(f *fair, seated bool) {
	t := f.t
	t.Helper()
	at := "/api/v1/events/" + f.events["dish"]
	of := contest.Grant{Role: contest.CodingJudge, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])}
	one, _, _ := f.person(of)
	other, _, _ := f.person(of)
	arrivals := []fields{}
	for n := range 6 {
		arrivals = append(arrivals, fields{"entry_no": entryNo(n + 1), "state": "present"})
	}
	f.does(f.organiser, "", at+"/check-in", fields{"arrivals": arrivals})
	f.does(f.organiser, "", at+"/check-in/closing", fields{})
	persons := []string{"003", "004", "005", "006"}
	if seated {
		f.does(other, "blind.seats_first", at+"/draws", fields{"layer": "code", "method": "once", "witness": "见证人"})
		persons = f.drawAtOnce(one, at, "seat", persons)
	} else {
		f.does(one, "blind.no_layer", at+"/draws", fields{"layer": "seat", "method": "once", "witness": "见证人"})
	}
	if err := f.act("dish", "open"); codeOf(err) != "blind.undrawn" {
		t.Fatal(err)
	}
	teams := f.drawAtOnce(other, at, "code", []string{"001", "002"})
	f.mustAct("dish", "open")
	f.owed(at, persons, teams)
	tablets := f.pair("dish")
	for i, work := range persons {
		f.marks(tablets[0], "theory", work, 60+i)
	}
	f.staffKnows(at, persons, teams, seated)
	for i, work := range teams {
		f.marks(tablets[1], "work", work, 80+10*i)
	}
	f.mustAct("dish", "lock", "second", f.second)
	f.sign(at, "mark_sheet", "panel_summary")
	if err := f.organiser.Do(t.Context(), "POST", at+"/recheck", fields{}, nil); err != nil {
		t.Fatal(err)
	}
	f.lookAgain(at)
	if got := f.outstandingIn(at); slices.Contains(got, "mark_sheet") || slices.Contains(got, "panel_summary") || slices.Contains(got, "recheck") {
		t.Errorf("%v", got)
	}
	f.does(other, "", at+"/unsealing", fields{"act_id": uuid.NewString(), "second": f.second})
	f.lookAgain(at) // teams have their members now: who has risen is looked at
	f.sign(at, "result_list")
	f.mustAct("dish", "publish", "second", f.second)
	want := strings.Join([]string{"1 002 乙队 215.00", "1 006 曾鸑鷟3 63.00", "2 001 甲队 201.00", "2 005 曾鸑鷟2 62.00", "3 004 曾鸑鷟1 61.00", "4 003 曾鸑鷟0 60.00"}, "\n")
	got := strings.Split(f.board("dish"), "\n")
	slices.Sort(got)
	if strings.Join(got, "\n") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// drawAtOnce draws a layer; the answer is what those drew who may draw in it, in
// their order: nobody else does.
func (f *fair) drawAtOnce(coder *rehearsal.Client, at, layer string, who []string) []string {
	t := f.t
	t.Helper()
	f.does(coder, "", at+"/draws", fields{"layer": layer, "method": "once", "witness": "见证人"})
	f.does(coder, "", at+"/draws/"+layer+"/runs", fields{"words": "三 五"})
	f.does(coder, "", at+"/draws/"+layer+"/closing", fields{})
	var held struct {
		Pairs []struct{ From, Label string }
	}
	get(t, coder, at+"/draws/"+layer+"/pairs", &held)
	out := make([]string, len(who))
	for _, p := range held.Pairs {
		if i := slices.Index(who, p.From); i >= 0 {
			out[i] = p.Label
		}
	}
	if len(held.Pairs) != len(who) || slices.Contains(out, "") {
		t.Fatalf("%s: %+v drew, want %v", layer, held.Pairs, who)
	}
	return out
}

// marks sends one mark.
func (f *fair) marks(tablet *rehearsal.Tablet, aspect, work string, value int) {
	f.t.Helper()
	cell := rehearsal.Cell{Work: work, Attempt: 1}
	cell.Pad.ID = aspect
	answers, err := tablet.Insist(f.t.Context(), []rehearsal.MarkBody{tablet.Mark(cell, strconv.Itoa(value))})
	if err != nil || answers[0].Status != http.StatusOK {
		f.t.Fatal(aspect, work, err, answers)
	}
}

// owed holds what is missing before the first mark against the labels: each work by
// what staff may call it and by what its judge reads.
func (f *fair) owed(at string, persons, teams []string) {
	t := f.t
	t.Helper()
	var out struct {
		Lines []struct {
			Kind  string
			Works []struct{ Work, Label string }
		}
	}
	get(t, f.organiser, at+"/outstanding", &out)
	told, want := []string{}, []string{}
	for _, l := range out.Lines {
		for _, w := range l.Works {
			told = append(told, l.Kind+" "+w.Work+" "+w.Label)
		}
	}
	for _, p := range persons {
		want = append(want, "marks #"+p+" "+p)
	}
	for _, c := range teams {
		want = append(want, "marks "+c+" "+c)
	}
	slices.Sort(told)
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("%v, want %v", told, want)
	}
}

// staffKnows holds the clerk's list of a sealed event against the labels: persons
// are known by their own, set apart from codes, and what they owe is told.
func (f *fair) staffKnows(at string, persons, teams []string, seated bool) {
	t := f.t
	t.Helper()
	clerk, _, _ := f.person(contest.Grant{Role: contest.Clerk, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])})
	var progress struct {
		Entries []struct {
			Label      string
			Done, Need int
		}
	}
	get(t, clerk, at+"/progress", &progress)
	told := []string{}
	for _, e := range progress.Entries {
		told = append(told, fmt.Sprintf("%s %d/%d", e.Label, e.Done, e.Need))
	}
	want := []string{}
	for _, p := range persons {
		want = append(want, "#"+p+" 1/1")
	}
	for _, c := range teams {
		want = append(want, c+" 0/1")
	}
	slices.Sort(told)
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("%v, want %v", told, want)
	}
	var list struct {
		Entries []struct {
			EntryNo  string `json:"entry_no"`
			SeatNo   string `json:"seat_no"`
			WorkCode string `json:"work_code"`
		}
	}
	get(t, clerk, at+"/entries", &list)
	for _, e := range list.Entries {
		person, label := slices.Contains(persons, e.EntryNo+e.SeatNo), e.EntryNo != ""
		if seated {
			label = e.SeatNo != ""
		}
		if person != (label && e.WorkCode == "") || !person && !slices.Contains(teams, e.WorkCode) {
			t.Errorf("%+v", e)
		}
	}
}

// sign prints papers of some kinds and brings them back as pictures that somebody
// looks at, since nothing can be read of them.
func (f *fair) sign(at string, kinds ...string) {
	t := f.t
	t.Helper()
	type paper struct {
		Kind  string `json:"kind"`
		Chair int    `json:"chair,omitempty"`
		Panel string `json:"panel,omitempty"`
	}
	var list struct{ Steps []paper }
	get(t, f.organiser, at+"/documents", &list)
	for _, p := range list.Steps {
		if !slices.Contains(kinds, p.Kind) {
			continue
		}
		if p.Kind == "mark_sheet" {
			p.Panel = ""
		}
		var doc struct{ Serial int }
		if err := f.organiser.Do(t.Context(), "POST", at+"/documents", p, &doc); err != nil {
			t.Fatal(p, err)
		}
		page := image.NewGray(image.Rect(0, 0, 800, 1100))
		page.SetGray(doc.Serial, len(at), color.Gray{Y: 200})
		var picture bytes.Buffer
		if err := png.Encode(&picture, page); err != nil {
			t.Fatal(err)
		}
		to := "/api/v1/documents/scans?event=" + f.events["dish"] + "&serial=" + strconv.Itoa(doc.Serial) + "&confirm=1"
		if err := f.organiser.Do(t.Context(), "POST", to, rehearsal.Octets(picture.Bytes()), nil); err != nil {
			t.Fatal(p, err)
		}
	}
}

// lookAgain finds all sheets right that the recheck still asks for.
func (f *fair) lookAgain(at string) {
	t := f.t
	t.Helper()
	var view struct {
		Drawn struct {
			Left  int
			Works []struct{ Work, Sheet, State string }
		}
	}
	if get(t, f.organiser, at+"/recheck", &view); view.Drawn.Left == 0 {
		t.Fatal("nothing is to be looked at")
	}
	for _, w := range view.Drawn.Works {
		if w.State == "right" {
			continue
		}
		f.does(f.organiser, "", at+"/recheck/findings", fields{"work": w.Work, "sheet": w.Sheet, "right": true})
	}
}
