package contest_test

import (
	"testing"
	"time"

	"jiangtai/server/contest"
)

func TestTheDayBeginsInTheCity(t *testing.T) {
	for at, want := range map[string]string{
		"2026-05-17T15:59:59.999Z":  "2026-05-17",
		"2026-05-17T16:00:00Z":      "2026-05-18",
		"2026-05-18T00:00:00+08:00": "2026-05-18",
		"2026-12-31T20:00:00-05:00": "2027-01-01",
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		day := contest.DayOf(when)
		if end := contest.EndOf(day); !end.After(when) || end.Sub(when) > 24*time.Hour || contest.DayOf(end).Equal(day) {
			t.Errorf("the day of %s ends at %s", at, end)
		}
		if got := day.Format(time.DateOnly); got != want || !day.Equal(day.Truncate(24*time.Hour)) || day.Location() != time.UTC {
			t.Errorf("%s is %s, want %s", at, day, want)
		}
	}
}
