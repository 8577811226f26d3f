package rehearsal

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"jiangtai/scoring/pad"
)

// Tablet is one paired tablet with what it was given to mark. It is not safe
// for concurrent use: one judge holds it.
type Tablet struct {
	Client *Client
	Bundle Bundle

	seq uint32
}

// Bundle is the part of the server's bundle that a simulated judge reads.
type Bundle struct {
	Event struct {
		ID      string `json:"id"`
		Version int    `json:"version"`
		Phase   string `json:"phase"`
	} `json:"event"`
	Chair struct {
		Number int    `json:"number"`
		Panel  string `json:"panel"`
		Seat   int    `json:"seat"`
	} `json:"chair"`
	Sheets []struct {
		Criterion struct {
			ID       string `json:"id"`
			Identity string `json:"identity"`
		} `json:"criterion"`
		Subs []struct {
			Aspects []pad.Pad `json:"aspects"`
		} `json:"subs"`
	} `json:"sheets"`
	Works []struct {
		Work     string   `json:"work"`
		Identity string   `json:"identity"`
		Criteria []string `json:"criteria"`
		Status   string   `json:"status"`
	} `json:"works"`
	Marks []struct {
		Work    string `json:"work"`
		Aspect  string `json:"aspect"`
		Attempt int    `json:"attempt"`
		Value   string `json:"value"`
		MarkID  string `json:"mark_id"`
	} `json:"marks"`
	Sessions []struct {
		Work      string `json:"work"`
		Criterion string `json:"criterion"`
		State     string `json:"state"`
		Net       int64  `json:"net_ms"`
		Since     int64  `json:"since"` // by the clock of the device that said it; 0: waiting
	} `json:"sessions"`
	Device struct {
		Highest uint32 `json:"highest"`
	} `json:"device"`
}

// MarkBody is one mark as it is sent.
type MarkBody struct {
	MarkID     string `json:"mark_id"`
	Event      string `json:"event"`
	Chair      int    `json:"chair"`
	Work       string `json:"work"`
	Aspect     string `json:"aspect"`
	Attempt    int    `json:"attempt,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Value      string `json:"value"`
	Version    int    `json:"version"`
	Supersedes string `json:"supersedes,omitempty"`
	DeviceSeq  uint32 `json:"device_seq"`
	ClientAt   int64  `json:"client_at,omitempty"`
	Text       string `json:"text,omitempty"`
}

// Result is the answer to one mark.
type Result struct {
	Status  int      `json:"status"`
	MarkID  string   `json:"mark_id"`
	Receipt *Receipt `json:"receipt"`
	Problem *Problem `json:"problem"`
}

// Receipt is the part of a receipt that a simulated judge keeps.
type Receipt struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

// Cell is one mark that the tablet has still to give.
type Cell struct {
	Work    string
	Pad     pad.Pad
	Attempt int
}

// Load fetches the bundle.
func (t *Tablet) Load(ctx context.Context) error {
	t.Bundle = Bundle{}
	if err := t.Client.Do(ctx, http.MethodGet, "/api/v1/tablet/bundle", nil, &t.Bundle); err != nil {
		return fmt.Errorf("fetch the bundle: %w", err)
	}
	t.seq = max(t.seq, t.Bundle.Device.Highest)
	return nil
}

// Open lists the cells that are still to be marked by this chair, work by work.
// Where the panel gives one mark together, its first seat gives it.
func (t *Tablet) Open() []Cell {
	marked := map[string]bool{}
	for _, m := range t.Bundle.Marks {
		marked[cellKey(m.Work, m.Aspect, m.Attempt)] = true
	}
	var out []Cell
	for _, w := range t.Bundle.Works {
		if w.Status != "" && w.Status != "competing" {
			continue
		}
		for _, s := range t.Bundle.Sheets {
			if s.Criterion.Identity != w.Identity || !contains(w.Criteria, s.Criterion.ID) {
				continue
			}
			for _, sub := range s.Subs {
				for _, p := range sub.Aspects {
					if !p.Required || (!p.Each && t.Bundle.Chair.Seat > 1) {
						continue
					}
					for attempt := 1; attempt <= max(1, p.Attempts); attempt++ {
						if !marked[cellKey(w.Work, p.ID, attempt)] {
							out = append(out, Cell{w.Work, p, attempt})
						}
					}
				}
			}
		}
	}
	return out
}

// Mark is a mark for a cell with the next number of the device.
func (t *Tablet) Mark(c Cell, value string) MarkBody {
	t.seq++
	return MarkBody{
		MarkID: uuid.NewString(), Event: t.Bundle.Event.ID, Chair: t.Bundle.Chair.Number, Work: c.Work,
		Aspect: c.Pad.ID, Attempt: c.Attempt, Value: value, Version: t.Bundle.Event.Version, DeviceSeq: t.seq,
	}
}

// Send delivers marks; the answers come in their order.
func (t *Tablet) Send(ctx context.Context, marks []MarkBody) ([]Result, error) {
	var got struct {
		Results []Result `json:"results"`
	}
	if err := t.Client.Do(ctx, http.MethodPost, "/api/v1/marks", map[string]any{"marks": marks}, &got); err != nil {
		return nil, fmt.Errorf("send %d marks: %w", len(marks), err)
	}
	if len(got.Results) != len(marks) {
		return nil, fmt.Errorf("send %d marks: %d answers", len(marks), len(got.Results)) //nolint:err113 // a broken promise of the server, for the log
	}
	return got.Results, nil
}

func cellKey(work, aspect string, attempt int) string {
	return work + "\x00" + aspect + "\x00" + string(rune('0'+max(1, attempt)))
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
