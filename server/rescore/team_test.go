package rescore_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/rescore"
)

// byHand is a small event whose results are computed on paper: persons are
// marked by three judges and by a clerk, teams by the clerk.
const byHand = `{"format":"jiangtai.scheme/1","name":{"zh":"手算"},
 "panels":[{"id":"floor","name":{"zh":"录分"}},{"id":"judges","name":{"zh":"评分"}}],
 "rounding":{"total":{"places":2}},"ranking":{"keys":[{"by":"aspect","id":"work"}]},
 "teams":{TEAMS},
 "components":[
  {"id":"own","name":{"zh":"个人"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
   {"id":"work","name":{"zh":"作品"},"kind":"points","panel":"floor","max":"100","step":"0.01"},
   {"id":"look","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"10"}]}]}]},
  {"id":"joint","of":"team","name":{"zh":"团体"},"factor":"0.5","criteria":[{"id":"tk","name":{"zh":"模块"},"subs":[{"id":"ts","name":{"zh":"项"},"aspects":[
   {"id":"relay","name":{"zh":"接力"},"kind":"points","panel":"floor","max":"100"},
   {"id":"fault","name":{"zh":"违规"},"kind":"penalty","panel":"floor","level":"total","items":[{"id":"late","name":{"zh":"迟到"},"amount":"5"},{"id":"stop","name":{"zh":"停止"},"voids":"entry"}]}]}]}]}]}`

// handLedger is the event's ledger: "1 work 80" gives the clerk's mark, "1 look 8
// 9 7" those of the judges, "1 of 7" a team, "1 dns" a status, "no 2 1" recuses
// chair 2 from entry 1. Entries from 7 on are teams.
func handLedger(t *testing.T, scheme string, lines ...string) []byte {
	t.Helper()
	w := world{t: t, texts: [][]byte{[]byte(scheme)}}
	give := func(c scoring.Command) {
		c.MarkID, c.Version = scoring.ID{15: byte(len(w.records) + 1)}, 1
		w.records = append(w.records, scoring.Record{Command: c, Seq: uint64(len(w.records) + 1)})
	}
	give(w.adoption(1))
	for chair := scoring.ChairID(1); chair <= 4; chair++ {
		give(scoring.Command{Kind: scoring.Seat, Chair: chair, Aspect: map[bool]string{true: "floor", false: "judges"}[chair == 1]})
	}
	for e := scoring.EntryID(1); e <= 8; e++ {
		give(scoring.Command{Kind: scoring.Admit, Entry: e, Value: map[bool]string{true: "ranked,prize,unit,advance,team"}[e >= 7]})
	}
	for _, line := range lines {
		f := strings.Fields(line)
		var e scoring.EntryID
		if _, err := fmt.Sscan(f[0], &e); err != nil {
			c := scoring.Command{Kind: scoring.Recuse}
			if _, err := fmt.Sscan(line[2:], &c.Chair, &c.Entry); err != nil {
				t.Fatal(line)
			}
			give(c)
			continue
		}
		switch {
		case len(f) == 2:
			give(scoring.Command{Kind: scoring.SetState, Entry: e, Value: f[1]})
			continue
		case f[1] == "of":
			give(scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: "team", Value: f[2]})
			continue
		}
		for i, v := range f[2:] {
			c := scoring.Command{Kind: scoring.Mark, Entry: e, Aspect: f[1], Chair: scoring.ChairID(i + 1), Attempt: 1, Round: 1, Value: v}
			if f[1] == "look" {
				c.Chair++
			}
			give(c)
		}
	}
	return w.export()
}

// TestTeamsByHand: what each line says was computed on paper.
func TestTeamsByHand(t *testing.T) {
	// 88, 88, 87.33, 60; the teams' own: 7 has 40 × 0.5, 8 has 41 × 0.5.
	marks := []string{
		"1 work 80", "1 look 8 9 7", "2 work 79", "2 look 9 9 9", "3 work 80", "3 look 7 7 8", "4 work 50", "4 look 10 10 10", "5 work 60", "5 look 6 6 6", "6 dns",
		"1 of 7", "2 of 7", "3 of 7", "4 of 8", "5 of 8", "6 of 8", "7 relay 40", "8 relay 41", "7 fault late=0", "8 fault late=0",
	}
	for _, c := range []struct {
		name, teams, more string
		want              string // totals and ranks of 7 and 8
	}{
		{"sum of all", `"take":"sum"`, "", "283.33 1, – 0"},
		{"sum, two are enough", `"take":"sum","least":2`, "", "283.33 1, 146.50 2"},
		{"mean", `"take":"mean","least":1`, "", "107.78 1, 83.50 2"},
		{"mean, rounded by itself", `"take":"mean","least":1,"round":{"places":0}`, "", "108.00 1, 83.50 2"},
		{"best two", `"take":"best","best":2`, "", "196.00 1, 146.50 2"},
		{"best one of two", `"take":"best","best":2,"least":1`, "5 dnf", "196.00 1, 80.50 2"},
		{"best three has only two", `"take":"best","best":3`, "", "283.33 1, – 0"},
		{"a team that does not start", `"take":"best","best":2`, "7 dns", "– 0, 146.50 1"},
		{"a member who left", `"take":"best","best":2`, "1 of 8", "195.33 1, 174.50 2"},
		{"a fault", `"take":"best","best":2`, "7 fault late=3", "181.00 1, 146.50 2"},
		{"a veto takes the members' part too", `"take":"best","best":2`, "7 fault stop=1", "0.00 2, 146.50 1"},
		{"recusal", `"take":"best","best":2`, "no 3 1", "195.50 1, 146.50 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			scheme := strings.Replace(byHand, "TEAMS", c.teams, 1)
			lines := marks
			if c.more != "" {
				lines = append(lines[:len(lines):len(lines)], c.more)
			}
			export := handLedger(t, scheme, lines...)
			read, err := rescore.Read(bytes.NewReader(export))
			if err != nil {
				t.Fatal(err)
			}
			got, err := rescore.Score(read, map[uint64][]byte{1: []byte(scheme)}, false)
			if err != nil || len(got) != 8 || !got[6].Team || got[5].Team {
				t.Fatalf("%+v %v", got, err)
			}
			text := fmt.Sprintf("%s %d, %s %d", or(got[6].Total), got[6].Rank, or(got[7].Total), got[7].Rank)
			if text != c.want {
				t.Errorf("%s, want %s", text, c.want)
			}
			if report, err := rescore.Compare(bytes.NewReader(export), [][]byte{[]byte(scheme)}); err != nil || len(report.Differ) > 0 {
				t.Errorf("%+v %v", report, err)
			}
		})
	}
}

func or(total string) string {
	if total == "" {
		return "–"
	}
	return total
}
