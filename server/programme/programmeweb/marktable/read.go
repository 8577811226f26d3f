package marktable

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/programme/wording"
)

// panel is the one panel that marks everything.
const panel = "judges"

// Read reads tables into a scheme. Refused programme.table_missing where none has
// a column of marks, programme.table_empty where no row has.
func Read(grids []*Grid) (*Result, error) {
	out := &Result{}
	var bodies []*body
	total := exact.Zero
	for _, g := range grids {
		h, ok := findHeader(g)
		if !ok {
			if len(g.Rows) > 0 {
				out.Skipped = append(out.Skipped, g.Name)
			}
			continue
		}
		b := &body{header: &h, grid: g, out: out, sectioned: h.sectioned(g)}
		b.unknownColumns()
		b.read()
		for _, p := range b.parts {
			total = total.Add(p.sum())
		}
		b.allAbove = total
		bodies = append(bodies, b)
	}
	if len(bodies) == 0 {
		return nil, fault.New(fault.Refused, "programme.table_missing")
	}
	w := writer{out: out, lines: map[string]*line{}}
	s := w.scheme(bodies)
	if total.Sign() <= 0 {
		return nil, fault.New(fault.Refused, "programme.table_empty")
	}
	s.Total, out.Total = &total, total.String()
	w.sums(bodies)
	return out, w.finish(s)
}

// unknownColumns tells of columns that have a title nobody knows and something
// below it.
func (b *body) unknownColumns() {
	for column, r := range b.roles {
		title := b.grid.At(b.row, column)
		if r != unknown || title.Text == "" || title.Left {
			continue
		}
		for row := b.row + 1; row < len(b.grid.Rows); row++ {
			if c := b.grid.At(row, column); c.Text != "" && !c.Left && c.Text != title.Text {
				b.unread(b.row, column, title.Text, "programme.table_column")
				break
			}
		}
	}
}

// writer makes a scheme of lines.
type writer struct {
	out   *Result
	lines map[string]*line // by the pointer of its aspects
}

func (w *writer) scheme(bodies []*body) *scheme.Scheme {
	s := &scheme.Scheme{
		Format: scheme.Format, Name: scheme.Text{Zh: nameOf(bodies)},
		Panels: []scheme.Panel{{ID: panel, Name: scheme.Text{Zh: "裁判组"}}},
	}
	c := scheme.Component{ID: "c1", Name: scheme.Text{Zh: "实操"}}
	for _, b := range bodies {
		for _, p := range b.parts {
			if len(bodies) > 1 && p.name == "" {
				p.name = wording.Heading(b.grid.Title)
			}
			w.criterion(&c, p, s.Name.Zh)
		}
	}
	s.Components = []scheme.Component{c}
	return s
}

// nameOf is what stands above the first table.
func nameOf(bodies []*body) string {
	g := bodies[0].grid
	for row := range bodies[0].row {
		if texts, _ := g.lines(row); len(texts) == 1 {
			return oneLine(texts[0])
		}
	}
	if g.Title != "" {
		return oneLine(g.Title)
	}
	return g.Name
}

func oneLine(s string) string {
	r := []rune(strings.ReplaceAll(s, "\n", " "))
	return string(r[:min(len(r), 80)])
}

func (w *writer) criterion(c *scheme.Component, p *part, whole string) {
	n := len(c.Criteria)
	id := "m" + strconv.Itoa(n+1)
	name := scheme.Text{Zh: p.name}
	if name.Zh == "" {
		name.Zh = whole
	}
	sub := scheme.SubCriterion{ID: id + "-1", Name: name}
	hasMarks := p.sum().Sign() > 0
	for _, l := range p.lines {
		read := wording.Read(wording.Row{
			Name: l.name, Requirement: l.requirement, Standard: l.says, Marks: l.marks, Standalone: l.isAlone || !hasMarks,
		})
		for i := range read.Aspects {
			read.Aspects[i].ID, read.Aspects[i].Panel = id+"-a"+strconv.Itoa(len(sub.Aspects)+i+1), panel
		}
		w.take(l, p, read)
		for _, a := range read.Aspects {
			w.lines["/components/0/criteria/"+strconv.Itoa(n)+"/subs/0/aspects/"+strconv.Itoa(len(sub.Aspects))] = l
			sub.Aspects = append(sub.Aspects, a)
		}
	}
	if len(sub.Aspects) > 0 {
		c.Criteria = append(c.Criteria, scheme.Criterion{ID: id, Name: name, Subs: []scheme.SubCriterion{sub}})
	}
}

// take tells what became of a line.
func (w *writer) take(l *line, p *part, read wording.Reading) {
	t := Taken{Place: l.grid.Place(l.row, l.at), Section: p.name, Name: l.name, Kinds: []string{}, Unread: read.Unread != ""}
	if len(l.marks.Parts) > 0 {
		t.Marks = l.marks.Sum().String()
	}
	if t.Name == "" {
		t.Name = l.requirement
	}
	for _, a := range read.Aspects {
		t.Kinds = append(t.Kinds, string(a.Kind))
	}
	w.out.Taken = append(w.out.Taken, t)
	if read.Unread != "" {
		why := "programme.table_standard"
		if len(l.marks.Parts) == 0 {
			why = "programme.table_unmarked"
		}
		ids := []string{}
		for _, a := range read.Aspects {
			ids = append(ids, a.ID)
		}
		w.out.Unread = append(w.out.Unread, Unread{Place: t.Place, Text: read.Unread, Why: why, Aspects: ids})
	}
}

// sums holds what the tables state against their rows.
func (w *writer) sums(bodies []*body) {
	add := func(s Sum, actual exact.Num) {
		s.Actual = actual.String()
		w.out.Sums = append(w.out.Sums, s)
		if s.Declared != s.Actual {
			w.out.Unread = append(w.out.Unread, Unread{
				Place: s.Place, Text: s.Declared, Why: "programme.table_sum", Hint: s.Declared + " ≠ " + s.Actual, Aspects: []string{},
			})
		}
	}
	for _, b := range bodies {
		own := exact.Zero
		for _, p := range b.parts {
			own = own.Add(p.sum())
			if p.declared != nil {
				add(Sum{Place: p.at, Name: p.name, Declared: p.declared.String()}, p.sum())
			}
		}
		if b.total != nil {
			if b.total.Declared == b.allAbove.String() {
				own = b.allAbove // the sum at the end of several tables is of all
			}
			add(*b.total, own)
		}
	}
}

// finish writes the scheme; what the scheme package objects to is told at its row.
func (w *writer) finish(s *scheme.Scheme) error {
	raw, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	_, err = scheme.Parse(raw)
	var faults scheme.Faults
	switch {
	case err == nil:
		w.out.Text = raw
		return nil
	case !errors.As(err, &faults):
		return err
	}
	fields := []fault.Field{}
	for _, f := range faults {
		place := f.Path
		for at := f.Path; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
			if l := w.lines[at]; l != nil {
				place = l.grid.Place(l.row, l.at).String()
				break
			}
		}
		fields = append(fields, fault.At(place, f.Code, f.Hint))
	}
	return fault.New(fault.Refused, "programme.table_faulty", fields...)
}
