package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"jiangtai/server/rehearsal/drill"
)

// Report is a result with its lights.
type Report struct {
	Light  Light        `json:"light"` // the worst of the lines
	Says   Text         `json:"says"`
	Lines  []Line       `json:"lines"`
	Result drill.Result `json:"result"`
}

// Of holds a result against the goals.
func Of(r drill.Result) Report {
	out := Report{Light: Green, Lines: linesOf(r), Result: r}
	for _, l := range out.Lines {
		out.Light = worse(out.Light, l.Light)
	}
	if len(r.Faults) > 0 {
		out.Light = Red
	}
	switch out.Light {
	case Green:
		out.Says = Text{"可以放心开赛", "Ready to open"}
	case Red:
		out.Says = Text{"还不能开赛，请先处理红色的项", "Not ready: see to what is red first"}
	case Yellow, Grey:
		out.Says = Text{"分数没有问题，有几处请看一看", "No mark is in doubt; have a look at a few things"}
		if !r.Compared.Done {
			out.Says = Text{"演练提前结束，没有比对完", "The rehearsal ended early; nothing was compared"}
		}
	}
	return out
}

// JSON writes the figures.
func (r Report) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	return nil
}

var marksOf = map[Light]string{Green: "✓", Yellow: "!", Red: "✗", Grey: "–"}

// Summary is a few lines for a terminal.
func (r Report) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s %s / %s\n\n", marksOf[r.Light], r.Says.Zh, r.Says.En)
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "%s %s：%s（目标 %s）\n  %s: %s\n", marksOf[l.Light], l.What.Zh, l.Figure.Zh, l.Goal.Zh, l.What.En, l.Figure.En)
		if l.Do.Zh != "" {
			fmt.Fprintf(&b, "  → %s\n  → %s\n", l.Do.Zh, l.Do.En)
		}
	}
	for _, f := range r.Result.Faults {
		fmt.Fprintf(&b, "✗ %s\n", f)
	}
	return b.String()
}

//go:embed page.html
var files embed.FS

var page = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"mark":    func(l Light) string { return marksOf[l] },
	"grouped": func(n int) string { return grouped(int64(n)) },
	"many":    grouped,
	"date":    func(r drill.Result) string { return r.Began.Format("2006-01-02 15:04") },
	"minutes": func(s float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", s/60), ".0") },
}).ParseFS(files, "page.html"))

// HTML writes the page.
func (r Report) HTML(w io.Writer) error {
	if err := page.Execute(w, struct {
		Report
		Pictures []picture
	}{r, pictures(r.Result)}); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
