package secret

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"jiangtai/server/fault"
)

func TestPasswordRules(t *testing.T) {
	for _, c := range []struct{ password, user, want string }{
		{"correct horse 42", "zhang", ""},
		{"焊工的一双手很稳当吧", "zhang", ""},
		{"zhang-welds-9-pipes", "zhang", ""},
		{"short", "zhang", "identity.password_short"},
		{"焊工焊工焊工", "zhang", "identity.password_short"},
		{strings.Repeat("abcdefgh", 17), "zhang", "identity.password_long"},
		{"correct\x00horse", "zhang", "identity.password_form"},
		{"correct\xffhorse", "zhang", "identity.password_form"},
		{"wangdachui", "wangdachui", "identity.password_user"},
		{"Wangdachui1!", "wangdachui", "identity.password_user"},
		{"1234567890", "zhang", "identity.password_common"},
		{"Password123!", "zhang", "identity.password_common"},
		{"1qaz2WSX3edc", "zhang", "identity.password_common"},
		{"aaaaaaaaaaaa", "zhang", "identity.password_common"},
		{"2026jiangtai", "zhang", "identity.password_common"},
		{"121212121212", "", "identity.password_common"},
	} {
		got := ""
		for _, f := range CheckPassword("/password", c.password, c.user) {
			got += f.Code
		}
		if got != c.want {
			t.Errorf("%.20q of %s: %q, want %q", c.password, c.user, got, c.want)
		}
	}
}

func TestTheListOfCommonPasswordsIsInTheFormThatIsCompared(t *testing.T) {
	for _, p := range common {
		if p != strings.ToLower(p) {
			t.Errorf("%s is not lower case", p)
		}
		if !tooCommon(p) {
			t.Errorf("%s is not found", p)
		}
	}
}

func TestAHashFitsItsPasswordOnly(t *testing.T) {
	h, err := NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	one, err := h.Make(t.Context(), "correct horse 42")
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.Make(t.Context(), "correct horse 42")
	if err != nil || one == two {
		t.Fatal("two hashes share a salt", err)
	}
	for _, c := range []struct {
		hash, password string
		ok, stale      bool
	}{
		{one, "correct horse 42", true, false},
		{one, "correct horse 43", false, false},
		{one, "", false, false},
		{one, strings.Repeat("x", 1<<20), false, false},
		{h.Dummy(), "", false, false},
		{strings.Replace(one, "t=2", "t=1", 1), "correct horse 42", false, true},
	} {
		ok, stale, err := h.Check(t.Context(), c.hash, c.password)
		if err != nil || ok != c.ok || stale != c.stale {
			t.Errorf("%.20q: %v %v %v", c.password, ok, stale, err)
		}
	}
}

func TestAnUnreadableHashIsAnError(t *testing.T) {
	h, err := NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{
		"", "plain", "$2a$10$abc", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
		"$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
		"$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
		"$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
		"$argon2id$v=19$m=19456,t=2,p=1$c29t$c29tZXNhbHRzb21lc2FsdA",
		"$argon2id$v=19$m=19456,t=2,p=1$!!!$c29tZXNhbHRzb21lc2FsdA",
	} {
		if _, _, err := h.Check(t.Context(), hash, "x"); !errors.Is(err, errHash) {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestTwoHashAtOnceAndTheThirdWaits(t *testing.T) {
	h, err := NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	for range atOnce {
		if err := h.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = h.Make(ctx, "x")
	if fault.Code(err) != "identity.busy" || fault.Of(err).RetryAfter == 0 {
		t.Fatal(err)
	}
	<-h.slots
	if _, err := h.Make(t.Context(), "x"); err != nil {
		t.Error(err)
	}
}

func TestCodesAreReadAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"K7QM-2XWD": "K7QM-2XWD", "k7qm2xwd": "K7QM-2XWD", " k7qm 2xwd ": "K7QM-2XWD", "K7QM－2XWD": "K7QM-2XWD",
		"": "", "K7QM-2XW": "", "K7QM-2XWDD": "", "K7QM-2XW0": "", "K7QM-2XWI": "", "K7QM-2XWé": "", "焊工焊": "",
	} {
		if got, ok := ReadCode(typed); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", typed, got, ok)
		}
	}
	code, err := NewCode()
	if err != nil {
		t.Fatal(err)
	}
	if again, ok := ReadCode(code); !ok || again != code {
		t.Error(code)
	}
	if HashCode([]byte("a"), code) == HashCode([]byte("b"), code) {
		t.Error("the key changes nothing")
	}
}

// Each letter within five standard deviations of its share.
func TestCodesAreDrawnEvenly(t *testing.T) {
	const n = 300_000
	s, err := randomLetters(n)
	if err != nil {
		t.Fatal(err)
	}
	p := 1 / float64(len(letters))
	for _, r := range letters {
		if off := float64(strings.Count(s, string(r))) - n*p; math.Abs(off) > 5*math.Sqrt(n*p*(1-p)) {
			t.Errorf("%c is off by %.0f", r, off)
		}
	}
}

func TestTokens(t *testing.T) {
	token, hash, err := NewToken()
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := HashToken(token); !ok || got != hash {
		t.Error("a token's hash is another")
	}
	if other, _, err := NewToken(); err != nil || other == token {
		t.Error("two tokens are one", err)
	}
}
