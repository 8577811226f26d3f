package recusal

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// pairsOf are the chairs and entries that ties are of, each once, by chair and
// entry: the same order at every try, since what the ledger refuses depends on it.
func (ev *event) pairsOf(ties []Tie) []Pair {
	var out []Pair
	for i := range ties {
		t := &ties[i]
		if t.Withdrawn != nil {
			continue
		}
		team := ev.teamOf(t.Entry)
		for _, ch := range ev.chairs {
			if !t.holds(ch) {
				continue
			}
			for _, e := range ev.entries {
				if t.isOf(e, team) && e.Ordinal > 0 {
					out = append(out, Pair{Chair: ch.Number, Entry: e.Ordinal, Reason: t.Reason, By: t.By.ID, Second: t.Second.ID})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Pair) int { return cmp.Or(cmp.Compare(a.Chair, b.Chair), cmp.Compare(a.Entry, b.Entry)) })
	out = slices.CompactFunc(out, func(a, b Pair) bool { return a.Chair == b.Chair && a.Entry == b.Entry })
	if ev.IsSealing() {
		for i := range out {
			out[i].By, out[i].Second = contest.ID{}, contest.ID{}
		}
	}
	return out
}

// weighed is a pair with what became of it.
type weighed struct {
	Pair
	Standing
	last *Decision
}

// State (处理结果) is what became of a pair.
type State string

// The states of a pair.
const (
	IsApplied   State = "applied"   // 已执行
	IsWaiting   State = "waiting"   // about to be written
	IsUndecided State = "undecided" // the ledger refuses it: two persons decide
	IsRemarking State = "remarking" // 换人重评: the old marks still stand
	IsRemarked  State = "remarked"  // all of them gave way
	IsStanding  State = "stands"    // 保留
)

func (w *weighed) state() State {
	switch {
	case w.Applied:
		return IsApplied
	case w.last != nil && w.last.Choice == Stand:
		return IsStanding
	case w.last != nil && slices.ContainsFunc(w.last.Marks, func(id scoring.ID) bool { return slices.Contains(w.Marks, id) }):
		return IsRemarking
	case w.last != nil && len(w.Marks) > 0:
		return IsRemarked
	case w.last != nil:
		return IsRemarking
	case w.Code != "":
		return IsUndecided
	}
	return IsWaiting
}

// isSettled says that nothing has to be done about the pair any more.
func (w *weighed) isSettled() bool {
	s := w.state()
	return s == IsApplied || s == IsRemarked || s == IsStanding
}

// weigh holds the pairs of an event against its board and what was decided.
func (d *Desk) weigh(ctx context.Context, ev *event) ([]weighed, error) {
	pairs := ev.pairsOf(ev.ties)
	if len(pairs) == 0 {
		return nil, nil
	}
	list, _, err := d.cfg.Judging.Standings(ctx, ev.ID, pairs)
	if err != nil {
		return nil, err
	}
	decided, err := d.cfg.Store.ListDecisions(ctx, ev.ID)
	if err != nil {
		return nil, err
	}
	out := make([]weighed, len(pairs))
	for i, p := range pairs {
		out[i] = weighed{Pair: p, Standing: list[i]}
		for n := range decided {
			if decided[n].Chair == p.Chair && decided[n].Entry == p.Entry {
				out[i].last = &decided[n]
			}
		}
	}
	return out, nil
}

// open is an event that is open and nothing of it is sealed; nil for another.
func (d *Desk) open(ctx context.Context, id contest.ID) (*event, error) {
	e, err := d.cfg.Events.FindEvent(ctx, id)
	if err != nil || !e.IsOpen || e.IsSealing() && !e.IsUnsealed {
		return nil, err
	}
	return d.read(ctx, e, d.cfg.Entries.Entries)
}

// Owed are the pairs that an event owes its ledger once nothing of it is sealed:
// all of which nobody decided otherwise, also those that the ledger has. It asks
// for no permission and does not look at the board.
func (d *Desk) Owed(ctx context.Context, id contest.ID) ([]Pair, error) {
	ev, err := d.open(ctx, id)
	if err != nil || ev == nil {
		return nil, err
	}
	decided, err := d.cfg.Store.ListDecisions(ctx, id)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ev.pairsOf(ev.ties), func(p Pair) bool {
		return slices.ContainsFunc(decided, func(s Decision) bool { return s.Chair == p.Chair && s.Entry == p.Entry })
	}), nil
}

// Unsettled counts the pairs that are neither applied nor decided and done. It asks
// for no permission; of an event that is sealed it is 0, as of one without ties.
func (d *Desk) Unsettled(ctx context.Context, id contest.ID) (int, error) {
	ev, err := d.open(ctx, id)
	if err != nil || ev == nil {
		return 0, err
	}
	list, err := d.weigh(ctx, ev)
	n := 0
	for i := range list {
		if !list[i].isSettled() {
			n++
		}
	}
	return n, err
}

// BeforePublishing refuses a publication while a pair is neither applied nor
// decided. Permission was asked.
func (d *Desk) BeforePublishing(ctx context.Context, id contest.ID) error {
	n, err := d.Unsettled(ctx, id)
	if err != nil || n == 0 {
		return err
	}
	return fault.New(fault.Refused, "blind.recusals_open", fault.At("recusals", "blind.recusals_open", strconv.Itoa(n)))
}

// Decide notes what chief judge and supervisor, one on the other's console, decide
// of a pair that the ledger refuses. Kinds beside access: Refused, when the pair is
// none or needs no decision.
func (d *Desk) Decide(ctx context.Context, a contest.Actor, id contest.ID, chair scoring.ChairID, entryNo string, choice Choice, reason string, second blind.Second) error {
	e, err := d.find(ctx, a, id, append(slices.Clone(chiefs), supervisors...))
	if err != nil {
		return err
	}
	if choice != Remark && choice != Stand {
		return refused("/choice", "blind.tie_way")
	}
	if reason, err = said("/reason", reason, maxReason); err != nil {
		return err
	}
	other := supervisors
	if !a.Has(e.Contest, e.ID, chiefs...) {
		other = chiefs
	}
	two, err := d.second(ctx, a, e, second, other)
	if err != nil {
		return err
	}
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		w, err := d.undecided(ctx, id, chair, entryNo)
		if err != nil {
			return err
		}
		decided, err := d.cfg.Store.ListDecisions(ctx, id)
		if err != nil {
			return err
		}
		s := Decision{
			Event: id, Number: len(decided) + 1, Chair: chair, Entry: w.Entry, Choice: choice, Reason: reason, Marks: w.Marks,
			By: person(a), Second: two, At: d.now(),
		}
		if err := d.cfg.Store.AppendDecision(ctx, s); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "recusal.decided", "event/"+id.String(), map[string]string{
			"chair": strconv.Itoa(int(chair)), "entry": entryNo, "choice": string(choice), "reason": reason, "second": two.Name,
		})
	})
	return err
}

