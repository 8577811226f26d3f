package results

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Draw draws the sheets that are to be checked, with a seed that nobody chose,
// and answers the view of the recheck. The event must be locked. The reason is
// for a draw after the first, which needs one.
//
// Kinds: Missing, Forbidden; Refused when the board is not locked, nobody is
// ranked, the rule is none or too weak, or no new draw is due; Stale when
// somebody drew at the same moment.
func (d *Desk) Draw(ctx context.Context, actor contest.Actor, event contest.ID, rule Rule, reason string) (RecheckView, error) {
	f, err := d.look(ctx, actor, event, heads)
	if err != nil {
		return RecheckView{}, err
	}
	if rule, err = rule.parse(f.event.Chain); err != nil {
		return RecheckView{}, err
	}
	if reason, err = readReason(reason); err != nil {
		return RecheckView{}, err
	}
	if err := f.mayDraw(); err != nil {
		return RecheckView{}, err
	}
	r := Recheck{
		Event: event, Rule: rule, Seed: make([]byte, SeedSize), Seq: f.seq, Head: f.head, Field: f.field,
		By: actor.Who(), ByName: actor.Name, At: d.now(), Reason: reason,
	}
	if err := d.cfg.Chance(r.Seed); err != nil {
		return RecheckView{}, fmt.Errorf("seed of a recheck: %w", err)
	}
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		old, drawn, err := d.cfg.Store.NewestRecheck(ctx, event)
		if err != nil {
			return err
		}
		if r.Number = old.Number + 1; drawn {
			if err := mayDrawAgain(&old, f, reason); err != nil {
				return err
			}
		}
		if err := d.cfg.Store.AppendRecheck(ctx, r); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, actor, "recheck.draw", event.String(), map[string]string{
			"number": strconv.Itoa(r.Number), "seed": fmt.Sprintf("%x", r.Seed), "head": r.Head, "reason": reason,
		})
	})
	if err != nil {
		return RecheckView{}, err
	}
	return viewOf(&r, f), nil
}

func (f *facts) mayDraw() error {
	if !f.locked {
		return fault.New(fault.Refused, "results.not_locked")
	}
	for _, r := range f.field {
		if r.Rank > 0 {
			return nil
		}
	}
	return fault.New(fault.Refused, "results.nobody_ranked")
}

// mayDrawAgain keeps a draw from being repeated until it suits.
func mayDrawAgain(old *Recheck, f *facts, reason string) error {
	switch {
	case reason == "":
		return fault.New(fault.Refused, "results.recheck_drawn", fault.At("/reason", "results.reason", ""))
	case old.Head == f.head:
		return fault.New(fault.Refused, "results.recheck_same")
	case check(old, f).Full:
		return fault.New(fault.Refused, "results.recheck_full")
	}
	return nil
}

func readReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > MaxText || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", fault.New(fault.Refused, "results.text", fault.At("/reason", "results.text", strconv.Itoa(MaxText)))
	}
	return s, nil
}

// Find notes what a look at a sheet found, by the label that staff may know, and
// answers the view of the recheck. sheet is the digest of the marks that were
// looked at, as the view said; marks that have changed since are Stale. A wrong
// sheet needs a reason, and so does a right one that was found wrong with the
// same marks. What was found last, said again, is not noted twice.
func (d *Desk) Find(ctx context.Context, actor contest.Actor, event contest.ID, work string, sheet Sum, right bool, reason string) (RecheckView, error) {
	f, err := d.look(ctx, actor, event, readers)
	if err != nil {
		return RecheckView{}, err
	}
	entry, err := f.work(work)
	if err != nil {
		return RecheckView{}, err
	}
	if reason, err = readReason(reason); err != nil {
		return RecheckView{}, err
	}
	switch {
	case !f.locked:
		return RecheckView{}, fault.New(fault.Refused, "results.not_locked")
	case f.sheets[entry] != sheet:
		return RecheckView{}, fault.New(fault.Stale, "results.sheet_changed", fault.At("/sheet", "results.sheet_changed", ""))
	case !right && reason == "":
		return RecheckView{}, needReason()
	}
	found := Finding{Entry: entry, Sheet: sheet, Right: right, Reason: reason, By: actor.Who(), ByName: actor.Name, At: d.now()}
	var r Recheck
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		var drawn bool
		if r, drawn, err = d.cfg.Store.NewestRecheck(ctx, event); err != nil {
			return err
		}
		if !drawn {
			return fault.New(fault.Refused, "results.recheck_none")
		}
		return d.note(ctx, actor, &r, found, work)
	})
	if err != nil {
		return RecheckView{}, err
	}
	return viewOf(&r, f), nil
}

// note writes a finding and adds it to r.
func (d *Desk) note(ctx context.Context, actor contest.Actor, r *Recheck, found Finding, work string) error {
	if last := r.last(found.Entry); last != nil && last.Sheet == found.Sheet {
		switch {
		case last.Right == found.Right && last.Reason == found.Reason:
			return nil
		case !last.Right && found.Right && found.Reason == "":
			return needReason()
		}
	}
	found.Number = len(r.Findings) + 1
	if err := d.cfg.Store.AppendFinding(ctx, r.Event, r.Number, found); err != nil {
		return err
	}
	r.Findings = append(r.Findings, found)
	return d.cfg.Audit.Record(ctx, actor, "recheck.finding", r.Event.String(), map[string]string{
		"work": work, "right": strconv.FormatBool(found.Right), "reason": found.Reason,
	})
}

func (r *Recheck) last(entry scoring.EntryID) *Finding {
	for i := len(r.Findings) - 1; i >= 0; i-- {
		if r.Findings[i].Entry == entry {
			return &r.Findings[i]
		}
	}
	return nil
}

func needReason() error {
	return fault.New(fault.Refused, "results.reason", fault.At("/reason", "results.reason", ""))
}
