package judging_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// teams is a world whose event 1 has two teams with two members each.
func teams(t *testing.T, depth contest.Depth, identity string) *World {
	t.Helper()
	w := New(t)
	w.Events.Put(TeamSetup(1, depth, identity))
	w.Restart(t)
	return w
}

// written are the records of some kinds in words: kind entry aspect=value.
func written(t *testing.T, w *World, kinds ...string) []string {
	t.Helper()
	var out []string
	for after := uint64(0); ; {
		list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), after)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if slices.Contains(kinds, r.Kind) {
				out = append(out, strings.TrimSpace(r.Kind+" "+r.Work+" "+r.Aspect+"="+r.Value+" "+r.Text))
			}
			after = r.Seq
		}
		if len(list) < judging.RecordsPage {
			return out
		}
	}
}

var belong = []string{
	"belong 001 group=2", "belong 001 county=1", "belong 002 group=2", "belong 002 county=1",
	"belong 003 team=001", "belong 003 group=1", "belong 003 county=1", "belong 004 team=001", "belong 004 group=2", "belong 004 county=1",
	"belong 005 team=002", "belong 005 group=1", "belong 005 county=1", "belong 006 team=002", "belong 006 group=2", "belong 006 county=1",
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestOpeningSaysWhatEntriesBelongTo(t *testing.T) {
	w := teams(t, contest.Paper, "open")
	w.Open(t, 1)
	same(t, written(t, w, "belong"), belong)
	same(t, written(t, w, "admit")[:3], []string{
		"admit 001 =ranked,prize,unit,advance,team", "admit 002 =ranked,prize,unit,advance,team", "admit 003 =",
	})
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); err != nil {
		t.Fatal(err)
	}
	w.Restart(t)
	same(t, written(t, w, "belong"), belong) // and not twice
}

func TestSealedEventSaysItAfterUnsealing(t *testing.T) {
	w := teams(t, contest.Paper, "coded")
	w.Open(t, 1)
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); err != nil {
		t.Fatal(err)
	}
	same(t, written(t, w, "belong"), nil)
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	same(t, written(t, w, "belong"), nil)
	w.Act(t, 1, judging.Act{Kind: judging.ActUnseal})
	same(t, written(t, w, "belong"), belong)
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	if last := list[len(list)-1]; last.Actor != w.Organiser().Account {
		t.Errorf("said by %s, want who has unsealed", last.Actor)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActPublish})
}

// A program that dies between the unsealing and what follows it owes it still.
func TestDyingAfterUnsealingLosesNothing(t *testing.T) {
	for _, again := range []string{"restart", "publish"} {
		t.Run(again, func(t *testing.T) {
			w := teams(t, contest.Paper, "coded")
			w.Open(t, 1)
			w.Act(t, 1, judging.Act{Kind: judging.ActLock})
			var dead bool
			w.Memory.Fail = func(b *judging.Batch) (error, bool) {
				rec, err := scoring.ParseRecord(b.Lines[0].Body)
				if err == nil && rec.Kind == scoring.Belong && (rec.Entry > 2 || dead) {
					dead = true
					return errors.New("the disk is gone"), false
				}
				return nil, false
			}
			w.Act(t, 1, judging.Act{Kind: judging.ActUnseal})
			act := judging.Act{ID: w.MarkID(), Kind: judging.ActPublish, Second: &judging.Second{User: "supervisor", Password: "right"}}
			if again == "publish" {
				w.Memory.Fail = func(b *judging.Batch) (error, bool) {
					rec, err := scoring.ParseRecord(b.Lines[0].Body)
					if err == nil && rec.Kind == scoring.Belong {
						return errors.New("the disk is gone"), false
					}
					return nil, false
				}
				if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err == nil && len(written(t, w, "belong")) < len(belong) {
					t.Error("published while something is owed")
				}
			}
			w.Memory.Fail = nil
			if again == "restart" {
				w.Restart(t)
				same(t, written(t, w, "belong"), belong)
			}
			if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err != nil {
				t.Fatal(err)
			}
			same(t, written(t, w, "belong"), belong)
		})
	}
}

