package app_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

const (
	tiedEvents  = 30
	tiedEntries = 4
	tiedChairs  = 3
)

// conflict says which chairs are tied to which entries of an event, from 0.
type conflict [tiedChairs][tiedEntries]bool

// Contests that differ only in who declared which ties: until the unsealing every
// role is told the same by HTTP, bytes and lengths. Afterwards no tied mark counts,
// or two persons have said that it does.
func TestTiesLeaveNoTrace(t *testing.T) {
	chance := rand.New(rand.NewPCG(48, 300)) // which graphs are tried is no secret
	graphs := make([]conflict, tiedEvents)
	for i := range graphs {
		for c := range tiedChairs {
			for e := range tiedEntries {
				graphs[i][c][e] = chance.IntN(4) == 0
			}
		}
	}
	tied, told := tiedTale(t, graphs)
	_, plain := tiedTale(t, make([]conflict, tiedEvents))
	if d := cmp.Diff(plain, told); d != "" {
		t.Fatalf("ties show: %s", d)
	}
	if want := tiedEvents * 20; len(told) < want {
		t.Fatalf("the tale has only %d lines, want %d", len(told), want)
	}
	tied.each(func(i int) { tied.settleTies("e"+strconv.Itoa(100+i), graphs[i]) })
}

// tiedTale declares the ties, marks everything and reads what all roles are told.
func tiedTale(t *testing.T, graphs []conflict) (*witnesses, []string) {
	t.Helper()
	w := tiedFair(t, len(graphs))
	w.each(func(i int) {
		event := "/api/v1/events/" + w.events["e"+strconv.Itoa(100+i)]
		for c, row := range graphs[i] {
			for e, isTied := range row {
				if isTied {
					w.does(w.organiser, "", event+"/recusals", fields{
						"chair": c + 1, "kind": "mentor", "entry_no": entryNo(e + 1), "reason": "师徒", "source": "judge",
					})
				}
			}
		}
	})
	w.each(func(i int) { w.mustAct("e"+strconv.Itoa(100+i), "open") })
	tablets := make([][]*rehearsal.Tablet, len(graphs))
	w.each(func(i int) {
		tablets[i] = w.pair("e" + strconv.Itoa(100+i))
		for c, tablet := range tablets[i] {
			for e := range tiedEntries {
				give(t, tablet, workCode(101+37*e), tiedValue(c, e), nil)
			}
		}
	})
	lines := w.tiedReading(tablets, "marked")
	w.each(func(i int) { w.mustAct("e"+strconv.Itoa(100+i), "lock") })
	return w, append(lines, w.tiedReading(tablets, "locked")...)
}

func tiedValue(chair, entry int) int { return 60 + 7*chair + 3*entry }

