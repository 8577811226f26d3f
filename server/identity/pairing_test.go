package identity_test

import (
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/identity"
)

func TestPairing(t *testing.T) {
	d := newDesk(t)
	codes, err := d.MakeCodes(t.Context(), identity.Operator(), welding, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(codes) != 2 || codes[0].URL != "https://jt.example/tablet#pair="+codes[0].Code || codes[0].Chair.Judge != "王评" {
		t.Fatalf("%+v", codes)
	}
	typed := strings.ToLower(strings.ReplaceAll(codes[0].Code, "-", " "))
	p, err := d.Pair(t.Context(), identity.Pairing{Code: typed, DeviceName: "A厅 3 号", IP: "192.0.2.9"})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := d.Identify(t.Context(), p.Token, "192.0.2.9")
	if err != nil {
		t.Fatal(err)
	}
	if actor.Chair != 1 || actor.Event != welding || actor.Device != p.Device.ID || actor.Name != "王评" ||
		!actor.Has(cup, welding, contest.Judge) || actor.Has(cup, tiling, contest.Judge) || !actor.Account.IsZero() {
		t.Errorf("%+v", actor)
	}
	current, err := d.Current(t.Context(), actor)
	if err != nil || current.Chair.Number != 1 || current.Event.ID != welding {
		t.Errorf("%+v %v", current, err)
	}
	pair := func(code string) error {
		_, err := d.Pair(t.Context(), identity.Pairing{Code: code, IP: "192.0.2.9"})
		return err
	}
	want(t, pair(typed), "identity.code_used")
	want(t, pair("2222-2222"), "identity.code_wrong")
	want(t, pair("O0O0-1111"), "identity.code_form")
	want(t, pair(""), "identity.code_form")
	_, err = d.Pair(t.Context(), identity.Pairing{Code: codes[1].Code, DeviceName: "a\nb"})
	wantField(t, err, "/device_name", "identity.device_name_form")
	d.pass(identity.CodeLife)
	want(t, pair(codes[1].Code), "identity.code_expired")
}

func TestPairingAgainReplacesTheTablet(t *testing.T) {
	d := newDesk(t)
	old, other := d.pairChair(t, 1), d.pairChair(t, 2)
	if _, err := d.Identify(t.Context(), old.Token, ""); err != nil {
		t.Fatal(err)
	}
	fresh := d.pairChair(t, 1)
	_, err := d.Identify(t.Context(), old.Token, "") // at once: the clock stands
	want(t, err, "identity.replaced")
	for _, token := range []string{fresh.Token, other.Token} {
		_, err := d.Identify(t.Context(), token, "")
		want(t, err, "")
	}
	if len(d.revoked) != 1 || d.revoked[0] != old.Session.ID {
		t.Errorf("sockets told: %v", d.revoked)
	}
	if old.TookOver || other.TookOver || !fresh.TookOver {
		t.Errorf("who took over: %v %v %v", old.TookOver, other.TookOver, fresh.TookOver)
	}
}

func TestWhoHandsOutTablets(t *testing.T) {
	d := newDesk(t)
	tablet := d.pairChair(t, 1)
	as := func(g contest.Grant) contest.Actor {
		return contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{g}}
	}
	for _, c := range []struct {
		name        string
		actor       contest.Actor
		codes, list string
	}{
		{"administrator", as(administrator), "", ""},
		{"organiser", as(organiser), "", ""},
		{"host", as(contest.Grant{Role: contest.HostSecretary, Contest: cup, Event: welding}), "", ""},
		{"chief judge", as(chief), "", ""},
		{"supervisor", as(contest.Grant{Role: contest.Supervisor, Contest: cup}), "identity.event_missing", ""},
		{"clerk", as(clerk), "identity.event_missing", ""},
		{"spectator", as(spectator), "identity.event_missing", "identity.event_missing"},
		{"chief judge of another", as(contest.Grant{Role: contest.ChiefJudge, Contest: cup, Event: tiling}), "identity.event_missing", "identity.event_missing"},
		{"organiser of another", as(contest.Grant{Role: contest.Organiser, Contest: fair}), "identity.event_missing", "identity.event_missing"},
		{"tablet", identity.ActorOf(tablet.Holder), "identity.forbidden", "identity.forbidden"},
		{"public", contest.Actor{}, "identity.sign_in", "identity.sign_in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := d.MakeCodes(t.Context(), c.actor, welding, nil)
			want(t, err, c.codes)
			_, err = d.ListDevices(t.Context(), c.actor, welding)
			want(t, err, c.list)
		})
	}
	_, err := d.MakeCodes(t.Context(), identity.Operator(), contest.ID{99}, nil)
	want(t, err, "identity.event_missing")
	_, err = d.MakeCodes(t.Context(), identity.Operator(), tiling, nil)
	want(t, err, "identity.no_chairs")
	_, err = d.MakeCodes(t.Context(), identity.Operator(), welding, []scoring.ChairID{1, 7, 1})
	wantField(t, err, "/chairs/1", "identity.chair_missing")
	wantField(t, err, "/chairs/2", "identity.chair_missing")
}

