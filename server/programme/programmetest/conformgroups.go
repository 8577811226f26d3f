package programmetest

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/programme"
)

// groups looks at teams, what entries belong to, numbers and moves. Another event's
// entry stands from before.
func (c conformance) groups() {
	entry := func(n byte, no string) contest.Entry {
		return contest.Entry{ID: id(7, n), Event: id(2, 1), Ordinal: scoring.EntryID(n), EntryNo: no, Name: "某" + no, Pinyin: "m mou"}
	}
	team, one, two := entry(1, "1"), entry(2, "2"), entry(3, "3")
	team.Kind, one.Team, two.Team = contest.Team, team.ID, team.ID
	one.Group, one.County, two.Group = "职工组", "东湖区", "学生组"
	// A member may come before its team.
	c.do(func(ctx context.Context) error {
		return c.s.SaveEntries(ctx, id(2, 1), []contest.Entry{two, one, team})
	})
	check := func(want ...contest.Entry) {
		c.Helper()
		got, err := c.s.ListEntries(c.Context(), id(2, 1))
		if err != nil {
			c.Fatal(err)
		}
		c.same(got, want)
	}
	check(team, one, two)
	two.Team, two.Group = contest.ID{}, ""
	c.do(func(ctx context.Context) error {
		return c.s.SaveEntries(ctx, id(2, 1), []contest.Entry{team, one, two})
	})
	check(team, one, two)

	numbers := []programme.Numbering{
		{By: "county", N: 1, Key: "东湖区", Name: "东湖区"},
		{By: "group", N: 1, Key: "职工组", Name: "职工组"},
		{By: "unit", N: 1, Key: "u1", Name: "造船厂"},
	}
	c.do(func(ctx context.Context) error {
		if err := c.s.AddGroups(ctx, id(2, 1), numbers); err != nil {
			return err
		}
		return c.s.AddGroups(ctx, id(2, 1), nil)
	})
	got, err := c.s.ListGroups(c.Context(), id(2, 1))
	if err != nil {
		c.Fatal(err)
	}
	c.same(got, numbers)
	if got, err = c.s.ListGroups(c.Context(), id(2, 2)); err != nil || len(got) != 0 {
		c.Errorf("numbers of another event: %v %v", got, err)
	}

	move := programme.Move{Entry: one.ID, By: id(9, 1), Reason: "报错了组别", At: day}
	c.do(func(ctx context.Context) error { return c.s.SaveMoves(ctx, []programme.Move{move}) })
	move.Reason, move.At = "再改回来", day.AddDate(0, 0, 1)
	c.do(func(ctx context.Context) error { return c.s.SaveMoves(ctx, []programme.Move{move}) })
	moves, err := c.s.ListMoves(c.Context(), id(2, 1))
	if err != nil {
		c.Fatal(err)
	}
	c.same(moves, []programme.Move{move})
	c.do(func(ctx context.Context) error { return c.s.SaveEntries(ctx, id(2, 1), nil) })
	if moves, err = c.s.ListMoves(c.Context(), id(2, 1)); err != nil || len(moves) != 0 {
		c.Errorf("moves of entries that are gone: %v %v", moves, err)
	}
}
