package honourstest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/material"
)

// CreateObjection is honours.Objections.
func (m *Memory) CreateObjection(_ context.Context, ob honours.Objection) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.objections = append(m.now.objections, ob)
	return nil
}

// FindObjection is honours.Objections.
func (m *Memory) FindObjection(_ context.Context, id contest.ID) (honours.Objection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.objections, "honours.objection_missing", func(o honours.Objection) bool { return o.ID == id })
}

// ListObjections is honours.Objections.
func (m *Memory) ListObjections(_ context.Context, campaign contest.ID) ([]honours.Objection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return those(m.now.objections, func(o honours.Objection) bool { return o.Campaign == campaign }), nil
}

// ChangeObjection is honours.Objections.
func (m *Memory) ChangeObjection(_ context.Context, ob honours.Objection) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace(&m.now.objections, ob, func(o honours.Objection) bool { return o.ID == ob.ID })
	return nil
}

// AppendOpinion is honours.Opinions.
func (m *Memory) AppendOpinion(_ context.Context, op honours.Opinion) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.opinions = append(m.now.opinions, op)
	return nil
}

// ListOpinions is honours.Opinions.
func (m *Memory) ListOpinions(_ context.Context, nomination contest.ID) ([]honours.Opinion, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return those(m.now.opinions, func(o honours.Opinion) bool { return o.Nomination == nomination }), nil
}

// AppendVote is honours.Ballots.
func (m *Memory) AppendVote(_ context.Context, nomination contest.ID, round int, account, _ contest.ID, choice string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now.voters[voter{nomination, round, account}] {
		return fault.New(fault.Stale, "honours.voted")
	}
	m.now.voters[voter{nomination, round, account}] = true
	m.now.votes[vote{nomination, round, choice}]++
	return nil
}

// CountVotes is honours.Ballots.
func (m *Memory) CountVotes(_ context.Context, nomination contest.ID, round int) (map[string]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]int{}
	for v, n := range m.now.votes {
		if v.nomination == nomination && v.round == round {
			out[v.choice] = n
		}
	}
	return out, nil
}

// CreateIncident is honours.Incidents.
func (m *Memory) CreateIncident(_ context.Context, i honours.Incident) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.incidents = append(m.now.incidents, i)
	return nil
}

// ListIncidents is honours.Incidents.
func (m *Memory) ListIncidents(_ context.Context, keys ...string) ([]honours.Incident, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := those(m.now.incidents, func(i honours.Incident) bool { return len(keys) == 0 || slices.Contains(keys, i.Key) })
	slices.SortFunc(out, func(a, b honours.Incident) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return out, nil
}

// CreateHonoured is honours.Register.
func (m *Memory) CreateHonoured(_ context.Context, h honours.Honoured) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.register = append(m.now.register, h)
	return nil
}

// FindHonoured is honours.Register.
func (m *Memory) FindHonoured(_ context.Context, id contest.ID) (honours.Honoured, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.now.register, "honours.honour_missing", func(h honours.Honoured) bool { return h.ID == id })
}

// ListHonoured is honours.Register.
func (m *Memory) ListHonoured(_ context.Context, q honours.HonouredQuery) ([]honours.Honoured, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := those(m.now.register, func(h honours.Honoured) bool {
		return (q.Honour == "" || q.Honour == h.Honour) && (q.Year == 0 || q.Year == h.Year) && (q.PersonKey == "" || q.PersonKey == h.PersonKey) &&
			strings.Contains(strings.ToLower(h.Name+" "+h.Unit), strings.ToLower(q.Q)) && (!q.Standing || h.RevokedOn.IsZero()) && h.Kind != contest.Rehearsal
	})
	slices.SortFunc(out, func(a, b honours.Honoured) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Honour, b.Honour), b.ConferredOn.Compare(a.ConferredOn), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return part(out, q.Page), len(out), nil
}

// ChangeHonoured is honours.Register.
func (m *Memory) ChangeHonoured(_ context.Context, h honours.Honoured) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace(&m.now.register, h, func(o honours.Honoured) bool { return o.ID == h.ID })
	return nil
}

// HasVoted is honours.Ballots.
func (m *Memory) HasVoted(_ context.Context, nomination contest.ID, round int, account contest.ID) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now.voters[voter{nomination, round, account}], nil
}

// KeepsFile is honours.Materials.
func (m *Memory) KeepsFile(_ context.Context, nominations []contest.ID, sum string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.now.files, func(f kept) bool { return f.Sum == sum && slices.Contains(nominations, f.Nomination) }), nil
}

// CreateFile is material.Files.
func (m *Memory) CreateFile(_ context.Context, f material.File, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.files = append(m.now.files, kept{f, slices.Clone(body)})
	return nil
}

// ListFiles is material.Files.
func (m *Memory) ListFiles(_ context.Context, nomination contest.ID) ([]material.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []material.File{}
	for _, f := range m.now.files {
		if f.Nomination == nomination {
			out = append(out, f.File)
		}
	}
	return out, nil
}

// FindFile is material.Files.
func (m *Memory) FindFile(_ context.Context, nomination contest.ID, sum string) (material.File, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, err := find(m.now.files, "honours.file_missing", func(f kept) bool { return f.Nomination == nomination && f.Sum == sum })
	return f.File, f.body, err
}
