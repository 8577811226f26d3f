package programme_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/workcode"
)

func places(fields []fault.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Path+" "+f.Code)
	}
	return strings.Join(out, "\n")
}

const (
	eventsHead  = "code,trade,stage,host,depth,scheme\n"
	entriesHead = "event,entry_no,seat_no,work_code,name,unit\n"
	judgesHead  = "event,panel,seat,judge,chief\n"
	// threeEvents are the small package's events with nothing else said.
	threeEvents = eventsHead + "welder,焊工,,,,coded\nturner,车工,,,,open\ncook,厨师,,,,two\n"
)

// Each row breaks one file of a package that is otherwise good. Every fault of
// the row is told, at its place, and nothing else.
func TestMalformedPackages(t *testing.T) {
	long := strings.Repeat("长", 121)
	for name, tc := range map[string]struct{ file, text, want string }{
		"contest code in capitals":     {"contest.json", `{"code":"Small","name":"x","kind":"demo"}`, "contest.json#/code programme.code_wrong"},
		"contest code of one letter":   {"contest.json", `{"code":"x","name":"x","kind":"demo"}`, "contest.json#/code programme.code_wrong"},
		"contest kind":                 {"contest.json", `{"code":"xx","name":"x","kind":"test"}`, "contest.json#/kind programme.not_one_of"},
		"contest date":                 {"contest.json", `{"code":"xx","name":"x","kind":"demo","starts_on":"2026-02-30"}`, "contest.json#/starts_on programme.date_wrong"},
		"contest date with strokes":    {"contest.json", `{"code":"xx","name":"x","kind":"demo","starts_on":"2026/5/18"}`, "contest.json#/starts_on programme.date_wrong"},
		"contest ends before":          {"contest.json", `{"code":"xx","name":"x","kind":"demo","starts_on":"2026-05-18","ends_on":"2026-05-17"}`, "contest.json#/ends_on programme.dates_reversed"},
		"contest name too long":        {"contest.json", `{"code":"xx","name":"` + long + `","kind":"demo"}`, "contest.json#/name programme.too_long"},
		"host twice":                   {"hosts.csv", "code,name\nh1,a\nh2,b\nh1,c\n", "hosts.csv:4:1 programme.code_duplicate"},
		"host code":                    {"hosts.csv", "code,name\nh1,a\nh2,b\n甲,c\n", "hosts.csv:4:1 programme.code_wrong"},
		"host absent":                  {"hosts.csv", "code,name\nh1,a\n", "events.csv:3:8 programme.host_unknown"},
		"hosts absent":                 {"hosts.csv", "-", "events.csv:2:8 programme.host_unknown\nevents.csv:3:8 programme.host_unknown"},
		"unit twice":                   {"units.csv", "code,name\nu1,a\nu2,b\nu2,c\n", "units.csv:4:1 programme.code_duplicate"},
		"unit kind":                    {"units.csv", "kind,code,name\n,u1,a\nschool,u2,b\n", "units.csv:3:1 programme.not_one_of"},
		"unit code with a space":       {"units.csv", "code,name\nu1,a\nu2,b\nu 3,c\n", "units.csv:4:1 programme.code_wrong"},
		"unit unknown":                 {"units.csv", "code,name\nu1,a\n", "entries.csv:3:5 programme.unit_unknown\nentries.csv:6:5 programme.unit_unknown"},
		"no events":                    {"events.csv", eventsHead, "events.csv programme.no_events\nschemes/coded.json programme.scheme_unused\nschemes/open.json programme.scheme_unused\nschemes/two.json programme.scheme_unused" + strings.Join(unknownEvents(), "")},
		"event twice":                  {"events.csv", threeEvents + "welder,焊工,,,,coded\n", "events.csv:5:1 programme.code_duplicate"},
		"event stage":                  {"events.csv", strings.Replace(threeEvents, "焊工,,", "焊工,决赛,", 1), "events.csv:2:3 programme.not_one_of"},
		"event depth":                  {"events.csv", strings.Replace(threeEvents, "焊工,,,,", "焊工,,,PAPER,", 1), "events.csv:2:5 programme.not_one_of"},
		"event chain":                  {"events.csv", "code,trade,chain,scheme\nwelder,焊工,,coded\nturner,车工,loose,open\ncook,厨师,full,two\n", "events.csv:3:3 programme.not_one_of"},
		"event trade too long":         {"events.csv", strings.Replace(threeEvents, "焊工", long, 1), "events.csv:2:2 programme.too_long"},
		"scheme unknown":               {"events.csv", strings.Replace(threeEvents, ",open", ",opne", 1), "events.csv:3:6 programme.scheme_unknown\nschemes/open.json programme.scheme_unused"},
		"scheme unused":                {"schemes/more.json", programmetest.Scheme("open", "0"), "schemes/more.json programme.scheme_unused"},
		"scheme missing, with judges":  {"events.csv", strings.Replace(threeEvents, ",open", ",", 1), "judges.csv:4:2 programme.panel_unknown\njudges.csv:5:2 programme.panel_unknown\nschemes/open.json programme.scheme_unused"},
		"scheme does not add up":       {"schemes/open.json", strings.Replace(programmetest.Scheme("open", "0"), `"max":"10","criteria"`, `"max":"12","criteria"`, 1), "schemes/open.json#"},
		"scheme is no JSON":            {"schemes/open.json", "{", "schemes/open.json# scheme.not_json"},
		"scheme with an unknown field": {"schemes/open.json", strings.Replace(programmetest.Scheme("open", "0"), `"total"`, `"totl"`, 1), "schemes/open.json#/totl scheme.unknown_field"},
		"entry of no event":            {"entries.csv", entriesHead + "wlder,,,,x,\n", "entries.csv:2:1 programme.event_unknown"},
		"entry without a name":         {"entries.csv", entriesHead + "welder,,,,,\n", "entries.csv:2:5 package.empty"},
		"entry number twice":           {"entries.csv", entriesHead + "welder,1,,,x,\nturner,1,,,x,\nwelder,1,,,y,\n", "entries.csv:4:2 programme.label_duplicate"},
		"entry number with a stroke":   {"entries.csv", entriesHead + "welder,1/2,,,x,\n", "entries.csv:2:2 programme.label_wrong"},
		"seat twice":                   {"entries.csv", entriesHead + "cook,,7,,x,\ncook,,7,,y,\n", "entries.csv:3:3 programme.label_duplicate"},
		"work code, wrong letter":      {"entries.csv", entriesHead + "welder,,,417E,x,\n", "entries.csv:2:4 programme.work_code_wrong"},
		"work code, digits exchanged":  {"entries.csv", entriesHead + "welder,,,471D,x,\n", "entries.csv:2:4 programme.work_code_wrong"},
		"work code, small letter":      {"entries.csv", entriesHead + "welder,,,417d,x,\n", "entries.csv:2:4 programme.work_code_wrong"},
		"work code twice":              {"entries.csv", entriesHead + "welder,,,417D,x,\nwelder,,,417D,y,\n", "entries.csv:3:4 programme.label_duplicate"},
		"too many coded entries":       {"entries.csv", entriesHead + strings.Repeat("welder,,,,x,\n", 1001), "entries.csv:1002:5 programme.too_many_entries"},
		"judge of no event":            {"judges.csv", judgesHead + "wlder,p,,x,\n", "judges.csv:2:1 programme.event_unknown"},
		"panel unknown":                {"judges.csv", judgesHead + "turner,q,,x,\n", "judges.csv:2:2 programme.panel_unknown"},
		"panel with one chair of two":  {"judges.csv", judgesHead + "welder,p,,x,\n", "judges.csv:2:2 programme.panel_chairs"},
		"seat of a chair twice":        {"judges.csv", judgesHead + "turner,p,1,x,\nturner,p,1,y,\n", "judges.csv:3:3 programme.seat_duplicate"},
		"seat of a chair no number":    {"judges.csv", judgesHead + "turner,p,one,x,\n", "judges.csv:2:3 programme.number_wrong"},
		"seat of a chair is nought":    {"judges.csv", judgesHead + "turner,p,0,x,\n", "judges.csv:2:3 programme.number_wrong"},
		"two chiefs":                   {"judges.csv", judgesHead + "turner,p,,x,true\nturner,p,,y,true\n", "judges.csv:3:5 programme.chief_duplicate"},
		"chief by a word":              {"judges.csv", judgesHead + "turner,p,,x,yes\n", "judges.csv:2:5 programme.flag_wrong"},
		"judge sees seat and code":     {"judges.csv", judgesHead + "cook,floor,,江五,\ncook,look,,江五,\n", "judges.csv:3:4 programme.judge_sees_both"},
		"too many chairs":              {"judges.csv", judgesHead + strings.Repeat("turner,p,,,\n", 201), "judges.csv:202:2 programme.too_many_chairs"},
		"all at once": {
			"entries.csv", entriesHead + "wlder,,,,x,\nwelder,,,417E,x,\nwelder,a b,,,x,u9\n",
			"entries.csv:2:1 programme.event_unknown\nentries.csv:3:4 programme.work_code_wrong\nentries.csv:4:2 programme.label_wrong\nentries.csv:4:6 programme.unit_unknown",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rig := programmetest.InMemory()
			seen, err := rig.Preview(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Changed(tc.file, tc.text)))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Split(places(seen.Faults), "\n")
			want := strings.Split(tc.want, "\n")
			if tc.want == "schemes/open.json#" { // the scheme's own words for it are its room's
				if len(seen.Faults) == 0 || !strings.HasPrefix(seen.Faults[0].Path, tc.want) || !strings.HasPrefix(seen.Faults[0].Code, "scheme.") {
					t.Errorf("faults: %v", seen.Faults)
				}
			} else if d := cmp.Diff(sorted(want), sorted(got)); d != "" {
				t.Error(d)
			}
			_, _, err = rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Changed(tc.file, tc.text)))
			f := fault.Of(err)
			if f == nil || f.Code != "package.faulty" || f.Kind != fault.Refused || len(f.Fields) != len(seen.Faults) {
				t.Errorf("import: %v", err)
			}
			if list, n, _ := rig.ListContests(t.Context(), programmetest.Administrator(), programme.Page{}); n != 0 || len(rig.Ledgers()) != 0 {
				t.Errorf("half imported: %v", list)
			}
		})
	}
}

