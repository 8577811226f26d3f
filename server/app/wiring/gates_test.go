package wiring

import (
	"context"
	"errors"
	"slices"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
)

func TestGatesAskInOrderUntilOneObjects(t *testing.T) {
	no := errors.New("sheets are not signed")
	var asked []string
	say := func(name string, answer error) Gate {
		return func(context.Context, contest.Actor, *judging.Setup, judging.ActKind) error {
			asked = append(asked, name)
			return answer
		}
	}
	var g Gates
	if err := g.Before(t.Context(), contest.Actor{}, &judging.Setup{}, judging.ActLock); err != nil {
		t.Fatalf("no room objected, and still: %v", err)
	}
	g.Add(say("blind", nil), say("results", no))
	g.Add(say("backup", nil))
	if err := g.Before(t.Context(), contest.Actor{}, &judging.Setup{}, judging.ActLock); !errors.Is(err, no) {
		t.Errorf("the objection came as %v", err)
	}
	if want := []string{"blind", "results"}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v: no snapshot for an act that another room refuses", asked, want)
	}
}
