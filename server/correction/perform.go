package correction

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// Order (更正) is a change with the report that orders it.
type Order struct {
	ID contest.ID // client-made, the idempotency key
	Change
	Seq      uint64 // of the preview that was confirmed
	Reason   string
	User     string // the second person
	Password string
}

// Perform carries a correction out that was previewed, and tells it as it stands. The
// same order again is answered again. Kinds: Missing, Forbidden by role or for want of
// a second person, Refused, and Stale correction.moved when anything was written since
// the preview.
func (d *Desk) Perform(ctx context.Context, actor contest.Actor, event contest.ID, o Order) (Correction, error) {
	kind, err := d.may(ctx, actor, event, &o)
	if err != nil {
		return Correction{}, err
	}
	known, there, err := d.cfg.Store.FindReport(ctx, o.ID)
	if err != nil {
		return Correction{}, err
	}
	if there && (known.Event != event || known.By != actor.Who()) {
		return Correction{}, fault.New(fault.Refused, "correction.known")
	}
	second, err := d.second(ctx, actor, event, kind, o)
	if err != nil {
		return Correction{}, err
	}
	if !there {
		if known, err = d.report(ctx, actor, second, event, o); err != nil {
			return Correction{}, err
		}
	} else if !known.orders(o) || known.Second != second.Who() {
		return Correction{}, fault.New(fault.Refused, "correction.known")
	}
	if err := d.write(ctx, event, known); err != nil {
		return Correction{}, err
	}
	list, err := d.list(ctx, actor, event)
	if err != nil {
		return Correction{}, err
	}
	for _, c := range list {
		if c.ID == o.ID {
			return c, nil
		}
	}
	return Correction{}, errMissing
}

// may asks who orders, and whether the order can be read.
func (d *Desk) may(ctx context.Context, actor contest.Actor, event contest.ID, o *Order) (kind contest.Kind, err error) {
	o.Reason = strings.TrimSpace(o.Reason)
	n := utf8.RuneCountInString(o.Reason)
	err = d.read(ctx, actor, event, readers, func(r Reading) error {
		kind = r.Kind
		switch {
		case !actor.Has(r.Event.Contest, event, chiefs...):
			return errRole
		case o.ID.IsZero():
			return fault.New(fault.Malformed, "correction.id", fault.At("/correction_id", "correction.id", ""))
		case n < MinReason:
			return fault.New(fault.Refused, "correction.reason", fault.At("/reason", "correction.reason", strconv.Itoa(MinReason)))
		case n > MaxReason:
			return fault.New(fault.Refused, "correction.reason_long", fault.At("/reason", "correction.reason_long", strconv.Itoa(MaxReason)))
		case o.User == "" || o.Password == "":
			return fault.New(fault.Refused, "correction.second", fault.At("/second", "correction.second", ""))
		}
		return nil
	})
	return kind, err
}

// second verifies the person who signs with the chief judge.
func (d *Desk) second(ctx context.Context, actor contest.Actor, event contest.ID, kind contest.Kind, o Order) (contest.Actor, error) {
	two, err := d.cfg.Seconds.Second(ctx, o.User, o.Password)
	if err != nil {
		return two, err
	}
	roles := witnesses
	if kind == contest.Real {
		roles = supervisors
	}
	err = d.read(ctx, actor, event, chiefs, func(r Reading) error {
		if two.Who() == actor.Who() || !two.Has(r.Event.Contest, event, roles...) {
			return fault.New(fault.Forbidden, "correction.second", fault.At("/second", "correction.second", ""))
		}
		return nil
	})
	if err != nil {
		// The refusal is answered in any case.
		_ = d.cfg.Audit.Record(ctx, actor, "correction.refused", event.String(), map[string]string{"second": two.Name})
	}
	return two, err
}

// report reckons once more, holds it against what was confirmed, and keeps the report.
func (d *Desk) report(ctx context.Context, actor, second contest.Actor, event contest.ID, o Order) (Report, error) {
	p, cmd, err := d.reckon(ctx, actor, event, o.Change, chiefs)
	switch {
	case err != nil:
		return Report{}, err
	case p.Blocked != "":
		return Report{}, published()
	case p.Seq != o.Seq:
		return Report{}, errMoved
	case p.Same:
		return Report{}, fault.New(fault.Refused, "correction.same")
	}
	shown, err := json.Marshal(p)
	if err != nil {
		return Report{}, fmt.Errorf("keep what was shown before a correction: %w", err)
	}
	r := Report{
		ID: o.ID, Event: event, Seq: p.Seq, Entry: cmd.Entry, Chair: cmd.Chair, Aspect: cmd.Aspect, Attempt: int(cmd.Attempt), Round: int(cmd.Round),
		OldKind: p.Old.Kind, OldValue: p.Old.Value, NewKind: p.New.Kind, NewValue: p.New.Value, Reason: o.Reason, By: actor.Who(), ByName: actor.Name,
		Second: second.Who(), SecondBy: second.Name, At: d.cfg.Now().UTC().Truncate(time.Microsecond), Counted: record(o.ID, 2), Shown: shown,
	}
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.cfg.Store.CreateReport(ctx, r); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, actor, "correction.ordered", event.String(), map[string]string{
			"correction": o.ID.String(), "aspect": r.Aspect, "chair": strconv.Itoa(int(r.Chair)), "reason": r.Reason, "second": second.Name,
		})
	})
	return r, err
}

