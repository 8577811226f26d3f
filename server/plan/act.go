package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// ActKind is a step that somebody takes.
type ActKind string

// The acts.
const (
	ActApply    ActKind = "apply"    // 申报, by the host
	ActWithdraw ActKind = "withdraw" // 撤回申报
	ActFile     ActKind = "file"     // 备案, by the organiser
	ActReturn   ActKind = "return"   // 退回修改
	ActReport   ActKind = "report"   // 报送成绩, by the host
	ActAccept   ActKind = "accept"   // 认定成绩
	ActSendBack ActKind = "send_back"
	ActCancel   ActKind = "cancel" // 停办
	ActResume   ActKind = "resume" // 恢复
)

// Act is an act with what it needs.
type Act struct {
	Kind    ActKind
	Version int
	Reason  string
	Number  string // file: 备案号, "" for the next of the year; report: of the signed list
}

// move is one row of the way.
type move struct {
	from   []State
	to     State
	office bool // organisers only
	reason bool
	do     func(d *Desk, ctx context.Context, m *moving) error
}

// moving is a step under way.
type moving struct {
	actor  contest.Actor
	event  Event
	filing *Filing
	act    Act
	detail map[string]string
}

var moves = map[ActKind]move{
	ActApply:    {from: []State{Planned, Returned}, to: Applied, do: (*Desk).applying},
	ActWithdraw: {from: []State{Applied}, to: Planned},
	ActFile:     {from: []State{Applied}, to: Filed, office: true, do: (*Desk).filing},
	ActReturn:   {from: []State{Applied, Filed}, to: Returned, office: true, reason: true},
	ActReport:   {from: []State{Filed, SentBack}, to: Reported, do: (*Desk).reporting},
	ActAccept:   {from: []State{Reported}, to: Accepted, office: true, do: (*Desk).accepting},
	ActSendBack: {from: []State{Reported, Accepted}, to: SentBack, office: true, reason: true},
	ActCancel:   {from: []State{Planned, Applied, Returned, Filed, SentBack}, to: Cancelled, office: true, reason: true},
	ActResume:   {from: []State{Cancelled}, to: Planned, office: true},
}

// Acts are the acts that a filing is open to, for the actor.
func (v View) Acts() []ActKind {
	var out []ActKind
	for _, kind := range []ActKind{ActApply, ActWithdraw, ActFile, ActReturn, ActReport, ActAccept, ActSendBack, ActCancel, ActResume} {
		m := moves[kind]
		if slices.Contains(m.from, v.Filing.State) && (v.MayDecide || v.MayWrite && !m.office) {
			out = append(out, kind)
		}
	}
	return out
}

// Act takes a step. Refused plan.step where the filing is not where the act
// begins; plan.incomplete with everything that an application lacks; Stale
// plan.changed when somebody was first.
func (d *Desk) Act(ctx context.Context, a contest.Actor, id contest.ID, act Act) (View, error) {
	m, known := moves[act.Kind]
	if !known {
		return View{}, fault.New(fault.Malformed, "plan.unknown_act", fault.At("/act", "plan.unknown_act", string(act.Kind)))
	}
	act.Reason, act.Number = strings.TrimSpace(act.Reason), strings.TrimSpace(act.Number)
	var out View
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		e, f, err := d.toWrite(ctx, a, id, act.Version)
		if err != nil {
			return err
		}
		if m.office && !mayDecide(a, e) {
			return forbidden()
		}
		if !slices.Contains(m.from, f.State) {
			return stepRefused(f.State)
		}
		if wrong := m.faults(act); wrong != nil {
			return fault.New(fault.Refused, "plan.invalid", wrong...)
		}
		from := f.State
		f.State, f.Reason = m.to, ""
		if m.reason {
			f.Reason = act.Reason
		}
		now := &moving{actor: a, event: e, filing: &f, act: act, detail: map[string]string{}}
		if m.do != nil {
			if err := m.do(d, ctx, now); err != nil {
				return err
			}
		}
		if err := d.save(ctx, a, f, string(act.Kind), from, act.Reason, now.detail); err != nil {
			return err
		}
		out, err = d.view(ctx, a, e)
		return err
	})
	return out, err
}

func (m move) faults(act Act) []fault.Field {
	var wrong []fault.Field
	if m.reason && act.Reason == "" {
		wrong = append(wrong, fault.At("/reason", "plan.empty", ""))
	}
	wrong = append(wrong, tooLong("/reason", act.Reason, maxReason)...)
	return append(wrong, tooLong("/number", act.Number, maxNumber)...)
}

// applying holds the application against what it needs and remembers it.
func (d *Desk) applying(ctx context.Context, m *moving) error {
	files, err := d.Store.ListFiles(ctx, m.event.ID)
	if err != nil {
		return err
	}
	outfit, err := d.Events.Outfit(ctx, m.event.ID)
	if err != nil {
		return err
	}
	f := m.filing
	var wrong []fault.Field
	if f.Class == "" {
		wrong = append(wrong, fault.At("/class", "plan.empty", ""))
	}
	if f.Month == 0 {
		wrong = append(wrong, fault.At("/month", "plan.empty", ""))
	}
	for _, n := range needsOf(files, outfit) {
		if !n.Have {
			wrong = append(wrong, fault.At("/files/"+string(n.Kind), "plan.document_needed", string(n.Kind)))
		}
	}
	if wrong != nil {
		return fault.New(fault.Refused, "plan.incomplete", wrong...)
	}
	f.AppliedAt, f.Digest = d.now(), digestOf(*f, files, outfit)
	m.detail["class"], m.detail["digest"] = f.Class, f.Digest
	return nil
}

// filing gives the number under which the event is filed.
func (d *Desk) filing(ctx context.Context, m *moving) error {
	f := m.filing
	if f.ReturnBy.IsZero() {
		return fault.New(fault.Refused, "plan.incomplete", fault.At("/return_by", "plan.empty", ""))
	}
	if m.act.Number != "" {
		f.Number = m.act.Number
	}
	if f.Number == "" { // filed again after a return it keeps its own
		n, err := d.Store.NextNumber(ctx, f.Year)
		if err != nil {
			return err
		}
		f.Number = fmt.Sprintf("%d-%03d", f.Year, n)
	}
	f.FiledAt = d.now()
	m.detail["number"], m.detail["class"] = f.Number, f.Class
	return nil
}