// unknownEvents are the faults of all rows that name an event when there is none.
func unknownEvents() []string {
	var out []string
	for file, rows := range map[string]int{"entries.csv": 7, "judges.csv": 7} {
		for i := range rows {
			out = append(out, fmt.Sprintf("\n%s:%d:1 programme.event_unknown", file, i+2))
		}
	}
	return out
}

func sorted(list []string) map[string]int {
	out := map[string]int{}
	for _, s := range list {
		out[s]++
	}
	return out
}

func TestPreviewSaysWhatIsThere(t *testing.T) {
	rig := programmetest.InMemory()
	admin := programmetest.Administrator()
	pack := programmetest.Open(programmetest.Small())
	seen, err := rig.Preview(t.Context(), admin, pack)
	if err != nil || len(seen.Faults) != 0 {
		t.Fatal(err, seen.Faults)
	}
	want := programme.Counted{Events: 3, Entries: 7, Units: 2, Hosts: 2, Judges: 7, Schemes: 3}
	if seen.Counted != want || seen.Contest.Code != "small" {
		t.Errorf("%+v", seen)
	}
	if _, _, err := rig.Import(t.Context(), admin, pack); err != nil {
		t.Fatal(err)
	}
	seen, err = rig.Preview(t.Context(), admin, pack)
	if err != nil || places(seen.Faults) != "contest.json#/code programme.contest_exists" {
		t.Error(err, seen.Faults)
	}
	if _, _, err = rig.Import(t.Context(), admin, pack); fault.Code(err) != "programme.contest_exists" || fault.Of(err).Kind != fault.Stale {
		t.Error(err)
	}
}

