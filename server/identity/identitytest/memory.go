package identitytest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

// Contests and events that the memory knows as the programme would: Welding, at
// the Cup, has two chairs; Tiling, at the Cup, and Cooking, at the Fair, none.
var (
	Cup     = contest.ID{1}
	Fair    = contest.ID{2}
	Welding = contest.ID{3}
	Tiling  = contest.ID{4}
	Cooking = contest.ID{5}
)

// Memory has every port of identity in maps. One transaction runs at a time, and
// one that fails leaves nothing. A test that looks into State does so alone.
type Memory struct {
	State
	// Touched are all touches written, Reads the sessions looked for.
	Touched []identity.Touch
	Reads   int
	// Fail, when set, is what every transaction answers.
	Fail error

	tx sync.Mutex // held by a transaction
	mu sync.Mutex // guards all above
}

// State is what a transaction can change.
type State struct {
	Accounts map[contest.ID]identity.Account
	Sessions map[identity.Hash]identity.Session
	Devices  []identity.Device
	Audit    []identity.AuditEntry

	attempts map[identity.Hash]attempt
	codes    map[identity.Hash]code
	links    map[identity.Hash]time.Time
}

type attempt struct {
	tries int
	until time.Time
}

type code struct {
	identity.PairingCode
	used, void bool
}

// New is an empty memory.
func New() *Memory {
	return &Memory{State: State{
		Accounts: map[contest.ID]identity.Account{}, Sessions: map[identity.Hash]identity.Session{},
		attempts: map[identity.Hash]attempt{}, codes: map[identity.Hash]code{}, links: map[identity.Hash]time.Time{},
	}}
}

func (s State) clone() State {
	return State{
		Accounts: maps.Clone(s.Accounts), Sessions: maps.Clone(s.Sessions), Devices: slices.Clone(s.Devices),
		Audit: slices.Clone(s.Audit), attempts: maps.Clone(s.attempts), codes: maps.Clone(s.codes), links: maps.Clone(s.links),
	}
}

type inTransaction struct{}

// Do runs fn alone and takes back what it did when it fails. Within another it
// joins that one.
func (m *Memory) Do(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(inTransaction{}) != nil {
		return fn(ctx)
	}
	m.tx.Lock()
	defer m.tx.Unlock()
	m.mu.Lock()
	before, fail := m.clone(), m.Fail
	m.mu.Unlock()
	if fail != nil {
		return fail
	}
	err := fn(context.WithValue(ctx, inTransaction{}, true))
	if err != nil {
		m.mu.Lock()
		m.State = before
		m.mu.Unlock()
	}
	return err
}

// FindAccount is as the port says.
func (m *Memory) FindAccount(_ context.Context, id contest.ID) (identity.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a, ok := m.Accounts[id]; ok {
		return a, nil
	}
	return identity.Account{}, fault.New(fault.Missing, "identity.account_missing")
}

// FindUser is as the port says.
func (m *Memory) FindUser(_ context.Context, user string) (identity.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.Accounts {
		if a.User == user {
			return a, nil
		}
	}
	return identity.Account{}, fault.New(fault.Missing, "identity.account_missing")
}

// ListAccounts is as the port says.
func (m *Memory) ListAccounts(_ context.Context, f identity.AccountFilter) ([]identity.Account, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []identity.Account
	for _, a := range m.Accounts {
		if f.Contests == nil || slices.ContainsFunc(a.Grants, func(g contest.Grant) bool { return slices.Contains(f.Contests, g.Contest) }) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b identity.Account) int { return strings.Compare(a.User, b.User) })
	return list[:min(len(list), f.Limit)], len(list), nil
}

// SaveAccount is as the port says.
func (m *Memory) SaveAccount(_ context.Context, a identity.Account) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a.Version != m.Accounts[a.ID].Version {
		return fault.New(fault.Stale, "identity.account_stale")
	}
	a.Version++
	m.Accounts[a.ID] = a
	return nil
}

// OtherAdministrators is as the port says.
func (m *Memory) OtherAdministrators(_ context.Context, except contest.ID) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for id, a := range m.Accounts {
		if id != except && a.IsAdministrator() && !a.Disabled() {
			n++
		}
	}
	return n, nil
}

// CountAttempt is as the port says.
func (m *Memory) CountAttempt(_ context.Context, key identity.Hash, now time.Time) (int, time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.attempts[key]
	if !a.until.After(now) {
		a.tries = 0
	}
	a.tries++
	if a.tries == 1 || a.tries == identity.MaxAttempts {
		a.until = now.Add(identity.LockWindow)
	}
	m.attempts[key] = a
	return a.tries, a.until, nil
}

// ForgetAttempts is as the port says.
func (m *Memory) ForgetAttempts(_ context.Context, key identity.Hash) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.attempts, key)
	return nil
}

// CreateSession is as the port says.
func (m *Memory) CreateSession(_ context.Context, s identity.Session, token identity.Hash, _ int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Sessions[token] = s
	return nil
}

// FindSession is as the port says.
func (m *Memory) FindSession(_ context.Context, token identity.Hash) (identity.Holder, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Reads++
	s, ok := m.Sessions[token]
	if !ok {
		return identity.Holder{}, fault.New(fault.Missing, "identity.session_missing")
	}
	h := identity.Holder{Session: s, Account: m.Accounts[s.Account]}
	for _, d := range m.Devices {
		if d.ID == s.Device {
			h.Device = d
		}
	}
	return h, nil
}

