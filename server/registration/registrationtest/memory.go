package registrationtest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
)

// Memory is registration.Store and registration.Work in memory. Transactions run
// one after another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards now
	now  state
}

type state struct {
	persons map[idnumber.ID]contest.ID
	list    map[contest.ID]registration.Registration
	steps   []registration.Step
	terms   []registration.TermsVersion
	imports []registration.Import
	seen    []registration.Disclosure
}

var (
	_ registration.Store = (*Memory)(nil)
	_ registration.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{persons: map[idnumber.ID]contest.ID{}, list: map[contest.ID]registration.Registration{}}}
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
	before := state{maps.Clone(m.now.persons), maps.Clone(m.now.list), slices.Clone(m.now.steps), slices.Clone(m.now.terms), slices.Clone(m.now.imports), slices.Clone(m.now.seen)}
	m.mu.Unlock()
	err := fn(context.WithValue(ctx, inside{}, true))
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

// FindRegistration is registration.Registrations.
func (m *Memory) FindRegistration(_ context.Context, id contest.ID) (registration.Registration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.now.list[id]
	if !ok {
		return r, fault.New(fault.Missing, "registration.missing")
	}
	return r, nil
}

// LockRegistration is registration.Registrations.
func (m *Memory) LockRegistration(ctx context.Context, id contest.ID) (registration.Registration, error) {
	return m.FindRegistration(ctx, id)
}

// FindReceipt is registration.Registrations.
func (m *Memory) FindReceipt(_ context.Context, number string) (registration.Registration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.now.list {
		if r.Number == number {
			return r, nil
		}
	}
	return registration.Registration{}, fault.New(fault.Missing, "registration.missing")
}

// ListRegistrations is registration.Registrations.
func (m *Memory) ListRegistrations(_ context.Context, q registration.Query) ([]registration.Registration, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []registration.Registration{}
	for _, r := range m.now.list {
		text := strings.ToLower(strings.Join([]string{r.Number, r.Name, r.Unit.Name, r.Unit.Code, r.EntryNo}, " "))
		fits := r.Event == q.Event && (len(q.Statuses) == 0 || slices.Contains(q.Statuses, r.Status)) &&
			(len(q.Numbers) == 0 || slices.Contains(q.Numbers, r.IDNumber))
		for _, w := range strings.Fields(strings.ToLower(q.Q)) {
			fits = fits && strings.Contains(text, w)
		}
		if fits {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b registration.Registration) int {
		return cmp.Or(late(a).Compare(late(b)), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	total := len(out)
	out = out[min(q.Offset, total):]
	if q.Limit >= 0 {
		out = out[:min(q.Limit, len(out))]
	}
	return out, total, nil
}

// late puts what was never submitted at the end.
func late(r registration.Registration) time.Time {
	if r.SubmittedAt.IsZero() {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return r.SubmittedAt
}

// SaveRegistration is registration.Registrations.
func (m *Memory) SaveRegistration(_ context.Context, r registration.Registration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, other := range m.now.list {
		if other.ID != r.ID && other.Event == r.Event && other.Person == r.Person && other.Status.Standing() && r.Status.Standing() {
			return fault.New(fault.Stale, "registration.duplicate")
		}
	}
	if m.now.list[r.ID].Version != r.Version {
		return fault.New(fault.Stale, "registration.changed")
	}
	r.Version++
	m.now.list[r.ID] = r
	return nil
}

// CountRegistrations is registration.Registrations.
func (m *Memory) CountRegistrations(_ context.Context, event contest.ID) (map[registration.Status]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[registration.Status]int{}
	for _, r := range m.now.list {
		if r.Event == event {
			out[r.Status]++
		}
	}
	return out, nil
}

// LockPerson is registration.Counting.
func (m *Memory) LockPerson(_ context.Context, n idnumber.ID, fresh contest.ID, _ time.Time) (contest.ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.now.persons[n]; !ok {
		m.now.persons[n] = fresh
	}
	return m.now.persons[n], nil
}

// LockUnit is registration.Counting.
func (m *Memory) LockUnit(context.Context, contest.ID, string) error { return nil }

// Count is registration.Counting.
func (m *Memory) Count(_ context.Context, r registration.Registration) (registration.Counts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var n registration.Counts
	for _, other := range m.now.list {
		if other.ID == r.ID || !other.Status.Standing() {
			continue
		}
		if other.Person == r.Person && other.Event == r.Event {
			n.InEvent++
		}
		if other.Person == r.Person && other.Contest == r.Contest {
			n.InContest++
		}
		if other.Event == r.Event && r.Unit.Key() != "" && other.Unit.Key() == r.Unit.Key() {
			n.OfUnit++
		}
	}
	return n, nil
}

// AppendStep is registration.Steps.
func (m *Memory) AppendStep(_ context.Context, s registration.Step) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.steps = append(m.now.steps, s)
	return nil
}

// ListSteps is registration.Steps.
func (m *Memory) ListSteps(_ context.Context, id contest.ID) ([]registration.Step, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []registration.Step{}
	for _, s := range m.now.steps {
		if s.Registration == id {
			out = append(out, s)
		}
	}
	return out, nil
}

// NewestTerms is registration.TermsBook.
func (m *Memory) NewestTerms(_ context.Context, scopes ...contest.ID) (map[contest.ID]registration.TermsVersion, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[contest.ID]registration.TermsVersion{}
	for _, t := range m.now.terms {
		if slices.Contains(scopes, t.Scope) && t.Version > out[t.Scope].Version {
			out[t.Scope] = t
		}
	}
	return out, nil
}

// AppendTerms is registration.TermsBook.
func (m *Memory) AppendTerms(_ context.Context, t registration.TermsVersion) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, was := range m.now.terms {
		if was.Scope == t.Scope && was.Version == t.Version {
			return fault.New(fault.Stale, "registration.terms_changed")
		}
	}
	m.now.terms = append(m.now.terms, t)
	return nil
}

// HoldImport is registration.Imports: transactions run one after another here.
func (m *Memory) HoldImport(context.Context, contest.ID) error { return nil }

// FindImport is registration.Imports.
func (m *Memory) FindImport(_ context.Context, scope contest.ID, kind string, sum [32]byte) (registration.Import, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, i := range m.now.imports {
		if i.Scope == scope && i.Kind == kind && i.Sum == sum {
			return i, true, nil
		}
	}
	return registration.Import{}, false, nil
}

// AppendImport is registration.Imports.
func (m *Memory) AppendImport(_ context.Context, i registration.Import) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.imports = append(m.now.imports, i)
	return nil
}

// HoldDisclosures is registration.Disclosures: transactions run one after another
// here.
func (m *Memory) HoldDisclosures(context.Context, contest.ID) error { return nil }

// CountDisclosures is registration.Disclosures.
func (m *Memory) CountDisclosures(_ context.Context, account contest.ID, after time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, d := range m.now.seen {
		if d.By == account && d.At.After(after) {
			n++
		}
	}
	return n, nil
}

// AppendDisclosure is registration.Disclosures.
func (m *Memory) AppendDisclosure(_ context.Context, d registration.Disclosure) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.seen = append(m.now.seen, d)
	return nil
}

// ListDisclosures is registration.Disclosures.
func (m *Memory) ListDisclosures(_ context.Context, id contest.ID) ([]registration.Disclosure, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []registration.Disclosure{}
	for _, d := range m.now.seen {
		if d.Registration == id {
			out = append(out, d)
		}
	}
	return out, nil
}
