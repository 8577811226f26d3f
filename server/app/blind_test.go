package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// codingFair is a coded contest that is not open, with a coding judge; chain is
// that of its event.
func codingFair(t *testing.T, chain string) (*fair, *rehearsal.Client, string) {
	t.Helper()
	files := sealedPackage(t, newCode(), []int{0, 1, 2, 3})
	files["events.csv"] = strings.Replace(files["events.csv"], "light", chain, 1)
	f := common(t).importFair(files)
	coder, _, _ := f.person(contest.Grant{Role: contest.CodingJudge, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])})
	return f, coder, "/api/v1/events/" + f.events["dish"]
}

// does sends an act and fails the test unless its code is as wanted; "" is a yes.
func (f *fair) does(c *rehearsal.Client, code, path string, body any) {
	f.t.Helper()
	if err := c.Do(f.t.Context(), "POST", path, body, nil); codeOf(err) != code {
		f.t.Fatalf("%s %v: %v, want %q", path, body, err, code)
	}
}

type fields = map[string]any

// drawByHand checks all but the last entry in and draws them, one by one.
func (f *fair) drawByHand(coder *rehearsal.Client, at string, codes []string) {
	f.t.Helper()
	f.does(coder, "", at+"/draws", fields{"layer": "code", "method": "hand", "witness": "见证人"})
	for i, code := range codes {
		f.does(f.organiser, "", at+"/check-in", fields{"arrivals": []fields{{"entry_no": entryNo(i + 1), "state": "present"}}})
		f.does(coder, "", at+"/draws/code/pairs", fields{"from": entryNo(i + 1), "label": code})
	}
	f.does(f.organiser, "", at+"/check-in/closing", fields{})
	f.does(coder, "", at+"/draws/code/closing", fields{})
}

// In a full chain nothing opens before it is drawn, and nothing is unsealed but at
// the coding desk.
func TestAFullChainIsDrawnFirst(t *testing.T) {
	f, coder, at := codingFair(t, "full")
	if err := f.act("dish", "open"); codeOf(err) != "blind.undrawn" {
		t.Fatal(err)
	}
	f.does(coder, "", at+"/draws", fields{"layer": "code", "method": "once", "witness": "见证人"})
	if err := f.act("dish", "open"); codeOf(err) != "blind.draw_open" {
		t.Fatal(err)
	}
	f.does(f.organiser, "", at+"/check-in/closing", fields{})
	f.does(coder, "blind.nobody_left", at+"/draws/code/runs", fields{})
	f.does(f.organiser, "", at+"/check-in", fields{"arrivals": []fields{{"entry_no": "001", "state": "late"}, {"entry_no": "002", "state": "late"}}})
	f.does(coder, "", at+"/draws/code/runs", fields{"words": "三 五"})
	f.does(coder, "", at+"/draws/code/closing", fields{})
	f.mustAct("dish", "open")
	f.does(coder, "blind.event_open", at+"/draws/code/voiding", fields{"reason": "x", "second": f.second})
	f.mustAct("dish", "lock", "second", f.second)
	if err := f.act("dish", "unseal", "second", f.second); codeOf(err) != "blind.at_the_desk" {
		t.Fatal(err)
	}
}

// oneIsAbsent holds a tablet's works against what was drawn: each, and one more
// that did not start.
func oneIsAbsent(t *testing.T, tablet *rehearsal.Client, codes []string) {
	t.Helper()
	var works struct {
		Works []struct{ Work, Status string }
	}
	get(t, tablet, "/api/v1/tablet/bundle", &works)
	absent := 0
	for _, w := range works.Works {
		switch drawn := slices.Contains(codes, w.Work); {
		case !drawn && w.Status == "dns":
			absent++
		case !drawn || w.Status != "competing":
			t.Errorf("%+v", w)
		}
	}
	if absent != 1 || len(works.Works) != len(codes)+1 {
		t.Errorf("who did not come: %+v", works)
	}
}

// A draw by hand, along the whole program: the labels reach the tablets, who did
// not come opens as 缺赛, nobody sees names beside codes, what somebody exchanges
// in the database ends the unsealing.
func TestTheCodingDesk(t *testing.T) {
	f, coder, at := codingFair(t, "light")
	codes := []string{workCode(700), workCode(23), workCode(999)}
	f.drawByHand(coder, at, codes)
	var list struct {
		Coded   bool
		Entries []struct {
			WorkCode string `json:"work_code"`
			Name     string
		}
	}
	get(t, f.organiser, at+"/entries", &list)
	if !list.Coded || len(list.Entries) != 4 || list.Entries[0].Name == "" || list.Entries[0].WorkCode != "" {
		t.Errorf("%+v", list)
	}
	f.mustAct("dish", "open")
	tablets := f.pair("dish")
	oneIsAbsent(t, tablets[0].Client, codes)
	for i, tablet := range tablets {
		for w, code := range codes {
			give(t, tablet, code, 60+10*w+i, nil)
		}
	}
	unseal := fields{"act_id": uuid.NewString(), "second": f.second}
	if err := coder.Do(t.Context(), "POST", at+"/unsealing", unseal, nil); codeOf(err) == "" || strings.HasPrefix(codeOf(err), "blind.") {
		t.Fatalf("unsealed while marking goes on: %v", err) // B5
	}
	f.mustAct("dish", "lock")
	swap := func() {
		t.Helper()
		if err := f.app.DB().Do(t.Context(), func(ctx context.Context) error {
			_, err := f.app.DB().Querier(ctx).ExecContext(ctx, `UPDATE entries e SET work_code = CASE e.work_code WHEN $2 THEN $3 ELSE $2 END
				WHERE e.event_id = $1 AND e.work_code IN ($2, $3)`, f.events["dish"], codes[0], codes[1])
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	swap()
	f.does(coder, "blind.swapped", at+"/unsealing", unseal)
	if err := f.act("dish", "unseal", "second", f.second); codeOf(err) != "blind.swapped" {
		t.Fatal(err)
	}
	swap()
	f.does(coder, "blind.two_persons", at+"/unsealing", fields{"act_id": uuid.NewString(), "second": fields{"user": "", "password": ""}})
	f.does(coder, "", at+"/unsealing", unseal)
	var pairs struct {
		Pairs []struct{ From, Label string }
	}
	get(t, f.organiser, at+"/draws/code/pairs", &pairs)
	if len(pairs.Pairs) != 4 || pairs.Pairs[1].Label != codes[1] {
		t.Errorf("%+v", pairs)
	}
	// The whole folder of the data unseals: its key lies beside the others.
	f.mustAct("dish", "publish", "second", f.second)
	board := f.standings("dish")
	if board.Rows["003"].Total == "" || board.Rows["004"].Status != "dns" {
		t.Errorf("%+v", board.Rows)
	}
}