// ListSessions is as the port says.
func (m *Memory) ListSessions(_ context.Context, account contest.ID) ([]identity.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []identity.Session
	for _, s := range m.Sessions {
		if s.Account == account && s.EndedAt.IsZero() {
			list = append(list, s)
		}
	}
	return list, nil
}

// EndSessions is as the port says.
func (m *Memory) EndSessions(_ context.Context, e identity.Ending) ([]contest.ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ended []contest.ID
	same := func(named, id contest.ID) bool { return named.IsZero() || named == id }
	for token, s := range m.Sessions {
		if s.EndedAt.IsZero() && s.ID != e.Except && same(e.Session, s.ID) && same(e.Account, s.Account) && same(e.Device, s.Device) {
			s.EndedAt, s.Why = e.At, e.Why
			m.Sessions[token] = s
			ended = append(ended, s.ID)
		}
	}
	return ended, nil
}

// TouchSessions is as the port says.
func (m *Memory) TouchSessions(_ context.Context, touches []identity.Touch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Touched = append(m.Touched, touches...)
	return nil
}

// EndLapsed is as the port says.
func (m *Memory) EndLapsed(context.Context, time.Time) ([]contest.ID, error) { return nil, nil }

// EndedSince is as the port says.
func (m *Memory) EndedSince(context.Context, time.Time) ([]contest.ID, error) { return nil, m.Fail }

// Prune is as the port says.
func (m *Memory) Prune(context.Context, time.Time) error { return nil }

// CreateCodes is as the port says.
func (m *Memory) CreateCodes(_ context.Context, codes []identity.PairingCode) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, fresh := range codes {
		for hash, old := range m.codes {
			if old.Event == fresh.Event && old.Chair == fresh.Chair && !old.used {
				old.void = true
				m.codes[hash] = old
			}
		}
		m.codes[fresh.Hash] = code{PairingCode: fresh}
	}
	return nil
}

// UseCode is as the port says.
func (m *Memory) UseCode(_ context.Context, hash identity.Hash, now time.Time) (identity.PairingCode, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.codes[hash]
	switch {
	case !ok:
		return identity.PairingCode{}, fault.New(fault.Missing, "identity.code_wrong")
	case c.used:
		return identity.PairingCode{}, fault.New(fault.Stale, "identity.code_used")
	case c.void:
		return identity.PairingCode{}, fault.New(fault.Closed, "identity.code_void")
	case !now.Before(c.ExpiresAt):
		return identity.PairingCode{}, fault.New(fault.Closed, "identity.code_expired")
	}
	c.used = true
	m.codes[hash] = c
	return c.PairingCode, nil
}

// CreateDevice is as the port says.
func (m *Memory) CreateDevice(_ context.Context, d identity.Device) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Devices = append(m.Devices, d)
	return nil
}

// ListDevices is as the port says.
func (m *Memory) ListDevices(context.Context, contest.ID) ([]identity.Device, error) {
	return m.Devices, nil
}

// FreezeDevices is as the port says.
func (m *Memory) FreezeDevices(_ context.Context, f identity.Freezing) ([]identity.Device, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var frozen []identity.Device
	for i, d := range m.Devices {
		hit := d.ID == f.Device || f.Device.IsZero() && d.Event == f.Event && d.Chair == f.Chair
		if hit && d.FrozenAt.IsZero() {
			m.Devices[i].FrozenAt, m.Devices[i].Why = f.At, f.Why
			frozen = append(frozen, m.Devices[i])
		}
	}
	return frozen, nil
}

// CreateLink is as the port says.
func (m *Memory) CreateLink(_ context.Context, link identity.Hash, _, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.links = map[identity.Hash]time.Time{link: until}
	return nil
}

// UseLink is as the port says.
func (m *Memory) UseLink(_ context.Context, link identity.Hash, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if until, ok := m.links[link]; !ok || !now.Before(until) {
		return fault.New(fault.Missing, "identity.link_wrong")
	}
	delete(m.links, link)
	return nil
}

// AppendAudit is as the port says.
func (m *Memory) AppendAudit(_ context.Context, e identity.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	e.Number = int64(len(m.Audit) + 1)
	m.Audit = append(m.Audit, e)
	return nil
}

// ListAudit is as the port says.
func (m *Memory) ListAudit(_ context.Context, before int64, limit int) ([]identity.AuditEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(m.Audit), func(e identity.AuditEntry) bool { return e.Number >= before })
	slices.Reverse(list)
	return list[:min(limit, len(list))], nil
}

// FindContest is as the port says.
func (m *Memory) FindContest(_ context.Context, id contest.ID) (contest.Contest, error) {
	if id == Cup || id == Fair {
		return contest.Contest{ID: id}, nil
	}
	return contest.Contest{}, fault.New(fault.Missing, "programme.contest_missing")
}

// FindEvent is as the port says.
func (m *Memory) FindEvent(_ context.Context, id contest.ID) (contest.Event, error) {
	in := map[contest.ID]contest.ID{Welding: Cup, Tiling: Cup, Cooking: Fair}
	if c, ok := in[id]; ok {
		return contest.Event{ID: id, Contest: c}, nil
	}
	return contest.Event{}, fault.New(fault.Missing, "programme.event_missing")
}

// ListChairs is as the port says.
func (m *Memory) ListChairs(_ context.Context, event contest.ID) ([]contest.Chair, error) {
	if event != Welding {
		return nil, nil
	}
	return []contest.Chair{{Event: Welding, Number: 1, Panel: "a", Seat: 1, Judge: "王评"}, {Event: Welding, Number: 2, Panel: "a", Seat: 2}}, nil
}