// orders says whether the report is of this order.
func (r *Report) orders(o Order) bool {
	sameKind := r.NewKind == kindWords[o.Kind]
	return sameKind && r.Chair == o.Chair && r.Aspect == o.Aspect && r.Attempt == max(int(o.Attempt), 1) && r.Reason == o.Reason && r.Seq == o.Seq
}

// record is the mark id of the i-th record of a correction: the same at a replay.
func record(of contest.ID, i byte) scoring.ID {
	sum := sha256.Sum256(append(append(of[:], "correction"...), i))
	id := scoring.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return id
}

// write puts a reported correction into the ledger, or finishes what a crash cut
// short: the mark in the chair's name, and the count by both persons.
func (d *Desk) write(ctx context.Context, event contest.ID, r Report) error {
	late, count := record(r.ID, 1), r.Counted
	kind := scoring.Mark
	if r.NewKind == kindWords[scoring.NotPerformed] {
		kind = scoring.NotPerformed
	}
	return d.cfg.Boards.Write(ctx, event, func(now Reading) ([]Noted, error) {
		if !now.Knows(late) && now.Seq != r.Seq {
			return nil, errMoved
		}
		return []Noted{
			{scoring.Command{
				Kind: kind, MarkID: late, Actor: r.By, Second: r.Second, Chair: r.Chair, Entry: r.Entry, Aspect: r.Aspect, Attempt: uint8(r.Attempt),
				Round: uint8(r.Round), Value: r.NewValue, Version: now.Board.Version(), TextHash: ledger.TextHash(late, r.Reason),
			}, r.Reason},
			{scoring.Command{
				Kind: scoring.Count, MarkID: count, Actor: r.By, Second: r.Second, Supersedes: late, Version: now.Board.Version(),
				TextHash: ledger.TextHash(count, r.Reason),
			}, r.Reason},
		}, nil
	})
}

// Correction (更正) is one that was carried out, as it is told.
type Correction struct {
	ID      contest.ID      `json:"correction_id"`
	Work    string          `json:"work"`
	Chair   scoring.ChairID `json:"chair"`
	Aspect  string          `json:"aspect"`
	Attempt int             `json:"attempt"`
	Round   int             `json:"round"`
	Old     Mark            `json:"old"`
	New     Mark            `json:"new"`
	Reason  string          `json:"reason"`
	By      string          `json:"by"`
	Second  string          `json:"second"`
	At      string          `json:"at"`
	MarkID  scoring.ID      `json:"mark_id"` // of the mark that stands since, as the working shows it
	Rows    []Row           `json:"rows"`    // what was shown before it was confirmed
}

// List tells the corrections of an event in their order, to those who may see marks.
func (d *Desk) List(ctx context.Context, actor contest.Actor, event contest.ID) ([]Correction, error) {
	return d.list(ctx, actor, event)
}

func (d *Desk) list(ctx context.Context, actor contest.Actor, event contest.ID) ([]Correction, error) {
	out := []Correction{}
	if err := d.read(ctx, actor, event, readers, func(Reading) error { return nil }); err != nil {
		return nil, err
	}
	reports, err := d.cfg.Store.ListReports(ctx, event)
	if err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, event, readers, func(r Reading) error {
		for i := range reports {
			if c, ok := told(r, &reports[i]); ok {
				out = append(out, c)
			}
		}
		return nil
	})
	return slices.Clip(out), err
}

// told is a report as it may be told now; false for one that the ledger does not know,
// or under another label.
func told(r Reading, of *Report) (Correction, bool) {
	if !r.Knows(of.Counted) || !r.Shown(of.Aspect, of.Entry) {
		return Correction{}, false
	}
	var shown Preview
	if err := json.Unmarshal(of.Shown, &shown); err != nil {
		return Correction{}, false
	}
	if shown.Sealed && !r.Board.Sealed() {
		shown.Rows = []Row{} // they name works by labels of then
	}
	return Correction{
		ID: of.ID, Work: r.Label(of.Entry), Chair: of.Chair, Aspect: of.Aspect, Attempt: of.Attempt, Round: of.Round,
		Old: shown.Old, New: shown.New, Reason: of.Reason, By: of.ByName, Second: of.SecondBy, At: of.At.Format("2006-01-02T15:04:05Z07:00"),
		MarkID: record(of.ID, 1), Rows: shown.Rows,
	}, true
}
