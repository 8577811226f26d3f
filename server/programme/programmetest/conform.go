package programmetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
)

// id is an id for tests, in order.
func id(kind, n byte) contest.ID { return contest.ID{0: kind, 6: 0x70, 8: 0x80, 15: n} }

var day = time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)

var everything = programme.Scope{All: true}

// Conform holds a store against its contract. The store is empty.
func Conform(t *testing.T, s programme.Store, w programme.Work) {
	c := conformance{T: t, s: s, w: w}
	c.contests()
	c.events()
	c.parties()
	c.schemes()
	c.chairs()
	c.entries()
	c.groups()
	c.undone()
}

type conformance struct {
	*testing.T
	s programme.Store
	w programme.Work
}

// do runs a transaction that must succeed.
func (c conformance) do(fn func(ctx context.Context) error) {
	c.Helper()
	if err := c.w.Do(c.Context(), fn); err != nil {
		c.Fatal(err)
	}
}

// refused runs a transaction that must fail with a code.
func (c conformance) refused(kind fault.Kind, code string, fn func(ctx context.Context) error) {
	c.Helper()
	err := c.w.Do(c.Context(), fn)
	if f := fault.Of(err); f == nil || f.Kind != kind || f.Code != code {
		c.Errorf("%v, want %s", err, code)
	}
}

func (c conformance) same(got, want any) {
	c.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		c.Error(d)
	}
}

func sample(n byte, code string, starts time.Time) programme.Contest {
	return programme.Contest{Visible: n != 3, Contest: contest.Contest{
		ID: id(1, n), Code: code, Name: "赛事" + code, NameEn: "Contest", Kind: contest.Rehearsal, Organiser: "总工会",
		StartsOn: starts, CreatedAt: day.Add(time.Duration(n) * time.Hour),
	}}
}

func (c conformance) contests() {
	first, second, third := sample(1, "one", day), sample(2, "two", day.AddDate(0, 0, 1)), sample(3, "three", time.Time{})
	for _, v := range []programme.Contest{first, second, third} {
		c.do(func(ctx context.Context) error { return c.s.CreateContest(ctx, v) })
	}
	c.refused(fault.Stale, "programme.contest_exists", func(ctx context.Context) error {
		return c.s.CreateContest(ctx, sample(4, "one", day))
	})
	list := func(q programme.ContestQuery) ([]programme.Contest, int) {
		c.Helper()
		got, n, err := c.s.ListContests(c.Context(), q)
		if err != nil {
			c.Fatal(err)
		}
		return got, n
	}
	got, n := list(programme.ContestQuery{Scope: everything, Page: programme.Page{Limit: 2}})
	c.same(got, []programme.Contest{second, first})
	c.same(n, 3)
	got, n = list(programme.ContestQuery{Scope: everything, Page: programme.Page{Limit: 2, Offset: 2}})
	c.same(got, []programme.Contest{third})
	c.same(n, 3)
	_, n = list(programme.ContestQuery{Scope: everything, Page: programme.Page{Limit: 2, Offset: 7}})
	c.same(n, 3)
	_, n = list(programme.ContestQuery{Scope: everything, Visible: true, Page: programme.Page{Limit: -1}})
	c.same(n, 2)
	_, n = list(programme.ContestQuery{Page: programme.Page{Limit: 9}})
	c.same(n, 0)
	got, _ = list(programme.ContestQuery{Scope: programme.Scope{Contests: []contest.ID{first.ID}}, Page: programme.Page{Limit: 9}})
	c.same(got, []programme.Contest{first})
	got, _ = list(programme.ContestQuery{Scope: everything, Page: programme.Page{Q: "总工会 TWO", Limit: 9}})
	c.same(got, []programme.Contest{second})
	_, n = list(programme.ContestQuery{Scope: everything, Page: programme.Page{Q: "%", Limit: 9}})
	c.same(n, 0)

	first.Name, first.EndsOn, first.Visible = "改名", day.AddDate(0, 0, 2), false
	c.do(func(ctx context.Context) error {
		if err := c.s.ChangeContest(ctx, first); err != nil {
			return err
		}
		locked, err := c.s.LockContest(ctx, first.ID)
		c.same(locked, first)
		return err
	})
	c.refused(fault.Missing, "programme.contest_missing", func(ctx context.Context) error {
		_, err := c.s.LockContest(ctx, id(1, 99))
		return err
	})
}

