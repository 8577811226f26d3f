package registrationstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationstore"
	"jiangtai/server/registration/registrationtest"
	"jiangtai/server/registration/vault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func keep(t *testing.T, db *store.DB) *registrationstore.Store {
	t.Helper()
	v, err := vault.New(vault.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return registrationstore.New(db, v)
}

func TestDesk(t *testing.T) {
	registrationtest.Conform(t, func(t *testing.T) (registration.Store, registration.Work) {
		db := storetest.New(t)
		return keep(t, db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	missing, stale, err := storetest.New(t).Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(missing, stale...) {
		if strings.HasPrefix(name, "registration") || strings.HasPrefix(name, "persons") {
			t.Errorf("%s", name)
		}
	}
}

// open is a rig on a database with terms.
func open(t *testing.T, change func(*registration.Terms)) (*registrationtest.Rig, *store.DB) {
	t.Helper()
	db := storetest.New(t)
	rig := registrationtest.NewRig(keep(t, db), db)
	terms := registrationtest.Terms()
	if change != nil {
		change(&terms)
	}
	if _, err := rig.PutContestTerms(t.Context(), registrationtest.Office, registrationtest.Town, terms, ""); err != nil {
		t.Fatal(err)
	}
	return rig, db
}

// race lets 64 do the same at once and counts the answers by code.
func race(t *testing.T, act func(n int) error) map[string]int {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	start := make(chan struct{})
	out := map[string]int{}
	for n := range 64 {
		wg.Go(func() {
			<-start
			err := act(n)
			mu.Lock()
			defer mu.Unlock()
			out[fault.Code(err)]++
		})
	}
	close(start)
	wg.Wait()
	return out
}

// Limits hold against any number at once (64): of a person in an event, of a
// person in a contest, of a unit in an event.
func TestLimitsCannotBeRaced(t *testing.T) {
	for round := range 5 {
		rig, _ := open(t, nil)
		register := func(event contest.ID, n, address int) error {
			_, err := rig.Register(t.Context(), fmt.Sprintf("10.%d.%d.1", round, address), event, registrationtest.Draft(n))
			return err
		}
		same := race(t, func(n int) error { return register(registrationtest.Welder, 1, n) })
		if same[""] != 1 || same["registration.duplicate"] != 63 {
			t.Errorf("one person, one event: %v", same)
		}
		events := race(t, func(n int) error {
			return register([]contest.ID{registrationtest.Welder, registrationtest.Turner}[n%2], 2, 100+n)
		})
		if events[""] != 1 || events["registration.duplicate"]+events["registration.limit_person"] != 63 {
			t.Errorf("one person, two events: %v", events)
		}
		unit := race(t, func(n int) error { return register(registrationtest.Turner, 10+n, n) })
		var left int // of three of the unit, one may have been taken above
		if list, err := rig.All(t.Context(), registrationtest.Office, registrationtest.Turner); err != nil || len(list) != 3 {
			t.Errorf("%d of the unit are there, %v", len(list), err)
		} else {
			for _, r := range list {
				if r.IDNumber.Reveal() != registrationtest.Number(2) {
					left++
				}
			}
		}
		if unit[""] != left || unit["registration.limit_unit"] != 64-left {
			t.Errorf("three of a unit: %v, %d there", unit, left)
		}
	}
}

// Of the same decision 64 times at once, one is taken, and one entry is made.
func TestDecisionsCannotBeRaced(t *testing.T) {
	rig, _ := open(t, func(terms *registration.Terms) { terms.Ladder = []registration.Rung{registration.OfficeRung} })
	if _, err := rig.Register(t.Context(), "10.0.0.1", registrationtest.Welder, registrationtest.Draft(1)); err != nil {
		t.Fatal(err)
	}
	list, err := rig.All(t.Context(), registrationtest.Office, registrationtest.Welder)
	if err != nil {
		t.Fatal(err)
	}
	got := race(t, func(int) error {
		_, err := rig.Decide(t.Context(), registrationtest.Office, registrationtest.Welder, registration.Decision{
			Act: registration.Approve, Items: []registration.Item{{ID: list[0].ID, Version: 1}},
		})
		return err
	})
	if got[""] != 1 || got["registration.undecided"] != 63 || len(rig.Entries(registrationtest.Welder)) != 1 {
		t.Errorf("%v, %d entries", got, len(rig.Entries(registrationtest.Welder)))
	}
}

// Of two imports at once the second is told to wait (U18).
func TestImportsExcludeEachOther(t *testing.T) {
	_, db := open(t, nil)
	s := keep(t, db)
	err := db.Do(t.Context(), func(ctx context.Context) error {
		if err := s.HoldImport(ctx, registrationtest.Welder); err != nil {
			return err
		}
		other := db.Do(t.Context(), func(ctx context.Context) error { return s.HoldImport(ctx, registrationtest.Welder) })
		if fault.Code(other) != "registration.import_running" {
			t.Errorf("the second import: %v", other)
		}
		return db.Do(t.Context(), func(ctx context.Context) error { return s.HoldImport(ctx, registrationtest.Turner) })
	})
	if err != nil {
		t.Error(err)
	}
	if err := db.Do(t.Context(), func(ctx context.Context) error { return s.HoldImport(ctx, registrationtest.Welder) }); err != nil {
		t.Error("afterwards:", err)
	}
}

// everything is what the database's tables hold, as text.
func everything(t *testing.T, db *store.DB) string {
	t.Helper()
	var tables []string
	if err := db.Querier(t.Context()).SelectContext(t.Context(), &tables, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range tables {
		var rows []string
		if err := db.Querier(t.Context()).SelectContext(t.Context(), &rows, "SELECT t::text FROM "+name+" t"); err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(rows, "\n"))
	}
	return all.String()
}

// E50: 300 people are put down, approved, returned and withdrawn; no table holds
// an ID number or a phone, in clear or in the hexadecimal of a bytea.
func TestNoNumberLiesOpen(t *testing.T) {
	rig, db := open(t, func(terms *registration.Terms) {
		terms.PerUnit, terms.Ladder = 0, []registration.Rung{registration.OfficeRung}
	})
	const people = 300
	var drafts []registration.Draft
	for n := range people {
		d := registrationtest.Draft(n)
		d.SkillCertificate, d.UnitOpinion = registrationtest.Number(n), "同意"
		drafts = append(drafts, d)
	}
	list, err := rig.Enlist(t.Context(), registrationtest.Host, registrationtest.Welder, registration.Enlistment{Drafts: drafts})
	if err != nil {
		t.Fatal(err)
	}
	for i, act := range []registration.Act{registration.Approve, registration.Return, registration.Refuse, registration.Withdraw} {
		_, err := rig.Decide(t.Context(), registrationtest.Office, registrationtest.Welder, registration.Decision{
			Act: act, Items: []registration.Item{{ID: list[i].ID, Version: 1}}, Reason: "电话" + registrationtest.Phone(i) + " 证件" + registrationtest.Number(i),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	text := everything(t, db)
	if !strings.Contains(text, "梁志远") || !strings.Contains(text, "电话138****") {
		t.Fatal("the tables were not read")
	}
	for n := range people {
		for _, number := range []string{registrationtest.Number(n), registrationtest.Phone(n), registrationtest.Number(n)[6:14]} {
			if strings.Contains(text, number) || strings.Contains(text, fmt.Sprintf("%x", number)) {
				t.Fatalf("person %d lies open", n)
			}
		}
	}
	if strings.Contains(text, "同意") {
		t.Error("what was declared lies open")
	}
	for _, act := range rig.Acts() {
		for n := range 4 {
			if strings.Contains(act, registrationtest.Number(n)) || strings.Contains(act, registrationtest.Phone(n)) {
				t.Errorf("the audit says %s", act)
			}
		}
	}
}

// A sealed field that is moved to another row or column does not open.
func TestMovedFieldsDoNotOpen(t *testing.T) {
	for _, move := range []string{
		"UPDATE persons p SET id_number = o.id_number FROM persons o WHERE o.person_id <> p.person_id",
		"UPDATE registrations r SET phone = o.phone FROM registrations o WHERE o.registration_id <> r.registration_id",
		"UPDATE registrations r SET details = o.details FROM registrations o WHERE o.registration_id <> r.registration_id",
		"UPDATE registrations SET phone = details",
		"UPDATE registrations SET phone = set_byte(phone, 20, get_byte(phone, 20) # 1)",
	} {
		rig, db := open(t, nil)
		for n := range 2 {
			if _, err := rig.Register(t.Context(), "10.0.0.1", registrationtest.Welder, registrationtest.Draft(n)); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Do(t.Context(), func(ctx context.Context) error {
			_, err := db.Querier(ctx).ExecContext(ctx, move)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		_, err := rig.All(t.Context(), registrationtest.Office, registrationtest.Welder)
		if err == nil || fault.Of(err).Kind != fault.Internal {
			t.Errorf("%s: %v", move, err)
		}
	}
}

// A statement that fails says which, and never with whose number.
func TestErrorsTellNoNumber(t *testing.T) {
	db := storetest.New(t)
	s := keep(t, db)
	rig := registrationtest.NewRig(s, db)
	if err := db.Do(t.Context(), func(ctx context.Context) error {
		_, err := db.Querier(ctx).ExecContext(ctx, "ALTER TABLE registrations ADD CONSTRAINT registrations_never_check CHECK (name = '')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := rig.PutContestTerms(t.Context(), registrationtest.Office, registrationtest.Town, registrationtest.Terms(), ""); err != nil {
		t.Fatal(err)
	}
	_, err := rig.Register(t.Context(), "10.0.0.1", registrationtest.Welder, registrationtest.Draft(1))
	if err == nil {
		t.Fatal("it was written")
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := fmt.Sprintf("%v %+v %#v", e, e, e); strings.Contains(text, registrationtest.Number(1)) || strings.Contains(text, registrationtest.Phone(1)) {
			t.Errorf("it says %s", text)
		}
	}
}

// A sheet of 2,000 people is put down within the time of a request.
func TestALongList(t *testing.T) {
	rig, _ := open(t, func(terms *registration.Terms) { terms.PerUnit = 0 })
	drafts := make([]registration.Draft, registration.MaxRows)
	for n := range drafts {
		drafts[n] = registrationtest.Draft(n)
	}
	drafts[1999].Phone = "1"
	up := registration.Upload{Sum: [32]byte(bytes.Repeat([]byte{7}, 32)), Place: func(n int, field string) string { return fmt.Sprint(n, field) }}
	_, err := rig.ImportRegistrations(t.Context(), registrationtest.Host, registrationtest.Welder, drafts, up)
	if registrationtest.Says(err) != "invalid 1999phone=phone" { // U16
		t.Fatal(err)
	}
	if list, err := rig.All(t.Context(), registrationtest.Office, registrationtest.Welder); err != nil || len(list) != 0 {
		t.Fatal(len(list), err)
	}
	drafts[1999].Phone = registrationtest.Phone(1999)
	var done, waits, again atomic.Int64
	race(t, func(n int) error {
		if n > 3 {
			return nil
		}
		got, err := rig.ImportRegistrations(t.Context(), registrationtest.Host, registrationtest.Welder, drafts, up)
		switch {
		case fault.Code(err) == "registration.import_running":
			waits.Add(1)
		case err != nil:
			t.Error(err)
		case got.IsRepeat:
			again.Add(1)
		default:
			done.Add(1)
		}
		return err
	})
	if done.Load() != 1 || done.Load()+waits.Load()+again.Load() != 4 {
		t.Errorf("%d done, %d wait, %d again", done.Load(), waits.Load(), again.Load())
	}
	if list, err := rig.All(t.Context(), registrationtest.Office, registrationtest.Welder); err != nil || len(list) != 2000 {
		t.Error(len(list), err)
	}
}
