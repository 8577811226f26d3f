package blindweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
	"jiangtai/server/web"
)

// tied are the handlers of ties.
type tied struct{ desk *recusal.Desk }

// MountRecusals puts the routes of ties on the API's router.
func MountRecusals(r fiber.Router, d *recusal.Desk) {
	h, in := &tied{d}, web.SignedIn
	r.Get("/events/:id/recusals", in, find(h)).Name("recusals.find")
	r.Post("/events/:id/recusals", in, h.declare).Name("recusals.declare")
	r.Post("/events/:id/recusals/homes", in, h.home).Name("recusals.home")
	r.Post("/events/:id/recusals/decisions", in, h.decide).Name("recusals.decide")
	r.Post("/events/:id/recusals/:tie/way", in, h.way).Name("recusals.way")
	r.Post("/events/:id/recusals/:tie/withdrawal", in, h.withdraw).Name("recusals.withdraw")
}

func (h *tied) send(p place) error {
	v, err := h.desk.Find(web.Context(p.c), p.actor, p.event)
	if err != nil {
		return err
	}
	return secretly(p.c).JSON(documentOfTies(v))
}

type newTie struct {
	Chair   scoring.ChairID `json:"chair"`
	Kind    recusal.Kind    `json:"kind"`
	Unit    *contest.ID     `json:"unit"`
	EntryNo string          `json:"entry_no"`
	Reason  string          `json:"reason"`
	Source  recusal.Source  `json:"source"`
	Second  secondDocument  `json:"second"`
}

func (h *tied) declare(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newTie) error {
		d := recusal.Declaration{
			Chair: in.Chair, Kind: in.Kind, EntryNo: in.EntryNo, Reason: in.Reason, Source: in.Source, Second: in.Second.second(),
		}
		if in.Unit != nil {
			d.Unit = *in.Unit
		}
		return h.desk.Declare(web.Context(c), p.actor, p.event, d)
	})
}

type newHome struct {
	Chair scoring.ChairID `json:"chair"`
	Unit  *contest.ID     `json:"unit"`
}

func (h *tied) home(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newHome) error {
		unit := contest.ID{}
		if in.Unit != nil {
			unit = *in.Unit
		}
		return h.desk.SetHome(web.Context(c), p.actor, p.event, in.Chair, unit)
	})
}

type newWay struct {
	Version int         `json:"version"`
	Way     recusal.Way `json:"way"`
	Judge   string      `json:"judge"`
}

func (h *tied) way(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newWay) error {
		tie, err := web.ParamID(c, "tie")
		if err != nil {
			return err
		}
		return h.desk.Choose(web.Context(c), p.actor, p.event, tie, in.Version, in.Way, in.Judge)
	})
}

type newWithdrawal struct {
	Version int            `json:"version"`
	Reason  string         `json:"reason"`
	Second  secondDocument `json:"second"`
}

func (h *tied) withdraw(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newWithdrawal) error {
		tie, err := web.ParamID(c, "tie")
		if err != nil {
			return err
		}
		return h.desk.Withdraw(web.Context(c), p.actor, p.event, tie, in.Version, in.Reason, in.Second.second())
	})
}

type newDecision struct {
	Chair   scoring.ChairID `json:"chair"`
	EntryNo string          `json:"entry_no"`
	Choice  recusal.Choice  `json:"choice"`
	Reason  string          `json:"reason"`
	Second  secondDocument  `json:"second"`
}

func (h *tied) decide(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newDecision) error {
		return h.desk.Decide(web.Context(c), p.actor, p.event, in.Chair, in.EntryNo, in.Choice, in.Reason, in.Second.second())
	})
}

type judgeDocument struct {
	Chair    scoring.ChairID `json:"chair"`
	Panel    string          `json:"panel"`
	Seat     int             `json:"seat"`
	Judge    string          `json:"judge"`
	Home     *contest.ID     `json:"home"`
	HomeName string          `json:"home_name"`
	Proposed int             `json:"proposed"`
	Tied     int             `json:"tied"`
}

type unitDocument struct {
	ID   contest.ID `json:"id"`
	Name string     `json:"name"`
}

