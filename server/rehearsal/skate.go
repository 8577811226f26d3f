package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Known is a mark whose value is known beforehand, as published scores are.
type Known struct {
	Work, Aspect, Value string
	NotPerformed        bool
}

// SendManner is how a judge's tablet delivers marks that are known: in which
// order and pieces, how often twice, how often wrong at first.
type SendManner struct {
	Rand  *rand.Rand // needed
	Batch int        // a delivery holds 1 to Batch marks
	Twice int        // per cent of marks that are sent again later
	Wrong int        // per cent of marks that are given wrong and corrected later
	// Misread is the wrong value of a mark; "" when it has none.
	Misread func(Known) string
}

// Sent counts what a tablet delivered. Receipts are by mark id, as their bytes
// came.
type Sent struct {
	Marks, Deliveries, Twice, Corrected int
	Receipts                            map[string]string
}

// Answer is the answer to one mark, with the receipt's own bytes.
type Answer struct {
	Status  int             `json:"status"`
	MarkID  string          `json:"mark_id"`
	Receipt json.RawMessage `json:"receipt"`
	Problem *Problem        `json:"problem"`
}

var errSent = errors.New("the server broke its promise")

// deed is one mark on its way, at its place in time.
type deed struct {
	when  float64
	known Known
	value string
	id    string // of the mark
	after string // the mark that it corrects
	again bool
}

// plan puts the marks in a random order, with repetitions and corrections behind
// what they repeat and correct.
func (m SendManner) plan(list []Known) []deed {
	var out []deed
	later := func(t float64) float64 { return t + (1-t)*m.Rand.Float64() }
	add := func(d deed) deed {
		d.id = uuid.NewString()
		out = append(out, d)
		if m.Rand.IntN(100) < m.Twice {
			d.again, d.when = true, later(d.when)
			out = append(out, d)
		}
		return d
	}
	for _, k := range list {
		first := deed{when: m.Rand.Float64(), known: k, value: k.Value}
		if m.Rand.IntN(100) < m.Wrong && !k.NotPerformed {
			first.value = m.Misread(k)
		}
		first = add(first)
		if first.value != k.Value {
			add(deed{when: later(first.when), known: k, value: k.Value, after: first.id})
		}
	}
	slices.SortStableFunc(out, func(a, b deed) int {
		switch {
		case a.when < b.when:
			return -1
		case a.when > b.when:
			return 1
		}
		return 0
	})
	return out
}

// Deliver gives known marks in the manner and holds every answer against what
// the server promises: a receipt for each, the same bytes for the same mark.
func (t *Tablet) Deliver(ctx context.Context, list []Known, m SendManner) (Sent, error) {
	sent := Sent{Receipts: map[string]string{}}
	bodies := map[string]MarkBody{}
	plan := m.plan(list)
	for len(plan) > 0 {
		n := min(len(plan), 1+m.Rand.IntN(m.Batch))
		batch := make([]MarkBody, 0, n)
		for _, d := range plan[:n] {
			if !d.again {
				bodies[d.id] = t.body(d)
			}
			batch = append(batch, bodies[d.id])
		}
		answers, err := t.Insist(ctx, batch)
		if err != nil {
			return sent, err
		}
		sent.Deliveries++
		for i, d := range plan[:n] {
			if err := sent.count(d, answers[i]); err != nil {
				return sent, err
			}
		}
		plan = plan[n:]
	}
	return sent, nil
}

func (t *Tablet) body(d deed) MarkBody {
	t.seq++
	b := MarkBody{
		MarkID: d.id, Event: t.Bundle.Event.ID, Chair: t.Bundle.Chair.Number, Work: d.known.Work, Aspect: d.known.Aspect,
		Value: d.value, Version: t.Bundle.Event.Version, Supersedes: d.after, DeviceSeq: t.seq,
	}
	if d.known.NotPerformed {
		b.Kind = "not_performed"
	}
	return b
}

func (s *Sent) count(d deed, a Answer) error {
	if a.Status != http.StatusOK || a.MarkID != d.id || len(a.Receipt) == 0 {
		return fmt.Errorf("mark %s of %s %s: %d %w: %w", d.id, d.known.Work, d.known.Aspect, a.Status, a.Problem, errSent)
	}
	switch {
	case d.again:
		s.Twice++
		if s.Receipts[d.id] != string(a.Receipt) {
			return fmt.Errorf("mark %s has two receipts: %s and %s: %w", d.id, s.Receipts[d.id], a.Receipt, errSent)
		}
		return nil
	case d.after != "":
		s.Corrected++
	}
	s.Marks++
	s.Receipts[d.id] = string(a.Receipt)
	return nil
}

// Insist sends marks until each has a final answer, as a tablet's outbox does:
// what the server could not take now is sent again as it was. The answers come
// in the order of the marks.
func (t *Tablet) Insist(ctx context.Context, marks []MarkBody) ([]Answer, error) {
	answers := make([]Answer, len(marks))
	open := make([]int, len(marks))
	for i := range open {
		open[i] = i
	}
	for len(open) > 0 {
		batch := make([]MarkBody, 0, len(open))
		for _, i := range open {
			batch = append(batch, marks[i])
		}
		var got struct {
			Results []Answer `json:"results"`
		}
		err := t.Client.Do(ctx, http.MethodPost, "/api/v1/marks", map[string]any{"marks": batch}, &got)
		switch {
		case ctx.Err() != nil:
			return answers, fmt.Errorf("send %d marks: %w", len(open), ctx.Err())
		case err != nil && isFinal(err):
			return answers, fmt.Errorf("send %d marks: %w", len(open), err)
		case err == nil && len(got.Results) != len(batch):
			return answers, fmt.Errorf("send %d marks, %d answers: %w", len(open), len(got.Results), errSent)
		}
		var left []int
		for n, i := range open {
			if err != nil || !isAnswered(got.Results[n].Status) {
				left = append(left, i)
				continue
			}
			answers[i] = got.Results[n]
		}
		if open = left; len(open) > 0 {
			Pause(ctx, 30*time.Millisecond)
		}
	}
	return answers, nil
}

func isAnswered(status int) bool {
	return status < http.StatusInternalServerError && status != http.StatusTooManyRequests
}

// isFinal says that the delivery as a whole will not be taken. A broken
// connection says nothing.
func isFinal(err error) bool {
	var p *Problem
	return errors.As(err, &p) && isAnswered(p.Status)
}

// Rest closes the connections that nobody uses.
func (c *Client) Rest() { c.http.CloseIdleConnections() }
