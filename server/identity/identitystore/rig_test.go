package identitystore_test

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitystore"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const secret = "correct horse 42"

var (
	cup     = contest.ID{1}
	welding = contest.ID{2}
)

// hall is the programme: one contest, one event, a hundred chairs.
type hall struct{}

func (hall) FindContest(_ context.Context, id contest.ID) (contest.Contest, error) {
	if id != cup {
		return contest.Contest{}, fault.New(fault.Missing, "programme.contest_missing")
	}
	return contest.Contest{ID: cup}, nil
}

func (hall) FindEvent(_ context.Context, id contest.ID) (contest.Event, error) {
	if id != welding {
		return contest.Event{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return contest.Event{ID: welding, Contest: cup, Trade: "焊工"}, nil
}

func (hall) ListChairs(context.Context, contest.ID) ([]contest.Chair, error) {
	chairs := make([]contest.Chair, 100)
	for i := range chairs {
		chairs[i] = contest.Chair{Event: welding, Number: scoring.ChairID(i + 1), Panel: "a", Seat: i + 1, Judge: "裁判"}
	}
	return chairs, nil
}

// rig is a desk on a database; its clock moves only when told.
type rig struct {
	*identity.Desk
	store *identitystore.Store
	db    *store.DB
	clock atomic.Int64

	mu      sync.Mutex
	revoked []contest.ID
}

func (r *rig) now() time.Time { return time.Unix(0, r.clock.Load()).UTC() }

func (r *rig) pass(d time.Duration) { r.clock.Add(int64(d)) }

func (r *rig) wasRevoked(id contest.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Contains(r.revoked, id)
}

func newRig(t *testing.T) *rig {
	t.Helper()
	return newRigOn(t, storetest.New(t))
}

func newRigOn(t *testing.T, db *store.DB) *rig {
	t.Helper()
	s := identitystore.New(db)
	r := &rig{store: s, db: db}
	r.clock.Store(time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC).UnixNano())
	desk, err := identity.New(
		identity.Ports{
			Work: db, Accounts: s, Attempts: s, Sessions: s, Beats: s, Devices: s, Links: s,
			Audit: identity.NewAudit(db, s, r.now), Chairs: hall{},
		},
		identity.Options{
			Clock: r.now, Key: bytes.Repeat([]byte{7}, 32), PublicURL: "https://jt.example",
			OnRevoke: func(id contest.ID) {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.revoked = append(r.revoked, id)
			},
		})
	if err != nil {
		t.Fatal(err)
	}
	r.Desk = desk
	return r
}

func (r *rig) account(t *testing.T, user string, grants ...contest.Grant) identity.Account {
	t.Helper()
	a, _, err := r.CreateAccount(t.Context(), identity.Operator(), identity.NewAccount{
		User: user, Name: "测试" + user, Password: secret, Grants: grants, Keep: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (r *rig) signIn(t *testing.T, user string) identity.Ticket {
	t.Helper()
	ticket, err := r.SignIn(t.Context(), identity.SignIn{User: user, Password: secret, IP: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func (r *rig) code(t *testing.T, chair scoring.ChairID) string {
	t.Helper()
	codes, err := r.MakeCodes(t.Context(), identity.Operator(), welding, []scoring.ChairID{chair})
	if err != nil {
		t.Fatal(err)
	}
	return codes[0].Code
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if got := fault.Code(err); got != code {
		t.Fatalf("got %q (%v), want %q", got, err, code)
	}
}

// atOnce runs n calls that start together and gives their errors' codes.
func atOnce(n int, call func(i int) error) map[string]int {
	start := make(chan struct{})
	codes := make(chan string, n)
	for i := range n {
		go func() {
			<-start
			codes <- fault.Code(call(i))
		}()
	}
	close(start)
	counts := map[string]int{}
	for range n {
		counts[<-codes]++
	}
	return counts
}

var administrator = contest.Grant{Role: contest.Administrator}
