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
