package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"net/url"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"

	"jiangtai/server/contest"
	"jiangtai/server/paper/printing"
	"jiangtai/server/rehearsal"
)

// keyedScheme has a panel of one chair with so many aspects of 0 to 10.
func keyedScheme(aspects int) string {
	list := make([]string, aspects)
	for i := range list {
		list[i] = fmt.Sprintf(`{"id":"a%02d","name":{"zh":"评分点%d"},"kind":"points","panel":"j","max":"10","step":"0.5"}`, i+1, i+1)
	}
	return fmt.Sprintf(`{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},"panels":[{"id":"j","name":{"zh":"评分"},"chairs":1}],"total":"%d",
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","max":"%d","criteria":[{"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[%s]}]}]}]}`,
		aspects*10, aspects*10, strings.Join(list, ","))
}

// keyedFair is an event with works by aspects, run to a depth, with its clerks.
func keyedFair(t *testing.T, works, aspects int, depth string) *fair {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "scheme", "depth"}, {"weld", "焊工", "s", depth}},
		"entries": {{"event", "entry_no", "name"}}, "judges": {{"event", "panel"}, {"weld", "j"}}, "units": {{"code", "name"}},
	}
	for i := range works {
		tb["entries"] = append(tb["entries"], []string{"weld", fmt.Sprintf("%03d", i+1), fmt.Sprint("选手", i+1)})
	}
	f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"s": []byte(keyedScheme(aspects))}))
	f.mustAct("weld", "open")
	return f
}

func (f *fair) clerk() (*rehearsal.Client, string, string) {
	return f.person(contest.Grant{Role: contest.Clerk, Contest: idOf(f.t, f.id), Event: idOf(f.t, f.events["weld"])})
}

type keyedCell struct {
	Work    string `json:"work"`
	Aspect  string `json:"aspect"`
	Attempt int    `json:"attempt"`
	Round   int    `json:"round"`
}

// keys takes a place of the only sheet and keys its cells, each as says tells.
func (f *fair) keys(c *rehearsal.Client, says func(n int, cell keyedCell) string) {
	f.t.Helper()
	event := "/api/v1/events/" + f.events["weld"] + "/keying"
	var pass struct{ Cells []keyedCell }
	if err := c.Do(f.t.Context(), "POST", event+"/passes", map[string]any{"chair": 1, "criterion": "w"}, &pass); err != nil {
		f.t.Fatal(err)
	}
	for from := 0; from < len(pass.Cells); from += 500 {
		var typed []map[string]any
		for i, cell := range pass.Cells[from:min(from+500, len(pass.Cells))] {
			typed = append(typed, map[string]any{"work": cell.Work, "aspect": cell.Aspect, "attempt": 1, "round": 1, "text": says(from+i, cell)})
		}
		var out struct{ Results []struct{ Kind, Code string } }
		if err := c.Do(f.t.Context(), "POST", event+"/cells", map[string]any{"chair": 1, "criterion": "w", "cells": typed}, &out); err != nil {
			f.t.Fatal(err)
		}
		for i, r := range out.Results {
			if r.Code != "" {
				f.t.Fatalf("%v: %s", typed[i], r.Code)
			}
		}
	}
}

type keyedOutcome struct {
	Cells, Waiting, Marks, Differ int
	Refused                       []struct{ Code string }
}

func (f *fair) finish(c *rehearsal.Client) (out keyedOutcome, err error) {
	err = c.Do(f.t.Context(), "POST", "/api/v1/events/"+f.events["weld"]+"/keying/finish", map[string]any{"chair": 1, "criterion": "w"}, &out)
	return out, err
}

type keyedDifference struct {
	keyedCell
	State                   string
	First, Second, Standing struct{ Kind, Value string }
	NeedsSecond             bool `json:"needs_second"`
	Picture, Tablet         bool
}

func (f *fair) differences(c *rehearsal.Client) []keyedDifference {
	var out struct{ Differences []keyedDifference }
	get(f.t, c, "/api/v1/events/"+f.events["weld"]+"/keying/differences", &out)
	return out.Differences
}

func (f *fair) decide(c *rehearsal.Client, d keyedDifference, further map[string]any) error {
	body := map[string]any{"chair": 1, "criterion": "w", "work": d.Work, "aspect": d.Aspect, "attempt": d.Attempt, "round": d.Round, "reason": "看纸面"}
	for k, v := range further {
		body[k] = v
	}
	var out keyedOutcome
	err := c.Do(f.t.Context(), "POST", "/api/v1/events/"+f.events["weld"]+"/keying/decisions", body, &out)
	if err == nil && len(out.Refused) > 0 {
		f.t.Errorf("%s %s: %v", d.Work, d.Aspect, out.Refused)
	}
	return err
}

