package programme

import (
	"context"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/pinyin"
)

// dateText is 2026-05-18, or "" for the zero time.
func dateText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// SearchText is the search column of an event: folded code, trade and title,
// with the spellings of the Chinese. Entrants' names are not in it.
func (e Event) SearchText() string {
	return pinyin.Fold(strings.Join([]string{
		e.Code, e.Trade, pinyin.Text(e.Trade), e.TradeEn, e.Title, pinyin.Text(e.Title), e.TitleEn, e.Group, e.Hall,
	}, " "))
}

// ListEvents gives a contest's events that the actor has a part in, in the
// contest's order: organisers see all, hosts their own.
func (o *Office) ListEvents(ctx context.Context, a contest.Actor, id contest.ID, p Page) ([]Event, int, error) {
	if _, err := o.contestFor(ctx, a, id); err != nil {
		return nil, 0, err
	}
	return o.Store.ListEvents(ctx, EventQuery{Scope: scopeOf(a), Contest: id, Page: p.bounded()})
}

// FindEvent gives one; Missing programme.event_missing for others' as well.
func (o *Office) FindEvent(ctx context.Context, a contest.Actor, id contest.ID) (Event, error) {
	return o.eventFor(ctx, a, id)
}

// CreateEvent adds an event, with its ledger, to a contest that is the actor's
// to organise.
func (o *Office) CreateEvent(ctx context.Context, a contest.Actor, id contest.ID, d EventDraft) (Event, error) {
	var made Event
	err := o.editing(ctx, only(&made.ID), func(ctx context.Context) error {
		if _, err := o.contestToEdit(ctx, a, id); err != nil {
			return err
		}
		in, err := o.Store.LockContest(ctx, id)
		if err != nil {
			return err
		}
		hosts, err := o.hostsByCode(ctx, id)
		if err != nil {
			return err
		}
		c := form()
		made = c.event(d, in.Kind, 0, inDocument, hosts, map[string]bool{})
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		made.ID, made.Contest, made.Ledger, made.CreatedAt = newID(), id, newID(), o.Now()
		made.ContestCode, made.ContestName, made.Kind, made.Visible = in.Code, in.Name, in.Kind, in.Visible
		if err := o.Store.CreateEvents(ctx, []Event{made}); err != nil {
			return err
		}
		if err := o.Ledgers.Create(ctx, made.Ledger); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "event.created", "event/"+made.ID.String(), map[string]string{"code": made.Code})
	})
	return made, err
}

// inDocument places faults in a document of one object.
func inDocument(_ int, field string) string { return pointer(field) }

// EventChange changes what is not nil. The code stays.
type EventChange struct {
	Trade, TradeEn, Title, TitleEn *string
	Stage, Group, Hall, Host       *string
	Depth, Chain                   *string
}

// ChangeEvent changes how an event is called and run, by who organises its
// contest. How it is run (depth) and what it owes (chain) stay once it is open.
func (o *Office) ChangeEvent(ctx context.Context, a contest.Actor, id contest.ID, ch EventChange) (Event, error) {
	var changed Event
	err := o.editing(ctx, only(&id), func(ctx context.Context) error {
		was, state, err := o.eventToEdit(ctx, a, id, contest.Administrator, contest.Organiser)
		if err != nil {
			return err
		}
		hosts, err := o.hostsByCode(ctx, was.Contest)
		if err != nil {
			return err
		}
		c := form()
		changed = was
		next := c.event(ch.onto(was), was.Kind, 0, inDocument, hosts, map[string]bool{})
		if state.Open && next.Depth != was.Depth {
			return eventOpen(fault.At("/depth", "programme.event_open", string(was.Depth)))
		}
		if state.Open && next.Chain != was.Chain {
			return eventOpen(fault.At("/chain", "programme.event_open", string(was.Chain)))
		}
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		next.ID, next.Contest, next.Ledger = was.ID, was.Contest, was.Ledger
		changed.Event, changed.HostCode = next.Event, next.HostCode
		if err := o.Store.ChangeEvent(ctx, changed); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "event.changed", "event/"+id.String(), map[string]string{"code": was.Code})
	})
	return changed, err
}

func (ch EventChange) onto(e Event) EventDraft {
	d := draftOf(e)
	set(&d.Trade, ch.Trade)
	set(&d.TradeEn, ch.TradeEn)
	set(&d.Title, ch.Title)
	set(&d.TitleEn, ch.TitleEn)
	set(&d.Stage, ch.Stage)
	set(&d.Group, ch.Group)
	set(&d.Hall, ch.Hall)
	set(&d.Host, ch.Host)
	set(&d.Depth, ch.Depth)
	set(&d.Chain, ch.Chain)
	return d
}

func draftOf(e Event) EventDraft {
	return EventDraft{
		Code: e.Code, Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn,
		Stage: string(e.Stage), Group: e.Group, Hall: e.Hall, Host: e.HostCode, Depth: string(e.Depth),
		Chain: string(e.Chain),
	}
}
