package worldsheet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/programme/programmeweb/marktable"
	"jiangtai/server/programme/programmeweb/worldsheet"
)

const titles = "Sub Criterion ID|Sub Criterion\nName or Description|Day of Marking|Aspect Type\nM = Meas J = Judg|Aspect – Description|Judg Score|Extra Aspect Description (Meas or Judg)|Requirement\nor Nominal Size|WSSS Section|Calculation Row|Max\nMark"

// book writes rows as a workbook: cells are parted by |.
func book(t *testing.T, rows ...string) []byte {
	t.Helper()
	p := excel.Plain{Sheet: "Import", Numbers: []int{2, 5, 8, 10}}
	for _, row := range rows {
		p.Rows = append(p.Rows, strings.Split(row, "|"))
	}
	data, err := excel.WritePlain([]excel.Plain{p})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t *testing.T, data []byte) (*marktable.Result, *scheme.Scheme) {
	t.Helper()
	grids, err := marktable.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	if !worldsheet.Is(grids) {
		t.Fatal("not known for what it is")
	}
	r, err := worldsheet.Read(grids)
	if err != nil {
		t.Fatal(err)
	}
	s, err := scheme.Parse(r.Text)
	if err != nil {
		t.Fatal(err)
	}
	return r, s
}

func places(all []marktable.Unread) string {
	var out []string
	for _, u := range all {
		out = append(out, fmt.Sprintf("%s %s%v", strings.TrimPrefix(u.Place.String(), "Import:"), strings.TrimPrefix(u.Why, "programme."), u.Aspects))
	}
	return strings.Join(out, "; ")
}

// whole is a sheet as people fill it in: lists above, two criteria, every sort of
// row.
var whole = []string{
	"21 Plumbing and Heating",
	"Test Project 2",
	"ID|Name|Mark|Section|WSSS Section|WSSS Marks",
	"A|Dimensions|9|1|Work organisation|4",
	"B|Finish|6|2|Installation|11",
	"|Total|15",
	"",
	"Criterion A|Dimensions||||||||Total Mark|9",
	titles,
	"A1|Height of pipes|1",
	"|||M|Pipe 1||to the lower edge|20 ±0.05 mm|2||2",
	"|||M|Pipe 2|||18 0/-0.021|2||2",
	"|||M|Gap|||≤ 0.5|2||1",
	"|||M|Level||within the bubble|yes or no|1||1",
	"||||||hold for ten seconds",
	"|||M|Leaks||Deduct 0.5 for each leak||2||2",
	"|||M|Order||partial marks by the judges||1||1",
	"",
	"||||||||||||Criterion B|Finish|Total Mark|6",
	strings.Replace(titles, "WSSS", "WSOS", 1),
	"B1|Look|2",
	"|||J|Cleanliness||||2||2",
	"|||||0|bad",
	"|||||1|fair",
	"|||||2|good",
	"|||||3|very good",
	"|||J|Symmetry||no\npoor\nfine\nperfect||2||2",
	"B2|Tools|2|Measurement|Tools kept||||1||2",
}

func TestWholeSheet(t *testing.T) {
	r, s := read(t, book(t, whole...))
	if got, want := places(r.Unread), "17:G columns_parts[A1.6]"; got != want {
		t.Errorf("unread %s, want %s", got, want)
	}
	if got := places(r.Notes); got != "2:A columns_above[]; 10:C columns_day[]; 21:C columns_day[]; 28:C columns_day[]" {
		t.Errorf("notes %s", got)
	}
	for _, sum := range r.Sums {
		if sum.Declared != sum.Actual {
			t.Errorf("%+v", sum)
		}
	}
	if len(r.Sums) != 7 || r.Total != "15" || len(r.Taken) != 9 || s.Name.Zh != "21 Plumbing and Heating" {
		t.Errorf("%d sums, %s, %d rows, %s", len(r.Sums), r.Total, len(r.Taken), s.Name.Zh)
	}
	k := s.Components[0].Criteria
	var got []string
	for _, c := range k {
		for _, u := range c.Subs {
			for _, a := range u.Aspects {
				line := a.ID + " " + string(a.Kind) + " " + a.Max.String() + " " + a.Panel + " " + a.Section
				for _, n := range []*scheme.Num{a.Nominal, a.Tol, a.Low, a.High, a.Per} {
					if n != nil {
						line += " " + n.String()
					}
				}
				if a.Help != nil {
					line += " " + a.Help.Zh
				}
				for _, l := range a.Levels {
					line += " " + l.Zh
				}
				got = append(got, line)
			}
		}
	}
	want := []string{
		"A1.1 tolerance 2 measurement s2 20 0.05 to the lower edge", "A1.2 limits 2 measurement s2 18 -0.021 0", "A1.3 limits 1 measurement s2 0.5",
		"A1.4 yes_no 1 measurement s1 within the bubble\nhold for ten seconds\nyes or no", "A1.5 counted 2 measurement s2 0.5 Deduct 0.5 for each leak",
		"A1.6 points 1 measurement s1 partial marks by the judges", "B1.1 judgement 2 judgement s2 bad fair good very good",
		"B1.2 judgement 2 judgement s2 no poor fine perfect", "B2.1 yes_no 2 measurement s1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if k[0].Name.Zh != "Dimensions" || k[1].Name.Zh != "Finish" || s.Standards.Sections[1].Name.Zh != "Installation" || s.Standards.Sections[1].Max.String() != "11" {
		t.Errorf("%+v", s)
	}
}

