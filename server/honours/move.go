package honours

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/exclusion"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
	"jiangtai/server/ledger"
)

// move is one act on a nomination under way: its campaign's row is held.
type move struct {
	office  *Office
	actor   contest.Actor
	c       Campaign
	n       Nomination
	seq     *sequence.Sequence
	bs      union.Bodies
	history []chain.Entry
	texts   string            // goes beside the record
	figures map[string]string // go into the record
}

// campaignFor locks a campaign with its sequence and reads its chain, which must
// verify: nothing is decided upon a history that was tampered with.
func (o *Office) campaignFor(ctx context.Context, id contest.ID) (Campaign, *sequence.Sequence, []chain.Entry, error) {
	c, err := o.Store.LockCampaign(ctx, id)
	if err != nil {
		return c, nil, nil, err
	}
	s := o.Sequence(c.Sequence, c.Version)
	if s == nil {
		return c, nil, nil, fault.New(fault.Unavailable, "honours.sequence_missing")
	}
	records, err := o.Store.ListRecords(ctx, id)
	if err != nil {
		return c, nil, nil, err
	}
	list, err := chain.Read(c.ID, c.Head, records)
	if err != nil {
		return c, nil, nil, fault.Wrap(err, fault.Stale, "honours.chain_broken")
	}
	return c, s, list, nil
}

// begin finds what an act is about and holds it still.
func (o *Office) begin(ctx context.Context, a contest.Actor, nomination contest.ID) (*move, error) {
	n, bs, err := o.nominationFor(ctx, a, nomination)
	if err != nil {
		return nil, err
	}
	m := &move{office: o, actor: a, bs: bs, figures: map[string]string{}}
	if m.c, m.seq, m.history, err = o.campaignFor(ctx, n.Campaign); err != nil {
		return nil, err
	}
	m.n, err = o.Store.FindNomination(ctx, nomination)
	return m, err
}

// at refuses an act for another step than the nomination's own.
func (m *move) at(step string) error {
	switch {
	case !m.n.State.Moves():
		return fault.New(fault.Stale, "honours.ended", fault.At("/step", "honours.ended", string(m.n.State)))
	case m.n.Step != step:
		return fault.New(fault.Stale, "honours.step_order", fault.At("/step", "honours.step_order", m.n.Step))
	}
	return nil
}

// may refuses whoever has not the step's role, or is kept apart from it.
func (m *move) may(st *sequence.Step, role contest.Role) error {
	if !m.bs.MayTake(m.actor, role, m.n.Body) {
		return forbidden()
	}
	for _, earlier := range st.Apart {
		if slices.Contains(chain.Takers(m.history, m.n.ID, earlier), m.actor.Who()) {
			return fault.New(fault.Forbidden, "honours.same_person", fault.At("/step", "honours.same_person", earlier))
		}
	}
	return nil
}

// sound asks what holds for every step forward: what was submitted is what is
// there, and nobody's objection is open.
func (m *move) sound(ctx context.Context) error {
	if m.n.Step != sequence.Draft && sum(m.n.Content) != m.n.Sum {
		return conflict("honours.content_changed")
	}
	list, err := m.office.Store.ListObjections(ctx, m.c.ID)
	if err != nil {
		return err
	}
	for _, ob := range list {
		if ob.Nomination == m.n.ID && ob.State == ObjectionOpen {
			return fault.New(fault.Stale, "honours.objection_open", fault.At("/step", "honours.objection_open", strconv.FormatUint(ob.Number, 10)))
		}
	}
	return nil
}

// eligible asks the incidents of person and unit, and the register.
func (m *move) eligible(ctx context.Context) error {
	keys := []string{m.n.PersonKey}
	if m.n.UnitKey != "" {
		keys = append(keys, m.n.UnitKey)
	}
	list, err := m.office.Store.ListIncidents(ctx, keys...)
	if err != nil {
		return err
	}
	var fields []fault.Field
	for _, i := range list {
		if exclusion.Excludes(m.seq.Windows, i.Kind, i.On, m.office.today()) {
			fields = append(fields, fault.At("/person_key", "honours.excluded", i.Kind))
		}
	}
	if len(fields) > 0 {
		return fault.New(fault.Stale, "honours.excluded", fields...)
	}
	if m.n.NewMerit != "" {
		return nil
	}
	_, held, err := m.office.Store.ListHonoured(ctx, HonouredQuery{Honour: m.c.Honour, PersonKey: m.n.PersonKey, Standing: true, Page: proposal.Page{Limit: 1}})
	if err == nil && held > 0 {
		err = conflict("honours.already_held")
	}
	return err
}

// finish saves where the nomination is now, with its record. Whoever drops out
// changes the lists that he is on.
func (m *move) finish(ctx context.Context, act, from string) (Nomination, error) {
	if err := m.office.Store.ChangeNomination(ctx, m.n); err != nil {
		return m.n, err
	}
	if !m.n.State.Moves() && m.n.State != Conferred && m.n.State != Revoked {
		if err := m.office.dropOut(ctx, m.c.ID, m.n.ID); err != nil {
			return m.n, err
		}
	}
	if act == chain.Submit || m.n.State != Active {
		if err := m.weigh(ctx); err != nil {
			return m.n, err
		}
	}
	err := m.office.record(ctx, m.actor, &m.c, chain.Entry{
		Act: act, Nominations: []contest.ID{m.n.ID}, Step: from, To: m.n.Step, State: string(m.n.State), Figures: m.figures, Sum: m.n.Sum.String(),
	}, m.texts)
	return m.n, err
}

// weigh puts how the quotas stand into the record.
func (m *move) weigh(ctx context.Context) error {
	list, err := m.office.Store.ListNominations(ctx, m.c.ID)
	if err != nil {
		return err
	}
	for _, l := range quota.Report(Standing(list), m.c.Quotas) {
		m.figures["quota/"+l.Quota.ID] = figure(l)
	}
	return nil
}

// Standing are the traits of those who are in the running: submitted and not out.
func Standing(list []Nomination) [][]string {
	var out [][]string
	for _, n := range list {
		if n.State == Conferred || n.State == Active && n.Step != sequence.Draft {
			out = append(out, n.Traits)
		}
	}
	return out
}

// dropOut marks the open notices that a nominee is on: their list has changed.
func (o *Office) dropOut(ctx context.Context, campaign, nomination contest.ID) error {
	list, err := o.Store.ListNotices(ctx, campaign)
	if err != nil {
		return err
	}
	for _, n := range list {
		if n.State == NoticeOpen && !n.Changed && slices.Contains(n.Nominations, nomination) {
			n.Changed = true
			if err := o.Store.ChangeNotice(ctx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// sum is the hash of a content.
func sum(c Content) ledger.Hash {
	body, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and lists of texts
	}
	return sha256.Sum256(body)
}
