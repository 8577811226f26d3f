package honourstest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/material"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/union"
)

// Memory is the room's store and its transactions in memory. Transactions run one
// after another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards now
	now  state
}

type state struct {
	filings     []proposal.Filing
	cursors     map[contest.ID]cursor
	proposals   []proposal.Proposal
	promotions  []proposal.Promotion
	bodies      []union.Body
	campaigns   []honours.Campaign
	records     []chain.Record
	nominations []honours.Nomination
	notices     []honours.Notice
	objections  []honours.Objection
	opinions    []honours.Opinion
	voters      map[voter]bool
	votes       map[vote]int
	incidents   []honours.Incident
	register    []honours.Honoured
	files       []kept
}

type kept struct {
	material.File
	body []byte
}

type cursor struct {
	contest contest.ID
	seq     uint64
}

type voter struct {
	nomination contest.ID
	round      int
	account    contest.ID
}

type vote struct {
	nomination contest.ID
	round      int
	choice     string
}

var (
	_ honours.Store  = (*Memory)(nil)
	_ proposal.Store = (*Memory)(nil)
	_ honours.Work   = (*Memory)(nil)
	_ material.Files = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{cursors: map[contest.ID]cursor{}, voters: map[voter]bool{}, votes: map[vote]int{}}}
}

// copied is the state with lists of its own.
func (s state) copied() state {
	s.filings, s.proposals, s.promotions = slices.Clone(s.filings), slices.Clone(s.proposals), slices.Clone(s.promotions)
	s.bodies, s.campaigns, s.records = slices.Clone(s.bodies), slices.Clone(s.campaigns), slices.Clone(s.records)
	s.nominations, s.notices, s.objections = slices.Clone(s.nominations), slices.Clone(s.notices), slices.Clone(s.objections)
	s.opinions, s.incidents, s.register = slices.Clone(s.opinions), slices.Clone(s.incidents), slices.Clone(s.register)
	s.files = slices.Clone(s.files)
	s.cursors, s.voters, s.votes = maps.Clone(s.cursors), maps.Clone(s.voters), maps.Clone(s.votes)
	return s
}

type inside struct{}

// Do runs fn and undoes what it wrote when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	if ctx.Value(inside{}) != nil {
		return fn(ctx)
	}
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := m.now.copied()
	m.mu.Unlock()
	err := fn(context.WithValue(ctx, inside{}, true))
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

// find gives the first that is meant.
func find[T any](list []T, missing string, is func(T) bool) (T, error) {
	if at := slices.IndexFunc(list, is); at >= 0 {
		return list[at], nil
	}
	var none T
	return none, fault.New(fault.Missing, missing)
}

// replace puts v where it is meant, or at the end.
func replace[T any](list *[]T, v T, is func(T) bool) {
	if at := slices.IndexFunc(*list, is); at >= 0 {
		*list = slices.Clone(*list)
		(*list)[at] = v
		return
	}
	*list = append(*list, v)
}

// those gives all that are meant.
func those[T any](list []T, are func(T) bool) []T {
	out := []T{}
	for _, v := range list {
		if are(v) {
			out = append(out, v)
		}
	}
	return out
}

func part[T any](list []T, p proposal.Page) []T {
	list = list[min(p.Offset, len(list)):]
	return slices.Clone(list[:min(p.Limit, len(list))])
}

// SaveFiling is proposal.Filings.
func (m *Memory) SaveFiling(_ context.Context, f proposal.Filing) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace(&m.now.filings, f, func(o proposal.Filing) bool { return o.Contest == f.Contest && o.Event == f.Event })
	for id, c := range m.now.cursors {
		if c.contest == f.Contest && (f.Event.IsZero() || f.Event == id) {
			m.now.cursors[id] = cursor{c.contest, 0}
		}
	}
	return nil
}

// ListFilings is proposal.Filings.
func (m *Memory) ListFilings(context.Context) ([]proposal.Filing, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.now.filings)
	slices.SortFunc(out, func(a, b proposal.Filing) int {
		return cmp.Or(cmp.Compare(a.Contest.String(), b.Contest.String()), cmp.Compare(a.Event.String(), b.Event.String()))
	})
	return out, nil
}

// LockCursor is proposal.Proposals.
func (m *Memory) LockCursor(_ context.Context, of, event contest.ID) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.now.cursors[event]; !ok {
		m.now.cursors[event] = cursor{contest: of}
	}
	return m.now.cursors[event].seq, nil
}

// Propose is proposal.Proposals.
func (m *Memory) Propose(_ context.Context, event contest.ID, read, publication uint64, list []proposal.Proposal) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.cursors[event] = cursor{m.now.cursors[event].contest, read}
	if publication == 0 {
		return nil
	}
	m.now.proposals = slices.DeleteFunc(slices.Clone(m.now.proposals), func(p proposal.Proposal) bool {
		return p.Event == event && p.Publication == publication && p.State == proposal.Proposed
	})
	for i, p := range m.now.proposals {
		if p.Event == event && p.Publication != publication && p.State == proposal.Proposed {
			m.now.proposals[i].State = proposal.Superseded
		}
	}
	for _, p := range list {
		taken := slices.ContainsFunc(m.now.proposals, func(o proposal.Proposal) bool {
			return o.Event == event && o.Publication == publication && o.Entry == p.Entry
		})
		if !taken {
			m.now.proposals = append(m.now.proposals, p)
		}
	}
	return nil
}

// FindProposal is proposal.Proposals.
func (m *Memory) FindProposal(_ context.Context, id contest.ID) (proposal.Proposal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.proposals, "honours.proposal_missing", func(p proposal.Proposal) bool { return p.ID == id })
}

// ListProposals is proposal.Proposals.
func (m *Memory) ListProposals(_ context.Context, q proposal.Query) ([]proposal.Proposal, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := those(m.now.proposals, func(p proposal.Proposal) bool {
		return (q.Contests == nil || slices.Contains(q.Contests, p.Contest)) && (q.State == "" || q.State == p.State)
	})
	slices.SortFunc(out, func(a, b proposal.Proposal) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Evidence.Rank, b.Evidence.Rank), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return part(out, q.Page), len(out), nil
}

// ChangeProposal is proposal.Proposals.
func (m *Memory) ChangeProposal(_ context.Context, p proposal.Proposal) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace(&m.now.proposals, p, func(o proposal.Proposal) bool { return o.ID == p.ID })
	return nil
}

// ReleasePromotions is proposal.Promotions.
func (m *Memory) ReleasePromotions(_ context.Context, event contest.ID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.promotions = those(m.now.promotions, func(p proposal.Promotion) bool { return p.Event != event })
	return nil
}

// ClaimPromotion is proposal.Promotions.
func (m *Memory) ClaimPromotion(_ context.Context, p proposal.Promotion) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := slices.ContainsFunc(m.now.promotions, func(o proposal.Promotion) bool { return o.PersonKey == p.PersonKey && o.Year == p.Year })
	if !taken {
		m.now.promotions = append(m.now.promotions, p)
	}
	return !taken, nil
}