// Sheets of earlier years have no day, "O" for M, and the criterion beside its
// titles; sections that no table names are what the rows add up to.
func TestOlderSheet(t *testing.T) {
	r, s := read(t, book(t,
		"Sub\nCriteria\nID|Sub Criteria\n\nName or Description|Aspect\nType\nO = Obj|Aspect - Description|Judg Score|Extra Aspect Description (Obj or Subj)|Requirement\nor Nominal\nSize (Obj Only)|WSSS Section|Max\nMark||Criterion\nC|Total\nMark|3",
		"C1|Wiring", "||O|Earth fitted||||3|1,5", "||J|Look||||3|1.5", "||||0|a", "||||1|b", "||||2|c", "||||3|d"))
	if len(r.Unread) != 0 || r.Total != "3" || len(s.Standards.Sections) != 1 || s.Standards.Sections[0].Max.String() != "3" || len(r.Sums) != 1 {
		t.Errorf("%s %+v", places(r.Unread), r)
	}
	if k := s.Components[0].Criteria[0]; k.ID != "C" || k.Subs[0].Aspects[0].Max.String() != "1.5" {
		t.Errorf("%+v", k)
	}
}

// What is not understood is named by its cell; the scheme compiles all the same.
func TestUnread(t *testing.T) {
	good := "|||M|Other||||||1"
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"a size":               {[]string{titles, "A1|x", "|||M|Shaft|||20 h7|||2"}, "3:H columns_size[A1.1]"},
		"a strict limit":       {[]string{titles, "A1|x", "|||M|Shaft|||< 0.5|||2"}, "3:H columns_size[A1.1]"},
		"a size in parts":      {[]string{titles, "A1|x", "|||M|Shaft||half the points within 0.1, 1 mark|20 ±0.05|||2"}, "3:G columns_parts[A1.1]"},
		"M or J":               {[]string{titles, "A1|x", "|||S|Beauty||by eye||||2"}, "3:D columns_kind[A1.1]"},
		"a level missing":      {[]string{titles, "A1|x", "|||J|Beauty||||||2", "|||||0|bad", "|||||3|good"}, "3:E columns_levels[A1.1]"},
		"a score of M":         {[]string{titles, "A1|x", good, "|||||1|bad"}, "4:F columns_score[]"},
		"a score twice":        {[]string{titles, "A1|x", "|||J|Beauty||||||2", "|||||0|a", "|||||1|b", "|||||2|c", "|||||3|d", "|||||3|e"}, "8:F columns_score[]"},
		"no marks":             {[]string{titles, "A1|x", good, "|||M|Shaft|||||| "}, "4:K table_marks[]"},
		"marks in words":       {[]string{titles, "A1|x", good, "|||M|Shaft||||||two"}, "4:K table_marks[]"},
		"no description":       {[]string{titles, "A1|x", good, "|||M|||||||1"}, "4:E table_words[]"},
		"no sub-criterion":     {[]string{titles, good, "A1|x", good}, "2:D columns_sub[]"},
		"an id":                {[]string{titles, "A1|x", good, "first|y"}, "4:A columns_id[]; 4:B columns_row[]"},
		"a section":            {[]string{"Section|Name|WSSS Marks", "1|Work|1", titles, "A1|x", "|||M|Shaft||||1||1", "|||M|Hub||||7||1"}, "6:I columns_section[A1.2]"},
		"a section in words":   {[]string{titles, "A1|x", "|||M|Shaft||||all||1"}, "3:I columns_section[A1.1]"},
		"a section's marks":    {[]string{"Section|Name|WSSS Marks", "1|Work|5", titles, "A1|x", "|||M|Shaft||||1||1"}, "2:C table_sum[]"},
		"a criterion's marks":  {[]string{"Criterion A|Work||||||||Total Mark|5", titles, "A1|x", good}, "1:K table_sum[]"},
		"the list's marks":     {[]string{"ID|Name|Mark", "A|Work|1", "|Total|7", titles, "A1|x", good}, "3:C table_sum[]"},
		"a sub's marks":        {[]string{titles, "A1|x|||||||||4", good}, "2:K table_sum[]"},
		"a total in the rows":  {[]string{titles, "A1|x", good, "||||Total||||||3"}, "4:K table_sum[]"},
		"a good total":         {[]string{titles, "A1|x", good, "||||Total||||||1"}, ""},
		"a column":             {[]string{titles + "|Colour", "A1|x", good}, "1:L table_column[]"},
		"a cell nowhere":       {[]string{titles, "A1|x", good, "|||||||||||see drawing"}, "4:L columns_row[]"},
		"words in the open":    {[]string{titles, "A1|x", good, "||||and so on"}, "4:E columns_row[]"},
		"calculation rows":     {[]string{titles, "A1|x", good, "|||||||||C8"}, ""},
		"older marks of eight": {[]string{titles, "A1|x", "|||M|Shaft||Mark from 0 to 2 in steps of 0.5||||2"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if r, _ := read(t, book(t, c.rows...)); places(r.Unread) != c.want {
				t.Errorf("%s, want %s", places(r.Unread), c.want)
			}
		})
	}
	for _, rows := range [][]string{{"a|b"}, {titles}, {titles, "A1|x"}} {
		grids, err := marktable.Open(t.Context(), book(t, rows...))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := worldsheet.Read(grids); fault.Of(err) == nil || fault.Of(err).Kind != fault.Refused {
			t.Errorf("%v: %v", rows, err)
		}
	}
}