// event is the n-th sample event of a contest.
func event(n byte, of programme.Contest, code, trade string) programme.Event {
	return programme.Event{
		Event: contest.Event{
			ID: id(2, n), Contest: of.ID, Code: code, Trade: trade, TradeEn: "Trade", Stage: contest.Final, Group: "职工组",
			Hall: "一号馆", Depth: contest.Tablet, Chain: contest.FullChain, Ledger: id(3, n),
		},
		ContestCode: of.Code, ContestName: of.Name, Kind: of.Kind, Visible: of.Visible, CreatedAt: day,
	}
}

func (c conformance) events() {
	of, hidden := sample(2, "two", day.AddDate(0, 0, 1)), sample(3, "three", time.Time{})
	welder, turner, secret := event(1, of, "w", "焊工"), event(2, of, "t", "数控车工"), event(3, hidden, "w", "焊工")
	c.do(func(ctx context.Context) error { return c.s.CreateEvents(ctx, []programme.Event{welder}) })
	c.do(func(ctx context.Context) error { return c.s.CreateEvents(ctx, []programme.Event{turner, secret}) })
	welder.Position, turner.Position, secret.Position = 1, 2, 1
	c.refused(fault.Stale, "programme.event_exists", func(ctx context.Context) error {
		return c.s.CreateEvents(ctx, []programme.Event{event(9, of, "t", "钳工")})
	})
	find := func(q programme.EventQuery, want ...programme.Event) {
		c.Helper()
		q.Page.Limit = 9
		got, n, err := c.s.ListEvents(c.Context(), q)
		if err != nil || n != len(want) {
			c.Fatal(n, err)
		}
		c.same(got, want)
	}
	find(programme.EventQuery{Scope: everything, Contest: of.ID}, welder, turner)
	find(programme.EventQuery{Scope: everything, Visible: true, Page: programme.Page{Q: "焊"}}, welder)
	find(programme.EventQuery{Scope: everything, Page: programme.Page{Q: "hg"}}, welder, secret)
	find(programme.EventQuery{Scope: everything, Visible: true, Page: programme.Page{Q: "ＳＫＣＧ 一号馆"}}, turner)
	find(programme.EventQuery{Scope: programme.Scope{Events: []contest.ID{turner.ID}}, Contest: of.ID}, turner)
	_, n, err := c.s.ListEvents(c.Context(), programme.EventQuery{Scope: everything, Page: programme.Page{Limit: 5, Offset: 50}})
	if err != nil || n != 3 {
		c.Error(n, err)
	}
	owned, _, err := c.s.ListContests(c.Context(), programme.ContestQuery{Scope: programme.Scope{Events: []contest.ID{turner.ID}}, Page: programme.Page{Limit: 9}})
	if err != nil || len(owned) != 1 || owned[0].Events != 2 {
		c.Error(owned, err)
	}

	turner.Trade, turner.Hall, turner.HeldUntil = "普通车工", "", day.Add(time.Minute)
	c.do(func(ctx context.Context) error { return c.s.ChangeEvent(ctx, turner) })
	c.do(func(ctx context.Context) error {
		got, err := c.s.LockEvent(ctx, turner.ID)
		c.same(got, turner)
		return err
	})
	find(programme.EventQuery{Scope: everything, Page: programme.Page{Q: "skcg"}})
	find(programme.EventQuery{Scope: everything, Page: programme.Page{Q: "ptcg"}}, turner)
	for _, find := range []func(context.Context, contest.ID) (programme.Event, error){c.s.FindEvent, c.s.LockEvent} {
		c.refused(fault.Missing, "programme.event_missing", func(ctx context.Context) error {
			_, err := find(ctx, id(2, 99))
			return err
		})
	}
}

