package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrUnpublished says that a day lies in a year whose holidays were not given.
var ErrUnpublished = errors.New("calendar: the holidays of that year are not published")

// format is the only one that is read.
const format = "jiangtai.calendar/1"

// Calendar (工作日历) knows the working days of some years. It is never changed
// after it was made.
type Calendar struct {
	years map[int]bool
	days  map[time.Time]bool // holidays (false) and make-up days (true)
	last  int
}

type document struct {
	Format string   `json:"format"`
	Year   int      `json:"year"`
	Source string   `json:"source"`
	Off    []string `json:"off"`  // a day, or first/last
	Work   []string `json:"work"` // weekends that are worked
}

// Parse makes a calendar of one document per year.
func Parse(documents ...[]byte) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, days: map[time.Time]bool{}}
	for _, raw := range documents {
		var d document
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&d); err != nil {
			return nil, fmt.Errorf("calendar: read: %w", err)
		}
		if err := c.add(d); err != nil {
			return nil, fmt.Errorf("calendar of %d: %w", d.Year, err)
		}
	}
	return c, nil
}

func (c *Calendar) add(d document) error {
	switch {
	case d.Format != format:
		return fmt.Errorf("format %q is not %s", d.Format, format)
	case d.Source == "":
		return errors.New("it does not say who published it")
	case c.years[d.Year]:
		return errors.New("it is given twice")
	}
	c.years[d.Year] = true
	c.last = max(c.last, d.Year)
	for _, span := range d.Off {
		if err := c.mark(d.Year, span, false); err != nil {
			return err
		}
	}
	for _, span := range d.Work {
		if err := c.mark(d.Year, span, true); err != nil {
			return err
		}
	}
	return nil
}

// mark notes a span of days. A make-up day must be a weekend: anything else is a
// slip of the pen that would lengthen or shorten notices unseen.
func (c *Calendar) mark(year int, span string, work bool) error {
	from, to, isSpan := strings.Cut(span, "/")
	if !isSpan {
		to = from
	}
	first, err := ParseDay(from)
	if err != nil {
		return err
	}
	last, err := ParseDay(to)
	if err != nil {
		return err
	}
	if last.Before(first) {
		return fmt.Errorf("%s ends before it begins", span)
	}
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		_, twice := c.days[d]
		switch {
		case d.Year() != year:
			return fmt.Errorf("%s is of another year", span)
		case twice:
			return fmt.Errorf("%s is named twice", Text(d))
		case work && !isWeekend(d):
			return fmt.Errorf("%s is no weekend, so it makes up for nothing", Text(d))
		}
		c.days[d] = work
	}
	return nil
}

// Last is the last year whose holidays are known.
func (c *Calendar) Last() int { return c.last }

// Year is what a year's notice says of its days.
type Year struct {
	Year int
	Off  []time.Time // holidays, with the weekends in them
	Work []time.Time // weekends that are worked
}

// Years gives the years that are known, the newest first, their days in order.
func (c *Calendar) Years() []Year {
	var out []Year
	for y := range c.years {
		out = append(out, Year{Year: y})
	}
	slices.SortFunc(out, func(a, b Year) int { return b.Year - a.Year })
	for day, work := range c.days {
		y := &out[slices.IndexFunc(out, func(y Year) bool { return y.Year == day.Year() })]
		if work {
			y.Work = append(y.Work, day)
		} else {
			y.Off = append(y.Off, day)
		}
	}
	for _, y := range out {
		slices.SortFunc(y.Off, time.Time.Compare)
		slices.SortFunc(y.Work, time.Time.Compare)
	}
	return out
}

// IsWorking says whether people work on a day; ErrUnpublished when its year is
// not known.
func (c *Calendar) IsWorking(day time.Time) (bool, error) {
	if !c.years[day.Year()] {
		return false, fmt.Errorf("%w: %d", ErrUnpublished, day.Year())
	}
	if work, named := c.days[day]; named {
		return work, nil
	}
	return !isWeekend(day), nil
}

// End is the n-th working day from a day on, which counts itself if it is one;
// n is at least 1.
func (c *Calendar) End(start time.Time, n int) (time.Time, error) {
	if n < 1 {
		return time.Time{}, fmt.Errorf("calendar: %d working days", n)
	}
	for d := start; ; d = d.AddDate(0, 0, 1) {
		work, err := c.IsWorking(d)
		if err != nil {
			return time.Time{}, err
		}
		if work {
			n--
		}
		if n == 0 {
			return d, nil
		}
	}
}

func isWeekend(d time.Time) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// ParseDay reads a day as 2026-04-10.
func ParseDay(s string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("calendar: read a day: %w", err)
	}
	return d, nil
}

// Text writes a day as ParseDay reads it; a zero day is empty.
func Text(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
