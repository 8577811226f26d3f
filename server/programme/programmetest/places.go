package programmetest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
)

// ListUnits is programme.Parties.
func (m *Memory) ListUnits(_ context.Context, id contest.ID, p programme.Page) ([]contest.Unit, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []contest.Unit
	for _, u := range m.now.units[id] {
		if found(p.Q, u.Code, u.Name, u.Short) {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b contest.Unit) int { return cmp.Compare(a.Code, b.Code) })
	return part(out, p), len(out), nil
}

// CreateUnits is programme.Parties.
func (m *Memory) CreateUnits(_ context.Context, id contest.ID, list []contest.Unit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range list {
		if slices.ContainsFunc(m.now.units[id], func(o contest.Unit) bool { return o.Code == u.Code }) {
			return fault.New(fault.Stale, "programme.unit_exists")
		}
		m.now.units[id] = append(slices.Clone(m.now.units[id]), u)
	}
	return nil
}

// ListHosts is programme.Parties.
func (m *Memory) ListHosts(_ context.Context, id contest.ID) ([]programme.Host, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []programme.Host
	for _, h := range m.now.hosts {
		if h.Contest == id {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b programme.Host) int { return cmp.Compare(a.Code, b.Code) })
	return out, nil
}

// CreateHosts is programme.Parties.
func (m *Memory) CreateHosts(_ context.Context, list []programme.Host) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range list {
		if slices.ContainsFunc(m.now.hosts, func(o programme.Host) bool { return o.Contest == h.Contest && o.Code == h.Code }) {
			return fault.New(fault.Stale, "programme.host_exists")
		}
		m.now.hosts = append(slices.Clone(m.now.hosts), h)
	}
	return nil
}

// ListSchemes is programme.Schemes.
func (m *Memory) ListSchemes(_ context.Context, events ...contest.ID) ([]programme.SchemeVersion, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []programme.SchemeVersion
	for _, v := range m.now.schemes {
		if slices.Contains(events, v.Event) {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b programme.SchemeVersion) int {
		return cmp.Or(cmp.Compare(a.Event.String(), b.Event.String()), cmp.Compare(a.Version, b.Version))
	})
	return out, nil
}

// AppendSchemes is programme.Schemes.
func (m *Memory) AppendSchemes(_ context.Context, list []programme.SchemeVersion) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, v := range list {
		if slices.ContainsFunc(m.now.schemes, func(o programme.SchemeVersion) bool { return o.Event == v.Event && o.Version == v.Version }) {
			return fault.New(fault.Stale, "programme.scheme_exists")
		}
		m.now.schemes = append(slices.Clone(m.now.schemes), v)
	}
	return nil
}

// ListChairs is programme.Places.
func (m *Memory) ListChairs(_ context.Context, events ...contest.ID) ([]contest.Chair, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []contest.Chair
	for _, c := range m.now.chairs {
		if slices.Contains(events, c.Event) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b contest.Chair) int {
		return cmp.Or(cmp.Compare(a.Event.String(), b.Event.String()), cmp.Compare(a.Number, b.Number))
	})
	return out, nil
}

// SaveChairs is programme.Places.
func (m *Memory) SaveChairs(_ context.Context, event contest.ID, list []contest.Chair) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(m.now.chairs), func(c contest.Chair) bool { return c.Event == event })
	m.now.chairs = append(rest, list...)
	return nil
}

// ListEntries is programme.Places.
func (m *Memory) ListEntries(_ context.Context, events ...contest.ID) ([]contest.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []contest.Entry
	for _, e := range m.now.entries {
		if slices.Contains(events, e.Event) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b contest.Entry) int {
		return cmp.Or(cmp.Compare(a.Event.String(), b.Event.String()), cmp.Compare(len(a.EntryNo), len(b.EntryNo)), cmp.Compare(a.EntryNo, b.EntryNo))
	})
	return out, nil
}

// SaveEntries is programme.Places.
func (m *Memory) SaveEntries(_ context.Context, event contest.ID, list []contest.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(m.now.entries), func(e contest.Entry) bool { return e.Event == event })
	m.now.entries = append(rest, list...)
	return nil
}

// Insert is programme.Places.
func (m *Memory) Insert(_ context.Context, chairs []contest.Chair, entries []contest.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.chairs = append(slices.Clone(m.now.chairs), chairs...)
	m.now.entries = append(slices.Clone(m.now.entries), entries...)
	return nil
}

// ListGroups is programme.Groups.
func (m *Memory) ListGroups(_ context.Context, event contest.ID) ([]programme.Numbering, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.now.groups[event]), nil
}

// AddGroups is programme.Groups.
func (m *Memory) AddGroups(_ context.Context, event contest.ID, list []programme.Numbering) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.groups = maps.Clone(m.now.groups)
	all := append(slices.Clone(m.now.groups[event]), list...)
	slices.SortFunc(all, func(a, b programme.Numbering) int {
		return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.N, b.N))
	})
	m.now.groups[event] = all
	return nil
}

// ListMoves is programme.Groups.
func (m *Memory) ListMoves(_ context.Context, event contest.ID) ([]programme.Move, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []programme.Move{}
	for _, e := range m.now.entries {
		if move, ok := m.now.moves[e.ID]; ok && e.Event == event {
			out = append(out, move)
		}
	}
	slices.SortFunc(out, func(a, b programme.Move) int { return cmp.Compare(a.Entry.String(), b.Entry.String()) })
	return out, nil
}

// SaveMoves is programme.Groups.
func (m *Memory) SaveMoves(_ context.Context, list []programme.Move) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.moves = maps.Clone(m.now.moves)
	for _, move := range list {
		m.now.moves[move.Entry] = move
	}
	return nil
}
