package demo

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"jiangtai/server/rehearsal"
)

// codingDesk is an event's coding desk with its people.
type codingDesk struct {
	d       *Marking
	event   rehearsal.Event
	entries []string // entry numbers
}

const witness = "公证员 章予衡（演示）"

// coding goes to the coding desk of an event.
func (d *Marking) coding(ctx context.Context, e rehearsal.Event) (*codingDesk, error) {
	var desk struct {
		Entries []struct {
			EntryNo string `json:"entry_no"`
		} `json:"entries"`
	}
	if err := d.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/coding", nil, &desk); err != nil {
		return nil, fmt.Errorf("coding desk of event %s: %w", e.Code, err)
	}
	c := &codingDesk{d: d, event: e}
	for _, n := range desk.Entries {
		c.entries = append(c.entries, n.EntryNo)
	}
	return c, nil
}

func (c *codingDesk) do(ctx context.Context, as *rehearsal.Client, path string, body map[string]any) error {
	if err := as.Do(ctx, http.MethodPost, "/api/v1/events/"+c.event.ID+path, body, nil); err != nil {
		return fmt.Errorf("%s of event %s: %w", path, c.event.Code, err)
	}
	return nil
}

// arrive checks entries in.
func (c *codingDesk) arrive(ctx context.Context, entries []string, state string) error {
	list := make([]any, len(entries))
	for i, no := range entries {
		list[i] = map[string]string{"entry_no": no, "state": state}
	}
	return c.do(ctx, c.d.Staff, "/check-in", map[string]any{"arrivals": list})
}

// drawSeats begins the draw of the seats by hand and keys what these entries draw.
func (c *codingDesk) drawSeats(ctx context.Context, entries []string) error {
	if err := c.do(ctx, c.d.Seats, "/draws", map[string]any{"layer": "seat", "method": "hand", "witness": witness}); err != nil {
		return err
	}
	return c.drawMore(ctx, entries, c.d.hand(c.event.ID, 4000).R.Perm(len(c.entries)))
}

// drawMore keys seats that were drawn; balls are those left in the bag.
func (c *codingDesk) drawMore(ctx context.Context, entries []string, balls []int) error {
	for i, no := range entries {
		pair := map[string]any{"from": no, "label": fmt.Sprintf("%03d", balls[i]+1)}
		if err := c.do(ctx, c.d.Seats, "/draws/seat/pairs", pair); err != nil {
			return err
		}
	}
	return nil
}

// code has both layers drawn and sealed: seats by hand, work codes all at once.
// The last of the list does not come, and the one before is late.
func (d *Marking) code(ctx context.Context, e rehearsal.Event) error {
	c, err := d.coding(ctx, e)
	if err != nil {
		return err
	}
	present, late := c.entries, []string(nil)
	if n := len(c.entries); n > 3 {
		present, late = c.entries[:n-2], c.entries[n-2:n-1]
	}
	if err := c.arrive(ctx, present, "present"); err != nil {
		return err
	}
	if err := c.drawSeats(ctx, present); err != nil {
		return err
	}
	if err := c.do(ctx, d.Staff, "/check-in/closing", map[string]any{}); err != nil {
		return err
	}
	if late != nil {
		if err := c.arrive(ctx, late, "late"); err != nil {
			return err
		}
		if err := c.drawMore(ctx, late, d.hand(e.ID, 4000).R.Perm(len(c.entries))[len(present):]); err != nil {
			return err
		}
	}
	if err := c.do(ctx, d.Seats, "/draws/seat/closing", map[string]any{}); err != nil {
		return err
	}
	for _, step := range []struct {
		path string
		body map[string]any
	}{
		{"/draws", map[string]any{"layer": "code", "method": "once", "witness": witness}},
		{"/draws/code/runs", map[string]any{"words": "匠心 三五六"}},
		{"/draws/code/closing", map[string]any{}},
	} {
		if err := c.do(ctx, d.Codes, step.path, step.body); err != nil {
			return err
		}
	}
	return nil
}

// unseal is asked for by the coding judge, with the supervisor beside.
func (d *Marking) unseal(ctx context.Context, e rehearsal.Event) error {
	c := codingDesk{d: d, event: e}
	return c.do(ctx, d.Codes, "/unsealing", map[string]any{"act_id": uuid.NewString(), "second": d.second()})
}
