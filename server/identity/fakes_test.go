package identity

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

const goodPassword = "correct horse 42"

var (
	cup, fair       = contest.ID{1}, contest.ID{2}
	welding, tiling = contest.ID{3}, contest.ID{4}
	cooking         = contest.ID{5} // at the fair
)

// memory has every port in maps, without transactions: the room's own rules are
// tested here, what only a database can promise in identitystore.
type memory struct {
	accounts map[contest.ID]Account
	attempts map[Hash]int
	until    map[Hash]time.Time
	sessions map[Hash]Session
	devices  []Device
	codes    map[Hash]PairingCode
	used     map[Hash]bool
	links    map[Hash]time.Time
	audit    []AuditEntry
	touched  []Touch
	reads    int // of sessions
	fail     error
}

func newMemory() *memory {
	return &memory{
		accounts: map[contest.ID]Account{}, attempts: map[Hash]int{}, until: map[Hash]time.Time{},
		sessions: map[Hash]Session{}, codes: map[Hash]PairingCode{}, used: map[Hash]bool{}, links: map[Hash]time.Time{},
	}
}

func (m *memory) Do(ctx context.Context, fn func(context.Context) error) error {
	if m.fail != nil {
		return m.fail
	}
	return fn(ctx)
}

func (m *memory) FindAccount(_ context.Context, id contest.ID) (Account, error) {
	if a, ok := m.accounts[id]; ok {
		return a, nil
	}
	return Account{}, fault.New(fault.Missing, "identity.account_missing")
}

func (m *memory) FindUser(_ context.Context, user string) (Account, error) {
	for _, a := range m.accounts {
		if a.User == user {
			return a, nil
		}
	}
	return Account{}, fault.New(fault.Missing, "identity.account_missing")
}

func (m *memory) ListAccounts(_ context.Context, f AccountFilter) ([]Account, int, error) {
	var list []Account
	for _, a := range m.accounts {
		if f.Contests == nil || slices.ContainsFunc(a.Grants, func(g contest.Grant) bool { return slices.Contains(f.Contests, g.Contest) }) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b Account) int { return strings.Compare(a.User, b.User) })
	return list[:min(len(list), f.Limit)], len(list), nil
}

func (m *memory) SaveAccount(_ context.Context, a Account) error {
	if a.Version != m.accounts[a.ID].Version {
		return fault.New(fault.Stale, "identity.account_stale")
	}
	a.Version++
	m.accounts[a.ID] = a
	return nil
}

func (m *memory) OtherAdministrators(_ context.Context, except contest.ID) (int, error) {
	n := 0
	for id, a := range m.accounts {
		if id != except && a.IsAdministrator() && !a.Disabled() {
			n++
		}
	}
	return n, nil
}

func (m *memory) CountAttempt(_ context.Context, key Hash, now time.Time) (int, time.Time, error) {
	if !m.until[key].After(now) {
		m.attempts[key] = 0
	}
	m.attempts[key]++
	if n := m.attempts[key]; n == 1 || n == MaxAttempts {
		m.until[key] = now.Add(LockWindow)
	}
	return m.attempts[key], m.until[key], nil
}

func (m *memory) ForgetAttempts(_ context.Context, key Hash) error {
	delete(m.attempts, key)
	return nil
}

func (m *memory) CreateSession(_ context.Context, s Session, token Hash, _ int) error {
	m.sessions[token] = s
	return nil
}

func (m *memory) FindSession(_ context.Context, token Hash) (Holder, error) {
	m.reads++
	s, ok := m.sessions[token]
	if !ok {
		return Holder{}, fault.New(fault.Missing, "identity.session_missing")
	}
	h := Holder{Session: s, Account: m.accounts[s.Account]}
	for _, d := range m.devices {
		if d.ID == s.Device {
			h.Device = d
		}
	}
	return h, nil
}

func (m *memory) ListSessions(_ context.Context, account contest.ID) ([]Session, error) {
	var list []Session
	for _, s := range m.sessions {
		if s.Account == account && s.EndedAt.IsZero() {
			list = append(list, s)
		}
	}
	return list, nil
}

func (m *memory) EndSessions(_ context.Context, e Ending) ([]contest.ID, error) {
	var ended []contest.ID
	same := func(named, id contest.ID) bool { return named.IsZero() || named == id }
	for token, s := range m.sessions {
		if s.EndedAt.IsZero() && s.ID != e.Except && same(e.Session, s.ID) && same(e.Account, s.Account) && same(e.Device, s.Device) {
			s.EndedAt, s.Why = e.At, e.Why
			m.sessions[token] = s
			ended = append(ended, s.ID)
		}
	}
	return ended, nil
}

func (m *memory) TouchSessions(_ context.Context, touches []Touch) error {
	m.touched = append(m.touched, touches...)
	return nil
}
func (m *memory) EndLapsed(context.Context, time.Time) ([]contest.ID, error)  { return nil, nil }
func (m *memory) EndedSince(context.Context, time.Time) ([]contest.ID, error) { return nil, m.fail }
func (m *memory) Prune(context.Context, time.Time) error                      { return nil }

func (m *memory) CreateCodes(_ context.Context, codes []PairingCode) error {
	for _, c := range codes {
		m.codes[c.Hash] = c
	}
	return nil
}

