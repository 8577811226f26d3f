package results

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// State (成绩状态) is how far an event's result is, in one word.
type State string

// The states of a result, in their order.
const (
	Waiting     State = "waiting"     // 未开始
	Running     State = "running"     // 进行中: marked, or locked and not signed
	Provisional State = "provisional" // 暂列: signed, not rechecked
	Rechecked   State = "rechecked"   // 已复核
	Published   State = "official"    // 正式: published by two persons
	OnNotice    State = "notice"      // 公示
	Final       State = "final"       // 终
)

// Status is the state with what it is read from.
type Status struct {
	State    State      `json:"state"`
	Phase    string     `json:"phase"`
	Chain    string     `json:"chain"`
	Kind     string     `json:"kind"`
	Sealed   bool       `json:"sealed"`
	Seq      uint64     `json:"seq"`
	At       *time.Time `json:"at"` // of the last record
	Signed   int        `json:"signed"`
	Papers   int        `json:"papers"` // sheets and summaries that are to be signed
	Recheck  string     `json:"recheck"`
	List     ListView   `json:"list"`
	Notice   *NoticeRow `json:"notice"`
	TwoNeeds bool       `json:"two_persons"` // publishing takes two persons
}

// ListView is how far the signed result list is.
type ListView struct {
	State  PaperState `json:"state"`
	Number string     `json:"number"`
}

// NoticeRow is the notice that holds; void is one of another list.
type NoticeRow struct {
	StartsOn string `json:"starts_on"`
	EndsOn   string `json:"ends_on"`
	Place    string `json:"place"`
	By       string `json:"by"`
	Void     bool   `json:"void"`
}

// The words of Status.Recheck.
const (
	recheckNone  = "none"  // not drawn
	recheckUnder = "under" // drawn, looks are left
	recheckDone  = "done"
)

// account is the facts with all that other rooms and the store add to them.
type account struct {
	*facts
	papers     []Paper
	signedList Paper // State is PaperMissing when there is none
	recheck    *Recheck
	checked    Checked // of a board that is locked
	notice     *Notice
	untied     int // recusals that are neither applied nor decided
	today      time.Time
}

// account gathers what gates, state and the list of what is missing are read
// from.
func (d *Desk) account(ctx context.Context, f *facts) (*account, error) {
	a := &account{facts: f, today: d.today()}
	if err := d.compare(ctx, f); err != nil {
		return nil, err
	}
	if err := d.sort(ctx, a); err != nil {
		return nil, err
	}
	if d.cfg.Recusals != nil && f.locked && !f.sealed {
		n, err := d.cfg.Recusals.Unsettled(ctx, f.event.ID)
		if err != nil {
			return nil, err
		}
		a.untied = n
	}
	r, drawn, err := d.cfg.Store.NewestRecheck(ctx, f.event.ID)
	if err != nil {
		return nil, err
	}
	if drawn {
		a.recheck = &r
	}
	if drawn && f.locked {
		a.checked = check(&r, f)
	}
	n, given, err := d.cfg.Store.NewestNotice(ctx, f.event.ID)
	if given {
		a.notice = &n
	}
	return a, err
}

// sort puts the result list apart from the other papers.
func (d *Desk) sort(ctx context.Context, a *account) error {
	if d.cfg.Papers == nil {
		a.signedList = Paper{Kind: ResultList, State: PaperSigned}
		return nil
	}
	a.signedList = Paper{Kind: ResultList, State: PaperMissing}
	papers, err := d.cfg.Papers.Papers(ctx, a.event.ID)
	for _, p := range papers {
		if p.Kind == ResultList {
			a.signedList = p
		} else {
			a.papers = append(a.papers, p)
		}
	}
	return err
}

func (a *account) signed() (n int) {
	for _, p := range a.papers {
		if p.State == PaperSigned {
			n++
		}
	}
	return n
}

func (a *account) isRechecked() bool { return a.recheck != nil && a.locked && a.checked.IsDone() }

// isOnNotice says whether the last notice covers the list that stands.
func (a *account) isOnNotice() bool { return a.notice != nil && a.notice.List == a.list }

// state is the word. Where the chain is light a lock alone makes a result
// provisional; a recheck counts wherever it was made.
func (a *account) state() State {
	switch {
	case a.phase == scoring.Waiting:
		return Waiting
	case a.phase == scoring.Official && a.isOnNotice() && a.today.After(a.notice.EndsOn):
		return Final
	case a.phase == scoring.Official && a.isOnNotice():
		return OnNotice
	case a.phase == scoring.Official:
		return Published
	case a.phase == scoring.Running, a.full() && a.signed() < len(a.papers):
		return Running
	case a.isRechecked():
		return Rechecked
	}
	return Provisional
}

func (a *account) status() Status {
	s := Status{
		State: a.state(), Phase: string(a.phase), Chain: string(a.event.Chain), Kind: string(a.kind), Sealed: a.sealed, Seq: a.seq,
		Signed: a.signed(), Papers: len(a.papers), Recheck: recheckNone, List: ListView{a.signedList.State, a.signedList.Number},
		TwoNeeds: a.kind == contest.Real,
	}
	if !a.at.IsZero() {
		at := a.at.UTC()
		s.At = &at
	}
	if a.recheck != nil {
		s.Recheck = recheckUnder
	}
	if a.isRechecked() {
		s.Recheck = recheckDone
	}
	if n := a.notice; n != nil {
		s.Notice = &NoticeRow{n.StartsOn.Format(time.DateOnly), n.EndsOn.Format(time.DateOnly), n.Place, n.ByName, !a.isOnNotice()}
	}
	return s
}

// Status tells how far an event's result is, to all who work for it.
func (d *Desk) Status(ctx context.Context, actor contest.Actor, event contest.ID) (Status, error) {
	var f *facts
	err := d.read(ctx, actor, event, staff, func(r Reading) (err error) {
		f, err = d.settled(r)
		return err
	})
	if err != nil {
		return Status{}, err
	}
	a, err := d.account(ctx, f)
	if err != nil {
		return Status{}, err
	}
	return a.status(), nil
}

// Word is the state of an event's result for rooms that show it. It asks for no
// permission.
func (d *Desk) Word(ctx context.Context, event contest.ID) (State, error) {
	a, err := d.unasked(ctx, event)
	if err != nil {
		return "", err
	}
	return a.state(), nil
}

// unasked is an event's account without asking for permission.
func (d *Desk) unasked(ctx context.Context, event contest.ID) (a *account, err error) {
	var f *facts
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		f, err = d.settled(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.account(ctx, f)
}
