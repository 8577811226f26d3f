package honours

import (
	"context"
	"slices"
	"strconv"
	"strings"
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

func (d ObjectionDraft) check() error {
	switch {
	case strings.TrimSpace(d.Text) == "":
		return refused("/text", "honours.needed", "")
	case utf8.RuneCountInString(d.Text) > maxText:
		return refused("/text", "honours.length", strconv.Itoa(maxText))
	case max(utf8.RuneCountInString(d.Name), utf8.RuneCountInString(d.Unit), utf8.RuneCountInString(d.Contact)) > 200:
		return refused("/name", "honours.length", "200")
	}
	return nil
}

// Object records an objection to a nominee on a notice. Everybody who may see the
// nominee may record one, for nothing said may get lost. Its Number is the
// receipt.
func (o *Office) Object(ctx context.Context, a contest.Actor, notice contest.ID, d ObjectionDraft) (Objection, error) {
	if err := d.check(); err != nil {
		return Objection{}, err
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
		out, err = m.object(ctx, n, d)
		return err
	})
	return out, err
}

// ObjectPublicly records an objection that came by the public page, while its
// notice runs. It counts like one by letter: with name and unit it is
// investigated and blocks. From is the sender's address, for its share of tries.
func (o *Office) ObjectPublicly(ctx context.Context, from string, notice contest.ID, d ObjectionDraft) (Objection, error) {
	if err := d.check(); err != nil {
		return Objection{}, err
	}
	if err := o.objections.take(from, o.Now()); err != nil {
		return Objection{}, err
	}
	var out Objection
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		n, err := o.Store.FindNotice(ctx, notice)
		if err != nil {
			return err
		}
		m := &move{office: o, figures: map[string]string{}}
		if m.c, m.seq, m.history, err = o.campaignFor(ctx, n.Campaign); err != nil {
			return err
		}
		if !n.Public || m.c.Kind == contest.Rehearsal || !slices.Contains(n.Nominations, d.Nomination) {
			return missing("honours.notice_missing")
		}
		if n, err = o.Store.FindNotice(ctx, notice); err != nil {
			return err
		}
		if n.State != NoticeOpen || !o.Now().Before(contest.EndOf(n.EndsOn)) {
			return conflict("honours.notice_ended")
		}
		if m.n, err = o.Store.FindNomination(ctx, d.Nomination); err != nil {
			return err
		}
		out, err = m.object(ctx, n, d)
		return err
	})
	return out, err
}

// object keeps an objection to the nominee who is held.
func (m *move) object(ctx context.Context, n Notice, d ObjectionDraft) (Objection, error) {
	switch {
	case !slices.Contains(n.Nominations, m.n.ID):
		return Objection{}, missing("honours.notice_missing")
	case n.State == NoticeRestarted:
		return Objection{}, conflict("honours.notice_ended")
	case !m.n.State.Moves():
		return Objection{}, m.at(m.n.Step)
	}
	ob := Objection{
		ID: newID(), Number: m.c.Head.Seq + 1, Campaign: m.c.ID, Notice: n.ID, Nomination: m.n.ID, Name: d.Name, Unit: d.Unit, Contact: d.Contact,
		Text: d.Text, State: ObjectionRecorded, By: m.actor.Who(), At: m.office.now(),
	}
	if ob.Named = strings.TrimSpace(d.Name) != "" && strings.TrimSpace(d.Unit) != ""; ob.Named {
		ob.State = ObjectionOpen
	}
	if err := m.office.Store.CreateObjection(ctx, ob); err != nil {
		return ob, err
	}
	err := m.office.record(ctx, m.actor, &m.c, chain.Entry{
		Act: chain.Object, Nominations: []contest.ID{m.n.ID}, Step: m.n.Step, Notice: n.ID, Objection: ob.ID,
		Figures: map[string]string{"named": strconv.FormatBool(ob.Named)},
	}, d.Text)
	return ob, err
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
