package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"jiangtai/server/rehearsal"
)

// Honouring is the demonstration of honours: unions, a campaign with nominees at
// every step of its road, up to the register.
type Honouring struct {
	Office  [3]*rehearsal.Client // of the union's office: who reviews neither counts nor approves
	Union   *rehearsal.Client    // of a grassroots union
	County  *rehearsal.Client    // of the county union above it
	Members []*rehearsal.Client  // the committee
	Contest string               // whose results propose
	Now     time.Time

	unions   map[string]string // ids by code
	campaign string
}

// errCalendar says that the holidays of these days are not known: a demonstration
// of a later year shows what it can without notices.
var errCalendar = errors.New("the working calendar does not know these days")

// Honour makes the unions, files the contest and takes invented nominees as far
// as each is to go.
func Honour(ctx context.Context, h Honouring) error {
	if err := h.found(ctx); err != nil {
		return fmt.Errorf("unions of the demonstration: %w", err)
	}
	filing := map[string]any{"contest": h.Contest, "profile": "city", "version": 1, "class": "city-1", "planned": true}
	if err := h.Office[0].Do(ctx, http.MethodPut, "/api/v1/honours/filings", filing, nil); err != nil {
		return fmt.Errorf("filing of the demonstration: %w", err)
	}
	if err := h.begin(ctx, "craftsman", "年匠城工匠推荐评选（演示）", 10); err != nil {
		return err
	}
	if err := h.begin(ctx, "medal", "年匠城市五一劳动奖章评选（演示）", 20); err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{h.conferred, h.onNotice, h.onTheWay} {
		if err := part(ctx); err != nil && !errors.Is(err, errCalendar) {
			return fmt.Errorf("campaign of the demonstration: %w", err)
		}
	}
	return nil
}

// found makes three unions above and three below, and says who acts for them.
func (h *Honouring) found(ctx context.Context) error {
	union, err := own(ctx, h.Union)
	if err != nil {
		return err
	}
	county, err := own(ctx, h.County)
	if err != nil {
		return err
	}
	h.unions = map[string]string{}
	for _, b := range []struct {
		code, name, kind, above string
		weight                  int
		member                  string
	}{
		{"JD", "江东区总工会", "county", "", 182_400, county},
		{"JB", "江北区总工会", "county", "", 96_300, ""},
		{"JX", "机械冶金建材产业工会", "industry", "", 64_800, county},
		{"JD-01", "匠城造船厂工会", "grassroots", "JD", 0, union},
		{"JD-02", "匠城第二棉纺厂工会", "grassroots", "JD", 0, union},
		{"JX-01", "匠城轨道交通公司工会", "grassroots", "JX", 0, union},
	} {
		body := map[string]any{"code": b.code, "name": b.name, "kind": b.kind, "weight": b.weight, "members": []string{}}
		if b.above != "" {
			body["parent"] = h.unions[b.above]
		}
		if b.member != "" {
			body["members"] = []string{b.member}
		}
		var made struct {
			Body struct{ ID string } `json:"body"`
		}
		if err := h.Office[0].Do(ctx, http.MethodPost, "/api/v1/honours/bodies", body, &made); err != nil {
			return err
		}
		h.unions[b.code] = made.Body.ID
	}
	return nil
}

// own is the id of the account that is signed in.
func own(ctx context.Context, c *rehearsal.Client) (string, error) {
	var now struct {
		Account struct{ ID string } `json:"account"`
	}
	err := c.Do(ctx, http.MethodGet, "/api/v1/sessions/current", nil, &now)
	return now.Account.ID, err
}

func (h *Honouring) begin(ctx context.Context, sequence, name string, places int) error {
	body := map[string]any{
		"kind": "demo", "sequence": sequence, "year": h.Now.Year(), "name": fmt.Sprint(h.Now.Year(), name), "places": places, "committee": len(h.Members),
		"deadline": h.day(60),
	}
	var made struct {
		Campaign struct{ ID string } `json:"campaign"`
	}
	if err := h.Office[0].Do(ctx, http.MethodPost, "/api/v1/honours/campaigns", body, &made); err != nil {
		return fmt.Errorf("campaign %s: %w", sequence, err)
	}
	h.campaign = made.Campaign.ID
	return nil
}

