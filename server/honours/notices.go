package honours

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
	"jiangtai/server/ledger"
)

// NoticeDraft is a notice to be put up today. Replaces names the notice that it
// starts anew. With Ran it is one that ran on paper already.
type NoticeDraft struct {
	Step        string
	Nominations []contest.ID
	Place       string
	Text        string
	Replaces    contest.ID
	Ran         *Ran
}

// maxNotice is the longest text of a notice, in characters.
const maxNotice = 8000

// OpenNotice puts a notice up. All who are on it stand at its step; a notice of
// the whole list holds everybody who does, and its quotas are kept.
func (o *Office) OpenNotice(ctx context.Context, a contest.Actor, campaign contest.ID, d NoticeDraft) (Notice, error) {
	if !union.IsStaff(a) {
		return Notice{}, missing("honours.campaign_missing")
	}
	if err := d.check(); err != nil {
		return Notice{}, err
	}
	if d.Ran != nil {
		if err := o.checkRan(a, *d.Ran); err != nil {
			return Notice{}, err
		}
	}
	var out Notice
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		c, s, history, err := o.campaignFor(ctx, campaign)
		if err != nil {
			return err
		}
		st := s.Step(d.Step)
		if st == nil || st.Kind != sequence.Notice {
			return conflict("honours.step_notice")
		}
		b := &board{office: o, actor: a, c: c, s: s, st: st, history: history, role: contest.Role(st.Role)}
		if d.Ran != nil {
			b.role = contest.UnionOffice
		}
		if err := b.read(ctx); err != nil {
			return err
		}
		if err := b.list(ctx, d); err != nil {
			return err
		}
		if err := b.replace(ctx, d.Replaces); err != nil {
			return err
		}
		out, err = b.open(ctx, d)
		return err
	})
	return out, err
}

func (d NoticeDraft) check() error {
	switch {
	case len(d.Nominations) == 0:
		return refused("/nominations", "honours.needed", "")
	case strings.TrimSpace(d.Place) == "" || utf8.RuneCountInString(d.Place) > 200:
		return refused("/place", "honours.needed", "")
	case strings.TrimSpace(d.Text) == "":
		return refused("/text", "honours.needed", "")
	case utf8.RuneCountInString(d.Text) > maxNotice:
		return refused("/text", "honours.length", strconv.Itoa(maxNotice))
	}
	return nil
}

// board is a notice under way: its campaign's row is held.
type board struct {
	office  *Office
	actor   contest.Actor
	c       Campaign
	s       *sequence.Sequence
	st      *sequence.Step
	role    contest.Role // whose notice it is: the step's, the office's for one that ran on paper
	history []chain.Entry
	bs      union.Bodies
	all     []Nomination
	shown   []Notice
	figures map[string]string
}

func (b *board) read(ctx context.Context) (err error) {
	b.figures = map[string]string{}
	if b.bs, err = b.office.AllBodies(ctx); err != nil {
		return err
	}
	if b.all, err = b.office.Store.ListNominations(ctx, b.c.ID); err != nil {
		return err
	}
	b.shown, err = b.office.Store.ListNotices(ctx, b.c.ID)
	return err
}

// move is the nomination's own act on this campaign, for the conditions that all
// steps share.
func (b *board) move(n Nomination) *move {
	return &move{office: b.office, actor: b.actor, c: b.c, n: n, seq: b.s, bs: b.bs, history: b.history}
}

// list asks that those on the list may be on it.
func (b *board) list(ctx context.Context, d NoticeDraft) error {
	seen := map[contest.ID]bool{}
	for i, id := range d.Nominations {
		at := slices.IndexFunc(b.all, func(n Nomination) bool { return n.ID == id })
		if at < 0 || !b.bs.MaySee(b.actor, b.all[at].Body) {
			return missing("honours.nomination_missing")
		}
		n := b.move(b.all[at])
		path := "/nominations/" + strconv.Itoa(i)
		if err := n.at(b.st.ID); err != nil {
			return err
		}
		if err := n.may(b.st, b.role); err != nil {
			return err
		}
		if seen[id] {
			return refused(path, "honours.twice", "")
		}
		seen[id] = true
		for _, other := range b.shown {
			if other.State == NoticeOpen && other.ID != d.Replaces && slices.Contains(other.Nominations, id) {
				return fault.New(fault.Stale, "honours.notice_open", fault.At(path, "honours.notice_open", ""))
			}
		}
		if err := n.sound(ctx); err != nil {
			return err
		}
	}
	if !b.st.List {
		return nil
	}
	for _, n := range b.all {
		if n.State == Active && n.Step == b.st.ID && !seen[n.ID] {
			return conflict("honours.list_incomplete")
		}
	}
	return b.quotas(seen)
}

// quotas asks the quotas of the list together with those who are further on: the
// final list is what counts, and a broken quota stops the list, not a nominee.
func (b *board) quotas(on map[contest.ID]bool) error {
	var list [][]string
	for _, n := range b.all {
		further := n.State == Conferred || n.State == Active && b.s.Before(b.st.ID, n.Step)
		if on[n.ID] || further {
			list = append(list, n.Traits)
		}
	}
	var fields []fault.Field
	for _, l := range quota.Report(list, b.c.Quotas) {
		b.figures["quota/"+l.Quota.ID] = figure(l)
		if !l.Holds() {
			fields = append(fields, fault.At("/quotas/"+l.Quota.ID, "honours.quota", figure(l)))
		}
	}
	if len(fields) > 0 {
		return fault.New(fault.Stale, "honours.quota", fields...)
	}
	return nil
}

func figure(l quota.Line) string {
	return "have " + strconv.Itoa(l.Have) + " need " + strconv.Itoa(l.Need) + " slack " + strconv.Itoa(l.Slack)
}