// The example of the documentation is imported as it stands, and exported as it
// stood: it is in normal form.
func TestExampleOfTheDocumentation(t *testing.T) {
	files, faults, err := parcel.OpenFolder(os.DirFS("../../docs/examples/package-small"))
	if err != nil || faults.Any() {
		t.Fatal(err, faults.Fields())
	}
	rig := programmetest.InMemory()
	admin := programmetest.Administrator()
	made, counted, err := rig.Import(t.Context(), admin, programmetest.Open(files))
	if err != nil {
		t.Fatal(err)
	}
	if want := (programme.Counted{Events: 2, Entries: 5, Units: 3, Hosts: 1, Judges: 7, Schemes: 2}); counted != want {
		t.Errorf("%+v", counted)
	}
	out, err := rig.Export(t.Context(), admin, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	again, err := out.Files()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(text(files), text(again)); d != "" {
		t.Error(d)
	}
}

func text(files parcel.Files) map[string]string {
	out := map[string]string{}
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

// What a package leaves empty is given: numbers in order, codes at random.
func TestImportGivesLabels(t *testing.T) {
	rig := programmetest.InMemory()
	admin := programmetest.Administrator()
	made, _, err := rig.Import(t.Context(), admin, programmetest.Open(programmetest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	events, _, err := rig.ListEvents(t.Context(), admin, made.ID, programme.Page{})
	if err != nil || len(events) != 3 {
		t.Fatal(err, events)
	}
	entries, err := rig.Directory.Entries(t.Context(), events[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for i, e := range entries {
		if e.EntryNo != fmt.Sprintf("%03d", i+1) && e.Name != "曾小雨" || !workcode.IsCode(e.WorkCode) || codes[e.WorkCode] || e.SeatNo != "" {
			t.Errorf("%+v", e)
		}
		if e.Name == "曾小雨" && (e.WorkCode != "000A" || e.Pinyin != "zxy zengxiaoyu" || e.Unit.Short != "江城地铁公司") {
			t.Errorf("%+v", e)
		}
		codes[e.WorkCode] = true
	}
	turners, _ := rig.Directory.Entries(t.Context(), events[1].ID)
	if turners[0].EntryNo != "9" || turners[1].EntryNo != "10" || turners[1].Ordinal != 1 || turners[0].WorkCode != "" {
		t.Errorf("%+v", turners)
	}
	cooks, _ := rig.Directory.Entries(t.Context(), events[2].ID)
	if seats := cooks[0].SeatNo + cooks[1].SeatNo; seats != "001002" && seats != "002001" {
		t.Errorf("seats %q", seats)
	}
	chairs, _ := rig.Directory.Chairs(t.Context(), events[1].ID)
	if len(chairs) != 2 || chairs[1].Seat != 2 || chairs[1].Number != 2 || chairs[1].Judge != "江四" {
		t.Errorf("%+v", chairs)
	}
	if len(rig.Ledgers()) != 3 {
		t.Errorf("%d ledgers", len(rig.Ledgers()))
	}
	acts := rig.Acts()
	if len(acts) != 1 || acts[0].What != "contest.imported" || acts[0].Object != "contest/"+made.ID.String() {
		t.Errorf("%+v", acts)
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	rig := programmetest.InMemory()
	rig.FailLedgers()
	if _, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Small())); err == nil {
		t.Fatal("no error")
	}
	if _, n, _ := rig.ListContests(t.Context(), programmetest.Administrator(), programme.Page{}); n != 0 {
		t.Error("a contest without ledgers")
	}
}