// day is so many days from now, in China.
func (h *Honouring) day(n int) string {
	return h.Now.UTC().Add(8*time.Hour).AddDate(0, 0, n).Format(time.DateOnly)
}

// nominee is an invented person.
type nominee struct {
	name, union, category string
	traits                []string
	deeds                 string
}

var unitOf = map[string]string{"JD-01": "匠城造船厂", "JD-02": "匠城第二棉纺厂", "JX-01": "匠城轨道交通公司"}

// nominate puts a person into the campaign and gives the nomination's id.
func (h *Honouring) nominate(ctx context.Context, p nominee) (string, error) {
	body := map[string]any{"body": h.unions[p.union], "content": map[string]any{
		"person_key": "demo-" + p.name, "unit_key": "demo-" + p.union, "name": p.name, "unit": unitOf[p.union], "category": p.category,
		"traits": p.traits, "deeds": p.deeds,
	}}
	var made struct {
		Nomination struct{ ID string } `json:"nomination"`
	}
	err := h.Union.Do(ctx, http.MethodPost, "/api/v1/honours/campaigns/"+h.campaign+"/nominations", body, &made)
	return made.Nomination.ID, err
}

// take does an act on a nomination.
func (h *Honouring) take(ctx context.Context, as *rehearsal.Client, id, step, do string, more map[string]any) error {
	body := map[string]any{"step": step, "do": do}
	for k, v := range more {
		body[k] = v
	}
	if err := as.Do(ctx, http.MethodPost, "/api/v1/honours/nominations/"+id+"/steps", body, nil); err != nil {
		return fmt.Errorf("%s at %s: %w", do, step, err)
	}
	return nil
}

// proof is a scan that says what it is, as the smallest PDF that opens.
func proof(what string) []byte {
	text := "BT /F1 18 Tf 72 720 Td (" + what + ") Tj ET"
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"+
		"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n", len(text), text)
}

// keep brings a scan and gives its SHA-256.
func (h *Honouring) keep(ctx context.Context, as *rehearsal.Client, id, name, what string) (string, error) {
	query := url.Values{"nomination": {id}, "name": {name}}
	var kept struct {
		File struct{ Sum string } `json:"file"`
	}
	err := as.Do(ctx, http.MethodPost, "/api/v1/honours/files?"+query.Encode(), proof(what+" "+id), &kept)
	return kept.File.Sum, err
}

// ran records a notice that hung on paper three weeks ago, and ends it.
func (h *Honouring) ran(ctx context.Context, as *rehearsal.Client, step, place string, list ...string) error {
	sum, err := h.keep(ctx, as, list[0], "公示无异议证明.pdf", "Notice "+step+", demonstration")
	if err != nil {
		return err
	}
	var end struct {
		End string `json:"end"`
	}
	if err := known(as.Do(ctx, http.MethodGet, "/api/v1/honours/calendar?days=5&from="+h.day(-21), nil, &end)); err != nil {
		return err
	}
	return h.show(ctx, as, step, place, map[string]any{
		"starts_on": h.day(-21), "ends_on": end.End, "evidence": sum, "reason": "公示时系统尚未启用，按盖章证明补录（演示）",
	}, list...)
}

// show puts a notice up; one that ran on paper is ended at once.
func (h *Honouring) show(ctx context.Context, as *rehearsal.Client, step, place string, ran map[string]any, list ...string) error {
	body := map[string]any{
		"step": step, "nominations": list, "place": place,
		"text": "（演示）按照评选程序，现将拟推荐人选予以公示。公示期间如有异议，请实名反映。",
	}
	if ran != nil {
		body["ran"] = ran
	}
	var made struct {
		Notice struct{ ID string } `json:"notice"`
	}
	if err := known(as.Do(ctx, http.MethodPost, "/api/v1/honours/campaigns/"+h.campaign+"/notices", body, &made)); err != nil || ran == nil {
		return err
	}
	return as.Do(ctx, http.MethodPost, "/api/v1/honours/notices/"+made.Notice.ID+"/finish", nil, nil)
}

// known tells a calendar that ends from other refusals.
func known(err error) error {
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Code == "honours.calendar" {
		return errCalendar
	}
	return err
}