func TestALostTabletIsFrozen(t *testing.T) {
	d := newDesk(t)
	tablet := d.pairChair(t, 1)
	stranger := contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{{Role: contest.ChiefJudge, Contest: cup, Event: tiling}}}
	want(t, d.FreezeDevice(t.Context(), stranger, tablet.Device.ID), "identity.device_missing")
	want(t, d.FreezeDevice(t.Context(), identity.Operator(), contest.ID{}), "identity.device_missing")
	if err := d.FreezeDevice(t.Context(), identity.Operator(), tablet.Device.ID); err != nil {
		t.Fatal(err)
	}
	_, err := d.Identify(t.Context(), tablet.Token, "")
	want(t, err, "identity.ended")
	want(t, d.FreezeDevice(t.Context(), identity.Operator(), tablet.Device.ID), "identity.device_missing")
}

// A hall has one address: all its tablets pair at once, and a guesser among
// them cannot keep out a tablet that is known.
func TestAGuesserDoesNotShutOutTheHall(t *testing.T) {
	d := newDesk(t)
	known := d.pairChair(t, 1)
	guess := func(known string) error {
		_, err := d.Pair(t.Context(), identity.Pairing{Code: "2222-2222", IP: "192.0.2.9", Known: known})
		return err
	}
	for range identity.PairBurst {
		want(t, guess(""), "identity.code_wrong")
	}
	want(t, guess(""), "identity.too_many")
	codes, err := d.MakeCodes(t.Context(), identity.Operator(), welding, []scoring.ChairID{1})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Pair(t.Context(), identity.Pairing{Code: codes[0].Code, IP: "192.0.2.9", Known: known.Token})
	want(t, err, "")
	d.pass(identity.PairEvery)
	want(t, guess(""), "identity.code_wrong")
}

func TestTriesUnderWayCountAsFailures(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	b := identity.NewBucket(time.Second, 3)
	var leaves []func(bool)
	for range 3 {
		leave, err := b.Enter("a", now)
		want(t, err, "")
		leaves = append(leaves, leave)
	}
	_, err := b.Enter("a", now)
	want(t, err, "identity.too_many")
	leaves[0](false)
	leave, err := b.Enter("a", now)
	want(t, err, "")
	leave(true)
	_, err = b.Enter("a", now)
	want(t, err, "identity.too_many")
}

func TestAddressesShareABucket(t *testing.T) {
	for ip, key := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "nonsense": "?", "": "?",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2:ffff::": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := identity.AddressKey(ip); got != key {
			t.Errorf("%s: %s", ip, got)
		}
	}
}

