package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"jiangtai/server/rehearsal"
)

// Planning is the demonstration of the yearly plan: events in every state of their
// filing, and the results that the office accepts at the end.
type Planning struct {
	Office  *rehearsal.Client // an organiser of the contest
	Contest string
	Now     time.Time
}

// wayOf is how far the i-th event's filing has come before it is run: what opens
// at once is filed; of the rest, one in ten, the first waits for the office, the
// second was returned, the third is planned.
func wayOf(i int) []string {
	switch {
	case startOf(i).open:
		return []string{"apply", "file"}
	case i/10%3 == 0:
		return []string{"apply"}
	case i/10%3 == 1:
		return []string{"apply", "return"}
	}
	return nil
}

// Plan plans the events of the contest and takes the filings some way.
func Plan(ctx context.Context, p Planning) error {
	events, err := p.Office.Events(ctx, p.Contest)
	if err != nil {
		return err
	}
	classes := []string{"city-1", "city-1", "city-2", "none"}
	for i, e := range events {
		path := "/api/v1/events/" + e.ID + "/filing"
		planned := map[string]any{
			"version": 0, "class": classes[i%len(classes)], "month": 4 + i%8, "budget": 40_000 + 5_000*(i%9), "listed": i%4 != 3,
			"return_by": p.Now.AddDate(0, 0, 14+7*(i%5)).Format(time.DateOnly),
		}
		if err := p.Office.Do(ctx, http.MethodPatch, path, planned, nil); err != nil {
			return fmt.Errorf("plan event %s: %w", e.Code, err)
		}
		for n, act := range wayOf(i) {
			if n == 0 {
				if err := p.attach(ctx, e, i+1); err != nil {
					return fmt.Errorf("document of event %s: %w", e.Code, err)
				}
			}
			if err := p.act(ctx, e.ID, act, n+1, ""); err != nil {
				return fmt.Errorf("filing of event %s: %w", e.Code, err)
			}
		}
	}
	return nil
}

// attach adds what an application must have and a results-only event has no other
// way: the technical document and the list of judges.
func (p Planning) attach(ctx context.Context, e rehearsal.Event, n int) error {
	for _, kind := range []string{"technical", "judges"} {
		path := "/api/v1/plan/files?kind=" + kind + "&name=" + kind + "-" + strconv.Itoa(n) + ".pdf&event=" + e.ID
		if err := p.Office.Do(ctx, http.MethodPost, path, rehearsal.Octets("%PDF-1.7\n% an invented document\n"), nil); err != nil {
			return err
		}
	}
	return nil
}

func (p Planning) act(ctx context.Context, event, act string, version int, number string) error {
	body := map[string]any{"act": act, "version": version, "number": number}
	if act == "return" {
		body["reason"] = "（演示）请补充安全预案"
	}
	return p.Office.Do(ctx, http.MethodPost, "/api/v1/events/"+event+"/filing/acts", body, nil)
}

// KeepAccepting accepts the results that come in, until ctx is done.
func KeepAccepting(ctx context.Context, p Planning) error {
	every := time.NewTicker(2 * time.Second)
	defer every.Stop()
	for {
		if _, err := accept(ctx, p); taken(err) != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-every.C:
		}
	}
}

// AcceptResults accepts what has come in, and what a signed list is about to report
// by itself; that may take some seconds.
func AcceptResults(ctx context.Context, p Planning) error {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		left, err := accept(ctx, p)
		var again *rehearsal.Problem // an act that KeepAccepting was called off from may still be under way
		if errors.As(err, &again) && again.Status == http.StatusConflict {
			left, err = 1, nil
		}
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}

// accept hands in and accepts the results of the events that are published and
// filed: all but the last one's, which waits for the office. It says how many are
// about to report themselves.
func accept(ctx context.Context, p Planning) (left int, err error) {
	var year struct {
		Lines []struct {
			Event struct {
				ID, Code, Phase, Chain string
			}
			Filing struct {
				State   string
				Version int
			}
		}
	}
	if err := p.Office.Do(ctx, http.MethodGet, "/api/v1/plan?contest="+p.Contest, nil, &year); err != nil {
		return left, fmt.Errorf("read the plan: %w", err)
	}
	for i, l := range year.Lines {
		e, f := l.Event, l.Filing
		if e.Phase == "official" && e.Chain == "full" && f.State == "filed" {
			left++
		}
		isFiled := f.State == "filed" && e.Chain != "full" // a full chain reports its signed list by itself
		if e.Phase != "official" || !isFiled && f.State != "reported" {
			continue
		}
		version := f.Version
		if isFiled {
			number := fmt.Sprintf("%s-%02d-0001", e.Code, p.Now.Year()%100)
			if err := p.act(ctx, e.ID, "report", version, number); err != nil {
				return left, fmt.Errorf("report event %s: %w", e.Code, err)
			}
			version++
		}
		if i == len(year.Lines)-1 {
			continue
		}
		if err := p.act(ctx, e.ID, "accept", version, ""); err != nil {
			return left, fmt.Errorf("accept event %s: %w", e.Code, err)
		}
	}
	return left, nil
}
