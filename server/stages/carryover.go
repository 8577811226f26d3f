package stages

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Carrying is what a person wants to carry over.
type Carrying struct {
	Publication uint64 // that he saw
	Reason      string // needed where a number is corrected
	IsPreview   bool
}

// CarriedOver is what became of it, or would.
type CarriedOver struct {
	Given     int           `json:"given"`
	Corrected int           `json:"corrected"`
	Same      int           `json:"same"`
	Without   int           `json:"without"`
	IsRepeat  bool          `json:"repeated"` // nothing is left to do
	Faults    []fault.Field `json:"faults"`
}

// CarryOver gives the published numbers of the stage before as marks of the
// office, as a whole or not at all, by the host or the organiser: Forbidden for
// others. Refused after the lock; with faults, of which all are told, nothing is
// written. Once more it does nothing.
func (d *Desk) CarryOver(ctx context.Context, a contest.Actor, id contest.ID, in Carrying) (CarriedOver, error) {
	if _, err := d.event(ctx, a, id, givers); err != nil {
		return CarriedOver{}, err
	}
	l, err := d.following(ctx, a, id)
	switch {
	case err != nil:
		return CarriedOver{}, err
	case len(carried(l.rules)) == 0:
		return CarriedOver{}, fault.New(fault.Refused, "stages.carries_none")
	case l.phase == scoring.Waiting:
		return CarriedOver{}, fault.New(fault.Closed, "stages.not_open")
	case l.phase != scoring.Running:
		return CarriedOver{}, fault.New(fault.Refused, "stages.locked")
	case l.result == nil:
		return CarriedOver{}, errNotOut
	case in.Publication != l.result.Seq:
		return CarriedOver{}, errChanged
	}
	reason, err := readReason(in.Reason, false)
	if err != nil {
		return CarriedOver{}, err
	}
	out, marks, places := l.marks(reason)
	switch {
	case len(out.Faults) > 0:
		return out, nil
	case len(marks) == 0:
		out.IsRepeat = true
		return out, nil
	case out.Corrected > 0 && reason == "" && !in.IsPreview:
		return out, fault.New(fault.Refused, "stages.reason", fault.At("/reason", "stages.reason", ""))
	}
	return out, d.give(ctx, a, l, marks, places, &out, in.IsPreview)
}

// marks are what is to be given, with their places.
func (l *loaded) marks(reason string) (out CarriedOver, list []Mark, places []string) {
	out.Faults = []fault.Field{}
	for _, row := range l.carry() {
		for _, c := range row.Cells {
			at := "/entries/" + row.EntryNo + "/" + c.Aspect
			m := Mark{Entry: row.ordinal, Aspect: c.Aspect, Value: c.Value, Version: l.version}
			switch c.State {
			case CellNew:
				out.Given++
			case CellDiffers:
				out.Corrected++
				m.Supersedes, m.Reason = c.markID, reason
				if reason == "" {
					m.Reason = "—" // of a preview, which is not asked for one
				}
			case CellSame:
				out.Same++
				continue
			case CellFaulty:
				out.Faults = append(out.Faults, fault.At(at, c.Code, c.Hint))
				continue
			default:
				out.Without++
				continue
			}
			m.ID = l.markID(row.source, &m)
			list, places = append(list, m), append(places, at)
		}
	}
	return out, list, places
}

// markID follows from the publication, the entry there and the mark that is
// replaced: the same when the same is carried over again.
func (l *loaded) markID(source contest.ID, m *Mark) scoring.ID {
	h := sha256.New()
	for _, id := range []contest.ID{l.event.ID, l.before.ID, source, m.Supersedes} {
		_, _ = h.Write(id[:])
	}
	_, _ = h.Write([]byte(strconv.FormatUint(l.result.Seq, 10) + "\x00" + m.Aspect))
	id := scoring.ID(h.Sum(nil)[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of version 8
	return id
}

// give enters the marks when the board still stands as they were made for.
func (d *Desk) give(ctx context.Context, a contest.Actor, l *loaded, marks []Mark, places []string, out *CarriedOver, preview bool) error {
	sum := sha256.Sum256([]byte(l.before.ID.String() + "/" + strconv.FormatUint(l.result.Seq, 10) + "/" + l.result.List))
	refused, err := d.cfg.Marks.Give(ctx, a, l.event.ID, Batch{
		Sheet: "carried/" + l.before.ID.String(), Sum: hex.EncodeToString(sum[:]), IsPreview: preview,
		Pick: func(r Reading) ([]Mark, error) {
			if r.Version != l.version {
				return nil, errChanged
			}
			return marks, nil
		},
	})
	if err != nil {
		return err
	}
	for i, f := range refused {
		if f == nil {
			continue
		}
		hint := ""
		if len(f.Fields) > 0 {
			hint = f.Fields[0].Hint
		}
		out.Faults = append(out.Faults, fault.At(places[i], f.Code, hint))
	}
	return nil
}

// Standing is how the carried numbers of an event stand, for the list of what is
// missing.
type Standing struct {
	IsTied    bool // the event follows one
	Published bool // and that is published
	New       int  // could be given now
	Differs   int  // are not as they are published
}

// Standing tells of an event; false when its scheme carries nothing over. It asks
// for no permission.
func (d *Desk) Standing(ctx context.Context, id contest.ID) (Standing, bool, error) {
	rules, err := d.rules(ctx, id)
	if err != nil || len(carried(rules)) == 0 {
		return Standing{}, false, err
	}
	h, err := d.history(ctx, id)
	if err != nil || h.follows.IsZero() {
		return Standing{}, err == nil, err
	}
	l, err := d.load(ctx, id, h.follows)
	if err != nil {
		return Standing{}, false, err
	}
	s := Standing{IsTied: true, Published: l.result != nil}
	if l.result == nil {
		return s, true, nil
	}
	for _, row := range l.carry() {
		for _, c := range row.Cells {
			switch c.State {
			case CellNew:
				s.New++
			case CellDiffers:
				s.Differs++
			}
		}
	}
	return s, true, nil
}
