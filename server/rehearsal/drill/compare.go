package drill

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"

	"jiangtai/server/rehearsal"
)

// compare locks the events and holds ledgers and phones against each other.
func (r *run) compare(ctx context.Context) error {
	c := &r.result.Compared
	stored := map[string][]uint64{}
	for i, e := range r.events {
		r.say(Step{Name: "compare", Here: i, Of: len(r.events)})
		err := r.Staff.Act(ctx, e.ID, map[string]any{"act_id": uuid.NewString(), "act": "lock"})
		if err != nil {
			r.result.Faults = append(r.result.Faults, err.Error())
		} else {
			c.Locked++
		}
		if err := r.ledger(ctx, e.ID, stored); err != nil {
			return err
		}
	}
	r.hold(stored)
	caught, end := context.WithTimeout(ctx, catching)
	defer end()
	for i, e := range r.events {
		behind, err := r.board(caught, e.ID, i)
		if err != nil {
			return err
		}
		c.Boards++
		c.Behind += behind
	}
	c.Phones, c.Done = r.Spectators, true
	return nil
}

// ledger reads the marks of an event's export: the records by mark.
func (r *run) ledger(ctx context.Context, event string, into map[string][]uint64) error {
	var raw []byte
	if err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+event+"/ledger", nil, &raw); err != nil {
		return fmt.Errorf("ledger of event %s: %w", event, err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			Seq  uint64
			Body []byte
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return fmt.Errorf("ledger of event %s: %w", event, err)
		}
		if line.Body == nil {
			continue
		}
		record, err := scoring.ParseRecord(line.Body)
		if err != nil {
			return fmt.Errorf("ledger of event %s: record %d: %w", event, line.Seq, err)
		}
		if record.Kind == scoring.Mark {
			into[record.MarkID.String()] = append(into[record.MarkID.String()], line.Seq)
		}
	}
	return lines.Err()
}

// hold holds receipts against records.
func (r *run) hold(stored map[string][]uint64) {
	c := &r.result.Compared
	r.book.mu.Lock()
	defer r.book.mu.Unlock()
	for id, seq := range r.book.got {
		switch at := stored[id]; {
		case len(at) == 0:
			c.Missing++
		case at[0] != seq:
			c.Moved++
		}
	}
	for id, at := range stored {
		c.Records += len(at)
		if len(at) > 1 {
			c.Twice++
		}
		if _, told := r.book.got[id]; !told && r.book.sent[id] {
			c.Silent++
		}
	}
}

// board counts the phones of an event that do not have the server's standings, once
// no more of them catch up.
func (r *run) board(ctx context.Context, event string, i int) (behind int, err error) {
	for {
		var raw []byte
		if err := r.Staff.As("").Do(context.WithoutCancel(ctx), http.MethodGet, "/api/v1/public/events/"+event+"/standings", nil, &raw); err != nil {
			return 0, fmt.Errorf("standings of event %s: %w", event, err)
		}
		behind, err = r.crowd.Behind(r.halls[i], raw)
		if err != nil || behind == 0 || !rehearsal.Pause(ctx, 100*time.Millisecond) {
			return behind, err
		}
	}
}

// finish writes the figures together.
func (r *run) finish() {
	out, b := r.result, r.book
	out.Events = len(r.events)
	out.Marks = b.marks
	out.Marks.Receipt, out.Marks.Flush = quantiles(b.receipt.Whole()), quantiles(b.flush)
	for _, t := range r.tablets {
		out.Marks.Unsent += t.left()
	}
	out.Lag = quantiles(r.lag)
	out.SlotSeconds = r.slot.Seconds()
	if r.crowd == nil {
		return
	}
	s := r.crowd.Stats()
	all := r.ways.Whole()
	out.Phones = Phones{
		Refused: s.Refused, Cut: s.Cut, Closed: map[string]int{}, Broken: s.Broken, Silent: s.Silent,
		Holes: s.Holes, Frames: s.Frames, Bytes: s.Bytes, Way: quantiles(all), Back: quantiles(s.Back),
	}
	for code, n := range s.Closed {
		out.Phones.Closed[strconv.Itoa(code)] = n
	}
	out.Ways = bars(all)
	r.slots()
}

// slots lays the series beside each other; what came while outboxes were emptied
// belongs to the last.
func (r *run) slots() {
	ways, receipts, all := r.ways.Slots(), r.book.receipt.Slots(), r.book.all.Slots()
	r.result.Phones.Most = r.most
	// The last slot is seldom a whole one.
	whole := min(len(r.here), max(1, int(r.result.Seconds/r.slot.Seconds())))
	for i, here := range r.here[:whole] {
		s := Slot{Here: here}
		if i == 0 || here < r.result.Phones.Fewest {
			r.result.Phones.Fewest = here
		}
		if i < len(ways) {
			w := quantiles(ways[i])
			s.WayP50, s.WayP95, s.WayP99 = w.P50, w.P95, w.P99
		}
		if i < len(receipts) {
			s.Receipt = quantiles(receipts[i]).P95
		}
		if i < len(all) {
			s.Marks = all[i].Count()
		}
		r.result.Slots = append(r.result.Slots, s)
	}
}
