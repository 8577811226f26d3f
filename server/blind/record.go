package blind

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/server/contest"
)

// Record is the record of a layer's draw (抽签记录), as it is printed. Pairs and
// Seed stand in it for the holder of the layer only.
type Record struct {
	Event   Event
	Draw    Draw // without seed, unless Seed may be told
	From    Layer
	Drawn   int
	Absent  int
	Strikes []Strike
	// Pairs are those that were drawn, by the label that they were drawn from; nil
	// for everybody who is not the layer's coding judge.
	Pairs []Pair
	Runs  [][]string
}

// Holding is one row of a layer as its coding judge works with it: drawn or not.
type Holding struct {
	From  string
	Label string // "" until it has drawn
	In    bool
}

// holder finds a layer whose pairs the actor may know: its coding judge, at any
// time; who organises the contest, once the event is unsealed. For everybody else
// they do not exist.
func (d *Desk) holder(ctx context.Context, a contest.Actor, event contest.ID, l Layer) (*sheet, Draw, error) {
	e, err := d.eventFor(ctx, a, event, viewers)
	if err != nil {
		return nil, Draw{}, err
	}
	s, err := d.read(ctx, e, d.Labels.Entries)
	if err != nil {
		return nil, Draw{}, err
	}
	dr, ok := s.draw(l)
	if !ok || !knows(a, e, dr) {
		return nil, Draw{}, missing()
	}
	return s, dr, nil
}

// knows says that the actor may know a draw's pairs.
func knows(a contest.Actor, e Event, dr Draw) bool {
	isJudge := dr.Judge == a.Who() && a.Has(e.Contest, e.ID, coders...)
	return isJudge || e.IsUnsealed && dr.Phase == Closed && a.Has(e.Contest, e.ID, informed...)
}

// Holdings gives the rows of a layer to who may know its pairs, by the label that
// is drawn from.
func (d *Desk) Holdings(ctx context.Context, a contest.Actor, event contest.ID, l Layer) ([]Holding, error) {
	s, dr, err := d.holder(ctx, a, event, l)
	if err != nil {
		return nil, err
	}
	list, err := d.candidates(ctx, s, l)
	if err != nil {
		return nil, err
	}
	pairs, err := d.Store.ListPairs(ctx, dr)
	if err != nil {
		return nil, err
	}
	labels := map[contest.ID]string{}
	for _, p := range pairs {
		if !p.IsSpare {
			labels[p.Entry] = p.Label
		}
	}
	out := make([]Holding, 0, len(list))
	for _, c := range list {
		out = append(out, Holding{From: c.From, Label: labels[c.Entry], In: c.In})
	}
	slices.SortFunc(out, func(a, b Holding) int { return byLabel(a.From, b.From) })
	return out, nil
}

func byLabel(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// Record gives the record of a layer's draw to those who work at the coding desk.
func (d *Desk) Record(ctx context.Context, a contest.Actor, event contest.ID, l Layer) (Record, error) {
	e, err := d.eventFor(ctx, a, event, viewers)
	if err != nil {
		return Record{}, err
	}
	s, err := d.read(ctx, e, d.Labels.Entries)
	if err != nil {
		return Record{}, err
	}
	dr, ok := s.draw(l)
	if !ok {
		return Record{}, missing()
	}
	r := Record{Event: e, Draw: dr, From: "entry"}
	if l == Codes && s.isFromSeats() {
		r.From = Seats
	}
	pairs, err := d.Store.ListPairs(ctx, dr)
	if err != nil {
		return Record{}, err
	}
	if r.Strikes, err = d.Store.ListStrikes(ctx, dr.ID); err != nil {
		return Record{}, err
	}
	all := pairs
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return p.IsSpare })
	r.Drawn, r.Absent = len(pairs), len(all)-len(pairs)
	if !knows(a, e, dr) || dr.Phase != Closed {
		r.Draw.Seed = nil
		return r, nil
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return byLabel(a.From, b.From) })
	r.Pairs = pairs
	if dr.Method == AtOnce {
		r.Runs = d.replaying(dr, pairs, nil).Runs
	}
	return r, nil
}

// LabelSheet are the labels of a closed layer for printing (标签), in the order of
// the labels, which tells nothing.
type LabelSheet struct {
	Event  Event
	Layer  Layer
	Labels []string
}

// Code is what the QR of a label says: the label, and by the end of the event's
// id that it is of no other event's work.
func (s LabelSheet) Code(label string) string {
	id := s.Event.ID.String()
	return "jt:" + label + ":" + id[len(id)-8:]
}

// LabelSheet gives the labels that were drawn in a layer to its coding judge.
func (d *Desk) LabelSheet(ctx context.Context, a contest.Actor, event contest.ID, l Layer) (LabelSheet, error) {
	s, dr, err := d.holder(ctx, a, event, l)
	if err != nil {
		return LabelSheet{}, err
	}
	if dr.Phase != Closed {
		return LabelSheet{}, missing()
	}
	pairs, err := d.Store.ListPairs(ctx, dr)
	if err != nil {
		return LabelSheet{}, err
	}
	out := LabelSheet{Event: s.Event, Layer: l}
	for _, p := range pairs {
		if !p.IsSpare {
			out.Labels = append(out.Labels, p.Label)
		}
	}
	slices.SortFunc(out.Labels, byLabel)
	return out, nil
}
