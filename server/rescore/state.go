package rescore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// place is where a mark stands; of an aspect that one chair marks for all the
// chair is 0.
type place struct {
	entry          uint64
	aspect         string
	attempt, round byte
	chair          uint64
}

type given struct {
	kind  byte
	value string
}

// entrant is who is marked, a person or a team.
type entrant struct {
	status  string
	flags   string // as they were written last
	decided int
	in      map[string]uint64 // by word (team, group, county, unit); 0: nowhere
}

// may says whether a flag stands: without a word all four do, and no team.
func (e *entrant) may(flag string) bool {
	return e.flags == "" && flag != "team" || slices.Contains(strings.Split(e.flags, ","), flag)
}

func (e *entrant) team() bool { return e.may("team") }

// pair is a chair that is recused from an entry.
type pair struct{ chair, entry uint64 }

// state is what stands after the last record.
type state struct {
	schemes  map[uint64]*schemeText
	now      *schemeText
	aspects  map[string]*aspect // of the scheme in force
	chairs   map[uint64]string  // panel by chair
	entries  map[uint64]*entrant
	marks    map[place]given
	late     map[[16]byte]Line
	recused  map[pair]bool
	official bool
}

// replay reads what stands. schemes are texts by version; each must be the one
// that its record of adoption names, unless loose.
func replay(lines []Line, schemes map[uint64][]byte, loose bool) (*state, error) {
	st := &state{
		schemes: map[uint64]*schemeText{}, chairs: map[uint64]string{}, entries: map[uint64]*entrant{},
		marks: map[place]given{}, late: map[[16]byte]Line{}, recused: map[pair]bool{},
	}
	for i := range lines {
		l := &lines[i]
		var err error
		if l.kind == kindAdopt {
			err = st.adopt(l, schemes, loose)
		} else if st.now == nil {
			err = fmt.Errorf("%w: before any scheme", errBody)
		} else {
			err = st.read(l)
		}
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", l.Seq, err)
		}
	}
	return st, nil
}

func (st *state) adopt(l *Line, schemes map[uint64][]byte, loose bool) error {
	text, ok := schemes[l.version]
	if !ok {
		return fmt.Errorf("%w: version %d is not given", errScheme, l.version)
	}
	if sum := sha256.Sum256(text); !loose && l.value != "" && hex.EncodeToString(sum[:]) != l.value {
		return fmt.Errorf("%w: version %d is not the text that was adopted", errScheme, l.version)
	}
	next, err := readScheme(text)
	if err != nil {
		return err
	}
	before, aspects := st.now, map[string]*aspect{}
	next.eachAspect(func(_ *component, _ *criterion, a *aspect) { aspects[a.ID] = a })
	for p := range st.marks {
		a, old := aspects[p.aspect], st.aspects[p.aspect]
		if a == nil || a.text != old.text || a.team != old.team || next.policyOf(a) != before.policyOf(old) {
			delete(st.marks, p) // it is marked again
		}
	}
	st.now, st.aspects = next, aspects
	return nil
}

func (st *state) read(l *Line) error {
	e := st.entries[l.entry]
	switch l.kind {
	case kindMark, kindNotPerformed, kindAbsent, kindWithdraw:
		return st.mark(l)
	case kindLate:
		st.late[l.id] = *l
	case kindCount:
		late, ok := st.late[l.old]
		if !ok {
			return fmt.Errorf("%w: counts nothing", errBody)
		}
		if late.kind = late.of; late.kind != kindFinish && late.kind != kindClock {
			return st.mark(&late)
		}
	case kindSeat:
		st.chairs[l.chair] = l.aspect
	case kindAdmit:
		if e == nil {
			e = &entrant{status: "competing", in: map[string]uint64{}}
			st.entries[l.entry] = e
		}
		e.flags = l.value
	case kindState, kindDecide, kindBelong, kindRecuse:
		if e == nil {
			return fmt.Errorf("%w: no entry %d", errBody, l.entry)
		}
		return st.about(l, e)
	case kindPublish:
		st.official = true
	case kindOpen, kindLock, kindReopen:
		st.official = st.official && l.kind != kindReopen && l.kind != kindLock
	}
	return nil
}

// about reads what a record says of an entry that is there.
func (st *state) about(l *Line, e *entrant) error {
	var err error
	switch l.kind {
	case kindState:
		e.status = l.value
	case kindRecuse:
		st.recused[pair{l.chair, l.entry}] = true
	case kindDecide:
		if e.decided = 0; l.value != "" {
			e.decided, err = strconv.Atoi(l.value)
		}
	case kindBelong:
		if e.in[l.aspect] = 0; l.value != "" {
			e.in[l.aspect], err = strconv.ParseUint(l.value, 10, 64)
		}
	}
	if err != nil {
		return fmt.Errorf("%w: value %q", errBody, l.value)
	}
	return nil
}

func (st *state) mark(l *Line) error {
	a := st.aspects[l.aspect]
	if a == nil || st.entries[l.entry] == nil {
		return fmt.Errorf("%w: no aspect %q or entry %d", errBody, l.aspect, l.entry)
	}
	p := place{l.entry, l.aspect, l.attempt, l.round, 0}
	if a.each() {
		p.chair = l.chair
	}
	if l.kind == kindWithdraw {
		delete(st.marks, p)
	} else {
		st.marks[p] = given{l.kind, l.value}
	}
	return nil
}

// seats are a panel's chairs, ascending.
func (st *state) seats(panel string) []uint64 {
	var list []uint64
	for chair, p := range st.chairs {
		if p == panel {
			list = append(list, chair)
		}
	}
	slices.Sort(list)
	return list
}
