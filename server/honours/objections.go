package honours

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

// ObjectionDraft is an objection as it was received, by letter, call or visit.
// With name, unit and a way to answer it is investigated; without, it is
// recorded and flagged.
type ObjectionDraft struct {
	Nomination contest.ID
	Name       string
	Unit       string
	Contact    string
	Text       string
}

// Object records an objection to a nominee on a notice. Everybody who may see the
// nominee may record one, for nothing said may get lost. Its Number is the
// receipt.
func (o *Office) Object(ctx context.Context, a contest.Actor, notice contest.ID, d ObjectionDraft) (Objection, error) {
	switch {
	case d.Text == "":
		return Objection{}, refused("/text", "honours.needed", "")
	case utf8.RuneCountInString(d.Text) > maxText:
		return Objection{}, refused("/text", "honours.length", strconv.Itoa(maxText))
	case max(utf8.RuneCountInString(d.Name), utf8.RuneCountInString(d.Unit), utf8.RuneCountInString(d.Contact)) > 200:
		return Objection{}, refused("/name", "honours.length", "200")
	}
	var out Objection
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, d.Nomination)
		if err != nil {
			return err
		}
		n, err := o.Store.FindNotice(ctx, notice)
		if err != nil {
			return err
		}
		switch {
		case !slices.Contains(n.Nominations, m.n.ID):
			return missing("honours.notice_missing")
		case n.State == NoticeRestarted:
			return conflict("honours.notice_ended")
		case !m.n.State.Moves():
			return m.at(m.n.Step)
		}
		out = Objection{
			ID: newID(), Number: m.c.Head.Seq + 1, Campaign: m.c.ID, Notice: n.ID, Nomination: m.n.ID, Name: d.Name, Unit: d.Unit, Contact: d.Contact,
			Text: d.Text, State: ObjectionRecorded, By: a.Who(), At: o.now(),
		}
		if out.Named = d.Name != "" && d.Unit != ""; out.Named {
			out.State = ObjectionOpen
		}
		if err := o.Store.CreateObjection(ctx, out); err != nil {
			return err
		}
		err = o.record(ctx, a, &m.c, chain.Entry{
			Act: chain.Object, Nominations: []contest.ID{m.n.ID}, Step: m.n.Step, Notice: n.ID, Objection: out.ID,
			Figures: map[string]string{"named": strconv.FormatBool(out.Named)},
		}, d.Text)
		return err
	})
	return out, err
}

// DecideObjection ends the investigation of a named objection, by the office or
// the county union, and not by whom it was received. Upheld, it ends the
// nomination.
func (o *Office) DecideObjection(ctx context.Context, a contest.Actor, id contest.ID, upheld bool, finding string) (Objection, error) {
	switch {
	case finding == "":
		return Objection{}, refused("/finding", "honours.needed", "")
	case utf8.RuneCountInString(finding) > maxText:
		return Objection{}, refused("/finding", "honours.length", strconv.Itoa(maxText))
	case !union.IsStaff(a):
		return Objection{}, missing("honours.objection_missing")
	}
	var out Objection
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		ob, err := o.Store.FindObjection(ctx, id)
		if err != nil {
			return err
		}
		m, err := o.begin(ctx, a, ob.Nomination)
		if fault.Of(err) != nil && fault.Of(err).Kind == fault.Missing {
			return missing("honours.objection_missing")
		}
		if err != nil {
			return err
		}
		if ob, err = o.Store.FindObjection(ctx, id); err != nil {
			return err
		}
		switch {
		case !union.IsOffice(a) && !m.bs.MayTake(a, contest.CountyReviewer, m.n.Body):
			return forbidden()
		case ob.By == a.Who():
			return fault.New(fault.Forbidden, "honours.same_person")
		case ob.State != ObjectionOpen:
			return conflict("honours.objection_decided")
		}
		ob.Finding, ob.State = finding, ObjectionDismissed
		if upheld {
			ob.State = ObjectionUpheld
		}
		out = ob
		return m.decide(ctx, ob)
	})
	return out, err
}

func (m *move) decide(ctx context.Context, ob Objection) error {
	if err := m.office.Store.ChangeObjection(ctx, ob); err != nil {
		return err
	}
	e := chain.Entry{
		Act: chain.Decide, Nominations: []contest.ID{m.n.ID}, Step: m.n.Step, Notice: ob.Notice, Objection: ob.ID,
		Figures: map[string]string{"outcome": string(ob.State)},
	}
	if err := m.office.record(ctx, m.actor, &m.c, e, ob.Finding); err != nil {
		return err
	}
	if ob.State != ObjectionUpheld || !m.n.State.Moves() {
		return nil
	}
	m.n.State = Rejected
	_, err := m.finish(ctx, chain.Reject, m.n.Step)
	return err
}
