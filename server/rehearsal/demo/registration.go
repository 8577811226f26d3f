package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"jiangtai/server/rehearsal"
)

// Registering is the demonstration of registration: terms for a contest, and
// applications of invented people in every state, in some of its events.
type Registering struct {
	Office  *rehearsal.Client // an organiser of the contest
	Host    *rehearsal.Client // a host of its events, another person
	Contest string
	Seed    uint64
	Now     time.Time // by which the terms are open
}

const noticeVersion = "2026-1"

// Register writes the terms and lets people apply. It must run before the events
// open: whom the office approves becomes an entry. Two events that open later get
// applications in all states; one that is published early gets people who are all
// approved, so that honours know who stands behind its ranks; the first that
// opens at once takes its registrations next week.
func Register(ctx context.Context, r Registering) error {
	events, err := r.Office.Events(ctx, r.Contest)
	if err != nil || len(events) == 0 {
		return err
	}
	if err := r.terms(ctx, "contests/"+r.Contest, r.Now.AddDate(0, 0, -20)); err != nil {
		return err
	}
	waiting, published := 0, 0
	for i, e := range events {
		switch s := startOf(i); {
		case !s.open && waiting < 2:
			waiting++
			err = r.inAllStates(ctx, i, e.ID)
		case s.publish && published < 1:
			published++
			err = r.allApproved(ctx, i, e.ID)
		}
		if err != nil {
			return fmt.Errorf("registration of event %s: %w", e.Code, err)
		}
	}
	return r.terms(ctx, "events/"+events[0].ID, r.Now.AddDate(0, 0, 7))
}

// terms are open for five weeks.
func (r Registering) terms(ctx context.Context, scope string, from time.Time) error {
	at := func(days int) string { return from.AddDate(0, 0, days).UTC().Format(time.RFC3339) }
	terms := map[string]any{
		"opens_at": at(0), "closes_at": at(35), "correct_until": at(38), "is_public": true, "ladder": []string{"host", "office"},
		"events_per_person": 1, "per_unit": 20,
		"notice": map[string]string{"version": noticeVersion, "text": "（演示）我们用您填写的信息审核参赛资格、编排比赛和办理保险。\n" +
			"证件号码和手机号加密保存，页面和导出只显示掩码；工作人员查看完整号码须写明原因，您可在“查询我的报名”中看到。\n" +
			"赛后按规定期限删除。这里是演示，请不要填写真实的个人信息。"},
		"rules": []any{
			map[string]any{"rule": "trade_years", "min": 2},
			map[string]any{"rule": "age", "min": 18, "max": 60, "on": r.Now.Format(time.DateOnly)},
			map[string]any{"rule": "not_teacher"},
			map[string]any{"rule": "barred_titles", "values": []string{"全国劳动模范"}},
			map[string]any{"rule": "city_years", "min": 1, "warns": true},
		},
	}
	err := r.Office.Do(ctx, http.MethodPut, "/api/v1/"+scope+"/registration-terms", map[string]any{"terms": terms, "reason": ""}, nil)
	if err != nil {
		return fmt.Errorf("terms of %s: %w", scope, err)
	}
	return nil
}

// people are those who may apply for the event at a place of the contest: other
// ones for every event.
func (r Registering) people(ctx context.Context, at int, event string) (*applicants, error) {
	var call struct {
		Units []struct{ Name string } `json:"units"`
	}
	if err := r.Office.As("").Do(ctx, http.MethodGet, "/api/v1/public/events/"+event+"/registration", nil, &call); err != nil {
		return nil, err
	}
	out := &applicants{r: rand.New(rand.NewPCG(r.Seed, uint64(at))), now: r.Now, n: at * 40}
	for _, u := range call.Units {
		out.units = append(out.units, u.Name)
	}
	if out.units == nil {
		out.units = []string{"匠城造船厂"}
	}
	return out, nil
}

// inAllStates lets eight people apply themselves and a unit put down ten, and
// host and office decide on some of them.
func (r Registering) inAllStates(ctx context.Context, at int, event string) error {
	people, err := r.people(ctx, at, event)
	if err != nil {
		return err
	}
	last := receiptOf{}
	for n := range 8 {
		if last, err = r.apply(ctx, event, people.next(n%4)); err != nil {
			return err
		}
	}
	if err := r.Office.As("").Withdraw(ctx, last.Number, last.Secret); err != nil {
		return err
	}
	if err := r.enlist(ctx, event, people, 8, false); err != nil {
		return err
	}
	if err := r.enlist(ctx, event, people, 2, true); err != nil {
		return err
	}
	list, err := r.list(ctx, event, "submitted")
	if err != nil {
		return err
	}
	for _, d := range []struct {
		as     *rehearsal.Client
		act    string
		reason string
		list   []applied
	}{
		{r.Host, "return", "请补充所在岗位，并核对从业年限", list[0:2]},
		{r.Host, "refuse", "与本赛项工种不符", list[2:3]},
		{r.Host, "approve", "", list[3:10]},
		{r.Office, "return", "单位名称与工会登记不一致，请核对", raised(list[3:4])},
		{r.Office, "approve", "", raised(list[4:7])},
	} {
		if err := decide(ctx, d.as, event, d.act, d.reason, d.list); err != nil {
			return err
		}
	}
	return r.Office.Do(ctx, http.MethodPost, "/api/v1/registrations/"+list[4].ID+"/reveal", map[string]string{"reason": "办理参赛人员意外伤害保险"}, nil)
}

// allApproved puts down five people and approves them.
func (r Registering) allApproved(ctx context.Context, at int, event string) error {
	people, err := r.people(ctx, at, event)
	if err != nil {
		return err
	}
	if err := r.enlist(ctx, event, people, 5, false); err != nil {
		return err
	}
	list, err := r.list(ctx, event, "submitted")
	if err != nil {
		return err
	}
	if err := decide(ctx, r.Host, event, "approve", "", list); err != nil {
		return err
	}
	return decide(ctx, r.Office, event, "approve", "", raised(list))
}

type receiptOf struct{ Number, Secret string }

// apply is a person at the public form.
func (r Registering) apply(ctx context.Context, event string, draft map[string]any) (receiptOf, error) {
	draft["event"] = event
	var got receiptOf
	err := r.Office.As("").Do(ctx, http.MethodPost, "/api/v1/public/registrations", draft, &got)
	return got, err
}

// enlist is the list of a unit.
func (r Registering) enlist(ctx context.Context, event string, people *applicants, n int, isDraft bool) error {
	var list []any
	for range n {
		list = append(list, people.next(3))
	}
	return r.Host.Do(ctx, http.MethodPost, "/api/v1/events/"+event+"/registrations", map[string]any{"registrations": list, "draft": isDraft}, nil)
}

// applied is an application as a decision names it.
type applied struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// raised are the same after one more step.
func raised(list []applied) []applied {
	out := make([]applied, len(list))
	for i, a := range list {
		out[i] = applied{a.ID, a.Version + 1}
	}
	return out
}

func (r Registering) list(ctx context.Context, event, status string) ([]applied, error) {
	var got struct {
		Registrations []applied `json:"registrations"`
	}
	err := r.Office.Do(ctx, http.MethodGet, "/api/v1/events/"+event+"/registrations?limit=500&status="+status, nil, &got)
	return got.Registrations, err
}

func decide(ctx context.Context, c *rehearsal.Client, event, act, reason string, list []applied) error {
	return c.Do(ctx, http.MethodPost, "/api/v1/events/"+event+"/registrations/decisions", map[string]any{"act": act, "reason": reason, "registrations": list}, nil)
}