func TestMovesWhileRunningAreRecords(t *testing.T) {
	w := teams(t, contest.Paper, "open")
	w.Open(t, 1)
	s := TeamSetup(1, contest.Paper, "open")
	s.Entries[2].In[0], s.Entries[2].Team = 2, 0
	s.Entries[2].Mover, s.Entries[2].Reason = ID('a', 77), "报错了组别"
	w.Events.Put(s)
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); err != nil {
		t.Fatal(err)
	}
	same(t, written(t, w, "belong")[len(belong):], []string{"belong 003 team= 报错了组别", "belong 003 group=2 报错了组别"})
	list, _ := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if last := list[len(list)-1]; last.Actor != ID('a', 77) {
		t.Errorf("said by %s", last.Actor)
	}
	// Back again: the same words, and a record of its own.
	w.Events.Put(TeamSetup(1, contest.Paper, "open"))
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); err != nil {
		t.Fatal(err)
	}
	if got := written(t, w, "belong"); len(got) != len(belong)+4 {
		t.Errorf("%q", got[len(belong):])
	}
}

func TestOtherRoomsOweRecords(t *testing.T) {
	w := teams(t, contest.Paper, "open")
	w.Open(t, 1)
	refused := judging.Owed{Kind: scoring.Belong, Entry: 3, Aspect: "nothing", Value: "1", Actor: ID('a', 9)}
	w.Owing.Say(nil, judging.Owed{Kind: scoring.Belong, Entry: 3, Aspect: "unit", Value: "7", Actor: ID('a', 9), Reason: "补报"}, refused)
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); fault.Code(err) != "judging.owed" || len(fault.Of(err).Fields) != 1 {
		t.Errorf("the engine refuses one of two: %v", err)
	}
	same(t, written(t, w, "belong")[len(belong):], []string{"belong 003 unit=7 补报"})
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	publish := judging.Act{ID: w.MarkID(), Kind: judging.ActPublish}
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), publish); fault.Code(err) != "judging.owed" {
		t.Errorf("published: %v", err)
	}
	w.Owing.Say(errors.New("the other room is shut"))
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), publish); err == nil {
		t.Error("published without knowing what is owed")
	}
	w.Owing.Say(nil)
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), publish); err != nil {
		t.Fatal(err)
	}
	// Official: nothing is owed any more.
	w.Owing.Say(nil, judging.Owed{Kind: scoring.Belong, Entry: 3, Aspect: "unit", Value: "8", Actor: ID('a', 9)})
	if err := w.Desk.Refresh(t.Context(), ID('e', 1)); err != nil {
		t.Error(err)
	}
}

func TestTabletsGetTeamsOrPersons(t *testing.T) {
	w := teams(t, contest.Tablet, "open")
	w.Open(t, 1)
	judge := Tablet(1, PaperFirst)
	b, err := w.Desk.Bundle(t.Context(), judge)
	if err != nil {
		t.Fatal(err)
	}
	var works []string
	for _, work := range b.Works {
		works = append(works, work.Work)
	}
	same(t, works, []string{"001", "002"})
	if out := w.Give(t, judge, w.Mark(judge, "003", "build", "8")); fault.Code(out.Fault) != "judging.missing" {
		t.Errorf("a person in a module of teams: %v", out.Fault)
	}
	w.Must(t, judge, w.Mark(judge, "001", "build", "8"))
	p, err := w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1))
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range p.Entries {
		want := 2
		if i > 1 {
			want = 1
		}
		if e.Need != want {
			t.Errorf("%s owes %d, want %s", e.Label, e.Need, strconv.Itoa(want))
		}
	}
}

// The working of a team names its members by the labels that staff see.
func TestTheWorkingOfATeamNamesItsMembers(t *testing.T) {
	w := teams(t, contest.Paper, "open")
	w.Open(t, 1)
	v, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), "001")
	if err != nil || v.Team == nil || len(v.Team.Members) != 2 {
		t.Fatalf("%v %+v", err, v.Team)
	}
	if v.Labels[3] != "003" || v.Labels[4] != "004" || len(v.Labels) != 2 {
		t.Errorf("labels %v", v.Labels)
	}
}
