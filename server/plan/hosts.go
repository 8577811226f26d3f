package plan

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Hosts gives a contest's hosts with whom to call and their events: organisers
// see all, a host's people the hosts of their own events.
func (d *Desk) Hosts(ctx context.Context, a contest.Actor, id contest.ID) ([]Host, error) {
	events, err := d.mine(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all := a.Has(id, contest.ID{}, readers...)
	if len(events) == 0 && !all {
		return nil, fault.New(fault.Missing, "plan.contest_missing")
	}
	list, err := d.Events.ListHosts(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []Host{}
	var ids []contest.ID
	for _, h := range list {
		for _, e := range events {
			if e.Host == h.ID {
				h.Events = append(h.Events, e.ID)
			}
		}
		if all || len(h.Events) > 0 {
			out, ids = append(out, h), append(ids, h.ID)
		}
	}
	contacts, err := d.Store.ListContacts(ctx, ids...)
	for i := range out {
		out[i].Contact = contacts[out[i].ID]
	}
	return out, err
}

// mine are a contest's events that the actor may see in the plan.
func (d *Desk) mine(ctx context.Context, a contest.Actor, id contest.ID) ([]Event, error) {
	all, err := d.Events.ListEvents(ctx)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, e := range all {
		if e.Contest == id && mayRead(a, e) {
			out = append(out, e)
		}
	}
	return out, nil
}

// PutContact says whom to call at a host: by the organiser, or by who writes for
// one of its events.
func (d *Desk) PutContact(ctx context.Context, a contest.Actor, of, host contest.ID, c Contact) (Host, error) {
	c = Contact{strings.TrimSpace(c.Person), strings.TrimSpace(c.Phone), strings.TrimSpace(c.Email), strings.TrimSpace(c.Note)}
	var wrong []fault.Field
	wrong = append(wrong, tooLong("/person", c.Person, maxNumber)...)
	wrong = append(wrong, tooLong("/phone", c.Phone, maxNumber)...)
	wrong = append(wrong, tooLong("/email", c.Email, maxName)...)
	wrong = append(wrong, tooLong("/note", c.Note, maxReason)...)
	if c.Phone != "" && !isPhone(c.Phone) {
		wrong = append(wrong, fault.At("/phone", "plan.phone_wrong", ""))
	}
	if c.Email != "" && (strings.Count(c.Email, "@") != 1 || strings.ContainsAny(c.Email, " ,;<>") || strings.HasPrefix(c.Email, "@") || strings.HasSuffix(c.Email, "@")) {
		wrong = append(wrong, fault.At("/email", "plan.email_wrong", ""))
	}
	if wrong != nil {
		return Host{}, fault.New(fault.Refused, "plan.invalid", wrong...)
	}
	hosts, err := d.Hosts(ctx, a, of)
	if err != nil {
		return Host{}, err
	}
	for _, h := range hosts {
		if h.ID != host {
			continue
		}
		if err := d.mayPut(ctx, a, of, h); err != nil {
			return Host{}, err
		}
		h.Contact = c
		err := d.Work.Do(ctx, func(ctx context.Context) error {
			if err := d.Store.SaveContact(ctx, host, c); err != nil {
				return err
			}
			return d.Audit.Record(ctx, a, "plan.contact", "host/"+host.String(), map[string]string{"code": h.Code})
		})
		return h, err
	}
	return Host{}, fault.New(fault.Missing, "plan.host_missing")
}

func (d *Desk) mayPut(ctx context.Context, a contest.Actor, of contest.ID, h Host) error {
	if a.Has(of, contest.ID{}, deciders...) {
		return nil
	}
	events, err := d.mine(ctx, a, of)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Host == h.ID && mayWrite(a, e) {
			return nil
		}
	}
	return forbidden()
}

// isPhone takes digits with what people put between them.
func isPhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-() （）转", r):
			return false
		}
	}
	return digits >= 7 && utf8.RuneCountInString(s) <= maxNumber
}
