package skating

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
)

// Panels of every event's scheme.
const (
	Technical = "technical" // one chair: elements and deductions
	Judges    = "judges"    // nine chairs: components
)

// Event is one competition and programme.
type Event struct {
	Code        string // unique, such as wc-men-short
	Competition string
	Program     string
	Elements    int // how many the programme has
	Scheme      []byte
	Entries     []Entry
	Marks       []Mark
	Means       []Mean
}

// Entry is one performance with its published results.
type Entry struct {
	Number       int // 1 and up, by starting number
	Performance  string
	Name, Nation string
	Rank         int
	Total        string
	ElementSum   string
	ComponentSum string
}

// Mark is what one chair sends. Judge is 1 to 9 on the judges' panel and 0 for
// the technical panel. NotPerformed has no value.
type Mark struct {
	Entry        int
	Aspect       string
	Judge        int
	Value        string
	NotPerformed bool
}

// Mean is a component's published panel value.
type Mean struct {
	Entry  int
	Aspect string
	Value  string
}

// components are the aspect ids by how the published names begin.
var components = []struct{ id, begins, zh, en string }{
	{"skills", "Skating Skills", "滑行技术", "Skating skills"},
	{"transitions", "Transitions", "衔接", "Transitions"},
	{"performance", "Performance", "表演", "Performance"},
	{"composition", "Composition", "编排", "Composition"},
	{"interpretation", "Interpretation", "音乐表达", "Interpretation of the music"},
}

type table struct {
	column map[string]int
	rows   [][]string
}

func (t *table) get(row []string, name string) string { return row[t.column[name]] }

func readTable(fsys fs.FS, name string, columns ...string) (*table, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read %s: empty", name)
	}
	t := &table{column: map[string]int{}, rows: rows[1:]}
	for i, c := range rows[0] {
		t.column[c] = i
	}
	for _, c := range columns {
		if _, ok := t.column[c]; !ok {
			return nil, fmt.Errorf("read %s: no column %s", name, c)
		}
	}
	return t, nil
}

// Read makes the events of the three files, in the order of their codes.
func Read(fsys fs.FS) ([]Event, error) {
	performances, err := readTable(fsys, "performances.csv", "performance_id", "competition", "program", "name", "nation",
		"rank", "starting_number", "total_segment_score", "total_element_score", "total_component_score", "total_deductions")
	if err != nil {
		return nil, err
	}
	aspects, err := readTable(fsys, "judged-aspects.csv", "aspect_id", "performance_id", "section", "aspect_num",
		"aspect_desc", "factor", "scores_of_panel")
	if err != nil {
		return nil, err
	}
	scores, err := readTable(fsys, "judge-scores.csv", "aspect_id", "judge", "score")
	if err != nil {
		return nil, err
	}
	c := &converter{performances: performances, aspects: aspects, scores: scores}
	return c.events()
}

type converter struct {
	performances, aspects, scores *table
	aspectsOf                     map[string][][]string // rows by performance
	scoresOf                      map[string][][]string // rows by aspect
}

func (c *converter) events() ([]Event, error) {
	c.aspectsOf, c.scoresOf = map[string][][]string{}, map[string][][]string{}
	for _, row := range c.aspects.rows {
		id := c.aspects.get(row, "performance_id")
		c.aspectsOf[id] = append(c.aspectsOf[id], row)
	}
	for _, row := range c.scores.rows {
		id := c.scores.get(row, "aspect_id")
		c.scoresOf[id] = append(c.scoresOf[id], row)
	}
	for _, rows := range c.aspectsOf {
		c.inOrder(rows)
	}
	groups := map[string][][]string{}
	for _, row := range c.performances.rows {
		code := eventCode(c.performances.get(row, "competition"), c.performances.get(row, "program"))
		groups[code] = append(groups[code], row)
	}
	var list []Event
	for code, rows := range groups {
		e, err := c.event(code, rows)
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", code, err)
		}
		list = append(list, e)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Code < list[j].Code })
	return list, nil
}

