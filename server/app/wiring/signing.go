package wiring

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/plan"
	"jiangtai/server/programme"
	"jiangtai/server/results"
	"jiangtai/server/signing"
	"jiangtai/server/signing/form"
	"jiangtai/server/signing/signingstore"
	"jiangtai/server/signing/signingweb"
)

// openSigning makes the desk of signed papers.
func (a *Rooms) openSigning() {
	a.Signing = signing.New(signing.Config{
		Store: signingstore.New(a.DB), Work: a.DB, Boards: boardsForSigning{a.Desk}, Names: namesForSigning{a.Directory},
		Draws: drawsForSigning{a.Blind}, Press: signingweb.NewPress(), Eyes: signingweb.Eyes{}, Audit: a.Audit, Now: a.Now,
	})
}

// boardsForSigning is signing's Boards.
type boardsForSigning struct{ desk *judging.Desk }

// Read shows an event.
func (p boardsForSigning) Read(ctx context.Context, event contest.ID, reader func(signing.Reading) error) error {
	return p.desk.Read(ctx, event, func(r judging.Reading) error {
		out := signing.Reading{
			Event: r.Setup.Event, Kind: r.Setup.Kind, Chairs: r.Setup.Chairs, Entries: make([]signing.Entrant, len(r.Setup.Entries)),
			Version: r.Setup.Version, Rules: r.Setup.Rules[r.Setup.Version], Seq: r.Seq, Head: r.Head, Board: r.Board,
			Before: map[scoring.ChairID]form.Before{},
		}
		for chair, list := range r.Setup.Before {
			names := r.Setup.Judges(chair)
			out.Before[chair] = form.Before{
				Until: list[len(list)-1].Until, Judges: strings.Join(names[:len(list)], "、"), Left: r.Setup.Left,
			}
		}
		for i, e := range r.Setup.Entries {
			out.Entries[i] = signing.Entrant{Ordinal: e.Ordinal, EntryNo: e.EntryNo, SeatNo: e.SeatNo, WorkCode: e.WorkCode, IsTeam: e.IsTeam}
		}
		return reader(out)
	})
}

// Stamp is the ledger's head with the setup, which is made anew whenever chairs,
// labels or names were edited.
func (p boardsForSigning) Stamp(ctx context.Context, event contest.ID) (any, error) {
	type stamp struct {
		head  string
		setup *judging.Setup
	}
	var out stamp
	err := p.desk.Read(ctx, event, func(r judging.Reading) error {
		out = stamp{r.Head, r.Setup}
		return nil
	})
	return out, err
}

// namesForSigning is signing's Names.
type namesForSigning struct{ directory *programme.Directory }

// Names gives whose entries they are.
func (p namesForSigning) Names(ctx context.Context, event contest.ID) (map[scoring.EntryID]signing.Name, error) {
	list, err := p.directory.Entries(ctx, event)
	out := make(map[scoring.EntryID]signing.Name, len(list))
	for _, e := range list {
		out[e.Ordinal] = signing.Name{Name: e.Name, Unit: e.Unit.Name}
	}
	return out, err
}

// Groups names an event's groups.
func (p namesForSigning) Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error) {
	return p.directory.Groups(ctx, event)
}

// Contest is the contest's shown name.
func (p namesForSigning) Contest(ctx context.Context, event contest.ID) (string, error) {
	e, err := p.directory.Event(ctx, event)
	return e.ContestName, err
}

// drawsForSigning is signing's Draws: the coding desk, in words.
type drawsForSigning struct{ desk *blind.Desk }

var (
	layersOnPaper  = map[blind.Layer]string{blind.Seats: "赛位号", blind.Codes: "评审号", "entry": "参赛号"}
	methodsOnPaper = map[blind.Method]string{blind.ByHand: "手工抽签", blind.AtOnce: "一次抽出"}
)

// Record is the record of a layer's draw.
func (p drawsForSigning) Record(ctx context.Context, a contest.Actor, event contest.ID, layer string) (signing.DrawSheet, error) {
	r, err := p.desk.Record(ctx, a, event, blind.Layer(layer))
	if err != nil {
		return signing.DrawSheet{}, err
	}
	d := r.Draw
	out := signing.DrawSheet{From: layersOnPaper[r.From], To: layersOnPaper[d.Layer]}
	out.Facts = []signing.Fact{
		{Name: "抽签", Value: layersOnPaper[r.From] + " → " + layersOnPaper[d.Layer]},
		{Name: "方式", Value: methodsOnPaper[d.Method]},
		{Name: "抽出", Value: strconv.Itoa(r.Drawn)},
		{Name: "缺赛", Value: strconv.Itoa(r.Absent)},
		{Name: "加密裁判", Value: d.JudgeName},
		{Name: "见证人", Value: d.Witness},
		{Name: "开始", Value: onPaper(d.OpenedAt)},
	}
	if !d.ClosedAt.IsZero() {
		out.Facts = append(out.Facts, signing.Fact{Name: "结束", Value: onPaper(d.ClosedAt)}, signing.Fact{Name: "全部对应关系的摘要", Value: d.Digest})
	}
	if d.Method == blind.AtOnce {
		out.Facts = append(out.Facts, signing.Fact{Name: "种子的承诺", Value: d.Commitment}, signing.Fact{Name: "见证人所言", Value: d.Words})
	}
	// Signing prints pairs for the envelope and does not keep that paper.
	for _, pair := range r.Pairs {
		out.Pairs = append(out.Pairs, [2]string{pair.From, pair.Label})
	}
	for _, s := range r.Strikes {
		out.Notes = append(out.Notes, fmt.Sprintf("更正：%s，%s", s.Reason, onPaper(s.At)))
	}
	return out, nil
}

func onPaper(t time.Time) string {
	return t.In(contest.Zone).Format("2006-01-02 15:04:05")
}

// Labels are the labels of a layer.
func (p drawsForSigning) Labels(ctx context.Context, a contest.Actor, event contest.ID, layer string) ([]string, error) {
	s, err := p.desk.LabelSheet(ctx, a, event, blind.Layer(layer))
	return s.Labels, err
}

// papersForResults is results' Papers.
type papersForResults struct{ *Rooms }

// Papers are the steps of an event.
func (p papersForResults) Papers(ctx context.Context, event contest.ID) ([]results.Paper, error) {
	steps, err := p.Signing.Steps(ctx, event)
	out := make([]results.Paper, len(steps))
	for i, s := range steps {
		out[i] = results.Paper{
			Kind: results.PaperKind(s.Of.Kind), Chair: s.Of.Chair, Panel: s.Of.Panel, State: results.PaperState(s.State), Reason: string(s.Reason),
		}
		if s.Document != nil {
			out[i].Number = s.Document.Number
		}
	}
	return out, err
}

// listsForPlan is the plan's Lists.
type listsForPlan struct{ *Rooms }

// SignedList is the newest signed result list of an event.
func (p listsForPlan) SignedList(ctx context.Context, event contest.ID) (plan.List, bool, error) {
	doc, ok, err := p.Signing.SignedList(ctx, event)
	if err != nil || !ok {
		return plan.List{}, false, err
	}
	return plan.List{Number: doc.Number, At: doc.SignedAt()}, true, nil
}

// SignedLists are those of all events.
func (p listsForPlan) SignedLists(ctx context.Context) (map[contest.ID]plan.List, error) {
	docs, err := p.Signing.SignedLists(ctx)
	out := make(map[contest.ID]plan.List, len(docs))
	for event, doc := range docs {
		out[event] = plan.List{Number: doc.Number, At: doc.SignedAt()}
	}
	return out, err
}
