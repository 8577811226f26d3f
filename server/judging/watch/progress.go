package watch

import (
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/bundle"
	"jiangtai/server/judging/lineup"
)

// Progress is how far an event is (进度): counts and labels, no mark.
type Progress struct {
	Phase   scoring.Phase   `json:"phase"`
	Frozen  bool            `json:"frozen"`
	Sealed  bool            `json:"sealed"`
	Release scoring.Release `json:"release"`
	Version uint16          `json:"version"`
	Seq     uint64          `json:"seq"`
	LastAt  *time.Time      `json:"last_at,omitempty"`
	Done    int             `json:"done"`
	Need    int             `json:"need"`
	Late    int             `json:"late"` // marks that came late and are not counted
	Chairs  []ChairProgress `json:"chairs"`
	Entries []EntryProgress `json:"entries"`
	Devices []DeviceState   `json:"devices"`
}

// ChairProgress is how far a chair is.
type ChairProgress struct {
	Chair scoring.ChairID `json:"chair"`
	Panel string          `json:"panel"`
	Seat  int             `json:"seat"`
	Judge string          `json:"judge"`
	Done  int             `json:"done"`
	Need  int             `json:"need"`
}

// EntryProgress is how far an entry is, by the label that staff may know.
type EntryProgress struct {
	Label  string         `json:"label"`
	Done   int            `json:"done"`
	Need   int            `json:"need"`
	Status scoring.Status `json:"status"`
}

// DeviceState is what is known of a tablet's outbox.
type DeviceState struct {
	Device  contest.ID `json:"device"`
	Highest uint32     `json:"highest"`
	Holes   []uint32   `json:"holes"`   // numbers that never came
	Pending int        `json:"pending"` // not yet sent, as it last said
	// Signatures wait in it, as it last said.
	Signatures int        `json:"signatures"`
	Late       int        `json:"late"` // kept and not counted: what a replaced one has handed over
	SaidAt     *time.Time `json:"said_at,omitempty"`
}

// Row is one event of the organisers' desk: counts only.
type Row struct {
	Event   contest.ID    `json:"event"`
	Trade   string        `json:"trade"`
	Title   string        `json:"title,omitempty"`
	Group   string        `json:"group,omitempty"`
	Hall    string        `json:"hall,omitempty"`
	Phase   scoring.Phase `json:"phase"`
	Frozen  bool          `json:"frozen"`
	Sealed  bool          `json:"sealed"`
	Entries int           `json:"entries"`
	Done    int           `json:"done"`
	Need    int           `json:"need"`
	Late    int           `json:"late"`
	Pending int           `json:"pending"` // marks in outboxes, as tablets last said
	Holes   int           `json:"holes"`   // tablets with numbers that never came
	LastAt  *time.Time    `json:"last_at,omitempty"`
}

// ProgressOf is how far an event is. What is known of the ledger's head and of devices
// the caller fills in.
func ProgressOf(b *scoring.Board, x *lineup.Index) Progress {
	p := Progress{
		Phase: b.Phase(), Frozen: b.Frozen(), Sealed: b.Sealed(), Release: b.Policy(), Version: b.Version(), Seq: b.Seq(),
		Late: len(b.LateMarks()), Chairs: []ChairProgress{}, Entries: []EntryProgress{},
	}
	for _, ch := range b.Chairs() {
		sat := x.Chairs[ch.Chair]
		p.Chairs = append(p.Chairs, ChairProgress{
			Chair: ch.Chair, Panel: ch.Panel, Seat: sat.Seat, Judge: sat.Judge, Done: ch.Done, Need: ch.Need,
		})
	}
	view := b.View(scoring.Chief)
	p.Done, p.Need = view.Done, view.Need
	for _, row := range view.Rows {
		e := EntryProgress{Label: x.StaffLabel(row.Entry, p.Sealed), Done: row.Done, Need: row.Need, Status: row.Status}
		if p.Sealed {
			e.Done, e.Need = owed(x, b, row.Entry)
		}
		if e.Label == "" && e.Need == 0 && x.Entries[row.Entry] != nil && x.Rules.Teams != nil {
			continue // it is marked only where others are known by stronger labels
		}
		p.Entries = append(p.Entries, e)
	}
	slices.SortFunc(p.Entries, func(a, b EntryProgress) int { return bundle.CompareLabels(a.Label, b.Label) })
	return p
}

// RowOf is an event's row. What is known of the ledger and of devices the caller
// fills in.
func RowOf(b *scoring.Board, x *lineup.Index) Row {
	ev, view := x.Setup.Event, b.View(scoring.DeskCount)
	return Row{
		Event: ev.ID, Trade: ev.Trade, Title: ev.Title, Group: ev.Group, Hall: ev.Hall, Phase: b.Phase(), Frozen: b.Frozen(),
		Sealed: b.Sealed(), Entries: view.Entries, Done: view.Done, Need: view.Need, Late: len(b.LateMarks()),
	}
}