type personDocument struct {
	EntryNo string `json:"entry_no"`
	Name    string `json:"name"`
	Unit    string `json:"unit"`
}

type withdrawalDocument struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Second string    `json:"second"`
	At     time.Time `json:"at"`
}

type tieDocument struct {
	ID        contest.ID          `json:"id"`
	Version   int                 `json:"version"`
	Chair     scoring.ChairID     `json:"chair"`
	Judge     string              `json:"judge"`
	Kind      recusal.Kind        `json:"kind"`
	Subject   string              `json:"subject"`
	Reason    string              `json:"reason"`
	Source    recusal.Source      `json:"source"`
	Way       recusal.Way         `json:"way"`
	By        string              `json:"by"`
	Second    string              `json:"second"`
	At        time.Time           `json:"at"`
	Withdrawn *withdrawalDocument `json:"withdrawn"`
}

type decisionDocument struct {
	Choice recusal.Choice `json:"choice"`
	Reason string         `json:"reason"`
	By     string         `json:"by"`
	Second string         `json:"second"`
	At     time.Time      `json:"at"`
}

type outcomeDocument struct {
	Chair    scoring.ChairID   `json:"chair"`
	Judge    string            `json:"judge"`
	EntryNo  string            `json:"entry_no"`
	Name     string            `json:"name"`
	Unit     string            `json:"unit"`
	State    recusal.State     `json:"state"`
	Code     string            `json:"code"`
	Aspect   string            `json:"aspect"`
	Decision *decisionDocument `json:"decision"`
}

type tiesDocument struct {
	Event   eventDocument     `json:"event"`
	Stage   recusal.Stage     `json:"stage"`
	AtOnce  bool              `json:"at_once"`
	Judges  []judgeDocument   `json:"judges"`
	Units   []unitDocument    `json:"units"`
	People  []personDocument  `json:"people"`
	Ties    []tieDocument     `json:"ties"`
	Outcome []outcomeDocument `json:"outcome"`
}

func documentOfTies(v recusal.View) tiesDocument {
	return tiesDocument{
		Event: documentOfEvent(v.Event), Stage: v.Stage, AtOnce: !v.Event.IsSealing(),
		Judges:  each(v.Judges, documentOfJudge),
		Units:   each(v.Units, func(u contest.Unit) unitDocument { return unitDocument{u.ID, u.Name} }),
		People:  each(v.People, func(e contest.Entry) personDocument { return personDocument{e.EntryNo, e.Name, e.Unit.Name} }),
		Ties:    each(v.Ties, documentOfTie),
		Outcome: each(v.Pairs, documentOfOutcome),
	}
}

func documentOfJudge(j recusal.Judge) judgeDocument {
	out := judgeDocument{
		Chair: j.Number, Panel: j.Panel, Seat: j.Seat, Judge: j.Judge, HomeName: j.HomeName, Proposed: j.Proposed, Tied: j.Tied,
	}
	if j.Home != (contest.ID{}) {
		out.Home = &j.Home
	}
	return out
}

func documentOfTie(t recusal.Tie) tieDocument {
	out := tieDocument{
		ID: t.ID, Version: t.Version, Chair: t.Chair, Judge: t.Judge, Kind: t.Kind, Subject: t.Subject, Reason: t.Reason, Source: t.Source,
		Way: t.Way, By: t.By.Name, Second: t.Second.Name, At: t.At,
	}
	if w := t.Withdrawn; w != nil {
		out.Withdrawn = &withdrawalDocument{w.Reason, w.By.Name, w.Second.Name, w.At}
	}
	return out
}

func documentOfOutcome(p recusal.PairView) outcomeDocument {
	out := outcomeDocument{
		Chair: p.Chair, Judge: p.Judge, EntryNo: p.EntryNo, Name: p.Name, Unit: p.Unit, State: p.State, Code: p.Code, Aspect: p.Aspect,
	}
	if d := p.Decision; d != nil {
		out.Decision = &decisionDocument{d.Choice, d.Reason, d.By.Name, d.Second.Name, d.At}
	}
	return out
}
