package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// viewers are who looks at photos: those who answer for the marks.
var viewers = []contest.Role{contest.ChiefJudge, contest.Supervisor}

func missing() error { return fault.New(fault.Missing, "evidence.missing") }

// Config is what the desk needs: all of it.
type Config struct {
	Store  Store
	Work   Work
	Chairs Chairs
	Events Events
	Audit  Audit
	Now    func() time.Time
}

// Desk (证据台) is the door of this room. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

// Give keeps a photo that a tablet sends, and says whether it is new: the same one
// again is answered as at the first time. Kinds: Missing for what the chair does not
// mark, TooLarge, Unsupported for what is no JPEG, Refused for a picture that is
// broken, too many dots or not the one whose digest was told, Stale when another
// photo has its id.
func (d *Desk) Give(ctx context.Context, a contest.Actor, up Upload) (Photo, bool, error) {
	seat, err := d.cfg.Chairs.Seat(ctx, a, up.Work, up.Aspect)
	if err != nil {
		return Photo{}, false, err
	}
	sent := sha256.Sum256(up.File)
	switch {
	case len(up.File) > MaxFile:
		return Photo{}, false, fault.New(fault.TooLarge, "evidence.too_large")
	case sent != up.Sum:
		return Photo{}, false, fault.New(fault.Refused, "evidence.digest")
	}
	file, width, height, err := Clean(up.File)
	if err != nil {
		return Photo{}, false, err
	}
	now := d.cfg.Now()
	p := Photo{
		ID: up.ID, Event: a.Event, Chair: seat.Chair, Judge: seat.Judge, Device: a.Device, Work: up.Work, Aspect: up.Aspect,
		Width: width, Height: height, Size: len(file), Sum: sha256.Sum256(file), Sent: sent, ClientAt: believed(up.ClientAt, now), At: now,
	}
	return d.keep(ctx, a, p, file)
}

func (d *Desk) keep(ctx context.Context, a contest.Actor, p Photo, file []byte) (kept Photo, isNew bool, err error) {
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		event, cell, err := d.cfg.Store.Count(ctx, p)
		if err != nil {
			return err
		}
		if kept, isNew, err = d.cfg.Store.Create(ctx, p, file); err != nil {
			return err
		}
		switch {
		case !isNew && (kept.Event != p.Event || kept.Chair != p.Chair || kept.Work != p.Work || kept.Aspect != p.Aspect || kept.Sent != p.Sent):
			return fault.New(fault.Stale, "evidence.other_photo")
		case !isNew:
			return nil
		case cell >= MaxPerCell || event >= MaxOfEvent:
			return fault.New(fault.Refused, "evidence.too_many")
		}
		return d.cfg.Audit.Record(ctx, a, "evidence.kept", "event/"+p.Event.String(), map[string]string{
			"photo": p.ID.String(), "aspect": p.Aspect, "sha256": hex.EncodeToString(p.Sum[:]),
		})
	})
	return kept, isNew, err
}

// believed is a tablet's time when it can be: an empty battery sets a clock to the
// year 1970, and hands set it to another one.
func believed(at, now time.Time) time.Time {
	if at.Year() < 2020 || at.After(now.Add(maxLead)) {
		return time.Time{}
	}
	return at
}

// List gives an event's photos in the order in which they came, to its chief judge
// and its supervisors; for everybody else there are none: Missing.
func (d *Desk) List(ctx context.Context, a contest.Actor, event contest.ID) ([]Photo, error) {
	if err := d.mayLook(ctx, a, event); err != nil {
		return nil, err
	}
	return d.cfg.Store.List(ctx, event)
}

// File gives one photo with its bytes to whom List gives the list. Missing.
func (d *Desk) File(ctx context.Context, a contest.Actor, event, id contest.ID) (Photo, []byte, error) {
	if err := d.mayLook(ctx, a, event); err != nil {
		return Photo{}, nil, err
	}
	return d.cfg.Store.Find(ctx, event, id)
}

func (d *Desk) mayLook(ctx context.Context, a contest.Actor, event contest.ID) error {
	if len(a.Grants) == 0 {
		return missing()
	}
	of, err := d.cfg.Events.Contest(ctx, event)
	if err != nil && fault.Of(err).Kind == fault.Missing {
		return missing()
	}
	if err != nil {
		return err
	}
	if !a.Has(of, event, viewers...) {
		return missing()
	}
	return nil
}
