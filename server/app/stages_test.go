package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// stageScheme is a scheme of numbers from outside: one of this stage and, where
// carried says from what, one of the stage before.
func stageScheme(advance, carried string) string {
	component := func(id, more string) string {
		return fmt.Sprintf(`{"id":%[1]q,"name":{"zh":%[1]q},"criteria":[{"id":"m-%[1]s","name":{"zh":%[1]q},"subs":[{"id":"s-%[1]s","name":{"zh":%[1]q},"aspects":[
 {"id":"a-%[1]s","name":{"zh":%[1]q},"kind":"external","max":"100","step":"0.01"%[2]s}]}]}]}`, id, more)
	}
	list := []string{component("day", "")}
	if carried != "" {
		list = append(list, component("before", fmt.Sprintf(`,"carried":%q`, carried)))
	}
	if advance != "" {
		advance = `"advance":` + advance + `,`
	}
	return `{"format":"jiangtai.scheme/1","name":{"zh":"两阶段"},"panels":[],"composition":"sum",` + advance + `"components":[` + strings.Join(list, ",") + `]}`
}

type advanceView struct {
	Publication int
	Candidates  []struct {
		Source  string
		Name    string
		Why     string
		EntryNo string `json:"entry_no"`
	}
	Difference struct {
		Digest string
		Joins  []struct{ Name string }
		Leaves []struct{ Name string }
	}
}

// takeOver takes over who goes on as it is shown now.
func (f *fair) takeOver(as *rehearsal.Client, at, code, reason string) {
	f.t.Helper()
	var a advanceView
	get(f.t, as, at+"/stage/advance", &a)
	f.does(as, code, at+"/stage/advance", fields{"publication": a.Publication, "digest": a.Difference.Digest, "reason": reason})
}

// list enters a result list.
func (f *fair) list(as *rehearsal.Client, code, query string, cells map[string]string) {
	f.t.Helper()
	if a := f.upload(as, code, "mode=import&"+query, f.fill(as, code, query, cells)); a.status != 201 {
		f.t.Fatalf("%s: %d %s", code, a.status, a.body)
	}
}

// twoStages is a trade with a preliminary of four and a final in which one of them
// stands by hand, the paths of both, and the final's host.
func twoStages(t *testing.T) (f *fair, pre, fin string, host *rehearsal.Client) {
	t.Helper()
	tb := tables{
		"events": {{"code", "trade", "stage", "depth", "scheme"}, {"pre", "焊工", "preliminary", "results", "pre"}, {"fin", "焊工", "final", "results", "fin"}},
		"units":  {{"code", "name"}, {"u1", "江城造船厂"}, {"u2", "江城机床厂"}},
		"judges": {{"event", "panel"}},
		"entries": {
			{"event", "entry_no", "name", "unit"},
			{"pre", "001", "梁志远", "u1"},
			{"pre", "002", "周文静", "u2"},
			{"pre", "003", "何家明", "u1"},
			{"pre", "004", "苏雨", "u2"},
			{"fin", "009", "何家明", "u1"},
		},
	}
	f = common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{
		"pre": []byte(stageScheme(`{"first":2}`, "")), "fin": []byte(stageScheme("", "total")),
	}))
	pre, fin = "/api/v1/events/"+f.events["pre"], "/api/v1/events/"+f.events["fin"]
	host, _, _ = f.person(contest.Grant{Role: contest.HostSecretary, Contest: idOf(t, f.id), Event: idOf(t, f.events["fin"])})
	return f, pre, fin, host
}

