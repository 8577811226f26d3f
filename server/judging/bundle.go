package judging

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Bundle (评分包) is all that a chair's tablet needs to mark without a network.
// It holds no name of a contestant, and of each work only the label that the
// module's identity allows.
type Bundle struct {
	Event    BundleEvent     `json:"event"`
	Chair    BundleChair     `json:"chair"`
	Sheets   []scoring.Sheet `json:"sheets"`
	Works    []Work          `json:"works"`
	Marks    []OwnMark       `json:"marks"`
	Finished []Finished      `json:"finished"`
	Device   BundleDevice    `json:"device"`
	Head     BundleHead      `json:"head"`
}

// BundleEvent is the event as tablets show it.
type BundleEvent struct {
	ID      contest.ID    `json:"id"`
	Trade   string        `json:"trade"`
	TradeEn string        `json:"trade_en,omitempty"`
	Title   string        `json:"title,omitempty"`
	Stage   contest.Stage `json:"stage"`
	Group   string        `json:"group,omitempty"`
	Hall    string        `json:"hall,omitempty"`
	Version uint16        `json:"version"`
	Phase   scoring.Phase `json:"phase"`
	Locked  bool          `json:"locked"`
	Kind    contest.Kind  `json:"kind"`
}

// BundleChair is the chair that the tablet is paired to.
type BundleChair struct {
	Number scoring.ChairID `json:"number"`
	Panel  string          `json:"panel"`
	Name   string          `json:"panel_name"`
	Seat   int             `json:"seat"`
	Judge  string          `json:"judge"`
	Chief  bool            `json:"chief"`
}

// Work is one work or contestant as this chair may know it (作品), with the
// modules that it is marked in under this label.
type Work struct {
	Work     string         `json:"work"`
	Identity identity       `json:"identity"`
	Criteria []string       `json:"criteria"`
	Status   scoring.Status `json:"status"`
}

// OwnMark is a mark of this chair that holds now.
type OwnMark struct {
	Work    string     `json:"work"`
	Aspect  string     `json:"aspect"`
	Attempt uint8      `json:"attempt"`
	Round   uint8      `json:"round"`
	Value   string     `json:"value"`
	Kind    string     `json:"kind"`
	MarkID  scoring.ID `json:"mark_id"`
	Seq     uint64     `json:"seq"`
	// Chair is who gave it: another one where the panel gives one mark together.
	Chair scoring.ChairID `json:"chair"`
}

// Finished is a sheet that this chair has finished.
type Finished struct {
	Work      string `json:"work"`
	Criterion string `json:"criterion"`
}

// BundleDevice is what the server knows of the tablet's counting.
type BundleDevice struct {
	Highest uint32   `json:"highest"` // device_seq to go on from
	Holes   []uint32 `json:"holes"`   // numbers that never came
}

// BundleHead is the state that the bundle was made of.
type BundleHead struct {
	Seq        uint64    `json:"seq"`
	ServerTime time.Time `json:"server_time"`
}

// Bundle gives a paired tablet what it marks with.
func (d *Desk) Bundle(ctx context.Context, actor contest.Actor) (Bundle, error) {
	c, chair, err := d.tablet(ctx, actor)
	if err != nil {
		return Bundle{}, err
	}
	x := c.index.Load()
	s := x.setup
	b := Bundle{
		Event: BundleEvent{
			ID: c.event, Trade: s.Event.Trade, TradeEn: s.Event.TradeEn, Title: s.Event.Title, Stage: s.Event.Stage,
			Group: s.Event.Group, Hall: s.Event.Hall, Version: s.Version, Kind: s.Kind,
		},
		Chair: BundleChair{
			Number: chair.Number, Panel: chair.Panel, Name: x.panelName(chair.Panel), Seat: chair.Seat,
			Judge: chair.Judge, Chief: chair.IsChief,
		},
		Sheets: x.sheets(chair.Panel), Works: []Work{}, Finished: []Finished{},
		Head: BundleHead{ServerTime: d.cfg.Now().UTC()},
	}
	st, done := c.Look()
	defer done()
	b.Event.Phase, b.Event.Locked, b.Head.Seq = st.Board.Phase(), isLocked(st.Board.Phase()), st.Seq()
	b.Marks = ownMarks(st.Board, x, chair.Number)
	b.Device.Highest, b.Device.Holes = st.Count(actor.Device, maxHoles)
	for _, sheet := range b.Sheets {
		b.own(st.Board, x, chair.Number, &sheet)
	}
	sortWorks(b.Works)
	slices.SortFunc(b.Finished, func(a, b Finished) int {
		return cmp.Or(cmp.Compare(a.Criterion, b.Criterion), compareLabels(a.Work, b.Work))
	})
	return b, nil
}

