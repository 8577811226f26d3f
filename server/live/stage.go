package live

import (
	"cmp"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/hub"
)

// publicRows is how many rows of each list, persons and teams, a public topic
// carries.
const publicRows = 200

// What a row and the rest of a frame mostly need: growing copies, mark after mark.
const (
	rowRoom   = 256
	frameRoom = 192
)

// stage is one audience's state of an event. The event's lock guards it.
type stage struct {
	event    *event
	audience scoring.Audience
	topic    *hub.Topic
	epoch    uint64

	n      uint64
	at     int64 // of the last change that this audience may know of, unix nanoseconds
	head   scoring.Standings
	rows   map[scoring.EntryID]*row // of the public also those that its topic does not carry
	owns   map[string]*own          // the public's, by key, and by entry
	ownOf  map[scoring.EntryID]*own
	named  int    // the epoch of the groups' names that its readers have
	cached []byte // the snapshot, nil when something changed since
}

type row struct {
	now     scoring.Row
	encoded []byte
}

// replace takes a whole view and tells everybody.
func (s *stage) replace(v scoring.Standings, at int64) {
	list := v.Rows
	v.Rows = nil
	s.n, s.head, s.at, s.cached, s.named = v.N, v, at, nil, s.event.groups.epoch
	s.rows = make(map[scoring.EntryID]*row, len(list))
	if !s.hidesRows() {
		for _, r := range list {
			s.put(r)
		}
	}
	s.topic.Reset(hub.At{Epoch: s.epoch, N: s.n})
	s.replaceOwns()
}

// hidesRows holds even if a view should forget: in public, rows of a sealed
// event would join names to marks. Where some modules are marked by seat or name
// and others by work code, a panel gets none either: a floor judge who taps and
// sees a code's count move has joined the two, and so has a chief judge who knows
// the theory's marks by entry number and reads them again beside a work code.
func (s *stage) hidesRows() bool {
	switch s.audience {
	case scoring.Public:
		return s.head.Sealed || s.event.as != scheme.Open
	case scoring.Jury, scoring.Chief:
		return s.head.Sealed && s.event.mixed
	}
	return false
}

func (s *stage) carries(r scoring.Row) bool {
	return s.audience != scoring.Public || r.Pos <= publicRows
}

func (s *stage) put(r scoring.Row) *row {
	r.Parts, r.In = slices.Clone(r.Parts), slices.Clone(r.In)
	of := ""
	if s.event.as != scheme.Open {
		r.Of, r.In = 0, nil
	} else if r.Of != 0 {
		of = s.entrant(r.Of).Label
	}
	kept := &row{now: r, encoded: appendRow(make([]byte, 0, rowRoom), r, s.entrant(r.Entry), of)}
	s.rows[r.Entry] = kept
	return kept
}

func (s *stage) entrant(id scoring.EntryID) Entrant {
	if en, ok := s.event.entrants[id]; ok {
		return en
	}
	return Entrant{Entry: id, Label: "#" + strconv.Itoa(int(id))}
}

// move applies what one record changed and publishes it.
func (s *stage) move(c *scoring.Change, head scoring.Standings, at int64) {
	from := s.n
	var moved []*row
	var gone []string
	if !s.hidesRows() {
		moved, gone = s.moveRows(c)
	}
	// Acts alone change these, and acts are snapshots.
	head.Columns, head.Rankings = s.head.Columns, s.head.Rankings
	var room [128]byte
	patch := s.appendPatch(room[:0], head)
	s.n, s.head, s.at, s.cached = c.N[s.audience], head, at, nil
	b := beginChange(make([]byte, 0, frameRoom+rowRoom*len(moved)), s.topic, from, s.n, at)
	if len(patch) > 0 {
		b = append(append(b, `,"head":`...), patch...)
	}
	b = append(b, `,"rows":[`...)
	b = appendRows(b, moved)
	b = append(b, ']')
	if len(gone) > 0 {
		b = append(b, `,"gone":[`...)
		for i, k := range gone {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, k)
		}
		b = append(b, ']')
	}
	s.topic.Publish(from, s.n, append(b, '}'))
	s.moveOwns(c)
}

func (s *stage) moveRows(c *scoring.Change) (moved []*row, gone []string) {
	for _, r := range c.Rows[s.audience] {
		was := s.rows[r.Entry]
		switch is := s.put(r); {
		case s.carries(r):
			moved = append(moved, is)
		case was != nil && s.carries(was.now):
			gone = append(gone, s.entrant(r.Entry).Label)
		}
	}
	for _, id := range c.Gone[s.audience] {
		if was := s.rows[id]; was != nil && s.carries(was.now) {
			gone = append(gone, s.entrant(id).Label)
		}
		delete(s.rows, id)
	}
	return moved, gone
}

// Snapshot is the hub's.
func (s *stage) Snapshot() (uint64, []byte) {
	s.event.mu.Lock()
	defer s.event.mu.Unlock()
	return s.n, numbered(s.snapshot(), s.topic)
}

// standings are a snapshot for who does not follow.
func (s *stage) standings() []byte {
	s.event.mu.Lock()
	defer s.event.mu.Unlock()
	return s.snapshot()
}

// snapshot gives the same bytes until something changes. They are shared.
func (s *stage) snapshot() []byte {
	if s.cached != nil {
		return s.cached
	}
	rows := make([]*row, 0, len(s.rows))
	size := 1024
	for _, r := range s.rows {
		if s.carries(r.now) {
			rows = append(rows, r)
			size += len(r.encoded) + 1
		}
	}
	slices.SortFunc(rows, func(a, b *row) int {
		return cmp.Or(order(a.now.Team, b.now.Team), cmp.Compare(a.now.Pos, b.now.Pos), cmp.Compare(a.now.Entry, b.now.Entry))
	})
	b := beginSnapshot(make([]byte, 0, size), s.topic, s.epoch, s.n, s.at)
	b = s.appendHead(append(b, `,"head":`...))
	b = append(b, `,"rows":[`...)
	b = appendRows(b, rows)
	s.cached = append(b, `]}`...)
	return s.cached
}

// order puts persons before teams.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