// truth is what the judge has written.
func truth(n int) string { return fmt.Sprint(n%10 + 1) }

// twentySlips are wrong texts in cells of chance; 空 stands for nothing at all.
func twentySlips(cells int) map[int]string {
	slips := map[int]string{}
	for i := range 20 {
		n := (i*i*37 + i*71 + 13) % cells
		for slips[n] != "" {
			n++
		}
		// A digit too many, the number beside, an empty cell, "not performed".
		slips[n] = []string{"9.5", fmt.Sprint((n+1)%10 + 1), "空", "-"}[i%4]
	}
	return slips
}

// place is the number of the difference's cell on the sheet.
func (d keyedDifference) place(aspects int) int {
	var work, aspect int
	_, _ = fmt.Sscanf(d.Work, "%d", &work)
	_, _ = fmt.Sscanf(d.Aspect, "a%d", &aspect)
	return (work-1)*aspects + aspect - 1
}

// shutToOne: the door of single keying is shut.
func (f *fair) shutToOne(clerk *rehearsal.Client) {
	f.t.Helper()
	var direct struct {
		Results []struct{ Problem struct{ Code string } }
	}
	mark := map[string]any{"mark_id": "6e9d1d3e-3f44-4a57-8a0b-0f6a2a7a1c11", "chair": 1, "work": "001", "aspect": "a01", "value": "5", "version": 1}
	err := clerk.Do(f.t.Context(), "POST", "/api/v1/events/"+f.events["weld"]+"/marks-sheet", map[string]any{"marks": []any{mark}}, &direct)
	if err != nil || direct.Results[0].Problem.Code != "judging.keyed_twice" {
		f.t.Fatalf("one clerk alone: %+v, %v", direct, err)
	}
}

