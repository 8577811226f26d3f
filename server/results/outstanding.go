package results

import (
	"context"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// silentAfter is how long a tablet may be unheard of while its chair owes marks,
// the time that judging gives it before a lock.
const silentAfter = 2 * time.Minute

// Outstanding (还差什么) is all that is missing on the way to the signed result,
// in the order of the way.
type Outstanding struct {
	Status
	Done  int    `json:"done"` // required marks that are in
	Need  int    `json:"need"`
	Lines []Line `json:"lines"`
}

// Outstanding lists what is missing, for all who work for the event; values of
// marks are in it only for those who may see them.
func (d *Desk) Outstanding(ctx context.Context, actor contest.Actor, event contest.ID) (Outstanding, error) {
	var f *facts
	var out Outstanding
	var board []Line
	owing := map[scoring.ChairID]bool{}
	err := d.read(ctx, actor, event, staff, func(r Reading) (err error) {
		if f, err = d.settled(r); err != nil {
			return err
		}
		board = marking(r, f, actor.Has(f.event.Contest, f.event.ID, readers...))
		view := r.Board.View(scoring.DeskCount)
		out.Done, out.Need = view.Done, view.Need
		for _, c := range r.Board.Chairs() {
			owing[c.Chair] = c.Done < c.Need
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	a, err := d.account(ctx, f)
	if err != nil {
		return out, err
	}
	if board, err = d.carried(ctx, a, board); err != nil {
		return out, err
	}
	devices, err := d.devices(ctx, a, owing)
	if err != nil {
		return out, err
	}
	absent, err := d.absent(ctx, a)
	if err != nil {
		return out, err
	}
	out.Status = a.status()
	out.Lines = append([]Line{}, slices.Concat(board, devices, absent, a.way())...) // a list, never null
	for i := range out.Lines {
		if out.Lines[i].Works == nil {
			out.Lines[i].Works = []Owed{}
		}
	}
	return out, nil
}

// devices are tablets with marks that we have not, and those that are silent
// while their chairs owe marks.
func (d *Desk) devices(ctx context.Context, a *account, owing map[scoring.ChairID]bool) ([]Line, error) {
	if a.phase == scoring.Waiting {
		return nil, nil
	}
	tablets, err := d.cfg.Tablets.Tablets(ctx, a.event.ID)
	var unsent, silent []Line
	for _, t := range tablets {
		c := a.chairs[t.Chair]
		l := Line{Opens: OpensDevices, Chair: t.Chair, Seat: c.Seat, Judge: c.Judge, Panel: c.Panel}
		quiet := d.cfg.Now().Sub(t.SeenAt)
		switch {
		case t.Unsent > 0 && t.Replaced && a.locked: // two persons locked without what it holds
		case t.Unsent > 0:
			l.Kind, l.Count = LineUnsent, t.Unsent
			if a.full() && !t.Replaced {
				l.Stops = stopsPublish
			}
			unsent = append(unsent, l)
		case !t.Replaced && owing[t.Chair] && a.phase == scoring.Running && quiet > silentAfter:
			l.Kind, l.Count, l.Silent = LineSilent, 1, int(quiet/time.Minute)
			silent = append(silent, l)
		}
	}
	return append(unsent, silent...), err
}

// absent are those who did not come and still compete on the board. They are
// counted and not named: while an event is sealed they have no label yet.
func (d *Desk) absent(ctx context.Context, a *account) ([]Line, error) {
	list, err := d.cfg.Absentees.Absentees(ctx, a.event.ID)
	if err != nil {
		return nil, err
	}
	competing := map[scoring.EntryID]bool{}
	for _, row := range a.rows {
		competing[row.Entry] = row.Status == scoring.Competing
	}
	n := 0
	for _, id := range list {
		if competing[id] {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return []Line{{Kind: LineAbsent, Opens: OpensBlind, Count: n}}, nil
}

// The acts that lines stop.
const (
	stopsUnseal  = "unseal"
	stopsPublish = "publish"
)

// way are the lines from the lock to the notice.
func (a *account) way() []Line {
	switch {
	case a.phase == scoring.Waiting:
		return nil
	case !a.locked:
		return []Line{{Kind: LineLock, Opens: OpensLock, Count: 1}}
	}
	lines := slices.Clone(a.ties)
	if a.full() {
		lines = append(lines, a.signing()...)
	}
	lines = append(lines, a.rechecking()...)
	if a.untied > 0 {
		lines = append(lines, Line{Kind: LineRecusal, Opens: OpensRecusal, Stops: stopsPublish, Count: a.untied})
	}
	if a.sealed {
		lines = append(lines, Line{Kind: LineUnseal, Opens: OpensUnseal, Stops: stopsPublish, Count: 1})
	}
	if a.full() && a.signedList.State != PaperSigned {
		l := a.unsigned(a.signedList)
		l.Stops = stopsPublish
		lines = append(lines, l)
	}
	switch {
	case a.phase != scoring.Official:
		lines = append(lines, Line{Kind: LinePublish, Opens: OpensPublish, Count: 1})
	case a.notice != nil && !a.isOnNotice():
		lines = append(lines, Line{Kind: LineNoticeOld, Opens: OpensNotice, Count: 1})
	case a.notice == nil && a.full():
		lines = append(lines, Line{Kind: LineNotice, Opens: OpensNotice, Count: 1})
	}
	return lines
}

// signing are the sheets and summaries that are not signed.
func (a *account) signing() (lines []Line) {
	for _, p := range a.papers {
		if p.State != PaperSigned {
			lines = append(lines, a.unsigned(p))
		}
	}
	return lines
}

func (a *account) unsigned(p Paper) Line {
	c := a.chairs[p.Chair]
	l := Line{
		Kind: LineKind(p.Kind), Opens: OpensPapers, Stops: a.stops(), Count: 1, Chair: p.Chair, Seat: c.Seat, Judge: c.Judge, Panel: p.Panel,
		Paper: &PaperView{p.State, p.Number, p.Reason},
	}
	if l.Panel == "" {
		l.Panel = c.Panel
	}
	return l
}

// stops is what is refused until sheets and recheck are done.
func (a *account) stops() string {
	switch {
	case !a.full():
		return ""
	case a.sealed:
		return stopsUnseal
	}
	return stopsPublish
}

// rechecking are the lines of the recheck: all where the chain is full, else
// those of a recheck that somebody began.
func (a *account) rechecking() (lines []Line) {
	if a.recheck == nil {
		if a.full() {
			lines = append(lines, Line{Kind: LineDraw, Opens: OpensRecheck, Stops: a.stops(), Count: 1})
		}
		return lines
	}
	var open, wrong, recused []scoring.EntryID
	for i := range a.checked.Looks {
		l := &a.checked.Looks[i]
		switch {
		case l.IsWrong():
			wrong = append(wrong, l.Entry)
		case !l.IsDone() && a.moved[l.Entry]:
			recused = append(recused, l.Entry)
		case !l.IsDone():
			open = append(open, l.Entry)
		}
	}
	if len(wrong) > 0 {
		lines = append(lines, a.looks(LineWrong, wrong))
	}
	if len(recused) > 0 {
		lines = append(lines, a.looks(LineRecused, recused))
	}
	if len(open) > 0 {
		lines = append(lines, a.looks(LineCheck, open))
	}
	return lines
}

func (a *account) looks(kind LineKind, list []scoring.EntryID) Line {
	l := Line{Kind: kind, Opens: OpensRecheck, Stops: a.stops(), Count: len(list)}
	for _, work := range a.works(list) {
		l.Works = append(l.Works, Owed{Work: work, Label: work})
	}
	return l
}