func (c conformance) parties() {
	units := []contest.Unit{
		{ID: id(4, 1), Code: "b", Name: "江城造船厂", Short: "造船厂", Kind: contest.WorkUnit, Parent: id(4, 2), County: "地铁"},
		{ID: id(4, 2), Code: "a", Name: "江城地铁", Short: "地铁", Kind: contest.CountyUnion, County: "地铁"},
		{ID: id(4, 3), Code: "B", Name: "乙", Short: "乙", Kind: contest.IndustryUnion},
	}
	hosts := []programme.Host{{ID: id(5, 2), Contest: id(1, 2), Code: "h2", Name: "乙"}, {ID: id(5, 1), Contest: id(1, 2), Code: "h1", Name: "甲"}}
	c.do(func(ctx context.Context) error {
		return errors.Join(c.s.CreateUnits(ctx, id(1, 2), units), c.s.CreateUnits(ctx, id(1, 2), nil),
			c.s.CreateHosts(ctx, hosts), c.s.CreateHosts(ctx, nil))
	})
	c.do(func(ctx context.Context) error {
		other := units[0]
		other.ID, other.Parent, other.County = id(4, 9), contest.ID{}, "" // the same code in another contest
		return c.s.CreateUnits(ctx, id(1, 1), []contest.Unit{other})
	})
	got, n, err := c.s.ListUnits(c.Context(), id(1, 2), programme.Page{Limit: -1})
	if err != nil || n != 3 {
		c.Fatal(n, err)
	}
	c.same(got, []contest.Unit{units[2], units[1], units[0]})
	got, n, _ = c.s.ListUnits(c.Context(), id(1, 2), programme.Page{Q: "江城", Limit: 1, Offset: 1})
	c.same(got, []contest.Unit{units[0]})
	c.same(n, 2)
	_, n, _ = c.s.ListUnits(c.Context(), id(1, 2), programme.Page{Limit: 1, Offset: 10})
	c.same(n, 3)
	c.refused(fault.Stale, "programme.unit_exists", func(ctx context.Context) error {
		return c.s.CreateUnits(ctx, id(1, 2), []contest.Unit{{ID: id(4, 7), Code: "a", Name: "x", Short: "x", Kind: contest.WorkUnit}})
	})
	c.refused(fault.Stale, "programme.host_exists", func(ctx context.Context) error {
		return c.s.CreateHosts(ctx, []programme.Host{{ID: id(5, 7), Contest: id(1, 2), Code: "h1", Name: "x"}})
	})
	list, err := c.s.ListHosts(c.Context(), id(1, 2))
	if err != nil {
		c.Fatal(err)
	}
	c.same(list, []programme.Host{hosts[1], hosts[0]})
	c.do(func(ctx context.Context) error {
		e, err := c.s.FindEvent(ctx, id(2, 1))
		if err != nil {
			return err
		}
		e.Host = hosts[0].ID
		if err := c.s.ChangeEvent(ctx, e); err != nil {
			return err
		}
		e, err = c.s.FindEvent(ctx, id(2, 1))
		c.same(e.HostCode, "h2")
		return err
	})
}

func (c conformance) schemes() {
	version := func(event contest.ID, n uint16, text string) programme.SchemeVersion {
		return programme.SchemeVersion{
			Event: event, Version: n, Name: "s", Text: []byte(text), Sum: sha256.Sum256([]byte(text)), Reason: "改",
			By: id(9, 1), ByName: "江某", At: day.Add(time.Duration(n) * time.Millisecond),
		}
	}
	odd := "{ \"a\" :\t\"\\\\ \\\" {NULL},\" ,\r\n \"b\":\"\u2028𠮷\" }\n"
	list := []programme.SchemeVersion{version(id(2, 1), 1, odd), version(id(2, 2), 1, "{}")}
	c.do(func(ctx context.Context) error {
		return errors.Join(c.s.AppendSchemes(ctx, list), c.s.AppendSchemes(ctx, nil), c.s.AppendSchemes(ctx, []programme.SchemeVersion{version(id(2, 1), 2, "{} ")}))
	})
	got, err := c.s.ListSchemes(c.Context(), id(2, 1), id(2, 2))
	if err != nil {
		c.Fatal(err)
	}
	c.same(got, []programme.SchemeVersion{list[0], version(id(2, 1), 2, "{} "), list[1]})
	c.refused(fault.Stale, "programme.scheme_exists", func(ctx context.Context) error {
		return c.s.AppendSchemes(ctx, []programme.SchemeVersion{version(id(2, 1), 2, "{}")})
	})
}

