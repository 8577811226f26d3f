package floor

import (
	"context"
	"errors"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

type clocks []Clock

func (c clocks) Sessions(_ context.Context, a contest.Actor, _ contest.ID) ([]Clock, error) {
	if a.IsPublic() {
		return nil, fault.New(fault.Forbidden, "judging.role")
	}
	return c, nil
}

type names struct{ err error }

func (n names) Head(context.Context, contest.ID) (Head, error) {
	return Head{Contest: "职工技能大赛", Event: "焊工 · 决赛", Code: "weld"}, n.err
}

var chief = contest.Actor{Account: contest.ID{1}, Name: "主任"}

func desk(c clocks, err error) *Desk {
	return New(c, names{err}, func() time.Time { return nine })
}

func TestSessions(t *testing.T) {
	d := desk(clocks{
		{Work: "01", Module: Module{ID: "B"}, State: "running", Records: said("0 start")},
		{Work: "02", Module: Module{ID: "B"}, State: "waiting", Records: said("0 !start", "1 undo")},
		{Work: "03", Module: Module{ID: "C"}, State: "absent", Records: said("0 absent")},
	}, nil)
	v, err := d.Sessions(t.Context(), chief, contest.ID{7})
	if err != nil || len(v.Sessions) != 2 || v.Sessions[0].Work != "01" || v.Sessions[1].Work != "03" || !v.At.Equal(nine) {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := d.Sessions(t.Context(), contest.Actor{}, contest.ID{7}); fault.Of(err).Code != "judging.role" {
		t.Errorf("the public: %v", err)
	}
}

func TestPaper(t *testing.T) {
	two := clocks{
		{Work: "01", Module: Module{ID: "B"}, State: "running", Records: said("0 start")},
		{Work: "03", Module: Module{ID: "C"}, State: "absent", Records: said("0 absent")},
	}
	all, err := desk(two, nil).Paper(t.Context(), chief, contest.ID{7}, "")
	if err != nil || len(all.Sessions) != 2 || all.Head.Code != "weld" {
		t.Errorf("%+v, %v", all, err)
	}
	one, err := desk(two, nil).Paper(t.Context(), chief, contest.ID{7}, "C")
	if err != nil || len(one.Sessions) != 1 || one.Sessions[0].Work != "03" {
		t.Errorf("%+v, %v", one, err)
	}
	for module, of := range map[string]clocks{"": nil, "X": two} {
		if _, err := desk(of, nil).Paper(t.Context(), chief, contest.ID{7}, module); fault.Of(err).Code != "floor.nothing" {
			t.Errorf("%q of %d: %v", module, len(of), err)
		}
	}
	lost := errors.New("lost")
	if _, err := desk(two, lost).Paper(t.Context(), chief, contest.ID{7}, ""); !errors.Is(err, lost) {
		t.Errorf("%v", err)
	}
	if _, err := desk(two, nil).Paper(t.Context(), contest.Actor{}, contest.ID{7}, ""); fault.Of(err).Code != "judging.role" {
		t.Errorf("the public: %v", err)
	}
}