func isLocked(p scoring.Phase) bool { return p == scoring.Provisional || p == scoring.Official }

const maxHoles = 100

// own adds the works that the chair marks in one module, and which of their
// sheets it has finished.
func (b *Bundle) own(board *scoring.Board, x *index, chair scoring.ChairID, sheet *scoring.Sheet) {
	by := string(sheet.Criterion.Identity)
	for i := range x.setup.Entries {
		e := &x.setup.Entries[i]
		label := e.label(by)
		if label == "" || e.IsTeam != isTeams(&sheet.Criterion) {
			continue
		}
		b.addWork(label, by, sheet.Criterion.ID, board.Status(e.Ordinal))
		if board.Seq() > 0 && board.IsFinished(chair, e.Ordinal, sheet.Criterion.ID) {
			b.Finished = append(b.Finished, Finished{Work: label, Criterion: sheet.Criterion.ID})
		}
	}
}

// ownMarks are the chair's marks that hold, by the labels that it may know.
func ownMarks(board *scoring.Board, x *index, chair scoring.ChairID) []OwnMark {
	list := []OwnMark{}
	for _, m := range board.Marks(chair) {
		e, ok := x.entries[m.Entry]
		if !ok {
			continue
		}
		list = append(list, OwnMark{
			Work: e.label(x.aspects[m.Aspect].identity), Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round,
			Value: m.Value, Kind: kindName(m.Kind), MarkID: m.MarkID, Seq: m.Seq, Chair: m.Chair,
		})
	}
	// By seq: the order of entries would tell who is who.
	slices.SortFunc(list, func(a, b OwnMark) int { return cmp.Compare(a.Seq, b.Seq) })
	return list
}

func (b *Bundle) addWork(label string, by identity, criterion string, status scoring.Status) {
	for i := range b.Works {
		if w := &b.Works[i]; w.Work == label && w.Identity == by {
			w.Criteria = append(w.Criteria, criterion)
			return
		}
	}
	b.Works = append(b.Works, Work{Work: label, Identity: by, Criteria: []string{criterion}, Status: status})
}

// sortWorks orders works by their labels: any other order would tell the order
// of entries.
func sortWorks(list []Work) {
	slices.SortFunc(list, func(a, b Work) int {
		return cmp.Or(cmp.Compare(a.Identity, b.Identity), compareLabels(a.Work, b.Work))
	})
}

// compareLabels counts as people do: 9 before 10.
func compareLabels(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func (x *index) sheets(panel string) []scoring.Sheet {
	if s := x.panels[panel]; s != nil {
		return s
	}
	return []scoring.Sheet{}
}

func (x *index) panelName(id string) string {
	if x.rules != nil {
		for _, p := range x.rules.Panels() {
			if p.ID == id {
				return p.Name
			}
		}
	}
	return ""
}

var kindNames = map[scoring.Kind]string{
	scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Withdraw: "withdraw", scoring.Finish: "finish",
	scoring.Late: "late", scoring.Count: "count", scoring.Absent: "absent", scoring.Adopt: "adopt", scoring.Seat: "seat",
	scoring.Admit: "admit", scoring.SetState: "status", scoring.Open: "open", scoring.Freeze: "freeze",
	scoring.Unfreeze: "unfreeze", scoring.Lock: "lock", scoring.Reopen: "reopen", scoring.Unseal: "unseal",
	scoring.Publish: "publish", scoring.SetRule: "policy", scoring.Decide: "decide",
	scoring.Belong: "belong", scoring.Recuse: "recuse",
}

func kindName(k scoring.Kind) string { return kindNames[k] }

// ParseKind reads the name of a kind that a tablet may send; "" is a mark.
func ParseKind(name string) (scoring.Kind, bool) {
	if name == "" {
		return scoring.Mark, true
	}
	for _, k := range markKinds {
		if kindNames[k] == name {
			return k, true
		}
	}
	return scoring.NoKind, false
}