// tiedFair is a contest of sealed events with three judges and one account for
// each role.
func tiedFair(t *testing.T, events int) *witnesses {
	t.Helper()
	tb := tables{
		"events": {{"code", "trade", "chain", "scheme"}}, "entries": {{"event", "entry_no", "work_code", "name", "unit"}},
		"judges": {{"event", "panel", "judge", "chief"}}, "units": {{"code", "name"}, {"u", canaryUnit}},
	}
	for i := range events {
		event := "e" + strconv.Itoa(100+i)
		tb["events"] = append(tb["events"], []string{event, "中式烹调师", "light", "dish"})
		for n, judge := range []string{"江一", "江二", "江三"} {
			tb["judges"] = append(tb["judges"], []string{event, "j", judge, strconv.FormatBool(n == 0)})
		}
		for n := range tiedEntries {
			tb["entries"] = append(tb["entries"], []string{event, entryNo(n + 1), workCode(101 + 37*n), canaryName + strconv.Itoa(n), "u"})
		}
	}
	code := "p" + strconv.FormatInt(100_000+invented.Add(1), 10)
	w := &witnesses{fair: common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"厨艺","kind":"rehearsal"}`, code), map[string][]byte{"dish": []byte(sealedScheme)}))}
	w.wire = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	t.Cleanup(w.wire.CloseIdleConnections)
	w.people(events)
	coders := make([]contest.Grant, 0, events)
	for _, id := range w.events {
		coders = append(coders, contest.Grant{Role: contest.CodingJudge, Contest: idOf(t, w.id), Event: idOf(t, id)})
	}
	w.readers["coding_judge"], _, _ = w.person(coders...)
	w.readers["organiser"] = w.organiser
	w.readers["administrator"] = w.admin
	return w
}

// tiedPlaces are what is read of an event by every role.
var tiedPlaces = []string{"recusals", "coding", "outstanding", "result", "recheck", "awards", "entries", "chairs", "records", "progress", "working/" + workCode(138)}

// tiedReading is what everybody is told.
func (w *witnesses) tiedReading(tablets [][]*rehearsal.Tablet, when string) []string {
	lines := make([][]string, len(tablets))
	w.each(func(i int) {
		at := "/api/v1/events/" + w.events["e"+strconv.Itoa(100+i)]
		for _, tablet := range tablets[i] {
			lines[i] = append(lines[i], when+" judge "+w.raw(tablet.Client, "/api/v1/tablet/bundle"), when+" judge "+w.raw(tablet.Client, at+"/recusals"))
		}
		for _, who := range sorted(w.readers) {
			for _, place := range tiedPlaces {
				lines[i] = append(lines[i], when+" "+who+" "+w.raw(w.readers[who], at+"/"+place))
			}
		}
		lines[i] = append(lines[i], when+" public "+w.raw(w.readers["public"], strings.Replace(at, "/v1/", "/v1/public/", 1)+"/standings"))
		// Who still tries to declare is told the same whatever was declared.
		for _, who := range []string{"host", "supervisor", "organiser"} {
			err := w.readers[who].Do(w.t.Context(), "POST", at+"/recusals", fields{"chair": 1, "kind": "mentor", "entry_no": "001", "reason": "师徒", "source": "judge"}, nil)
			lines[i] = append(lines[i], when+" "+who+" declares "+codeOf(err))
		}
	})
	return slices.Concat(lines...)
}

// settleTies unseals an event and holds its result against marks that are reckoned
// here.
func (w *witnesses) settleTies(event string, graph conflict) {
	at := "/api/v1/events/" + w.events[event]
	w.does(w.organiser, "", at+"/unsealing", fields{"act_id": uuid.NewString(), "second": w.second})
	var now struct {
		Stage   string
		Outcome []struct {
			Chair   int
			EntryNo string `json:"entry_no"`
			State   string
			Code    string
		}
	}
	get(w.t, w.organiser, at+"/recusals", &now)
	out := conflict{}
	for _, o := range now.Outcome {
		e, _ := strconv.Atoi(o.EntryNo)
		switch {
		case o.State == "applied":
			out[o.Chair-1][e-1] = true
		case o.State == "undecided" && o.Code == "judging.recusal_leaves_too_few":
			if err := w.act(event, "publish"); codeOf(err) != "blind.recusals_open" && codeOf(err) != "judging.owed" {
				w.t.Errorf("published with a tie that nobody decided: %v", err)
			}
			w.does(w.chief, "", at+"/recusals/decisions", fields{"chair": o.Chair, "entry_no": o.EntryNo, "choice": "stand", "reason": "无人可换", "second": w.second})
		default:
			w.t.Errorf("%s: %+v", event, o)
		}
		if !graph[o.Chair-1][e-1] {
			w.t.Errorf("%s: chair %d is not tied to %s", event, o.Chair, o.EntryNo)
		}
	}
	tied := 0
	for c := range graph {
		for e := range graph[c] {
			if graph[c][e] {
				tied++
			}
		}
	}
	if len(now.Outcome) != tied || now.Stage != "applied" {
		w.t.Errorf("%s: %d ties came to %+v", event, tied, now)
	}
	w.mustAct(event, "publish")
	board := w.standings(event)
	for e := range tiedEntries {
		sum, n := 0, 0
		for c := range tiedChairs {
			if !out[c][e] {
				sum, n = sum+tiedValue(c, e), n+1
			}
		}
		cents := (200*sum + n) / (2 * n)
		want := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		if got := board.Rows[entryNo(e+1)].Total; got != want {
			w.t.Errorf("%s %s: %s, want %s of %d marks", event, entryNo(e+1), got, want, n)
		}
	}
}
