package blind

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Unsealing is what judging is asked for.
type Unsealing struct {
	ID     contest.ID // client-made, the idempotency key
	Second Second
}

// What the log of unsealings says.
const (
	stepVerified = "verified"
	stepRefused  = "refused"
	stepUnsealed = "unsealed"
)

// door marks the context of an unsealing that came through Unseal.
type door struct{}

// Unseal opens an event's seals (启封), asked for by a coding judge or who
// organises the contest, with a supervisor as the second person: layer by layer
// from the last one the stored pairs are held against their digest and against the
// labels in use, then judging writes the record. Every step is logged, also the one
// that failed.
func (d *Desk) Unseal(ctx context.Context, a contest.Actor, event contest.ID, u Unsealing) error {
	e, err := d.eventFor(ctx, a, event, viewers)
	if err != nil {
		return err
	}
	if !a.Has(e.Contest, e.ID, unsealers...) {
		return forbidden()
	}
	two, err := d.second(ctx, a, e, u.Second, supervisors)
	if err != nil {
		return err
	}
	layer, err := d.verify(ctx, e)
	if err == nil {
		layer, err = "", d.Judging.Unseal(context.WithValue(ctx, door{}, true), a, event, u)
	}
	step := Step{What: stepUnsealed, Layer: layer, ByName: a.Name, Second: two.Name, At: d.now()}
	if err != nil {
		step.What, step.Code = stepRefused, fault.Code(err)
	}
	if noted := d.note(ctx, a, e, two, step, err == nil); err == nil {
		err = noted
	}
	if err == nil && d.Changed != nil {
		d.Changed(ctx, []contest.ID{event})
	}
	return err
}

// note writes the log of one try.
func (d *Desk) note(ctx context.Context, a contest.Actor, e Event, two contest.Actor, last Step, verified bool) error {
	return d.Work.Do(ctx, func(ctx context.Context) error {
		steps := []Step{last}
		if verified {
			draws, err := d.Store.ListDraws(ctx, e.ID)
			if err != nil {
				return err
			}
			s := &sheet{Event: e, draws: draws}
			steps = nil
			for _, l := range slices.Backward(Layers()) {
				if _, drawn := s.draw(l); drawn {
					steps = append(steps, Step{What: stepVerified, Layer: l, ByName: last.ByName, Second: last.Second, At: last.At})
				}
			}
			steps = append(steps, last)
		}
		for _, step := range steps {
			if err := d.Store.AppendStep(ctx, e.ID, step); err != nil {
				return err
			}
		}
		return d.Audit.Record(ctx, a, "unsealing."+last.What, "event/"+e.ID.String(), map[string]string{"second": two.Name, "code": last.Code})
	})
}

// verify holds the pairs of all closed layers against their digests and against
// the labels and ordinals that marking has used; the layer is the one that is
// wrong.
func (d *Desk) verify(ctx context.Context, e Event) (Layer, error) {
	s, err := d.read(ctx, e, d.Labels.Entries)
	if err != nil {
		return "", err
	}
	for _, l := range slices.Backward(Layers()) {
		dr, ok := s.draw(l)
		if !ok {
			continue
		}
		if err := d.verifyLayer(ctx, s, dr); err != nil {
			return l, err
		}
	}
	return "", nil
}

func (d *Desk) verifyLayer(ctx context.Context, s *sheet, dr Draw) error {
	if dr.Phase != Closed {
		return fault.New(fault.Refused, "blind.draw_open")
	}
	pairs, err := d.Store.ListPairs(ctx, dr)
	if err != nil {
		return err
	}
	swapped := fault.New(fault.Refused, "blind.swapped", fault.At(string(dr.Layer), "blind.swapped", ""))
	drawing := s.drawing(dr.Layer)
	if len(pairs) != len(drawing) || digest(dr.Event, dr.Layer, pairs) != dr.Digest {
		return swapped
	}
	held := map[contest.ID]Pair{}
	for _, p := range pairs {
		held[p.Entry] = p
	}
	list, err := d.candidates(ctx, s, dr.Layer)
	if err != nil {
		return err
	}
	for i, en := range drawing {
		p, ok := held[en.ID]
		label := en.SeatNo
		if dr.Layer == Codes {
			label = en.WorkCode
		}
		if !ok || p.Label != label || p.Ordinal != en.Ordinal || p.From != list[i].From {
			return swapped
		}
	}
	return nil
}
