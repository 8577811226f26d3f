package chain_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/honours/chain"
)

var (
	campaign = contest.ID{1}
	one, two = contest.ID{11}, contest.ID{12}
	ann, bob = contest.ID{21}, contest.ID{22}
)

func written(t *testing.T) (chain.Head, []chain.Record) {
	t.Helper()
	head := chain.Genesis(campaign)
	var out []chain.Record
	for i, e := range []chain.Entry{
		{Act: chain.Nominate, Nominations: []contest.ID{one}, To: "draft", State: "active", Actor: ann},
		{Act: chain.Submit, Nominations: []contest.ID{one}, Step: "draft", To: "vote", State: "active", Actor: ann},
		{Act: chain.Pass, Nominations: []contest.ID{one}, Step: "vote", To: "notice", State: "active", Actor: ann, Figures: map[string]string{"for": "3"}},
		{Act: chain.Nominate, Nominations: []contest.ID{two}, To: "draft", State: "active", Actor: bob},
		{Act: chain.OpenNotice, Nominations: []contest.ID{one}, Step: "notice", Actor: bob},
		{Act: chain.EndNotice, Nominations: []contest.ID{one}, Step: "notice", To: "review", State: "active", Actor: ann},
		{Act: chain.Return, Nominations: []contest.ID{one}, Step: "review", To: "draft", State: "returned", Actor: bob},
		{Act: chain.Submit, Nominations: []contest.ID{one}, Step: "draft", To: "vote", State: "active", Actor: bob},
	} {
		e.ID, e.Campaign, e.At = contest.ID{31, byte(i)}, campaign, time.Date(2026, 4, 1, 9, i, 0, 0, time.UTC)
		r, err := chain.Write(head, &e, []string{"", "a reason"}[i%2])
		if err != nil {
			t.Fatal(err)
		}
		head = chain.Head{Seq: r.Seq, Hash: r.Hash}
		out = append(out, r)
	}
	return head, out
}

func TestPlacesAreAFold(t *testing.T) {
	head, records := written(t)
	list, err := chain.Read(campaign, head, records)
	if err != nil {
		t.Fatal(err)
	}
	got := chain.Fold(list)
	if got[one] != (chain.Place{Step: "vote", State: "active", Round: 2}) || got[two] != (chain.Place{Step: "draft", State: "active"}) || len(got) != 2 {
		t.Errorf("%+v", got)
	}
	if got := chain.Fold(list[:6])[one]; got.Step != "review" || got.Round != 1 {
		t.Errorf("%+v", got)
	}
	if got := chain.Takers(list[:7], one, "notice"); !slices.Equal(got, []contest.ID{bob, ann}) {
		t.Errorf("%v", got)
	}
	if got := chain.Takers(list, one, "notice"); got != nil {
		t.Errorf("taken before the last submission: %v", got)
	}
}

// Whatever is changed, left out, doubled or put in another order is found.
func TestTamperingIsFound(t *testing.T) {
	head, good := written(t)
	for name, change := range map[string]func([]chain.Record) []chain.Record{
		"a body": func(r []chain.Record) []chain.Record {
			r[2].Body = bytes.Replace(r[2].Body, []byte(`"3"`), []byte(`"9"`), 1)
			return r
		},
		"a hash":         func(r []chain.Record) []chain.Record { r[2].Hash[0]++; return r },
		"an id":          func(r []chain.Record) []chain.Record { r[2].ID[0]++; return r },
		"a time":         func(r []chain.Record) []chain.Record { r[2].At = r[2].At.Add(time.Second); return r },
		"words":          func(r []chain.Record) []chain.Record { r[1].Text = "another reason"; return r },
		"left out":       func(r []chain.Record) []chain.Record { return slices.Delete(r, 2, 3) },
		"the end":        func(r []chain.Record) []chain.Record { return r[:7] },
		"the beginning":  func(r []chain.Record) []chain.Record { return r[1:] },
		"exchanged":      func(r []chain.Record) []chain.Record { r[2], r[3] = r[3], r[2]; return r },
		"no JSON at all": func(r []chain.Record) []chain.Record { r[2].Body = []byte("x"); return r },
	} {
		if _, err := chain.Read(campaign, head, change(slices.Clone(good))); !errors.Is(err, chain.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	erased := slices.Clone(good)
	erased[1].Text = ""
	if _, err := chain.Read(campaign, head, erased); err != nil {
		t.Errorf("erased words: %v", err)
	}
	if _, err := chain.Read(contest.ID{2}, head, good); !errors.Is(err, chain.ErrBroken) {
		t.Errorf("another campaign's: %v", err)
	}
}