func (c conformance) chairs() {
	chair := func(event contest.ID, n scoring.ChairID, panel string, seat int, judge string) contest.Chair {
		return contest.Chair{Event: event, Number: n, Panel: panel, Seat: seat, Judge: judge, IsChief: n == 1}
	}
	one, two, three := chair(id(2, 1), 1, "p", 1, "江一"), chair(id(2, 1), 2, "p", 2, ""), chair(id(2, 2), 1, "p", 1, "江三")
	c.do(func(ctx context.Context) error { return c.s.Insert(ctx, []contest.Chair{three, two, one}, nil) })
	check := func(want ...contest.Chair) {
		c.Helper()
		got, err := c.s.ListChairs(c.Context(), id(2, 1), id(2, 2))
		if err != nil {
			c.Fatal(err)
		}
		c.same(got, want)
	}
	check(one, two, three)
	one.Seat, two.Seat, two.Judge = 2, 1, "江二" // exchanged in one change
	c.do(func(ctx context.Context) error { return c.s.SaveChairs(ctx, id(2, 1), []contest.Chair{two, one}) })
	check(one, two, three)
	four := chair(id(2, 1), 4, "q", 1, "江四")
	c.do(func(ctx context.Context) error { return c.s.SaveChairs(ctx, id(2, 1), []contest.Chair{four, one}) })
	check(one, four, three)
	c.do(func(ctx context.Context) error { return c.s.SaveChairs(ctx, id(2, 1), nil) })
	check(three)
}

func (c conformance) entries() {
	unit := contest.Unit{ID: id(4, 1), Code: "b", Name: "江城造船厂", Short: "造船厂", Kind: contest.WorkUnit, County: "地铁"}
	entry := func(event contest.ID, n byte, no string) contest.Entry {
		return contest.Entry{ID: id(6, n), Event: event, Ordinal: scoring.EntryID(n), EntryNo: no, Name: "某" + no, Pinyin: "m mou"}
	}
	ten, nine, other := entry(id(2, 1), 1, "10"), entry(id(2, 1), 2, "9"), entry(id(2, 2), 3, "9")
	ten.Unit, ten.WorkCode, nine.WorkCode, nine.SeatNo = unit, "417D", "000A", "1"
	c.do(func(ctx context.Context) error {
		return c.s.Insert(ctx, nil, []contest.Entry{ten, nine, other})
	})
	check := func(want ...contest.Entry) {
		c.Helper()
		got, err := c.s.ListEntries(c.Context(), id(2, 2), id(2, 1))
		if err != nil {
			c.Fatal(err)
		}
		c.same(got, want)
	}
	check(nine, ten, other)
	ten.WorkCode, nine.WorkCode = nine.WorkCode, ten.WorkCode // exchanged in one change
	ten.Ordinal, nine.Ordinal = nine.Ordinal, ten.Ordinal
	ten.Unit, nine.Unit = contest.Unit{}, unit
	c.do(func(ctx context.Context) error { return c.s.SaveEntries(ctx, id(2, 1), []contest.Entry{ten, nine}) })
	check(nine, ten, other)
	c.do(func(ctx context.Context) error { return c.s.SaveEntries(ctx, id(2, 1), []contest.Entry{ten}) })
	check(ten, other)
	c.do(func(ctx context.Context) error { return c.s.SaveEntries(ctx, id(2, 1), nil) })
	check(other)
}

// undone looks at what a failed transaction leaves behind.
func (c conformance) undone() {
	sorry := errors.New("sorry")
	err := c.w.Do(c.Context(), func(ctx context.Context) error {
		if err := c.s.CreateContest(ctx, sample(8, "eight", day)); err != nil {
			return err
		}
		if err := c.s.CreateEvents(ctx, []programme.Event{event(8, sample(8, "eight", day), "e", "钳工")}); err != nil {
			return err
		}
		return sorry
	})
	if !errors.Is(err, sorry) {
		c.Error(err)
	}
	list, _, err := c.s.ListContests(c.Context(), programme.ContestQuery{Scope: everything, Page: programme.Page{Limit: -1}})
	if err != nil || slices.ContainsFunc(list, func(v programme.Contest) bool { return v.Code == "eight" }) {
		c.Error("a contest of a transaction that failed", err)
	}
}