// sizes are requirements as people write them.
func TestSizes(t *testing.T) {
	for text, want := range map[string]string{
		"20 ±0.05": "tolerance 20 0.05 - - ", "20±0.05mm": "tolerance 20 0.05 - - mm", "20 mm ± 0.05": "tolerance 20 0.05 - - mm", "20 +/- 0,05 mm": "tolerance 20 0.05 - - mm",
		"Ø20 ±0.05": "tolerance 20 0.05 - - +", "-1.5 (±0.2)": "tolerance -1.5 0.2 - - ", "18 0/-0.021": "limits 18 - -0.021 0 ", "18 +0.05/-0.02 mm": "limits 18 - -0.02 0.05 mm",
		"18 -0.02/+0.05": "limits 18 - -0.02 0.05 ", "18 (+0.05 -0.02)": "limits 18 - -0.02 0.05 ", "9.5–10.2 mm": "limits - - 9.5 10.2 mm", "9 … 10": "limits - - 9 10 ",
		"9 to 10": "limits - - 9 10 ", "≥ 10 °C": "limits - - 10 - °C", "max 0.05": "limits - - - 0.05 ",
		"20": "points", "20 h7": "points", "10–9": "points", "< 5": "points", "R3": "points", "as the drawing": "yes_no", "Assert: 200": "yes_no",
	} {
		_, s := read(t, book(t, titles, "A1|x", "|||M|Size|||"+text+"|||2"))
		a := s.Components[0].Criteria[0].Subs[0].Aspects[0]
		got := string(a.Kind)
		if a.Kind == scheme.Tolerance || a.Kind == scheme.Limits {
			for _, n := range []*scheme.Num{a.Nominal, a.Tol, a.Low, a.High} {
				if n == nil {
					got += " -"
				} else {
					got += " " + n.String()
				}
			}
			got += " " + a.Unit
			if a.Help != nil {
				got += "+"
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func plain(t *rapid.T, s *scheme.Scheme) string {
	raw, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// What the sheet can say comes back as it was, and nothing is told as lost.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawn(t)
		source := plain(t, s)
		if _, err := scheme.Parse([]byte(source)); err != nil {
			t.Fatal(err, source)
		}
		b, err := worldsheet.Write(t.Context(), []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Lost) > 0 {
			t.Fatalf("%+v\n%s", b.Lost, source)
		}
		grids, err := marktable.Open(t.Context(), b.Data)
		if err != nil {
			t.Fatal(err)
		}
		r, err := worldsheet.Read(grids)
		if err != nil || len(r.Unread) > 0 || len(r.Notes) > 0 {
			t.Fatal(err, places(r.Unread), places(r.Notes))
		}
		back, err := scheme.Parse(r.Text)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(source, plain(t, back)); d != "" {
			t.Fatal(d)
		}
	})
}

var text = rapid.StringMatching(`[A-Za-z一-鿿][a-z 一-鿿()=+@-]{0,20}[a-z一-鿿]`).Filter(func(s string) bool {
	return !strings.Contains(s, "  ") && !strings.Contains(strings.ToLower(s), "criteri") && !strings.Contains(s, "扣") && !strings.Contains(s, "分") && !strings.Contains(s, "酌") && !strings.ContainsRune(s, '计')
})

func drawn(t *rapid.T) *scheme.Scheme {
	s := &scheme.Scheme{Format: scheme.Format, Name: scheme.Text{Zh: text.Draw(t, "name")}}
	sections := rapid.IntRange(0, 3).Draw(t, "sections")
	sums := make([]exact.Num, sections)
	panels, total := map[string]bool{}, exact.Zero
	c := scheme.Component{ID: "c1", Name: scheme.Text{Zh: "实操"}}
	for i := range rapid.IntRange(1, 3).Draw(t, "criteria") {
		letter, sum := scheme.Letter(i), exact.Zero
		k := scheme.Criterion{ID: letter, Name: scheme.Text{Zh: text.Draw(t, "criterion")}}
		for j := range rapid.IntRange(1, 3).Draw(t, "subs") {
			id := fmt.Sprintf("%s%d", letter, j+1)
			u := scheme.SubCriterion{ID: id, Name: scheme.Text{Zh: text.Draw(t, "sub")}}
			for n := range rapid.IntRange(1, 4).Draw(t, "aspects") {
				a := drawnAspect(t)
				a.ID = fmt.Sprintf("%s.%d", id, n+1)
				if sections > 0 {
					in := rapid.IntRange(0, sections-1).Draw(t, "section")
					a.Section = fmt.Sprintf("s%d", in+1)
					sums[in] = sums[in].Add(*a.Max)
				}
				panels[a.Panel] = true
				sum = sum.Add(*a.Max)
				u.Aspects = append(u.Aspects, a)
			}
			k.Subs = append(k.Subs, u)
		}
		k.Max = &sum
		total = total.Add(sum)
		c.Criteria = append(c.Criteria, k)
	}
	for i, sum := range sums {
		if s.Standards == nil {
			s.Standards = &scheme.Standards{}
		}
		s.Standards.Sections = append(s.Standards.Sections, scheme.Section{ID: fmt.Sprintf("s%d", i+1), Name: scheme.Text{Zh: text.Draw(t, "standard")}, Max: &sum})
	}
	for id, name := range map[string]string{"measurement": "测量组", "judgement": "评价组"} {
		if p := (scheme.Panel{ID: id, Name: scheme.Text{Zh: name}}); panels[id] && id == "measurement" {
			s.Panels = append([]scheme.Panel{p}, s.Panels...)
		} else if panels[id] {
			s.Panels = append(s.Panels, p)
		}
	}
	c.Max, s.Total = &total, &total
	s.Components = []scheme.Component{c}
	return s
}

func hundredths(t *rapid.T, least, most int, label string) *scheme.Num {
	n := exact.Frac(rapid.IntRange(least, most).Draw(t, label), 100)
	return &n
}

func drawnAspect(t *rapid.T) scheme.Aspect {
	a := scheme.Aspect{Name: scheme.Text{Zh: text.Draw(t, "aspect")}, Panel: "measurement", Max: hundredths(t, 5, 1000, "max")}
	var help []string
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		help = append(help, text.Draw(t, "help"))
	}
	a.Kind = rapid.SampledFrom([]scheme.Kind{scheme.YesNo, scheme.Tolerance, scheme.Limits, scheme.Counted, scheme.PointsKind, scheme.Judgement}).Draw(t, "kind")
	switch a.Kind {
	case scheme.Tolerance:
		a.Nominal, a.Tol, a.Unit = hundredths(t, -500, 5000, "nominal"), hundredths(t, 1, 100, "tol"), rapid.SampledFrom([]string{"", "mm", "°C", "kg", "%"}).Draw(t, "unit")
	case scheme.Limits:
		a.Unit = rapid.SampledFrom([]string{"", "mm", "s"}).Draw(t, "unit")
		switch rapid.IntRange(0, 3).Draw(t, "limits") {
		case 0:
			a.Nominal, a.Low, a.High = hundredths(t, -500, 5000, "nominal"), hundredths(t, -50, 0, "low"), hundredths(t, 1, 50, "high")
		case 1:
			a.Low, a.High = hundredths(t, -500, 100, "low"), hundredths(t, 101, 500, "high")
		case 2:
			a.Low = hundredths(t, -500, 500, "low")
		case 3:
			a.High = hundredths(t, -500, 500, "high")
		}
	case scheme.Counted:
		a.Per = hundredths(t, 1, 5, "per")
	case scheme.PointsKind:
		if rapid.Bool().Draw(t, "stepped") {
			a.Step = hundredths(t, 1, 1, "step")
		}
	case scheme.Judgement:
		a.Panel = "judgement"
		for range 4 {
			a.Levels = append(a.Levels, scheme.Text{Zh: text.Draw(t, "level")})
		}
	}
	if help != nil {
		a.Help = &scheme.Text{Zh: strings.Join(help, "\n")}
	}
	return a
}

// Any scheme becomes a sheet; what the sheet cannot say is told, and what is told is
// all: the scheme that comes back becomes the same again, without a loss.
func TestEveryScheme(t *testing.T) {
	n := 0
	for _, pattern := range []string{"../../../rehearsal/city/schemes/*.json", "../../../../docs/examples/*/schemes/*.json", "../../../../scoring/testdata/schemes/*.json", "../../../../schemas/trades/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			s, err := scheme.Parse(raw)
			if err != nil {
				continue
			}
			b, err := worldsheet.Write(t.Context(), raw)
			if fault.Code(err) == "programme.columns_nothing" {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", f, err)
				continue
			}
			n++
			r, back := read(t, b.Data)
			if len(diff.Compare(s, back)) > 0 && len(b.Lost) == 0 {
				t.Errorf("%s: lost in silence", f)
			}
			again, err := worldsheet.Write(t.Context(), r.Text)
			if err != nil || len(again.Lost) > 0 {
				t.Errorf("%s: %v %+v", f, err, again.Lost)
				continue
			}
			if r2, _ := read(t, again.Data); !bytes.Equal(r.Text, r2.Text) {
				t.Errorf("%s: %s", f, cmp.Diff(string(r.Text), string(r2.Text)))
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d schemes", n)
	}
}

// TestStepsOnTheSheet: where a weight makes an aspect worth less on the sheet, its step
// and what an error costs are worth as much less; a step that the sheet's mark is no
// multiple of any more is left out, and told.
func TestStepsOnTheSheet(t *testing.T) {
	of := func(weight, other, aspect string) string {
		return `{"format":"jiangtai.scheme/1","name":{"zh":"例"},"panels":[{"id":"p","name":{"zh":"组"}}],"components":[
			{"id":"a","name":{"zh":"理论"},"weight":"` + other + `","criteria":[{"id":"x","name":{"zh":"卷"},"subs":[{"id":"x1","name":{"zh":"卷"},"aspects":[
				{"id":"e","name":{"zh":"卷"},"kind":"yes_no","panel":"p","max":"10"}]}]}]},
			{"id":"b","name":{"zh":"实操"},"weight":"` + weight + `","criteria":[{"id":"y","name":{"zh":"块"},"subs":[{"id":"y1","name":{"zh":"块"},"aspects":[
				{"id":"f","name":{"zh":"点"},"panel":"p",` + aspect + `}]}]}]}]}`
	}
	for _, c := range []struct{ text, max, step, per string }{
		{of("0.7", "0.3", `"kind":"points","max":"7","step":"1"`), "4.9", "0.7", ""},
		{of("0.123457", "0.876543", `"kind":"points","max":"3","step":"0.001"`), "0.370371", "", ""},
		{of("0.7", "0.3", `"kind":"counted","max":"10","per":"1"`), "7", "", "0.7"},
	} {
		b, err := worldsheet.Write(t.Context(), []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		_, s := read(t, b.Data)
		a := s.Components[0].Criteria[1].Subs[0].Aspects[0]
		text := func(n *scheme.Num) string {
			if n == nil {
				return ""
			}
			return n.String()
		}
		if text(a.Max) != c.max || text(a.Step) != c.step || text(a.Per) != c.per {
			t.Errorf("%s: max %s step %s per %s", c.text, text(a.Max), text(a.Step), text(a.Per))
		}
	}
}
