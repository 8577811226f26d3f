package scorefile_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// TestTheManualsTeams runs what docs/score.md shows of teams and groups.
func TestTheManualsTeams(t *testing.T) {
	m := readTeams(t)
	for _, c := range []struct{ working, want string }{{"", m.standings}, {"A", m.working}} {
		if got, err := m.run("csv", c.working); err != nil || got != c.want {
			t.Errorf("%v\n%s\nthe manual has\n%s", err, got, c.want)
		}
	}
}

func TestTeamsInJSON(t *testing.T) {
	m := readTeams(t)
	text, err := m.run("json", "")
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Rank         int
		Entry, Total string
	}
	var out struct {
		Entries []struct{ Entry, Team string }
		Teams   []struct {
			Rank         int
			Entry, Total string
			Components   map[string]string
			Members      []struct {
				Entry, Total string
				Counted      bool
			}
		}
		Rankings []struct {
			By     string
			Groups []struct {
				Name           string
				Entries, Teams []line
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Entries) != 6 || out.Entries[0].Team != "A" || len(out.Teams) != 2 {
		t.Fatalf("%s", text)
	}
	b := out.Teams[0]
	if b.Entry != "B" || b.Total != "215.50" || len(b.Members) != 3 || !b.Members[0].Counted || b.Members[2].Counted || b.Components["relay"] != "41.00" || b.Components["wall"] != "" {
		t.Errorf("%+v", b)
	}
	if len(out.Rankings) != 1 || out.Rankings[0].By != "group" || len(out.Rankings[0].Groups) != 2 {
		t.Fatalf("%s", text)
	}
	students := out.Rankings[0].Groups[1]
	if students.Name != "学生组" || students.Entries[1] != (line{2, "22", "86.50"}) || students.Teams[0] != (line{1, "B", "215.50"}) {
		t.Errorf("%+v", students)
	}
}

// TestATeamThatIsNotWhole has no rank and no total, and says why.
func TestATeamThatIsNotWhole(t *testing.T) {
	m := readTeams(t)
	m.marks = strings.Replace(m.marks, "22,quality,,86.5", "22,,,dnf", 1)
	got, err := m.run("", "")
	if err != nil || !strings.Contains(got, "\n,B,,competing,too few members,21 88.00; (22); (23),") {
		t.Errorf("%v\n%s", err, got)
	}
	m.marks = strings.Replace(m.marks, "A,course,,40\n", "", 1)
	got, err = m.run("", "")
	if err != nil || !strings.Contains(got, "\n,A,,competing,course,") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestFaultsOfTeams: each with its place, all at once.
func TestFaultsOfTeams(t *testing.T) {
	m := readTeams(t)
	m.entries = "entry,kind,team,group\n" +
		"A,team,,职工组\n" + // 2
		"B,team,A,学生组\n" +
		"11,,A,职工组\n" +
		"12,crew,A,\n" +
		"13,person,C,\n" + // 6
		"14,,11,\n" +
		"15,,A,\n" +
		"16,,A,\n" // 9: a fourth
	m.marks = "entry,aspect,judge,value\n" +
		"11,course,,40\n" + // 2
		"A,quality,,90\n" +
		"A,course,,51\n"
	_, err := m.run("", "")
	hold(t, err, "score.bad_input", []string{
		"entries.csv:5:2 score.unknown_kind crew",
		"entries.csv:3:3 judging.team_of_teams A",
		"entries.csv:6:3 judging.no_such_team C",
		"entries.csv:7:3 judging.no_such_team 11",
		"entries.csv:9:3 judging.team_full 3",
		"marks.csv:2:2 score.of_other course",
		"marks.csv:3:2 score.of_other quality",
		"marks.csv:4:4 judging.above_max 50",
	})
	m.entries, m.marks = "entry,team\n11,A\n", "entry,aspect,judge,value\n"
	_, err = m.run("", "")
	hold(t, err, "score.bad_input", []string{"entries.csv:1:1 score.missing_column kind", "entries.csv:1:1 score.missing_column group"})
}

// TestColumnsOfOtherSchemes: without teams and rankings they are carried through.
func TestColumnsOfOtherSchemes(t *testing.T) {
	m := readManual(t)
	m.entries = "entry,kind,team,group\n101,crew,T,职工组\n102,,,\n103,,,\n104,,,\n"
	got, err := m.run("", "")
	if err != nil || !strings.Contains(got, ",crew,T,职工组\n") || strings.Contains(got, "\n\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestALedgerOfTeams is scored with ordinals for names and numbers for groups.
func TestALedgerOfTeams(t *testing.T) {
	commands := []scoring.Command{{Kind: scoring.Adopt}, {Kind: scoring.Seat, Chair: 1, Aspect: "clerk"}}
	for e := scoring.EntryID(1); e <= 3; e++ {
		commands = append(commands, scoring.Command{Kind: scoring.Admit, Entry: e, Value: map[bool]string{true: "ranked,prize,unit,advance,team"}[e == 3]})
	}
	commands = append(commands, scoring.Command{Kind: scoring.Open})
	for e, value := range map[scoring.EntryID]string{1: "90", 2: "84.5", 3: "40"} {
		c := scoring.Command{Kind: scoring.Mark, Entry: e, Aspect: "quality", Chair: 1, Value: value, Attempt: 1, Round: 1}
		if e == 3 {
			c.Aspect = "course"
		} else {
			commands = append(commands, scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: "team", Value: "3", Actor: scoring.ID{1}})
		}
		commands = append(commands, c, scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: "group", Value: "7", Actor: scoring.ID{1}})
	}
	export := signed(t, commands...)
	m := readTeams(t)
	out, notes, err := runLedger(t, m.scheme, export, "csv", "")
	want := "rank,entry,total,status,missing,wall,piece\n1,1,90.00,competing,,90.00,90.00\n2,2,84.50,competing,,84.50,84.50\n\n" +
		"rank,team,total,status,missing,members,relay,run\n1,3,214.50,competing,,1 90.00; 2 84.50,40.00,40.00\n\n" +
		"group,rank,entry,total,status\n7,1,1,90.00,competing\n7,2,2,84.50,competing\n7,1,3,214.50,competing\n"
	if err != nil || notes != "" || out != want {
		t.Errorf("%v\n%s%s\nwant\n%s", err, notes, out, want)
	}
}

// TestATeamMayStandBelowItsMembers in the file: the result is the same.
func TestATeamMayStandBelowItsMembers(t *testing.T) {
	m := readTeams(t)
	lines := strings.SplitAfter(m.entries, "\n")
	m.entries = lines[0] + strings.Join(lines[3:], "") + lines[1] + lines[2]
	if got, err := m.run("", ""); err != nil || got != m.standings {
		t.Errorf("%v\n%s", err, got)
	}
}
