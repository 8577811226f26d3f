package blind

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Start is how a draw begins. Places is for draws of seats all at once: how many
// seats there are; 0 means as many as entries.
type Start struct {
	Layer   Layer
	Method  Method
	Witness string
	Places  int
}

const maxPlaces = 2000

var seatForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,19}$`)

// Begin begins the draw of a layer by its coding judge. All at once, it makes the
// seed and the commitment to it, which everybody may see from now on.
func (d *Desk) Begin(ctx context.Context, a contest.Actor, event contest.ID, in Start) error {
	return d.work(ctx, a, event, coders, "draw.begun", func(ctx context.Context, s *sheet) (map[string]string, error) {
		if err := s.mayBegin(a, in); err != nil {
			return nil, err
		}
		dr := Draw{
			ID: newID(), Event: event, Layer: in.Layer, Method: in.Method, Phase: Open,
			Judge: a.Who(), JudgeName: a.Name, OpenedAt: d.now(),
		}
		var err error
		if dr.Witness, err = said("/witness", in.Witness, maxName, true); err != nil {
			return nil, fault.New(fault.Stale, "blind.no_witness", fault.At("/witness", "blind.no_witness", ""))
		}
		if dr.Witness == a.Name {
			return nil, fault.New(fault.Stale, "blind.no_witness", fault.At("/witness", "blind.no_witness", ""))
		}
		if in.Method == AtOnce {
			least := len(s.drawing(in.Layer))
			dr.Places = in.Places
			if dr.Places == 0 {
				dr.Places = least
			}
			if dr.Places < least || dr.Places > maxPlaces {
				return nil, fault.New(fault.Refused, "blind.places", fault.At("/places", "blind.places", strconv.Itoa(least)))
			}
			dr.Seed = secret(make([]byte, 32))
			dr.Commitment = Commitment(dr.Seed)
		}
		return map[string]string{"layer": string(dr.Layer), "method": string(dr.Method), "witness": dr.Witness, "commitment": dr.Commitment},
			d.Store.CreateDraw(ctx, dr)
	})
}

func (s *sheet) mayBegin(a contest.Actor, in Start) error {
	if !slices.Contains(s.layers(), in.Layer) {
		return fault.New(fault.Refused, "blind.no_layer", fault.At("/layer", "blind.no_layer", string(in.Layer)))
	}
	if in.Method != ByHand && in.Method != AtOnce {
		return fault.New(fault.Malformed, "blind.unknown_method", fault.At("/method", "blind.unknown_method", ""))
	}
	if len(s.entries) == 0 {
		return fault.New(fault.Refused, "blind.no_entries")
	}
	if err := s.mayCode(a, in.Layer); err != nil {
		return err
	}
	if _, drawn := s.draw(in.Layer); drawn {
		return fault.New(fault.Stale, "blind.already_drawn")
	}
	if in.Layer == Codes && slices.Contains(s.layers(), Seats) {
		if seats, ok := s.draw(Seats); !ok || seats.Phase != Closed {
			return fault.New(fault.Refused, "blind.seats_first")
		}
	}
	return nil
}

// own is the layer's open draw, for the coding judge who holds it. A draw of
// somebody else is Forbidden, one that is not there or no longer open Stale.
func (s *sheet) own(a contest.Actor, l Layer) (Draw, error) {
	dr, ok := s.draw(l)
	switch {
	case !ok:
		return Draw{}, fault.New(fault.Forbidden, "blind.not_drawing")
	case dr.Judge != a.Who():
		return Draw{}, fault.New(fault.Forbidden, "blind.other_judge")
	case dr.Phase != Open:
		return Draw{}, fault.New(fault.Stale, "blind.draw_closed")
	}
	return dr, nil
}

// Candidate is one who draws in a layer, by the label by which its coding judge
// knows it.
type Candidate struct {
	Entry contest.ID
	From  string
	In    bool // has come
}

// candidates are the entries that draw in a layer, under their labels of the layer
// below. Who has no seat where others draw from theirs is known by the entry number
// beside them.
func (d *Desk) candidates(ctx context.Context, s *sheet, l Layer) ([]Candidate, error) {
	from, drawing, before := map[contest.ID]string{}, s.drawing(l), ""
	if seats, ok := s.draw(Seats); ok && l == Codes && s.isFromSeats() {
		before = contest.Beside
		pairs, err := d.Store.ListPairs(ctx, seats)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			from[p.Entry] = p.Label
		}
	}
	out := make([]Candidate, 0, len(drawing))
	for _, e := range drawing {
		if before == "" || !s.drawsIn(e, Seats) {
			from[e.ID] = before + e.EntryNo
		}
		out = append(out, Candidate{Entry: e.ID, From: from[e.ID], In: s.isIn(e.ID)})
	}
	return out, nil
}

// Key notes one label as it was drawn by hand. The same again is no fault.
func (d *Desk) Key(ctx context.Context, a contest.Actor, event contest.ID, l Layer, from, label string) error {
	return d.work(ctx, a, event, coders, "draw.keyed", func(ctx context.Context, s *sheet) (map[string]string, error) {
		dr, err := s.own(a, l)
		if err != nil {
			return nil, err
		}
		if dr.Method != ByHand {
			return nil, fault.New(fault.Forbidden, "blind.not_by_hand")
		}
		label = strings.ToUpper(strings.TrimSpace(label))
		if !d.fits(l, label) {
			return nil, fault.New(fault.Refused, "blind.label_form", fault.At("/label", "blind.label_form", label))
		}
		list, err := d.candidates(ctx, s, l)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(list, func(c Candidate) bool { return c.From == strings.TrimSpace(from) })
		switch {
		case at < 0:
			return nil, fault.New(fault.Refused, "blind.entry_missing", fault.At("/from", "blind.entry_missing", from))
		case !list[at].In:
			return nil, fault.New(fault.Refused, "blind.not_in", fault.At("/from", "blind.not_in", from))
		}
		pairs, err := d.Store.ListPairs(ctx, dr)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			switch {
			case p.Entry == list[at].Entry && p.Label == label:
				return map[string]string{"layer": string(l), "again": "yes"}, nil
			case p.Entry == list[at].Entry:
				return nil, fault.New(fault.Stale, "blind.entry_drawn", fault.At("/from", "blind.entry_drawn", from))
			case p.Label == label:
				return nil, fault.New(fault.Stale, "blind.label_taken", fault.At("/label", "blind.label_taken", label))
			}
		}
		// The audit says that a label was keyed, and never which.
		return map[string]string{"layer": string(l)}, d.Store.SavePairs(ctx, dr, []Pair{d.pair(list[at], label, 0)})
	})
}

func (d *Desk) pair(c Candidate, label string, run int) Pair {
	p := Pair{Entry: c.Entry, From: c.From, Label: label, Run: run, At: d.now()}
	secret(p.Salt[:])
	return p
}

// fits says whether a label can be drawn in a layer.
func (d *Desk) fits(l Layer, label string) bool {
	if l == Codes {
		return slices.Contains(d.Labels.Pool(Codes, 0), label)
	}
	return seatForm.MatchString(label)
}

// Run draws all at once for everybody who is in and has no label yet. Words are
// the witness's, said after the commitment was shown; they count at the first
// run. Late ones are drawn by running again.
func (d *Desk) Run(ctx context.Context, a contest.Actor, event contest.ID, l Layer, words string) error {
	return d.work(ctx, a, event, coders, "draw.ran", func(ctx context.Context, s *sheet) (map[string]string, error) {
		dr, err := s.own(a, l)
		if err != nil {
			return nil, err
		}
		if dr.Method != AtOnce {
			return nil, fault.New(fault.Forbidden, "blind.not_at_once")
		}
		if n := s.unaccounted(); n > 0 {
			return nil, fault.New(fault.Stale, "blind.unaccounted", fault.At("/arrivals", "blind.unaccounted", strconv.Itoa(n)))
		}
		if dr.Runs == 0 {
			if dr.Words, err = said("/words", words, maxName, false); err != nil {
				return nil, err
			}
		}
		pairs, fresh, err := d.drawRest(ctx, s, dr)
		if err != nil {
			return nil, err
		}
		if len(fresh) == 0 {
			return nil, fault.New(fault.Stale, "blind.nobody_left")
		}
		dr.Runs++
		labels := Replay(d.replaying(dr, pairs, fresh))
		made := make([]Pair, 0, len(fresh))
		for _, c := range fresh {
			made = append(made, d.pair(c, labels[c.From], dr.Runs))
		}
		if err := d.Store.ChangeDraw(ctx, dr); err != nil {
			return nil, err
		}
		return map[string]string{"layer": string(l), "run": strconv.Itoa(dr.Runs), "drawn": strconv.Itoa(len(made)), "words": dr.Words},
			d.Store.SavePairs(ctx, dr, made)
	})
}

// drawRest gives a draw's pairs and who has come and not drawn.
func (d *Desk) drawRest(ctx context.Context, s *sheet, dr Draw) ([]Pair, []Candidate, error) {
	pairs, err := d.Store.ListPairs(ctx, dr)
	if err != nil {
		return nil, nil, err
	}
	list, err := d.candidates(ctx, s, dr.Layer)
	if err != nil {
		return nil, nil, err
	}
	rest := slices.DeleteFunc(list, func(c Candidate) bool {
		return !c.In || slices.ContainsFunc(pairs, func(p Pair) bool { return p.Entry == c.Entry })
	})
	return pairs, rest, nil
}

// replaying is what a draw has been and, with fresh, is about to be.
func (d *Desk) replaying(dr Draw, pairs []Pair, fresh []Candidate) Replaying {
	r := Replaying{Event: dr.Event, Layer: dr.Layer, Seed: dr.Seed, Words: dr.Words, Pool: d.Labels.Pool(dr.Layer, dr.Places), Runs: make([][]string, dr.Runs)}
	for _, p := range pairs {
		if p.Run > 0 && p.Run <= dr.Runs {
			r.Runs[p.Run-1] = append(r.Runs[p.Run-1], p.From)
		}
	}
	for _, c := range fresh {
		r.Runs[dr.Runs-1] = append(r.Runs[dr.Runs-1], c.From)
	}
	return r
}
