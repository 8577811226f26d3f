package blind

import (
	"context"
	"crypto/rand"
	"math/big"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Strike takes back a wrong entry of a draw by hand, by two persons with a
// reason, while the draw is open. What a program drew is not struck: that draw is
// made void.
func (d *Desk) Strike(ctx context.Context, a contest.Actor, event contest.ID, l Layer, from, reason string, second Second) error {
	return d.work(ctx, a, event, coders, "draw.struck", func(ctx context.Context, s *sheet) (map[string]string, error) {
		dr, err := s.own(a, l)
		if err != nil {
			return nil, err
		}
		if dr.Method != ByHand {
			return nil, fault.New(fault.Forbidden, "blind.not_by_hand")
		}
		if reason, err = said("/reason", reason, maxReason, true); err != nil {
			return nil, err
		}
		pairs, err := d.Store.ListPairs(ctx, dr)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(pairs, func(p Pair) bool { return p.From == from })
		if at < 0 {
			return nil, fault.New(fault.Refused, "blind.not_drawn", fault.At("/from", "blind.not_drawn", from))
		}
		two, err := d.second(ctx, a, s.Event, second, watchers)
		if err != nil {
			return nil, err
		}
		return map[string]string{"layer": string(l), "reason": reason, "second": two.Name}, d.Store.StrikePair(ctx, pairs[at].Entry, Strike{
			Draw: dr.ID, From: from, Reason: reason, ByName: a.Name, Second: two.Name, At: d.now(),
		})
	})
}

// Close seals a layer: check-in is closed, everybody who is in has drawn, no
// label twice. Absentees are given labels that are left. The programme is given
// the labels, and the digest over all pairs is kept.
func (d *Desk) Close(ctx context.Context, a contest.Actor, event contest.ID, l Layer) error {
	return d.work(ctx, a, event, coders, "draw.closed", func(ctx context.Context, s *sheet) (map[string]string, error) {
		dr, err := s.own(a, l)
		if err != nil {
			return nil, err
		}
		pairs, err := d.complete(ctx, s, dr)
		if err != nil {
			return nil, err
		}
		labels := map[contest.ID]string{}
		for _, p := range pairs {
			labels[p.Entry] = p.Label
		}
		ordinals, err := d.Labels.Assign(ctx, event, l, labels, l == s.firstLayer())
		if err != nil {
			return nil, err
		}
		for i := range pairs {
			pairs[i].Ordinal = ordinals[pairs[i].Entry]
		}
		if err := d.Store.SavePairs(ctx, dr, pairs); err != nil {
			return nil, err
		}
		dr.Phase, dr.ClosedAt, dr.Digest = Closed, d.now(), digest(event, l, pairs)
		return map[string]string{"layer": string(l), "entries": strconv.Itoa(len(pairs)), "digest": dr.Digest}, d.Store.ChangeDraw(ctx, dr)
	})
}

// complete says whether a draw may be closed and gives its pairs with those of
// the absentees.
func (d *Desk) complete(ctx context.Context, s *sheet, dr Draw) ([]Pair, error) {
	if !s.checkIn.closed() {
		return nil, fault.New(fault.Refused, "blind.check_in_open")
	}
	if n := s.unaccounted(); n > 0 { // who came into the list after the check-in
		return nil, fault.New(fault.Stale, "blind.unaccounted", fault.At("/arrivals", "blind.unaccounted", strconv.Itoa(n)))
	}
	pairs, rest, err := d.drawRest(ctx, s, dr)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		fields := make([]fault.Field, 0, len(rest))
		for _, c := range rest {
			fields = append(fields, fault.At(c.From, "blind.not_drawn", ""))
		}
		return nil, fault.New(fault.Refused, "blind.not_drawn", fields...)
	}
	taken := map[string]bool{}
	for _, p := range pairs {
		if taken[p.Label] {
			return nil, fault.New(fault.Stale, "blind.label_taken", fault.At(p.Label, "blind.label_taken", ""))
		}
		taken[p.Label] = true
	}
	spares, err := d.spares(ctx, s, dr, taken)
	return append(pairs, spares...), err
}

// spares gives each absentee one of the labels that are left, by chance.
func (d *Desk) spares(ctx context.Context, s *sheet, dr Draw, taken map[string]bool) ([]Pair, error) {
	list, err := d.candidates(ctx, s, dr.Layer)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c Candidate) bool { return c.In })
	left := slices.DeleteFunc(slices.Clone(d.Labels.Pool(dr.Layer, max(dr.Places, len(s.entries)+len(taken)))), func(label string) bool { return taken[label] })
	if len(left) < len(list) {
		return nil, fault.New(fault.Refused, "blind.places", fault.At("/places", "blind.places", strconv.Itoa(len(taken)+len(list))))
	}
	out := make([]Pair, 0, len(list))
	for _, c := range list {
		i := chance(len(left))
		p := d.pair(c, left[i], 0)
		p.IsSpare = true
		out, left = append(out, p), slices.Delete(left, i, i+1)
	}
	return out, nil
}

// chance is a number under n that nobody can guess.
func chance(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("blind: no randomness: " + err.Error()) // crypto/rand never fails on the systems we run on
	}
	return int(i.Int64())
}

// Annul makes a whole draw void, open or closed, by two persons with a reason,
// until marking opens: the layer can be drawn again. Its record stays. Any coding
// judge may, since the one who drew may have fallen ill. Codes that were drawn
// from seats go first.
func (d *Desk) Annul(ctx context.Context, a contest.Actor, event contest.ID, l Layer, reason string, second Second) error {
	return d.work(ctx, a, event, coders, "draw.voided", func(ctx context.Context, s *sheet) (map[string]string, error) {
		reason, err := said("/reason", reason, maxReason, true)
		if err != nil {
			return nil, err
		}
		dr, ok := s.draw(l)
		if !ok {
			return nil, fault.New(fault.Refused, "blind.not_drawing")
		}
		if _, above := s.draw(Codes); above && l == Seats {
			return nil, fault.New(fault.Refused, "blind.codes_first")
		}
		two, err := d.second(ctx, a, s.Event, second, watchers)
		if err != nil {
			return nil, err
		}
		dr.Phase, dr.ClosedAt, dr.Reason, dr.Second = Void, d.now(), reason, two.Name
		return map[string]string{"layer": string(l), "reason": reason, "second": two.Name}, d.Store.ChangeDraw(ctx, dr)
	})
}