// Forty works by thirty-eight aspects, and ten slips of each clerk in cells of chance: all twenty are found, nothing else
// is, and the board has what the paper says.
func TestTwentySlipsInFifteenHundredCellsAreFound(t *testing.T) {
	const works, aspects = 40, 38
	f := keyedFair(t, works, aspects, "paper")
	one, oneUser, _ := f.clerk()
	two, _, _ := f.clerk()
	third, thirdUser, thirdPassword := f.clerk()
	slips := twentySlips(works * aspects)
	slipsOf := func(parity int) func(int, keyedCell) string {
		return func(n int, _ keyedCell) string {
			if text := slips[n]; text != "" && n%2 == parity {
				return strings.TrimPrefix(text, "空")
			}
			return truth(n)
		}
	}
	event := "/api/v1/events/" + f.events["weld"]
	f.shutToOne(one)
	f.keys(one, slipsOf(0))
	f.blind(one, two)
	if _, err := f.finish(two); codeOf(err) != "keying.unkeyed" {
		t.Fatalf("finished with nothing keyed: %v", err)
	}
	if out, err := f.finish(one); err != nil || out.Waiting != works*aspects || out.Marks != 0 {
		t.Fatalf("the first alone: %+v, %v", out, err)
	}
	if got := f.differences(third); len(got) != 0 {
		t.Fatalf("%d differences before the second is finished", len(got))
	}
	f.keys(two, slipsOf(1))
	out, err := f.finish(two)
	if err != nil || out.Differ != 20 || out.Marks != works*aspects-20 || len(out.Refused) > 0 {
		t.Fatalf("compared: %+v, %v", out, err)
	}
	records := f.seq("weld")
	if out, err = f.finish(two); err != nil || out.Marks != 0 || f.seq("weld") != records {
		t.Fatalf("finished again: %+v, %v", out, err)
	}
	if err := third.Do(t.Context(), "POST", event+"/keying/passes", map[string]any{"chair": 1, "criterion": "w"}, nil); codeOf(err) != "keying.taken" {
		t.Fatalf("a third pass: %v", err)
	}
	found := f.differences(third)
	if len(found) != 20 {
		t.Fatalf("%d differences, want 20", len(found))
	}
	second := map[string]any{"user": thirdUser, "password": thirdPassword}
	for i, d := range found {
		n := d.place(aspects)
		if slips[n] == "" || d.State != "differ" {
			t.Fatalf("%+v is no slip", d)
		}
		if i > 0 {
			if err := f.decide(third, d, map[string]any{"text": truth(n)}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		// One of the two does not decide alone, nor with the other one.
		for code, further := range map[string]map[string]any{
			"keying.second": {}, "keying.second_person": {"user": oneUser, "password": "x"}, "identity.credentials": {"user": thirdUser, "password": "wrong"},
		} {
			further["text"] = truth(n)
			if err := f.decide(two, d, further); err == nil || code == "keying.second" && codeOf(err) != code {
				t.Errorf("%s: %v", code, err)
			}
		}
		second["text"] = truth(n)
		if err := f.decide(two, d, second); err != nil {
			t.Fatal(err)
		}
	}
	f.holds(works, aspects)
}

// blind looks through everything that a clerk is given for what the other has keyed.
func (f *fair) blind(first, second *rehearsal.Client) {
	f.t.Helper()
	event := "/api/v1/events/" + f.events["weld"] + "/keying"
	if err := second.Do(f.t.Context(), "POST", event+"/passes", map[string]any{"chair": 1, "criterion": "w"}, nil); err != nil {
		f.t.Fatal(err)
	}
	for _, path := range []string{"", "/pass?chair=1&criterion=w", "/differences"} {
		var raw json.RawMessage
		get(f.t, second, event+path, &raw)
		if strings.Contains(string(raw), `"kind":"mark"`) || strings.Contains(string(raw), "9.5") {
			f.t.Errorf("%s shows what the first has keyed: %.300s", path, raw)
		}
	}
	if err := second.Do(f.t.Context(), "POST", event+"/free", map[string]any{"chair": 1, "criterion": "w", "place": 1}, nil); codeOf(err) != "keying.role" {
		f.t.Errorf("a clerk frees another's place: %v", err)
	}
	if err := first.Do(f.t.Context(), "PUT", event+"/way", map[string]any{"way": "single"}, nil); codeOf(err) != "keying.role" {
		f.t.Errorf("a clerk says that once is enough: %v", err)
	}
}

// holds says whether every mark is what the paper says.
func (f *fair) holds(works, aspects int) {
	f.t.Helper()
	wrong := 0
	for w := range works {
		sum := 0
		for a := range aspects {
			sum += (w*aspects+a)%10 + 1
		}
		var got struct{ Total string }
		get(f.t, f.organiser, fmt.Sprintf("/api/v1/events/%s/working/%03d", f.events["weld"], w+1), &got)
		if got.Total != fmt.Sprintf("%d.00", sum) {
			wrong++
			f.t.Logf("work %d has %s, want %d", w+1, got.Total, sum)
		}
	}
	if wrong > 0 {
		f.t.Errorf("%d of %d totals are not what the paper says", wrong, works)
	}
}

// Where a tablet marks, paper is compared and never counted; a photograph of the printed form shows the cell.
func TestPaperBesideATabletIsComparedOnly(t *testing.T) {
	f := keyedFair(t, 6, 3, "tablet")
	tablet := f.pair("weld")[0]
	event := "/api/v1/events/" + f.events["weld"]
	var doc struct {
		Serial int
		Number string
	}
	if err := f.organiser.Do(t.Context(), "POST", event+"/documents", map[string]any{"kind": "blank_sheet", "chair": 1}, &doc); err != nil {
		t.Fatal(err)
	}
	pdf := f.send(t, request{method: "GET", path: fmt.Sprintf("%s/documents/%d/file.pdf", event, doc.Serial), token: f.organiser.Token})
	plan, err := printing.PlanOf([]byte(pdf.body))
	if err != nil || len(plan.Fields) != 18 {
		t.Fatalf("%d cells, %v", len(plan.Fields), err)
	}
	code := plan.Says
	one, _, _ := f.clerk()
	photo := photograph(t, plan, code+":01")
	if a := f.send(t, request{method: "POST", path: "/api/v1/keying/photos?event=" + f.events["weld"], token: one.Token, kind: "application/octet-stream", body: string(photo)}); a.status != 201 || !strings.Contains(a.body, `"cells":18`) {
		t.Fatalf("a photograph: %d %s", a.status, a.body)
	}
	open := map[string]rehearsal.Cell{}
	for _, c := range tablet.Open() {
		open[c.Work+" "+c.Pad.ID] = c
	}
	for n := range 17 { // the last one is missing on the tablet
		cell := open[fmt.Sprintf("%03d a%02d", n/3+1, n%3+1)]
		if got, err := tablet.Send(t.Context(), []rehearsal.MarkBody{tablet.Mark(cell, truth(n))}); err != nil || got[0].Problem != nil {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	records := f.seq("weld")
	two, _, _ := f.clerk()
	paper := func(n int, _ keyedCell) string {
		if n == 4 {
			return "9.5"
		}
		return truth(n)
	}
	f.keys(one, paper)
	f.keys(two, paper)
	if _, err := f.finish(one); err != nil {
		t.Fatal(err)
	}
	if out, err := f.finish(two); err != nil || out.Differ != 2 || out.Marks != 0 || f.seq("weld") != records {
		t.Fatalf("%+v, %v, %d records", out, err, f.seq("weld")-records)
	}
	got := f.differences(one)
	if len(got) != 2 || got[0].State != "beside" || got[0].First.Value != "9.5" || got[0].Standing.Value != "5" || !got[0].Picture || got[1].Standing.Kind != "empty" {
		t.Fatalf("%+v", got)
	}
	query := url.Values{"chair": {"1"}, "criterion": {"w"}, "work": {got[0].Work}, "aspect": {got[0].Aspect}, "attempt": {"1"}}
	if a := f.send(t, request{method: "GET", path: event + "/keying/cell.jpg?" + query.Encode(), token: one.Token}); a.status != 200 || !strings.HasPrefix(a.body, "\xff\xd8\xff") {
		t.Errorf("its picture: %d", a.status)
	}
	third, _, _ := f.clerk()
	if err := f.decide(third, got[0], map[string]any{"settle": true}); err != nil || f.seq("weld") != records {
		t.Errorf("settled: %v, %d records", err, f.seq("weld")-records)
	}
	if left := f.differences(third); left[0].State != "done" || left[1].State != "beside" {
		t.Errorf("afterwards: %+v", left)
	}
	for what, a := range map[string]answer{
		"another event's": f.send(t, request{method: "POST", path: "/api/v1/keying/photos?event=" + f.events["weld"], token: one.Token, kind: "application/octet-stream", body: string(photograph(t, plan, "JT1:00000000000000000000000000000000:01"))}),
		"words":           f.send(t, request{method: "POST", path: "/api/v1/keying/photos?event=" + f.events["weld"], token: one.Token, kind: "application/octet-stream", body: "words"}),
	} {
		if want := map[string]string{"another event's": "keying.other_document", "words": "keying.file"}[what]; a.code != want {
			t.Errorf("%s: %d %s, want %s", what, a.status, a.code, want)
		}
	}
}

// photograph draws what a plan says: corners, code, lines; a stroke in each cell.
func photograph(t *testing.T, plan printing.Plan, code string) []byte {
	t.Helper()
	const dots = 8.0
	img := image.NewGray(image.Rect(0, 0, int((plan.Width+20)*dots), int((plan.Height+20)*dots)))
	box := func(x, y, w, h float64, ink uint8) {
		r := image.Rect(int((x+10)*dots), int((y+10)*dots), int((x+w+10)*dots), int((y+h+10)*dots))
		draw.Draw(img, r, image.NewUniform(color.Gray{Y: ink}), image.Point{}, draw.Src)
	}
	box(-10, -10, plan.Width+20, plan.Height+20, 120)
	box(0, 0, plan.Width, plan.Height, 235)
	for _, c := range plan.Corners {
		box(c[0]-plan.Anchor/2, c[1]-plan.Anchor/2, plan.Anchor, plan.Anchor, 20)
	}
	rows, err := qr.Encode(code, qr.M, qr.AlphaNumeric)
	if err != nil || rows.Bounds().Dx() != plan.Modules {
		t.Fatalf("%d modules, %v", rows.Bounds().Dx(), err)
	}
	unit := plan.Code[2] / float64(plan.Modules+8)
	for y := range plan.Modules {
		for x := range plan.Modules {
			if color.GrayModel.Convert(rows.At(x, y)) == (color.Gray{}) {
				box(plan.Code[0]+float64(x+4)*unit, plan.Code[1]+float64(y+4)*unit, unit, unit, 20)
			}
		}
	}
	for _, f := range plan.Fields {
		b := f.Box
		for _, line := range [][4]float64{{b[0], b[1], b[2], 0.25}, {b[0], b[1] + b[3], b[2], 0.25}, {b[0], b[1], 0.25, b[3]}, {b[0] + b[2], b[1], 0.25, b[3]}, {b[0] + 4, b[1] + 3, 1, b[3] - 5}} {
			box(line[0], line[1], line[2], line[3], 60)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