// An answer read before a change must not be kept after it, or a revoked
// session would live on for a second in the very process that ended it.
func TestACacheKeepsNothingFromBeforeAChange(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	c := identity.NewCache()
	at, _ := c.Find(identity.Hash{1}, now)
	c.Forget()
	c.Keep(identity.Hash{1}, at, now)
	if _, ok := c.Find(identity.Hash{1}, now); ok {
		t.Error("kept")
	}
	at, _ = c.Find(identity.Hash{1}, now)
	c.Keep(identity.Hash{1}, at, now)
	if _, ok := c.Find(identity.Hash{1}, now.Add(identity.CacheLife-1)); !ok {
		t.Error("not kept")
	}
	if _, ok := c.Find(identity.Hash{1}, now.Add(identity.CacheLife)); ok {
		t.Error("kept too long")
	}
}

// A tablet that was replaced, or taken out of use, may hand over what it holds for a
// day, and do nothing else; its marks are told of beside it.
func TestAReplacedTabletHandsOver(t *testing.T) {
	d := newDesk(t)
	old := d.pairChair(t, 1)
	actor, err := d.Draining(t.Context(), old.Token, "")
	if err != nil || actor.IsReplaced || actor.Device != old.Device.ID {
		t.Errorf("in use: %+v %v", actor, err)
	}
	d.pairChair(t, 1)
	for range 2 { // as read, and as kept
		actor, err = d.Draining(t.Context(), old.Token, "")
		if err != nil || !actor.IsReplaced || actor.Device != old.Device.ID || actor.Chair != 1 || actor.Event != welding {
			t.Errorf("replaced: %+v %v", actor, err)
		}
		_, err = d.Identify(t.Context(), old.Token, "")
		want(t, err, "identity.replaced")
	}
	lost := d.pairChair(t, 2)
	want(t, d.FreezeDevice(t.Context(), identity.Operator(), lost.Device.ID), "")
	if actor, err = d.Draining(t.Context(), lost.Token, ""); err != nil || !actor.IsReplaced {
		t.Errorf("out of use: %+v %v", actor, err)
	}
	d.handed = map[contest.ID]int{old.Device.ID: 3}
	list, err := d.ListDevices(t.Context(), identity.Operator(), welding)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	for _, is := range list {
		if is.Handed != d.handed[is.ID] {
			t.Errorf("%v has handed over %d", is.ID, is.Handed)
		}
	}
	d.pass(24*time.Hour - time.Second)
	_, err = d.Draining(t.Context(), old.Token, "")
	want(t, err, "")
	d.pass(time.Second)
	_, err = d.Draining(t.Context(), old.Token, "")
	want(t, err, "identity.replaced")
	for _, token := range []string{"", "nonsense", old.Token[1:]} {
		_, err = d.Draining(t.Context(), token, "")
		want(t, err, "identity.sign_in")
	}
}

// An account that was signed out hands nothing over.
func TestAnAccountHandsNothingOver(t *testing.T) {
	d := newDesk(t)
	d.account(t, "chief", chief)
	ticket := d.signIn(t, "chief", goodPassword)
	actor, err := d.Identify(t.Context(), ticket.Token, "")
	want(t, err, "")
	want(t, d.SignOut(t.Context(), actor), "")
	_, err = d.Draining(t.Context(), ticket.Token, "")
	want(t, err, "identity.ended")
}

// Another judge has taken a chair: its tablet is his no more, the others' are.
func TestAChairIsRetired(t *testing.T) {
	d := newDesk(t)
	one, two := d.pairChair(t, 1), d.pairChair(t, 2)
	for range 2 { // a chair without a tablet is left as it is
		want(t, d.RetireChair(t.Context(), identity.Operator(), welding, 1), "")
	}
	_, err := d.Identify(t.Context(), one.Token, "")
	want(t, err, "identity.replaced")
	_, err = d.Identify(t.Context(), two.Token, "")
	want(t, err, "")
	if len(d.revoked) != 1 || d.revoked[0] != one.Session.ID {
		t.Errorf("sockets told: %v", d.revoked)
	}
}
