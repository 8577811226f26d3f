package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring/pad"
	"jiangtai/server/rehearsal"
)

// sheetName names one sheet of an event.
type sheetName struct {
	Kind      string `json:"kind"`
	Chair     int    `json:"chair"`
	Criterion string `json:"criterion"`
}

// sheet is what the clerk reads of a sheet.
type sheet struct {
	Version int `json:"version"`
	Columns []struct {
		Chair   int     `json:"chair"`
		Attempt int     `json:"attempt"`
		Pad     pad.Pad `json:"pad"`
	} `json:"columns"`
	Rows []struct {
		Work   string `json:"work"`
		Status string `json:"status"`
		Cells  []struct {
			Kind   string `json:"kind"`
			Closed bool   `json:"closed"` // the work is not marked there
		} `json:"cells"`
	} `json:"rows"`
}

// keyed is one mark as the clerk enters it.
type keyed struct {
	MarkID  string `json:"mark_id"`
	Chair   int    `json:"chair"`
	Work    string `json:"work"`
	Aspect  string `json:"aspect"`
	Attempt int    `json:"attempt"`
	Value   string `json:"value"`
	Version int    `json:"version"`
}

var errKeyed = errors.New("the program refused what the clerk entered")

// sheets are those that the clerk has to key in.
func (d *Marking) sheets(ctx context.Context, e rehearsal.Event) ([]sheetName, error) {
	if e.Depth == "paper" {
		// There is one clerk here, and a visitor is to see how keying goes on.
		if err := d.Staff.Do(ctx, http.MethodPut, "/api/v1/events/"+e.ID+"/keying/way", map[string]any{"way": "single"}, nil); err != nil {
			return nil, fmt.Errorf("event %s is keyed once: %w", e.Code, err)
		}
	}
	var list struct {
		Sheets []sheetName `json:"sheets"`
	}
	if err := d.Clerk.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/marks-sheets", nil, &list); err != nil {
		return nil, fmt.Errorf("sheets of event %s: %w", e.Code, err)
	}
	return list.Sheets, nil
}

// empty are the marks that the first per cent of a sheet's works lack.
func (d *Marking) empty(ctx context.Context, e rehearsal.Event, name sheetName, percent int) ([]keyed, error) {
	query := url.Values{"kind": {name.Kind}}
	if name.Chair > 0 {
		query.Set("chair", strconv.Itoa(name.Chair))
	}
	if name.Criterion != "" {
		query.Set("criterion", name.Criterion)
	}
	var s sheet
	if err := d.Clerk.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/marks-sheet?"+query.Encode(), nil, &s); err != nil {
		return nil, fmt.Errorf("sheet of event %s: %w", e.Code, err)
	}
	h := d.hand(e.ID, 2000+name.Chair)
	var out []keyed
	for i, row := range s.Rows {
		if i*100 >= percent*len(s.Rows) || row.Status != "" && row.Status != "competing" {
			continue
		}
		for n, cell := range row.Cells {
			if c := s.Columns[n]; cell.Kind == "" && !cell.Closed && c.Pad.Required {
				value := h.Value(c.Pad, quality(e.ID, row.Work))
				out = append(out, keyed{uuid.NewString(), c.Chair, row.Work, c.Pad.ID, c.Attempt, value, s.Version})
			}
		}
	}
	return out, nil
}

// enter hands in up to some hundred marks.
func (d *Marking) enter(ctx context.Context, e rehearsal.Event, marks []keyed) error {
	for len(marks) > 0 {
		n := min(len(marks), 500)
		var got struct {
			Results []rehearsal.Result `json:"results"`
		}
		err := d.Clerk.Do(ctx, http.MethodPost, "/api/v1/events/"+e.ID+"/marks-sheet", map[string]any{"marks": marks[:n]}, &got)
		if err != nil {
			return fmt.Errorf("enter into event %s: %w", e.Code, err)
		}
		for i, r := range got.Results {
			if r.Problem != nil {
				return fmt.Errorf("%w: %s of %s: %w", errKeyed, marks[i].Aspect, e.Code, r.Problem)
			}
		}
		marks = marks[n:]
	}
	return nil
}

// keyAll keys in the first per cent of the works of every sheet.
func (d *Marking) keyAll(ctx context.Context, e rehearsal.Event, percent int) error {
	names, err := d.sheets(ctx, e)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := d.keyOne(ctx, e, name, percent); err != nil {
			return err
		}
	}
	return nil
}

func (d *Marking) keyOne(ctx context.Context, e rehearsal.Event, name sheetName, percent int) error {
	marks, err := d.empty(ctx, e, name, percent)
	if err != nil {
		return err
	}
	return d.enter(ctx, e, marks)
}

// keyOn keys in the rest, one mark after the other. What somebody else has entered
// meanwhile stays.
func (d *Marking) keyOn(ctx context.Context, e rehearsal.Event) error {
	names, err := d.sheets(ctx, e)
	if err != nil {
		return stood(err)
	}
	h := d.hand(e.ID, 3000)
	for _, name := range names {
		marks, err := d.empty(ctx, e, name, 100)
		if err != nil {
			return stood(err)
		}
		for i := range marks {
			if !d.wait(ctx, time.Duration(3_000+h.R.IntN(4_000))*time.Millisecond) {
				return nil
			}
			var p *rehearsal.Problem
			if err := d.enter(ctx, e, marks[i:i+1]); err != nil && !errors.As(err, &p) {
				return stood(err)
			}
		}
	}
	return nil
}

// halfKeyed is an event on paper: half of its sheets are in, one is begun, and a
// visitor keys in the rest.
func (d *Marking) halfKeyed(ctx context.Context, e rehearsal.Event) error {
	if err := d.act(ctx, e, "open", nil); err != nil {
		return err
	}
	names, err := d.sheets(ctx, e)
	if err != nil {
		return err
	}
	for i, name := range names[:(len(names)+1)/2] {
		percent := 100
		if i == len(names)/2 {
			percent = 30
		}
		if err := d.keyOne(ctx, e, name, percent); err != nil {
			return err
		}
	}
	return nil
}
