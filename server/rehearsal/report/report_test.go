package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/server/rehearsal/drill"
	"jiangtai/server/rehearsal/report"
)

// good is a rehearsal in which everything went well.
func good() drill.Result {
	q := drill.Quantiles{Count: 1000, P50: 20, P95: 90, P99: 180, Most: 400}
	return drill.Result{
		Server: "http://hall", Contest: drill.Contest{Code: "rehearsal-1", Name: "演练 <b>", Kind: "rehearsal"}, Made: true,
		Judges: 7, Spectators: 100, Events: 1, Seconds: 60, SlotSeconds: 1,
		Marks:    drill.Marks{Given: 200, Received: 200, Receipt: q, Flush: q, Flushes: 1, Flushed: 9},
		Phones:   drill.Phones{Most: 100, Cut: 10, Way: q, Back: q},
		Compared: drill.Compared{Done: true, Records: 200, Boards: 1, Phones: 100, Locked: 1},
		Lag:      drill.Quantiles{Count: 100, P99: 3},
		Slots:    []drill.Slot{{Marks: 3, Here: 99, WayP50: 20, WayP95: 90, WayP99: 180}, {Marks: 4, Here: 100, WayP50: 20, WayP95: 95, WayP99: 500}},
		Ways:     []drill.Bar{{UpTo: 128, Count: 900}, {UpTo: 256, Count: 90}, {UpTo: 512, Count: 10}},
	}
}

// TestLights: each thing that can go wrong changes the light of one line and of the
// whole, and says what to do.
func TestLights(t *testing.T) {
	for name, c := range map[string]struct {
		wrong func(*drill.Result)
		want  report.Light
		says  string
	}{
		"nothing":               {func(*drill.Result) {}, report.Green, "可以放心开赛"},
		"a mark is lost":        {func(r *drill.Result) { r.Compared.Missing = 1 }, report.Red, "不要开赛"},
		"a mark stands twice":   {func(r *drill.Result) { r.Compared.Twice = 1 }, report.Red, "不要开赛"},
		"another answer":        {func(r *drill.Result) { r.Marks.Differed = 1 }, report.Red, "不要开赛"},
		"a mark is returned":    {func(r *drill.Result) { r.Marks.Returned = map[string]int{"judging.closed": 2} }, report.Red, "judging.closed × 2"},
		"a mark is left behind": {func(r *drill.Result) { r.Marks.Unsent = 1 }, report.Yellow, "发件箱仍未清空"},
		"a phone is behind":     {func(r *drill.Result) { r.Compared.Behind = 1 }, report.Yellow, "还没连回来"},
		"many are behind":       {func(r *drill.Result) { r.Compared.Behind = 2 }, report.Red, "旧排名"},
		"a hole in the feed":    {func(r *drill.Result) { r.Phones.Holes = 1 }, report.Red, "旧排名"},
		"slow, its panels wait": {func(r *drill.Result) { r.Made, r.Phones.Way.P99 = false, 30_000 }, report.Green, "只供参考"},
		"rather slow":           {func(r *drill.Result) { r.Phones.Way.P95 = 251 }, report.Yellow, "独占一台机器"},
		"very slow":             {func(r *drill.Result) { r.Phones.Way.P99 = 3001 }, report.Red, "独占一台机器"},
		"judges wait":           {func(r *drill.Result) { r.Marks.Receipt.P99 = 600 }, report.Yellow, "固态硬盘"},
		"slow deliveries":       {func(r *drill.Result) { r.Marks.Flush.P99 = 10_001 }, report.Yellow, "独占一台机器"},
		"slow to come back":     {func(r *drill.Result) { r.Phones.Back.P99 = 31_000 }, report.Red, "独占一台机器"},
		"phones were lost":      {func(r *drill.Result) { r.Phones.Closed = map[string]int{"4408": 3} }, report.Yellow, "4408 × 3"},
		"few phones came":       {func(r *drill.Result) { r.Phones.Most = 80 }, report.Red, "ulimit -n"},
		"sent again":            {func(r *drill.Result) { r.Marks.Retries = map[string]int{"503 judging.busy": 1} }, report.Yellow, "503 judging.busy × 1"},
		"sent again often":      {func(r *drill.Result) { r.Marks.Retries = map[string]int{"network": 9} }, report.Red, "network × 9"},
		"a slow laptop":         {func(r *drill.Result) { r.Lag.P99 = 51 }, report.Yellow, "这台电脑忙不过来"},
		"it ended early":        {func(r *drill.Result) { r.Compared = drill.Compared{} }, report.Grey, "没有比对完"},
		"something failed":      {func(r *drill.Result) { r.Faults = []string{"lock event x"} }, report.Red, "lock event x"},
	} {
		r := good()
		c.wrong(&r)
		got := report.Of(r)
		if got.Light != c.want || !strings.Contains(got.Summary(), c.says) {
			t.Errorf("%s: %s, want %s and %q:\n%s", name, got.Light, c.want, c.says, got.Summary())
		}
		for _, l := range got.Lines {
			if l.Light != report.Grey && (l.Light == report.Green) != (l.Do == report.Text{}) {
				t.Errorf("%s: %s is %s and says to do %q", name, l.What.En, l.Light, l.Do.En)
			}
			for _, text := range []report.Text{l.What, l.Figure, l.Goal} {
				if text.Zh == "" || text.En == "" {
					t.Errorf("%s: a text is missing in %+v", name, l)
				}
			}
		}
	}
}

// TestPage: the page holds every line in both languages, its pictures, and what
// comes from the server only as text.
func TestPage(t *testing.T) {
	var page, figures strings.Builder
	r := report.Of(good())
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.JSON(&figures); err != nil {
		t.Fatal(err)
	}
	for _, l := range r.Lines {
		for _, want := range []string{l.What.Zh, l.What.En, l.Goal.Zh} {
			if !strings.Contains(page.String(), strings.ReplaceAll(want, "'", "&#39;")) {
				t.Errorf("the page lacks %q", want)
			}
		}
	}
	if n := strings.Count(page.String(), "<svg"); n != 4 {
		t.Errorf("%d pictures", n)
	}
	if strings.Contains(page.String(), "<b>演练") || strings.Contains(page.String(), "演练 <b>") || strings.Contains(page.String(), "NaN") {
		t.Error("a name is markup, or a figure no number")
	}
	var back report.Report
	if err := json.Unmarshal([]byte(figures.String()), &back); err != nil || back.Light != report.Green || back.Result.Marks.Received != 200 {
		t.Errorf("%v %+v", err, back)
	}
	none := drill.Result{}
	page.Reset()
	if err := report.Of(none).HTML(&page); err != nil || strings.Contains(page.String(), "<svg") {
		t.Errorf("a run without marks: %v", err)
	}
}