func (m *memory) UseCode(_ context.Context, code Hash, now time.Time) (PairingCode, error) {
	c, ok := m.codes[code]
	switch {
	case !ok:
		return PairingCode{}, fault.New(fault.Missing, "identity.code_wrong")
	case m.used[code]:
		return PairingCode{}, fault.New(fault.Stale, "identity.code_used")
	case !now.Before(c.ExpiresAt):
		return PairingCode{}, fault.New(fault.Closed, "identity.code_expired")
	}
	m.used[code] = true
	return c, nil
}

func (m *memory) CreateDevice(_ context.Context, d Device) error {
	m.devices = append(m.devices, d)
	return nil
}

func (m *memory) ListDevices(context.Context, contest.ID) ([]Device, error) { return m.devices, nil }

func (m *memory) FreezeDevices(_ context.Context, f Freezing) ([]Device, error) {
	var frozen []Device
	for i, d := range m.devices {
		hit := d.ID == f.Device || f.Device.IsZero() && d.Event == f.Event && d.Chair == f.Chair
		if hit && d.FrozenAt.IsZero() {
			m.devices[i].FrozenAt, m.devices[i].Why = f.At, f.Why
			frozen = append(frozen, m.devices[i])
		}
	}
	return frozen, nil
}

func (m *memory) CreateLink(_ context.Context, link Hash, _, until time.Time) error {
	m.links = map[Hash]time.Time{link: until}
	return nil
}

func (m *memory) UseLink(_ context.Context, link Hash, now time.Time) error {
	if until, ok := m.links[link]; !ok || !now.Before(until) {
		return fault.New(fault.Missing, "identity.link_wrong")
	}
	delete(m.links, link)
	return nil
}

func (m *memory) AppendAudit(_ context.Context, e AuditEntry) error {
	e.Number = int64(len(m.audit) + 1)
	m.audit = append(m.audit, e)
	return nil
}

func (m *memory) ListAudit(context.Context, int64, int) ([]AuditEntry, error) { return m.audit, nil }

func (m *memory) FindContest(_ context.Context, id contest.ID) (contest.Contest, error) {
	if id == cup || id == fair {
		return contest.Contest{ID: id}, nil
	}
	return contest.Contest{}, fault.New(fault.Missing, "programme.contest_missing")
}

func (m *memory) FindEvent(_ context.Context, id contest.ID) (contest.Event, error) {
	in := map[contest.ID]contest.ID{welding: cup, tiling: cup, cooking: fair}
	if c, ok := in[id]; ok {
		return contest.Event{ID: id, Contest: c}, nil
	}
	return contest.Event{}, fault.New(fault.Missing, "programme.event_missing")
}

func (m *memory) ListChairs(_ context.Context, event contest.ID) ([]contest.Chair, error) {
	if event != welding {
		return nil, nil
	}
	return []contest.Chair{{Event: welding, Number: 1, Panel: "a", Seat: 1, Judge: "王评"}, {Event: welding, Number: 2, Panel: "a", Seat: 2}}, nil
}

// desk is a Desk over memory with a clock that moves when told.
type desk struct {
	*Desk
	m       *memory
	at      time.Time
	revoked []contest.ID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{m: newMemory(), at: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.at }
	var err error
	d.Desk, err = New(
		Ports{
			Work: d.m, Accounts: d.m, Attempts: d.m, Sessions: d.m, Beats: d.m, Devices: d.m, Links: d.m,
			Audit: NewAudit(d.m, clock), Chairs: d.m,
		},
		Options{
			Clock: clock, Key: bytes.Repeat([]byte{1}, 32), PublicURL: "https://jt.example",
			OnRevoke: func(id contest.ID) { d.revoked = append(d.revoked, id) },
		})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) pass(by time.Duration) { d.at = d.at.Add(by) }

func (d *desk) account(t *testing.T, user string, grants ...contest.Grant) Account {
	t.Helper()
	a, _, err := d.CreateAccount(t.Context(), Operator(), NewAccount{User: user, Name: user, Password: goodPassword, Grants: grants, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) signIn(t *testing.T, user, password string) Ticket {
	t.Helper()
	ticket, err := d.SignIn(t.Context(), SignIn{User: user, Password: password, IP: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func (d *desk) pairChair(t *testing.T, chair scoring.ChairID) Paired {
	t.Helper()
	codes, err := d.MakeCodes(t.Context(), Operator(), welding, []scoring.ChairID{chair})
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Pair(t.Context(), Pairing{Code: codes[0].Code, IP: "192.0.2.9"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func want(t *testing.T, err error, code string) {
	t.Helper()
	if got := fault.Code(err); got != code {
		t.Fatalf("got %q (%v), want %q", got, err, code)
	}
}

// wantField asks for a fault that names a place and what is wrong there.
func wantField(t *testing.T, err error, path, code string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Path == path && f.Code == code }) {
		t.Fatalf("no %s at %s in %v", code, path, err)
	}
}

var (
	administrator = contest.Grant{Role: contest.Administrator}
	organiser     = contest.Grant{Role: contest.Organiser, Contest: cup}
	chief         = contest.Grant{Role: contest.ChiefJudge, Contest: cup, Event: welding}
	clerk         = contest.Grant{Role: contest.Clerk, Contest: cup, Event: welding}
	spectator     = contest.Grant{Role: contest.Spectator, Contest: cup}
)
