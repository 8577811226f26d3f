package calendar_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/honours/calendar"
)

func published(t testing.TB) *calendar.Calendar {
	t.Helper()
	var raw [][]byte
	for _, year := range []int{2011, 2024, 2025, 2026} {
		b, err := schemas.Honours.ReadFile(fmt.Sprintf("honours/calendar-%d.json", year))
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, b)
	}
	c, err := calendar.Parse(raw...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t testing.TB, s string) time.Time {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNoticesEndOnTheirLastWorkingDay(t *testing.T) {
	c := published(t)
	for _, v := range []struct {
		start string
		days  int
		end   string
		why   string
	}{
		{"2011-04-18", 5, "2011-04-22", "Monday to Friday"},
		{"2026-04-10", 5, "2026-04-16", "Friday counts, the weekend does not"},
		{"2024-03-12", 5, "2024-03-18", "Tuesday to Monday"},
		{"2026-04-11", 5, "2026-04-17", "on a Saturday the counting starts on Monday"},
		{"2026-02-13", 5, "2026-02-26", "Saturday 14 is worked, then nine days of Spring Festival"},
		{"2026-02-14", 1, "2026-02-14", "a make-up Saturday is a working day"},
		{"2026-09-20", 2, "2026-09-21", "a make-up Sunday is one too"},
		{"2025-09-29", 5, "2025-10-11", "National Day takes eight days, Saturday 11 is worked"},
		{"2024-12-30", 5, "2025-01-06", "over the turn of the year, New Year's Day off"},
		{"2026-05-01", 1, "2026-05-06", "nothing counts in the holidays"},
		{"2026-12-31", 1, "2026-12-31", "the last day that is known"},
	} {
		got, err := c.End(day(t, v.start), v.days)
		if err != nil || calendar.Text(got) != v.end {
			t.Errorf("%s + %d: %s %v, want %s (%s)", v.start, v.days, calendar.Text(got), err, v.end, v.why)
		}
	}
}

func TestNoticesStayWithinPublishedYears(t *testing.T) {
	c := published(t)
	for _, start := range []string{"2026-12-31", "2011-12-30", "2023-12-29", "2027-01-04"} {
		if end, err := c.End(day(t, start), 5); !errors.Is(err, calendar.ErrUnpublished) {
			t.Errorf("%s: %s, %v", start, calendar.Text(end), err)
		}
	}
	if _, err := c.End(day(t, "2026-03-02"), 0); err == nil {
		t.Error("a notice of no days was accepted")
	}
	if c.Last() != 2026 {
		t.Error(c.Last())
	}
}

// The working weekends and free weekdays of three years, copied by hand from the
// notices in another form than the data's: free weekdays only, by month.
var (
	freeWeekdays = "2024 1:1 2:12,13,14,15,16 4:4,5 5:1,2,3 6:10 9:16,17 10:1,2,3,4,7|" +
		"2025 1:1,28,29,30,31 2:3,4 4:4 5:1,2,5 6:2 10:1,2,3,6,7,8|" +
		"2026 1:1,2 2:16,17,18,19,20,23 4:6 5:1,4,5 6:19 9:25 10:1,2,5,6,7"
	workedWeekends = "2024 2:4,18 4:7,28 5:11 9:14,29 10:12|2025 1:26 2:8 4:27 9:28 10:11|2026 1:4 2:14,28 5:9 9:20 10:10"
)

func listed(table string) map[string]bool {
	out := map[string]bool{}
	for _, year := range strings.Split(table, "|") {
		y, months, _ := strings.Cut(year, " ")
		for _, month := range strings.Fields(months) {
			m, days, _ := strings.Cut(month, ":")
			for _, d := range strings.Split(days, ",") {
				out[fmt.Sprintf("%s-%02s-%02s", y, m, d)] = true
			}
		}
	}
	return out
}

// Every start day of the published years against a count on the fingers.
func TestEveryStartDayAgainstAnOracle(t *testing.T) {
	c := published(t)
	free, worked := listed(freeWeekdays), listed(workedWeekends)
	starts := 0
	for d := day(t, "2024-01-01"); d.Year() <= 2026; d = d.AddDate(0, 0, 1) {
		for _, n := range []int{1, 5, 7} {
			want, left := d, n
			for ; ; want = want.AddDate(0, 0, 1) {
				s := want.Format(time.DateOnly)
				if worked[s] || !free[s] && want.Weekday()%6 != 0 {
					if left--; left == 0 {
						break
					}
				}
			}
			got, err := c.End(d, n)
			if want.Year() > 2026 {
				if !errors.Is(err, calendar.ErrUnpublished) {
					t.Errorf("%v + %d runs past the tables: %v, %v", d, n, got, err)
				}
				continue
			}
			if err != nil || !got.Equal(want) {
				t.Errorf("%v + %d: %v %v, want %v", d, n, got, err, want)
			}
		}
		starts++
	}
	if starts != 1096 {
		t.Errorf("%d start days", starts)
	}
}

func TestDaysAreChinas(t *testing.T) {
	for at, want := range map[string]string{
		"2026-04-16T15:59:59Z": "2026-04-16", "2026-04-16T16:00:00Z": "2026-04-17", "2026-04-16T00:00:00+08:00": "2026-04-16",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.Text(contest.DayOf(moment)); got != want {
			t.Errorf("%s is %s, want %s", at, got, want)
		}
	}
	if over := contest.EndOf(day(t, "2026-12-31")); over.UTC().Format(time.RFC3339) != "2026-12-31T16:00:00Z" {
		t.Error(over)
	}
	if calendar.Text(time.Time{}) != "" {
		t.Error("no day has a text")
	}
}

func TestFaultyTables(t *testing.T) {
	const good = `{"format":"jiangtai.calendar/1","year":2030,"source":"x","off":["2030-01-01"],"work":["2030-01-05"]}`
	if _, err := calendar.Parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"calendar/1", "calendar/2"},
		{`"source":"x"`, `"source":""`},
		{`"2030-01-05"`, `"2030-01-07"`},
		{`"2030-01-05"`, `"2030-01-01"`},
		{`"2030-01-05"`, `"2029-12-29"`},
		{`"2030-01-05"`, `"2030-01-06/2030-01-05"`},
		{`"2030-01-05"`, `"5 January"`},
		{`"2030-01-01"`, `"2030-01-01/x"`},
		{`"off"`, `"of"`},
	} {
		if _, err := calendar.Parse([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("accepted with %s", change[1])
		}
	}
	if _, err := calendar.Parse([]byte(good), []byte(good)); err == nil {
		t.Error("a year was accepted twice")
	}
}