// inOrder sorts a performance's rows by element number. The place in that
// order is the element: one published protocol leaves a number out.
func (c *converter) inOrder(rows [][]string) {
	sort.SliceStable(rows, func(i, j int) bool {
		a, _ := strconv.Atoi(c.aspects.get(rows[i], "aspect_num"))
		b, _ := strconv.Atoi(c.aspects.get(rows[j], "aspect_num"))
		return a < b
	})
}

func eventCode(competition, program string) string {
	code := "wc-"
	if strings.Contains(competition, "Four Continents") {
		code = "fc-"
	}
	words := strings.Fields(strings.ToLower(program))
	return code + strings.Join(words[:len(words)-1], "-")
}

func (c *converter) event(code string, rows [][]string) (Event, error) {
	p := c.performances
	e := Event{Code: code, Competition: p.get(rows[0], "competition"), Program: p.get(rows[0], "program")}
	sort.Slice(rows, func(i, j int) bool {
		a, _ := strconv.Atoi(p.get(rows[i], "starting_number"))
		b, _ := strconv.Atoi(p.get(rows[j], "starting_number"))
		return a < b
	})
	factor := ""
	for i, row := range rows {
		rank, err := strconv.Atoi(p.get(row, "rank"))
		if err != nil {
			return e, fmt.Errorf("rank: %w", err)
		}
		id := p.get(row, "performance_id")
		e.Entries = append(e.Entries, Entry{
			Number: i + 1, Performance: id, Name: p.get(row, "name"), Nation: p.get(row, "nation"), Rank: rank,
			Total: p.get(row, "total_segment_score"), ElementSum: p.get(row, "total_element_score"),
			ComponentSum: p.get(row, "total_component_score"),
		})
		if factor, err = c.marks(&e, i+1, id); err != nil {
			return e, err
		}
		taken, err := exact.Parse(p.get(row, "total_deductions"))
		if err != nil {
			return e, fmt.Errorf("deductions: %w", err)
		}
		if taken = taken.Abs(); !taken.IsZero() {
			e.Marks = append(e.Marks, Mark{Entry: i + 1, Aspect: "deductions", Value: "taken=" + taken.String()})
		}
	}
	e.fillIn()
	e.Scheme = makeScheme(&e, factor)
	return e, nil
}

func (c *converter) marks(e *Event, entry int, performance string) (factor string, err error) {
	elements := 0
	for _, row := range c.aspectsOf[performance] {
		value := c.aspects.get(row, "scores_of_panel")
		if c.aspects.get(row, "section") == "elements" {
			elements++
			e.Marks = append(e.Marks, Mark{Entry: entry, Aspect: "e" + strconv.Itoa(elements), Value: value})
			continue
		}
		id := componentID(c.aspects.get(row, "aspect_desc"))
		if id == "" {
			return "", fmt.Errorf("unknown component %s", c.aspects.get(row, "aspect_desc"))
		}
		factor = c.aspects.get(row, "factor")
		e.Means = append(e.Means, Mean{entry, id, value})
		for _, s := range c.scoresOf[c.aspects.get(row, "aspect_id")] {
			judge, err := strconv.Atoi(strings.TrimPrefix(c.scores.get(s, "judge"), "J"))
			if err != nil {
				return "", fmt.Errorf("judge: %w", err)
			}
			e.Marks = append(e.Marks, Mark{Entry: entry, Aspect: id, Judge: judge, Value: c.scores.get(s, "score")})
		}
	}
	e.Elements = max(e.Elements, elements)
	return factor, nil
}

func componentID(name string) string {
	for _, k := range components {
		if strings.HasPrefix(name, k.begins) {
			return k.id
		}
	}
	return ""
}

// fillIn says of every element that an entry did not show that it was not
// performed: it is a mark of its own, not a missing one.
func (e *Event) fillIn() {
	shown := map[string]bool{}
	for _, m := range e.Marks {
		shown[strconv.Itoa(m.Entry)+m.Aspect] = true
	}
	for _, entry := range e.Entries {
		for n := 1; n <= e.Elements; n++ {
			id := "e" + strconv.Itoa(n)
			if !shown[strconv.Itoa(entry.Number)+id] {
				e.Marks = append(e.Marks, Mark{Entry: entry.Number, Aspect: id, NotPerformed: true})
			}
		}
	}
}