// undecided finds a pair that waits for a decision, or for the marks that an
// earlier one asked for.
func (d *Desk) undecided(ctx context.Context, id contest.ID, chair scoring.ChairID, entryNo string) (*weighed, error) {
	ev, err := d.open(ctx, id)
	if err != nil {
		return nil, err
	}
	none := fault.New(fault.Refused, "blind.recusal_none")
	if ev == nil {
		return nil, none
	}
	list, err := d.weigh(ctx, ev)
	if err != nil {
		return nil, err
	}
	labels := ev.labels()
	for i := range list {
		w := &list[i]
		if s := w.state(); w.Chair == chair && labels[w.Entry].EntryNo == entryNo && (s == IsUndecided || s == IsRemarking || s == IsWaiting && w.Code != "") {
			return w, nil
		}
	}
	return nil, none
}

// teamOf is the team that an entry belongs to; none is an id that no entry has.
func (ev *event) teamOf(entry contest.ID) contest.ID {
	for _, e := range ev.entries {
		if e.ID == entry {
			return e.Team
		}
	}
	return contest.ID{}
}

func (ev *event) labels() map[scoring.EntryID]contest.Entry {
	out := make(map[scoring.EntryID]contest.Entry, len(ev.entries))
	for _, e := range ev.entries {
		out[e.Ordinal] = e
	}
	return out
}