// Two stages of one trade through the whole program: the published preliminary
// names who goes on, they become entries of the final with one act, its numbers
// are carried over, and a correction of it comes after.
func TestTwoStagesOfOneTrade(t *testing.T) {
	f, pre, fin, host := twoStages(t)

	// The scheme came with a package; the opening asks what a change of it would ask.
	if err := f.act("fin", "open"); codeOf(err) != "stages.carry" {
		t.Errorf("nothing to carry from: %v", err)
	}
	if err := f.organiser.Do(t.Context(), "PUT", fin+"/stage", fields{"follows": f.events["pre"]}, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.organiser.Do(t.Context(), "PUT", pre+"/stage", fields{"follows": f.events["fin"]}, nil); codeOf(err) != "stages.link" {
		t.Errorf("a circle: %v", err)
	}
	err := f.organiser.Do(t.Context(), "PUT", fin+"/scheme?reason=x", json.RawMessage(stageScheme("", "speech")), nil)
	if codeOf(err) != "programme.scheme_faulty" || !strings.Contains(fmt.Sprint(err), "scheme.carry_unknown") {
		t.Errorf("a component that is not there: %v", err)
	}
	f.mustAct("pre", "open")
	f.list(f.organiser, "pre", "kind=results", map[string]string{"001": "90.5", "002": "80", "003": "85.25", "004": "70"})
	f.takeOver(host, fin, "stages.not_published", "")
	f.mustAct("pre", "lock")
	f.mustAct("pre", "publish")

	var a advanceView
	get(t, host, fin+"/stage/advance", &a)
	why := []string{}
	for _, c := range a.Candidates {
		why = append(why, c.Name+" "+c.Why+" "+c.EntryNo)
	}
	if want := []string{"梁志远 first ", "何家明 first 009", "周文静 behind ", "苏雨 behind "}; !slices.Equal(why, want) {
		t.Errorf("%v, want %v", why, want)
	}
	f.takeOver(host, fin, "", "")
	f.takeOver(host, fin, "", "") // once more does nothing
	var entries struct {
		Entries []struct {
			EntryNo string `json:"entry_no"`
			Name    string
		}
	}
	get(t, host, fin+"/entries", &entries)
	if got := fmt.Sprint(entries.Entries); got != "[{001 梁志远} {009 何家明}]" {
		t.Errorf("he who was there by hand is nobody new: %s", got)
	}

	f.mustAct("fin", "open")
	f.takeOver(host, fin, "stages.open", "")
	if got := f.outstandingIn(fin); !slices.Equal(got, []string{"running", "marks", "carried", "lock"}) {
		t.Errorf("%v", got)
	}
	var carry struct{ Publication int }
	get(t, host, fin+"/stage/carry", &carry)
	f.does(host, "", fin+"/stage/carry", fields{"publication": carry.Publication})
	if got := f.outstandingIn(fin); !slices.Equal(got, []string{"running", "marks", "lock"}) {
		t.Errorf("%v", got)
	}
	correctPreliminary(f, fin, host)
}

// correctPreliminary publishes the preliminary anew: what was carried over is old,
// is put right, and counts.
func correctPreliminary(f *fair, fin string, host *rehearsal.Client) {
	t := f.t
	t.Helper()
	var carry struct{ Publication int }
	f.mustAct("pre", "reopen", "reason", "更正", "second", f.second)
	f.list(f.organiser, "pre", "kind=results&reason=x", map[string]string{"003": "86"})
	f.mustAct("pre", "lock")
	f.mustAct("pre", "publish")
	if got := f.outstandingIn(fin); !slices.Contains(got, "carried_old") {
		t.Errorf("%v", got)
	}
	get(t, host, fin+"/stage/carry", &carry)
	f.does(host, "stages.reason", fin+"/stage/carry", fields{"publication": carry.Publication})
	f.does(host, "", fin+"/stage/carry", fields{"publication": carry.Publication, "reason": "初赛更正"})
	f.list(f.organiser, "fin", "kind=results&criterion=m-day", map[string]string{"001": "50", "009": "60"})
	f.mustAct("fin", "lock")
	f.mustAct("fin", "publish")
	if got := f.board("fin"); got != "1 009 何家明 146.00\n2 001 梁志远 140.50" {
		t.Errorf("the board:\n%s", got)
	}
	var public struct {
		After    []struct{ Code string }
		Advanced []string
	}
	get(t, f.admin.As(""), "/api/v1/public/events/"+f.events["pre"]+"/stage", &public)
	if fmt.Sprint(public) != "{[{fin}] [001 003]}" {
		t.Errorf("%v", public)
	}
}
