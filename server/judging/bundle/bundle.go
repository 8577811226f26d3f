package bundle

import (
	"cmp"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/lineup"
)

// Bundle (评分包) is all that a chair's tablet needs to mark without a network.
// It holds no name of a contestant, and of each work only the label that the
// module's identity allows.
type Bundle struct {
	Event    Event           `json:"event"`
	Chair    Chair           `json:"chair"`
	Sheets   []scoring.Sheet `json:"sheets"`
	Works    []Work          `json:"works"`
	Marks    []OwnMark       `json:"marks"`
	Finished []Finished      `json:"finished"`
	Sessions []Session       `json:"sessions"`
	Device   Device          `json:"device"`
	Head     Head            `json:"head"`
}

// Event is the event as tablets show it.
type Event struct {
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

// Chair is the chair that the tablet is paired to.
type Chair struct {
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
	Work     string          `json:"work"`
	Identity lineup.Identity `json:"identity"`
	Criteria []string        `json:"criteria"`
	Status   scoring.Status  `json:"status"`
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

// Device is what the server knows of the tablet's counting.
type Device struct {
	Highest uint32   `json:"highest"` // device_seq to go on from
	Holes   []uint32 `json:"holes"`   // numbers that never came
}

// Head is the state that the bundle was made of.
type Head struct {
	Seq        uint64    `json:"seq"`
	ServerTime time.Time `json:"server_time"`
}

// Make is the bundle of a chair's device, of a board as it stands. What is known of
// the device's counting and the ledger's head the caller fills in.
func Make(board *scoring.Board, x *lineup.Index, chair contest.Chair, device scoring.ID) Bundle {
	s, phase := x.Setup, board.Phase()
	b := Bundle{
		Event: Event{
			ID: s.Event.ID, Trade: s.Event.Trade, TradeEn: s.Event.TradeEn, Title: s.Event.Title, Stage: s.Event.Stage,
			Group: s.Event.Group, Hall: s.Event.Hall, Version: s.Version, Kind: s.Kind, Phase: phase, Locked: isLocked(phase),
		},
		Chair: Chair{
			Number: chair.Number, Panel: chair.Panel, Name: x.PanelName(chair.Panel), Seat: chair.Seat,
			Judge: chair.Judge, Chief: chair.IsChief,
		},
		Sheets: x.Sheets(chair.Panel), Works: []Work{}, Finished: []Finished{}, Marks: ownMarks(board, x, chair.Number),
		Sessions: sessions(board, x, chair, device),
	}
	for i := range b.Sheets {
		b.own(board, x, chair.Number, &b.Sheets[i])
	}
	sortWorks(b.Works)
	slices.SortFunc(b.Finished, func(a, b Finished) int {
		return cmp.Or(cmp.Compare(a.Criterion, b.Criterion), CompareLabels(a.Work, b.Work))
	})
	return b
}

func isLocked(p scoring.Phase) bool { return p == scoring.Provisional || p == scoring.Official }

// own adds the works that the chair marks in one module, and which of their
// sheets it has finished.
func (b *Bundle) own(board *scoring.Board, x *lineup.Index, chair scoring.ChairID, sheet *scoring.Sheet) {
	by := string(sheet.Criterion.Identity)
	for i := range x.Setup.Entries {
		e := &x.Setup.Entries[i]
		label := e.Label(by)
		if label == "" || e.IsTeam != lineup.OfTeams(&sheet.Criterion) {
			continue
		}
		b.addWork(label, by, sheet.Criterion.ID, board.Status(e.Ordinal))
		if board.Seq() > 0 && board.IsFinished(chair, e.Ordinal, sheet.Criterion.ID) {
			b.Finished = append(b.Finished, Finished{Work: label, Criterion: sheet.Criterion.ID})
		}
	}
}

// ownMarks are the chair's marks that hold, by the labels that it may know.
func ownMarks(board *scoring.Board, x *lineup.Index, chair scoring.ChairID) []OwnMark {
	list := []OwnMark{}
	for _, m := range board.Marks(chair) {
		e, ok := x.Entries[m.Entry]
		if !ok {
			continue
		}
		list = append(list, OwnMark{
			Work: e.Label(x.Aspects[m.Aspect].Identity), Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round,
			Value: m.Value, Kind: KindName(m.Kind), MarkID: m.MarkID, Seq: m.Seq, Chair: m.Chair,
		})
	}
	// By seq: the order of entries would tell who is who.
	slices.SortFunc(list, func(a, b OwnMark) int { return cmp.Compare(a.Seq, b.Seq) })
	return list
}

func (b *Bundle) addWork(label string, by lineup.Identity, criterion string, status scoring.Status) {
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
		return cmp.Or(cmp.Compare(a.Identity, b.Identity), CompareLabels(a.Work, b.Work))
	})
}

// CompareLabels counts as people do: 9 before 10.
func CompareLabels(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

var kindNames = map[scoring.Kind]string{
	scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Withdraw: "withdraw", scoring.Finish: "finish",
	scoring.Late: "late", scoring.Count: "count", scoring.Absent: "absent", scoring.Adopt: "adopt", scoring.Seat: "seat",
	scoring.Admit: "admit", scoring.SetState: "status", scoring.Open: "open", scoring.Freeze: "freeze",
	scoring.Unfreeze: "unfreeze", scoring.Lock: "lock", scoring.Reopen: "reopen", scoring.Unseal: "unseal",
	scoring.Publish: "publish", scoring.SetRule: "policy", scoring.Decide: "decide",
	scoring.Belong: "belong", scoring.Recuse: "recuse", scoring.Clock: "clock", scoring.Sit: "sit",
}

// KindName is the word of a kind of record; "" for one that is not known.
func KindName(k scoring.Kind) string { return kindNames[k] }
