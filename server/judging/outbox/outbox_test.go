package outbox_test

import (
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/judging/outbox"
)

func TestTheLastReportHolds(t *testing.T) {
	r, device, noon := outbox.New(), contest.ID{1}, time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)
	if got, ok := r.Of(device); ok {
		t.Errorf("a device that said nothing has %+v", got)
	}
	r.Say(device, 7, noon)
	r.Say(contest.ID{2}, 3, noon)
	r.Say(device, -1, noon.Add(time.Minute))
	if got, ok := r.Of(device); !ok || got.Pending != 0 || !got.At.Equal(noon.Add(time.Minute)) {
		t.Errorf("%+v, %t", got, ok)
	}
}

// TestSignaturesAreSaidBesideMarks: either report leaves the other alone.
func TestSignaturesAreSaidBesideMarks(t *testing.T) {
	r, device, noon := outbox.New(), contest.ID{1}, time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)
	r.Say(device, 2, noon)
	r.Sign(device, 1)
	r.Say(device, 0, noon)
	if got, _ := r.Of(device); got.Pending != 0 || got.Signatures != 1 {
		t.Errorf("%+v", got)
	}
	r.Sign(device, -3)
	if got, _ := r.Of(device); got.Signatures != 0 || !got.At.Equal(noon) {
		t.Errorf("%+v", got)
	}
}
