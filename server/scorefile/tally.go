package scorefile

import (
	"sort"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/fault"
)

// tally holds what the files say until it is folded.
type tally struct {
	rules   *scoring.Rules
	faults  []fault.Field
	failed  error
	extras  []string // entry columns beside entry
	entries []fileEntry
	number  map[string]scoring.EntryID
	marks   []fileMark
	cells   map[cellKey]bool
	judges  map[string]map[string]bool // by panel
	seats   map[string]scoring.ChairID // panel, 0 byte, judge
	chairs  map[string][]scoring.ChairID
	board   *scoring.Board

	groupings []grouping // by the scheme's rankings
}

type fileEntry struct {
	key    string
	extra  []string
	status scoring.Status
	rows   int // rows of marks
	dns    int // of which DNS

	isTeam    bool
	team      string // a member's, as it is written, and where
	teamPlace string
	of        scoring.EntryID // that team
	in        []int           // by grouping
}

type fileMark struct {
	entry          scoring.EntryID
	aspect         int
	judge          string
	attempt, round uint8
	kind           scoring.Kind
	value          string
	chair          scoring.ChairID // of an Absent
	place          string          // file:row:column
}

type cellKey struct {
	entry          scoring.EntryID
	aspect         int
	judge          string
	attempt, round uint8
}

// maxFaults keeps a message about a wrong file readable.
const maxFaults = 1000

func (t *tally) note(place, code, hint string) {
	if len(t.faults) < maxFaults {
		t.faults = append(t.faults, fault.At(place, code, hint))
	}
}

func (t *tally) err() error {
	if t.failed != nil {
		return t.failed
	}
	if len(t.faults) == 0 {
		return nil
	}
	return fault.New(fault.Malformed, "score.bad_input", t.faults...)
}

func (t *tally) open(in Input) (*table, bool) {
	text, err := readAll(in)
	if err != nil {
		t.failed = err
		return nil, false
	}
	return openTable(in.Name, text, t.note)
}

func (t *tally) readEntries(in Input) {
	tab, ok := t.open(in)
	if !ok || !tab.need(t.wanted()...) {
		return
	}
	for _, h := range tab.header {
		if h != "entry" {
			t.extras = append(t.extras, h)
		}
	}
	for tab.next() {
		key := tab.get("entry")
		switch {
		case key == "":
			t.note(tab.place("entry"), "score.no_entry", "")
			continue
		case t.number[key] != 0:
			t.note(tab.place("entry"), "score.duplicate_entry", key)
			continue
		}
		e := fileEntry{key: key, status: scoring.Competing}
		for _, h := range t.extras {
			e.extra = append(e.extra, tab.get(h))
		}
		t.readBelonging(tab, &e)
		t.entries = append(t.entries, e)
		t.number[key] = scoring.EntryID(len(t.entries))
	}
	t.joinTeams()
}

func (t *tally) readMarks(in Input) {
	tab, ok := t.open(in)
	if !ok || !tab.need("entry", "aspect", "judge", "value") {
		return
	}
	tab.only("entry", "aspect", "judge", "value", "attempt", "round")
	for tab.next() {
		t.readMark(tab)
	}
}

func (t *tally) readMark(tab *table) {
	entry := t.number[tab.get("entry")]
	if entry == 0 {
		t.note(tab.place("entry"), "score.unknown_entry", tab.get("entry"))
	}
	if tab.get("aspect") == "" {
		t.readStatus(tab, entry)
		return
	}
	m := fileMark{entry: entry, judge: tab.get("judge"), kind: scoring.Mark, place: tab.place("value")}
	at, known := t.rules.AspectAt[tab.get("aspect")]
	if !known {
		t.note(tab.place("aspect"), "score.unknown_aspect", tab.get("aspect"))
	}
	m.aspect = at
	m.attempt = t.count(tab, "attempt", 20)
	m.round = t.count(tab, "round", 20)
	if !known || entry == 0 {
		return
	}
	a, e := &t.rules.Aspects[at], &t.entries[entry-1]
	if t.marksOther(at, e) {
		t.note(tab.place("aspect"), "score.of_other", tab.get("aspect"))
		return
	}
	if int(m.attempt) > a.Tries {
		t.note(tab.place("attempt"), "judging.no_such_attempt", strconv.Itoa(a.Tries))
		return
	}
	switch {
	case a.Each && m.judge == "":
		t.note(tab.place("judge"), "score.no_judge", "")
	case a.Panel < 0 && m.judge != "":
		t.note(tab.place("judge"), "score.judge_not_wanted", m.judge)
	}
	e.rows++
	switch v := tab.get("value"); v {
	case "DNS":
		e.dns++
		m.kind = scoring.NotPerformed
	case "DNF":
		m.kind = scoring.NotPerformed
	default:
		reading, refusal := a.Pad.Read(v)
		if refusal != nil {
			t.note(tab.place("value"), refusal.Code, refusal.Hint)
		}
		m.value = reading.Value
	}
	t.keep(tab, m, a.Each)
}

// keep holds a mark whose cell is free, and its judge as one of the panel's.
func (t *tally) keep(tab *table, m fileMark, each bool) {
	key := cellKey{m.entry, m.aspect, m.judge, m.attempt, m.round}
	if !each {
		key.judge = ""
	}
	if t.cells[key] {
		t.note(tab.place("entry"), "score.duplicate_mark", tab.get("aspect"))
		return
	}
	t.cells[key] = true
	t.marks = append(t.marks, m)
	if panel := t.rules.Aspects[m.aspect].Panel; panel >= 0 && m.judge != "" {
		id := t.rules.PanelList[panel].ID
		if t.judges[id] == nil {
			t.judges[id] = map[string]bool{}
		}
		t.judges[id][m.judge] = true
		if most := t.rules.PanelList[panel].Chairs; most > 0 && len(t.judges[id]) > most {
			t.note(tab.place("judge"), "score.too_many_judges", strconv.Itoa(most))
			delete(t.judges[id], m.judge)
		}
	}
}

// readStatus reads a row without aspect: the whole entry's status.
func (t *tally) readStatus(tab *table, entry scoring.EntryID) {
	v := scoring.Status(strings.ToLower(tab.get("value")))
	if !v.Valid() {
		t.note(tab.place("value"), "judging.unknown_status", tab.get("value"))
		return
	}
	if entry != 0 {
		t.entries[entry-1].status = v
	}
}

// count reads an optional column of small numbers; nothing is 1.
func (t *tally) count(tab *table, column string, most int) uint8 {
	v := tab.get(column)
	if v == "" {
		return 1
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > most || strconv.Itoa(n) != v {
		t.note(tab.place(column), "score.bad_number", v)
		return 1
	}
	return uint8(n)
}

// natural sorts J2 before J10.
func natural(names map[string]bool) []string {
	list := make([]string, 0, len(names))
	for n := range names {
		list = append(list, n)
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := strings.TrimRight(list[i], "0123456789"), strings.TrimRight(list[j], "0123456789")
		if da, db := list[i][len(a):], list[j][len(b):]; a == b && len(da) != len(db) {
			return len(da) < len(db)
		}
		return list[i] < list[j]
	})
	return list
}
