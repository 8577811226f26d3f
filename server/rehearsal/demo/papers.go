package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"jiangtai/server/rehearsal"
)

// paper is one that persons have to sign.
type paper struct {
	Kind  string `json:"kind"`
	Chair int    `json:"chair,omitempty"`
	Panel string `json:"panel,omitempty"`
}

// papers prints those of an event that are chosen, and brings back the scans of
// those that are signed.
func (d *Marking) papers(ctx context.Context, e rehearsal.Event, prints, signs func(paper) bool) error {
	d.printer.Lock()
	defer d.printer.Unlock()
	at := "/api/v1/events/" + e.ID + "/documents"
	var list struct {
		Steps []paper `json:"steps"`
	}
	if err := d.Staff.Do(ctx, http.MethodGet, at, nil, &list); err != nil {
		return fmt.Errorf("papers of event %s: %w", e.Code, err)
	}
	for _, s := range list.Steps {
		if !prints(s) {
			continue
		}
		what := s
		if s.Kind == "mark_sheet" {
			what.Panel = "" // a chair says of which panel it is
		}
		var doc struct {
			Serial int `json:"serial"`
		}
		if err := d.Staff.Do(ctx, http.MethodPost, at, what, &doc); err != nil {
			return fmt.Errorf("print %s of event %s: %w", s.Kind, e.Code, err)
		}
		if !signs(s) {
			continue
		}
		if err := d.scan(ctx, e, doc.Serial); err != nil {
			return fmt.Errorf("scan of document %d of event %s: %w", doc.Serial, e.Code, err)
		}
	}
	return nil
}

// scan has a printed paper signed, and brings its picture back.
func (d *Marking) scan(ctx context.Context, e rehearsal.Event, serial int) error {
	no := strconv.Itoa(serial)
	var pdf []byte
	if err := d.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/documents/"+no+"/file.pdf", nil, &pdf); err != nil {
		return err
	}
	picture, err := scanOf(pdf, d.hand(e.ID, 5000+serial).R)
	if err != nil {
		return err
	}
	at := "/api/v1/documents/scans?event=" + e.ID + "&serial=" + no
	err = d.Staff.Do(ctx, http.MethodPost, at, rehearsal.Octets(picture), nil)
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Code == "signing.unread" { // one in some dozens: somebody looks at it
		err = d.Staff.Do(ctx, http.MethodPost, at+"&confirm=1", rehearsal.Octets(picture), nil)
	}
	return err
}

// recheck draws the sample and finds the first per cent of its sheets right.
func (d *Marking) recheck(ctx context.Context, e rehearsal.Event, percent int) error {
	at := "/api/v1/events/" + e.ID + "/recheck"
	var view struct {
		Drawn struct {
			Works []struct{ Work, Sheet, State string }
		}
	}
	if err := d.Staff.Do(ctx, http.MethodPost, at, map[string]any{}, &view); err != nil {
		return fmt.Errorf("draw the recheck of event %s: %w", e.Code, err)
	}
	works := view.Drawn.Works
	for i, w := range works {
		if i*100 >= percent*len(works) {
			break
		}
		finding := map[string]any{"work": w.Work, "sheet": w.Sheet, "right": true}
		if err := d.Staff.Do(ctx, http.MethodPost, at+"/findings", finding, nil); err != nil {
			return fmt.Errorf("recheck event %s: %w", e.Code, err)
		}
	}
	return nil
}

// announce begins the notice of a published list.
func (d *Marking) announce(ctx context.Context, e rehearsal.Event) error {
	body := map[string]any{"ends_on": d.Now().AddDate(0, 0, 9).Format("2006-01-02"), "place": "匠城市总工会官网、赛场公告栏（演示）"}
	if err := d.Staff.Do(ctx, http.MethodPost, "/api/v1/events/"+e.ID+"/notice", body, nil); err != nil {
		return fmt.Errorf("notice of event %s: %w", e.Code, err)
	}
	return nil
}
