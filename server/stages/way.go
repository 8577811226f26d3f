package stages

import (
	"context"
	"slices"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Ref names an event on the way.
type Ref struct {
	ID          contest.ID    `json:"id"`
	Code        string        `json:"code"`
	Trade       string        `json:"trade"`
	TradeEn     string        `json:"trade_en,omitempty"`
	Title       string        `json:"title,omitempty"`
	TitleEn     string        `json:"title_en,omitempty"`
	Stage       contest.Stage `json:"stage"`
	Group       string        `json:"group,omitempty"`
	Contest     contest.ID    `json:"contest"`
	ContestName string        `json:"contest_name"`
}

func refOf(e Event) Ref {
	return Ref{
		ID: e.ID, Code: e.Code, Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn, Stage: e.Stage, Group: e.Group,
		Contest: e.Contest, ContestName: e.ContestName,
	}
}

// Stop is an event on the way with how far it is.
type Stop struct {
	Ref
	Phase scoring.Phase `json:"phase"`
}

// Way (阶段链) is an event between those before and after it.
type Way struct {
	Event Stop `json:"event"`
	// Follows is the event before; nil: none, or one that the actor may not read.
	Follows *Stop `json:"follows"`
	IsTied  bool  `json:"is_tied"` // it follows an event, shown or not
	Before  []Ref `json:"before"`  // from the first stage on, up to the one before
	After   []Ref `json:"after"`   // those that follow it
	// What the actor may do now.
	MayLink  bool `json:"may_link"`
	MayTake  bool `json:"may_take"`
	MayCarry bool `json:"may_carry"`
	// Carries says that its scheme carries numbers over, Advances that the scheme of
	// the event before says who goes on.
	Carries  bool      `json:"carries"`
	Advances bool      `json:"advances"`
	Acts     []ActView `json:"acts"` // the newest first
}

// ActView is one act as staff read it.
type ActView struct {
	Kind   ActKind `json:"kind"`
	At     string  `json:"at"`
	By     string  `json:"by"`
	Reason string  `json:"reason,omitempty"`
	Joined int     `json:"joined,omitempty"`
	Found  int     `json:"found,omitempty"`
	Left   int     `json:"left,omitempty"`
}

// Way shows where an event stands, to all who work for it. Names of contestants
// are not in it.
func (d *Desk) Way(ctx context.Context, a contest.Actor, id contest.ID) (Way, error) {
	e, err := d.event(ctx, a, id, staff)
	if err != nil {
		return Way{}, err
	}
	h, err := d.history(ctx, id)
	if err != nil {
		return Way{}, err
	}
	out := Way{IsTied: !h.follows.IsZero(), Before: []Ref{}, After: []Ref{}, Acts: []ActView{}}
	open := false
	out.Event, err = d.stop(ctx, e, func(r Reading) {
		open, out.Carries = isOpen(r), len(carried(r.Rules)) > 0
	})
	if err != nil {
		return Way{}, err
	}
	out.MayLink = !open && a.Has(e.Contest, e.ID, takers...)
	out.MayTake = out.MayLink && out.IsTied
	out.MayCarry = out.Carries && out.IsTied && a.Has(e.Contest, e.ID, givers...)
	for i := range h.acts {
		out.Acts = append(out.Acts, h.acts[i].view())
	}
	slices.Reverse(out.Acts)
	return out, d.neighbours(ctx, a, &out, h.follows)
}

func (a *Act) view() ActView {
	v := ActView{Kind: a.Kind, At: a.At.Format(timeLayout), By: a.ByName, Reason: a.Reason}
	for _, m := range a.Moves {
		switch m.Kind {
		case Joined:
			v.Joined++
		case Found:
			v.Found++
		case Left:
			v.Left++
		}
	}
	return v
}

const timeLayout = "2006-01-02T15:04:05Z07:00"

// stop reads how far an event is.
func (d *Desk) stop(ctx context.Context, e Event, also func(Reading)) (Stop, error) {
	s := Stop{Ref: refOf(e), Phase: scoring.Waiting}
	err := d.cfg.Boards.Read(ctx, e.ID, func(r Reading) error {
		s.Phase = r.Board.Phase()
		also(r)
		return nil
	})
	return s, err
}

// neighbours fills in those before and after that the actor may read.
func (d *Desk) neighbours(ctx context.Context, a contest.Actor, out *Way, follows contest.ID) error {
	links, err := d.cfg.Store.ListLinks(ctx)
	if err != nil {
		return err
	}
	for id := follows; !id.IsZero() && !slices.ContainsFunc(out.Before, func(r Ref) bool { return r.ID == id }); id = links[id] {
		e, err := d.cfg.Events.FindEvent(ctx, id)
		switch {
		case err != nil && fault.Of(err).Kind == fault.Missing, err == nil && !may(a, e):
			slices.Reverse(out.Before)
			return d.after(ctx, a, out, links)
		case err != nil:
			return err
		}
		if id == follows {
			s, err := d.stop(ctx, e, func(r Reading) { out.Advances = r.Rules != nil && r.Rules.Scheme().Advance != nil })
			if err != nil {
				return err
			}
			out.Follows = &s
		}
		out.Before = append(out.Before, refOf(e))
	}
	slices.Reverse(out.Before)
	return d.after(ctx, a, out, links)
}

func (d *Desk) after(ctx context.Context, a contest.Actor, out *Way, links map[contest.ID]contest.ID) error {
	for next, of := range links {
		if of != out.Event.ID {
			continue
		}
		e, err := d.cfg.Events.FindEvent(ctx, next)
		switch {
		case err != nil && fault.Of(err).Kind == fault.Missing, err == nil && !may(a, e):
			continue
		case err != nil:
			return err
		}
		out.After = append(out.After, refOf(e))
	}
	slices.SortFunc(out.After, func(x, y Ref) int { return strings.Compare(x.ContestName+x.Code, y.ContestName+y.Code) })
	return nil
}

// Choice is an event that may be named as the one before.
type Choice struct {
	Ref
	IsSameTrade bool `json:"is_same_trade"`
	// IsCircle says that it follows this event itself, by others or directly.
	IsCircle bool `json:"is_circle"`
}

// MaxChoices is how many are shown at once.
const MaxChoices = 50

// Choices are the events that the actor may read and that could be the stage
// before: those of the same trade first, found by words in code, trade, title or
// contest.
func (d *Desk) Choices(ctx context.Context, a contest.Actor, id contest.ID, q string) ([]Choice, error) {
	e, err := d.event(ctx, a, id, takers)
	if err != nil {
		return nil, err
	}
	all, err := d.cfg.Events.ListEvents(ctx)
	if err != nil {
		return nil, err
	}
	links, err := d.cfg.Store.ListLinks(ctx)
	if err != nil {
		return nil, err
	}
	out := []Choice{}
	for _, c := range all {
		if c.ID == id || !may(a, c) || !says(c, q) {
			continue
		}
		out = append(out, Choice{Ref: refOf(c), IsSameTrade: c.Trade == e.Trade, IsCircle: within(chain(links, c.ID), id)})
	}
	rank := func(c Choice) int {
		switch {
		case c.IsCircle:
			return 2
		case c.IsSameTrade:
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(x, y Choice) int { return rank(x) - rank(y) })
	return out[:min(len(out), MaxChoices)], nil
}

func says(e Event, q string) bool {
	text := strings.ToLower(strings.Join([]string{e.Code, e.Trade, e.TradeEn, e.Title, e.TitleEn, e.Group, e.ContestName}, " "))
	for _, word := range strings.Fields(strings.ToLower(q)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// chain is an event with all before it, the nearest first; a circle ends it where
// it closes, with the event that is there twice.
func chain(links map[contest.ID]contest.ID, id contest.ID) []contest.ID {
	out := []contest.ID{}
	for ; !id.IsZero(); id = links[id] {
		seen := within(out, id)
		if out = append(out, id); seen {
			break
		}
	}
	return out
}