// replace takes down the notice that the new one starts anew.
func (b *board) replace(ctx context.Context, id contest.ID) error {
	if id.IsZero() {
		return nil
	}
	at := slices.IndexFunc(b.shown, func(n Notice) bool { return n.ID == id })
	switch {
	case at < 0:
		return missing("honours.notice_missing")
	case b.shown[at].State != NoticeOpen || b.shown[at].Step != b.st.ID:
		return conflict("honours.notice_ended")
	}
	old := b.shown[at]
	old.State = NoticeRestarted
	return b.office.Store.ChangeNotice(ctx, old)
}

func (b *board) open(ctx context.Context, d NoticeDraft) (Notice, error) {
	n := Notice{
		ID: newID(), Campaign: b.c.ID, Step: b.st.ID, Public: b.st.Public, Place: d.Place, Text: d.Text,
		StartsOn: b.office.today(), Days: b.st.Days, State: NoticeOpen, Replaces: d.Replaces, Nominations: d.Nominations, At: b.office.now(),
	}
	if d.Ran != nil {
		n.StartsOn, n.Evidence = d.Ran.StartsOn, d.Ran.Evidence
	}
	end, err := b.office.Calendar.End(n.StartsOn, b.st.Days)
	if errors.Is(err, calendar.ErrUnpublished) {
		return Notice{}, fault.Wrap(err, fault.Stale, "honours.calendar")
	}
	if err != nil {
		return Notice{}, err
	}
	n.EndsOn = end
	reason := ""
	if d.Ran != nil {
		if n.EndsOn, err = b.ran(ctx, *d.Ran, d.Nominations, end); err != nil {
			return Notice{}, err
		}
		reason = d.Ran.Reason
	}
	n.Sum = shown(n)
	if err := b.office.Store.CreateNotice(ctx, n); err != nil {
		return n, err
	}
	b.figures["starts_on"], b.figures["ends_on"] = calendar.Text(n.StartsOn), calendar.Text(n.EndsOn)
	err = b.office.record(ctx, b.actor, &b.c, chain.Entry{
		Act: chain.OpenNotice, Nominations: n.Nominations, Step: n.Step, Notice: n.ID, Sum: n.Sum.String(), Figures: b.figures,
	}, reason)
	return n, err
}

// shown is the hash of what the public saw.
func shown(n Notice) ledger.Hash {
	said := []any{n.Campaign, n.Step, n.Place, n.Text, calendar.Text(n.StartsOn), calendar.Text(n.EndsOn), n.Nominations}
	if n.Evidence != "" {
		said = append(said, n.Evidence)
	}
	body, err := json.Marshal(said)
	if err != nil {
		panic(err) // texts and ids
	}
	return sha256.Sum256(body)
}

// FinishNotice ends a notice without objections (公示无异议) after its last day,
// and everybody on it goes on.
func (o *Office) FinishNotice(ctx context.Context, a contest.Actor, id contest.ID) (Notice, error) {
	if !union.IsStaff(a) {
		return Notice{}, missing("honours.notice_missing")
	}
	var out Notice
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		n, err := o.Store.FindNotice(ctx, id)
		if err != nil {
			return err
		}
		c, s, history, err := o.campaignFor(ctx, n.Campaign)
		if err != nil {
			return err
		}
		b := &board{office: o, actor: a, c: c, s: s, st: s.Step(n.Step), history: history}
		b.role = contest.Role(b.st.Role)
		if n.Evidence != "" {
			b.role = contest.UnionOffice
		}
		if err := b.read(ctx); err != nil {
			return err
		}
		out, err = b.finish(ctx, id)
		return err
	})
	return out, err
}

func (b *board) finish(ctx context.Context, id contest.ID) (Notice, error) {
	n := b.shown[slices.IndexFunc(b.shown, func(n Notice) bool { return n.ID == id })]
	on, err := b.mine(n)
	if err != nil {
		return n, err
	}
	over := contest.EndOf(n.EndsOn)
	switch {
	case n.State != NoticeOpen:
		return n, conflict("honours.notice_ended")
	case n.Changed:
		return n, conflict("honours.list_changed")
	case shown(n) != n.Sum:
		return n, conflict("honours.content_changed")
	case b.office.Now().Before(over):
		return n, fault.New(fault.Stale, "honours.too_early", fault.At("/ends_on", "honours.too_early", over.UTC().Format(time.RFC3339)))
	}
	if b.st.List {
		seen := map[contest.ID]bool{}
		for _, m := range on {
			seen[m.n.ID] = true
		}
		if err := b.quotas(seen); err != nil {
			return n, err
		}
	}
	for _, m := range on {
		if err := m.sound(ctx); err != nil {
			return n, err
		}
		m.n.Step = b.s.After(b.st.ID)
		if err := b.office.Store.ChangeNomination(ctx, m.n); err != nil {
			return n, err
		}
	}
	n.State = NoticeFinished
	if err := b.office.Store.ChangeNotice(ctx, n); err != nil {
		return n, err
	}
	err = b.office.record(ctx, b.actor, &b.c, chain.Entry{
		Act: chain.EndNotice, Nominations: n.Nominations, Step: n.Step, To: b.s.After(n.Step), State: string(Active), Notice: n.ID, Sum: n.Sum.String(), Figures: b.figures,
	}, "")
	return n, err
}

// mine are those on the notice, when the actor may take its step for all of them.
func (b *board) mine(n Notice) ([]*move, error) {
	var out []*move
	for _, id := range n.Nominations {
		m := b.move(b.all[slices.IndexFunc(b.all, func(n Nomination) bool { return n.ID == id })])
		if !b.bs.MaySee(b.actor, m.n.Body) {
			return nil, missing("honours.notice_missing")
		}
		if err := m.may(b.st, b.role); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}
