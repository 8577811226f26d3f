package scoring

import (
	"errors"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/lens"
	"jiangtai/scoring/rank"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/session"
	"jiangtai/scoring/tally"
)

// Board is the state of one event: the fold of its ledger's records. It is not
// safe for concurrent use; one clerk owns it.
type Board struct {
	set      RuleSet
	rules    *Rules // nil until a version is adopted
	version  uint16
	seq      uint64
	phase    Phase
	frozen   bool
	unsealed bool
	release  Release

	tally    tally.Counter
	chairs   map[ChairID]string // panel by chair
	entries  map[EntryID]*entry
	near     rank.Near[*entry]     // entries, for every mark asks
	ids      []EntryID             // ascending
	lists    [2]*rank.List[*entry] // persons, teams
	within   [2][len(Groups{})]map[uint16]*rank.List[*entry]
	late     map[ID]*lateMark
	finished map[finishKey]bool
	sessions session.Table
	sits     map[ChairID][]Sitting
	done     int
	need     int

	n     [Audiences]uint64
	seen  [Audiences]lens.Look
	leads []lens.Lead
	ice   Standings // the public view while frozen
	moved []*entry  // buffers of one Apply
	news  []news

	owes   bool // what was recalled is not computed
	read   tally.Values
	texts  *exact.Texts
	source tally.Room[tally.Source]
}

// NewBoard is an empty board: no rules, no entries, phase Waiting.
func NewBoard(rs RuleSet) *Board {
	b := &Board{
		set: rs, phase: Waiting, release: Live, chairs: map[ChairID]string{}, entries: map[EntryID]*entry{},
		late: map[ID]*lateMark{}, finished: map[finishKey]bool{}, sits: map[ChairID][]Sitting{},
		texts: &exact.Texts{},
	}
	b.seen = b.looks()
	b.leads = lens.Leads(&b.seen, &[Audiences]bool{})
	b.lists = [2]*rank.List[*entry]{rank.New(b.tie), rank.New(b.tie)}
	return b
}

// Rebuild folds records, which stand in order from seq 1, into a new board.
func Rebuild(rs RuleSet, recs []Record) (*Board, error) {
	b := NewBoard(rs)
	for i := range recs {
		if err := b.Apply(recs[i], nil); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Seq is the last record's number, 0 for an empty board.
func (b *Board) Seq() uint64 { return b.seq }

// Phase is the state of the result.
func (b *Board) Phase() Phase { return b.phase }

// Version is the scheme version in force, 0 before the first.
func (b *Board) Version() uint16 { return b.version }

// Rules are the rules in force, nil before the first.
func (b *Board) Rules() *Rules { return b.rules }

// Frozen says whether public views stand still.
func (b *Board) Frozen() bool { return b.frozen }

// Sealed says whether some seat or coded module is still sealed.
func (b *Board) Sealed() bool { return b.rules != nil && b.rules.Sealing() && !b.unsealed }

// Policy is the release policy as it was set, before sealing and freezing.
func (b *Board) Policy() Release { return b.release }

// Entries are the admitted entries, ascending.
func (b *Board) Entries() []EntryID { return append([]EntryID(nil), b.ids...) }

// Status is an entry's status; "" when it is not admitted.
func (b *Board) Status(id EntryID) Status {
	if e := b.entries[id]; e != nil {
		return e.status
	}
	return ""
}

// Flags are what an entry takes part in; none when it is not admitted.
func (b *Board) Flags(id EntryID) Flags {
	if e := b.entries[id]; e != nil {
		return e.flags
	}
	return 0
}

var (
	errOrder  = errors.New("scoring: record out of order")
	errRecord = errors.New("scoring: record does not fit the board")
)

func (b *Board) foldAct(r *Record) (whole, ok bool) {
	switch r.Kind {
	case Open, Reopen:
		b.phase = Running
	case Lock:
		b.phase = Provisional
	case Publish:
		b.phase, b.frozen = Official, false
	case Freeze:
		b.frozen = true
	case Unfreeze:
		b.frozen = false
	case Unseal:
		b.unsealed = true
	case SetRule:
		b.release = Release(r.Value)
	default:
		return false, false
	}
	if b.rules.ByPoints {
		b.reckonField()
		b.sort() // a published result never ranks the incomplete
	}
	return false, true
}

func (b *Board) foldCount(r *Record) bool {
	l := b.late[r.Supersedes]
	if l == nil || l.counted {
		return false
	}
	l.counted = true
	c := l.record.Command
	if c.Of == Clock {
		return b.sessions.Fold(&Record{Command: c, Seq: r.Seq, At: l.record.At})
	}
	c.Kind = c.Of
	if c.Kind == Withdraw {
		c.Supersedes = ID{}
	}
	return b.foldMark(&c, r.Seq)
}

// openRound makes an attempt's next round, in which recused chairs have no part.
func (b *Board) openRound(e *entry, a *rules.Aspect, t *tally.Try) {
	if t.Rounds == nil {
		t.Rounds = e.rounds.Take(1, len(b.rules.Aspects))[:0]
	}
	cells := e.cells.Take(b.tally.Width(a), len(b.rules.Aspects)*len(b.chairs))
	for _, chair := range e.recused {
		b.leaveOut(a, cells, chair)
	}
	t.Rounds = append(t.Rounds, cells)
}
