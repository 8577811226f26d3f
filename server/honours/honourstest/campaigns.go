package honourstest

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/union"
)

// SaveBody is honours.Unions.
func (m *Memory) SaveBody(_ context.Context, b union.Body) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.now.bodies, func(o union.Body) bool { return o.Code == b.Code && o.ID != b.ID }) {
		return fault.New(fault.Stale, "honours.body_exists")
	}
	replace(&m.now.bodies, b, func(o union.Body) bool { return o.ID == b.ID })
	return nil
}

// ListBodies is honours.Unions.
func (m *Memory) ListBodies(context.Context) ([]union.Body, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.now.bodies)
	slices.SortFunc(out, func(a, b union.Body) int { return cmp.Compare(a.Code, b.Code) })
	return out, nil
}

// CreateCampaign is honours.Campaigns.
func (m *Memory) CreateCampaign(_ context.Context, c honours.Campaign) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.campaigns = append(m.now.campaigns, c)
	return nil
}

// FindCampaign is honours.Campaigns.
func (m *Memory) FindCampaign(_ context.Context, id contest.ID) (honours.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.campaigns, "honours.campaign_missing", func(c honours.Campaign) bool { return c.ID == id })
}

// LockCampaign is honours.Campaigns.
func (m *Memory) LockCampaign(ctx context.Context, id contest.ID) (honours.Campaign, error) {
	return m.FindCampaign(ctx, id)
}

// ListCampaigns is honours.Campaigns.
func (m *Memory) ListCampaigns(context.Context) ([]honours.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.now.campaigns)
	slices.SortFunc(out, func(a, b honours.Campaign) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return out, nil
}

// ChangeCampaign is honours.Campaigns.
func (m *Memory) ChangeCampaign(_ context.Context, c honours.Campaign) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace(&m.now.campaigns, c, func(o honours.Campaign) bool { return o.ID == c.ID })
	return nil
}

// AppendRecord is honours.Records.
func (m *Memory) AppendRecord(_ context.Context, r chain.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.records = append(m.now.records, r)
	return nil
}

// ListRecords is honours.Records.
func (m *Memory) ListRecords(_ context.Context, campaign contest.ID) ([]chain.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return those(m.now.records, func(r chain.Record) bool { return r.Campaign == campaign }), nil
}

// CreateNomination is honours.Nominations.
func (m *Memory) CreateNomination(_ context.Context, n honours.Nomination) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.doubles(n) {
		return fault.New(fault.Stale, "honours.duplicate_person")
	}
	m.now.nominations = append(m.now.nominations, n)
	return nil
}

// doubles says whether somebody else in the running is the same person.
func (m *Memory) doubles(n honours.Nomination) bool {
	runs := func(s honours.State) bool { return s.Moves() || s == honours.Conferred }
	return runs(n.State) && slices.ContainsFunc(m.now.nominations, func(o honours.Nomination) bool {
		return o.ID != n.ID && o.Campaign == n.Campaign && o.PersonKey == n.PersonKey && runs(o.State)
	})
}

// FindNomination is honours.Nominations.
func (m *Memory) FindNomination(_ context.Context, id contest.ID) (honours.Nomination, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.nominations, "honours.nomination_missing", func(n honours.Nomination) bool { return n.ID == id })
}

// ListNominations is honours.Nominations.
func (m *Memory) ListNominations(_ context.Context, campaign contest.ID) ([]honours.Nomination, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return those(m.now.nominations, func(n honours.Nomination) bool { return n.Campaign == campaign }), nil
}

// ChangeNomination is honours.Nominations.
func (m *Memory) ChangeNomination(_ context.Context, n honours.Nomination) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.doubles(n) {
		return fault.New(fault.Stale, "honours.duplicate_person")
	}
	replace(&m.now.nominations, n, func(o honours.Nomination) bool { return o.ID == n.ID })
	return nil
}

// CreateNotice is honours.Notices.
func (m *Memory) CreateNotice(_ context.Context, n honours.Notice) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.notices = append(m.now.notices, n)
	return nil
}

// FindNotice is honours.Notices.
func (m *Memory) FindNotice(_ context.Context, id contest.ID) (honours.Notice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.notices, "honours.notice_missing", func(n honours.Notice) bool { return n.ID == id })
}

// ListNotices is honours.Notices.
func (m *Memory) ListNotices(_ context.Context, campaign contest.ID) ([]honours.Notice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return those(m.now.notices, func(n honours.Notice) bool { return n.Campaign == campaign }), nil
}

// ChangeNotice is honours.Notices.
func (m *Memory) ChangeNotice(_ context.Context, n honours.Notice) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	was, err := find(m.now.notices, "honours.notice_missing", func(o honours.Notice) bool { return o.ID == n.ID })
	was.State, was.Changed = n.State, n.Changed
	replace(&m.now.notices, was, func(o honours.Notice) bool { return o.ID == n.ID })
	return err
}

// ListPublicNotices is honours.Notices.
func (m *Memory) ListPublicNotices(_ context.Context, p proposal.Page) ([]honours.PublicNotice, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []honours.PublicNotice
	for _, n := range slices.Backward(m.now.notices) {
		c, err := find(m.now.campaigns, "", func(c honours.Campaign) bool { return c.ID == n.Campaign })
		if err != nil || !n.Public || n.State == honours.NoticeRestarted || c.Kind == contest.Rehearsal {
			continue
		}
		v := honours.PublicNotice{
			ID: n.ID, Kind: c.Kind, Campaign: c.Name, Sequence: c.Sequence, Version: c.Version, Honour: c.Honour, Year: c.Year, Place: n.Place,
			Text: n.Text, StartsOn: n.StartsOn, EndsOn: n.EndsOn, Days: n.Days, State: n.State, Sum: n.Sum.String(), Nominees: []honours.PublicName{},
		}
		for _, id := range n.Nominations {
			if o, err := find(m.now.nominations, "", func(o honours.Nomination) bool { return o.ID == id }); err == nil && (o.State.Moves() || o.State == honours.Conferred) {
				v.Nominees = append(v.Nominees, honours.PublicName{ID: id, Name: o.Name, Unit: o.Unit})
			}
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b honours.PublicNotice) int { return b.StartsOn.Compare(a.StartsOn) })
	return part(out, p), len(out), nil
}
