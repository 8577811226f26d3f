package blindweb

import (
	"encoding/hex"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/web"
)

type eventDocument struct {
	ID       contest.ID    `json:"id"`
	Contest  string        `json:"contest"`
	Code     string        `json:"code"`
	Trade    string        `json:"trade"`
	TradeEn  string        `json:"trade_en"`
	Title    string        `json:"title"`
	Hall     string        `json:"hall"`
	Chain    contest.Chain `json:"chain"`
	Open     bool          `json:"open"`
	Unsealed bool          `json:"unsealed"`
}

func documentOfEvent(e blind.Event) eventDocument {
	return eventDocument{e.ID, e.ContestName, e.Code, e.Trade, e.TradeEn, e.Title, e.Hall, e.Chain, e.IsOpen, e.IsUnsealed}
}

type drawDocument struct {
	Layer      blind.Layer  `json:"layer"`
	Method     blind.Method `json:"method"`
	Phase      blind.Phase  `json:"phase"`
	Judge      string       `json:"judge"`
	Witness    string       `json:"witness"`
	Places     int          `json:"places"`
	Commitment string       `json:"commitment"`
	Words      string       `json:"words"`
	Runs       int          `json:"runs"`
	Digest     string       `json:"digest"`
	OpenedAt   time.Time    `json:"opened_at"`
	ClosedAt   *time.Time   `json:"closed_at,omitempty"`
	Reason     string       `json:"reason"`
	Second     string       `json:"second"`
}

func documentOfDraw(d blind.Draw) drawDocument {
	return drawDocument{
		d.Layer, d.Method, d.Phase, d.JudgeName, d.Witness, d.Places, d.Commitment, d.Words, d.Runs, d.Digest,
		d.OpenedAt, when(d.ClosedAt), d.Reason, d.Second,
	}
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type layerDocument struct {
	Layer  blind.Layer   `json:"layer"`
	Draw   *drawDocument `json:"draw,omitempty"`
	Drawn  int           `json:"drawn"`
	Rest   int           `json:"rest"`
	Struck int           `json:"struck"`
	Own    bool          `json:"own"`
}

type entryDocument struct {
	EntryNo string      `json:"entry_no"`
	Name    string      `json:"name,omitempty"`
	Unit    string      `json:"unit,omitempty"`
	State   blind.State `json:"state"`
	Drawn   bool        `json:"drawn"`
}

type checkInDocument struct {
	ClosedAt    *time.Time `json:"closed_at,omitempty"`
	LateMinutes int        `json:"late_minutes"`
}

type stepDocument struct {
	What   string      `json:"what"`
	Layer  blind.Layer `json:"layer"`
	Code   string      `json:"code"`
	By     string      `json:"by"`
	Second string      `json:"second"`
	At     time.Time   `json:"at"`
}

type deskDocument struct {
	Event   eventDocument   `json:"event"`
	Named   bool            `json:"named"`
	CheckIn checkInDocument `json:"check_in"`
	Entries []entryDocument `json:"entries"`
	Layers  []layerDocument `json:"layers"`
	Voided  []drawDocument  `json:"voided"`
	Steps   []stepDocument  `json:"steps"`
}

func documentOf(v blind.View) deskDocument {
	return deskDocument{
		Event: documentOfEvent(v.Event), Named: v.SeesNames,
		CheckIn: checkInDocument{when(v.CheckIn.ClosedAt), v.CheckIn.LateMinutes},
		Entries: each(v.Entries, func(e blind.Entered) entryDocument { return entryDocument(e) }),
		Layers: each(v.Layers, func(l blind.LayerView) layerDocument {
			out := layerDocument{Layer: l.Layer, Drawn: l.Drawn, Rest: l.Rest, Struck: l.Struck, Own: l.IsOwn}
			if l.Draw != nil {
				d := documentOfDraw(*l.Draw)
				out.Draw = &d
			}
			return out
		}),
		Voided: each(v.Voided, documentOfDraw),
		Steps: each(v.Steps, func(s blind.Step) stepDocument {
			return stepDocument{s.What, s.Layer, s.Code, s.ByName, s.Second, s.At}
		}),
	}
}

// each maps a list; never nil, so that JSON has [].
func each[T, D any](list []T, document func(T) D) []D {
	out := make([]D, 0, len(list))
	for _, v := range list {
		out = append(out, document(v))
	}
	return out
}

type holdingDocument struct {
	From  string `json:"from"`
	Label string `json:"label"`
	In    bool   `json:"in"`
}

func (h *rooms) pairs(c *fiber.Ctx) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	list, err := h.desk.Holdings(web.Context(c), p.actor, p.event, p.layer)
	if err != nil {
		return err
	}
	return secretly(c).JSON(fiber.Map{"pairs": each(list, func(v blind.Holding) holdingDocument { return holdingDocument(v) })})
}

type strikeDocument struct {
	From   string    `json:"from"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Second string    `json:"second"`
	At     time.Time `json:"at"`
}

type pairDocument struct {
	From  string    `json:"from"`
	Label string    `json:"label"`
	Run   int       `json:"run"`
	At    time.Time `json:"at"`
}

type recordDocument struct {
	Event   eventDocument    `json:"event"`
	Draw    drawDocument     `json:"draw"`
	From    blind.Layer      `json:"from"`
	Drawn   int              `json:"drawn"`
	Absent  int              `json:"absent"`
	Strikes []strikeDocument `json:"strikes"`
	Told    bool             `json:"told"`
	Seed    string           `json:"seed,omitempty"`
	Pairs   []pairDocument   `json:"pairs,omitempty"`
}

func (h *rooms) record(c *fiber.Ctx) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	r, err := h.desk.Record(web.Context(c), p.actor, p.event, p.layer)
	if err != nil {
		return err
	}
	return secretly(c).JSON(recordDocument{
		Event: documentOfEvent(r.Event), Draw: documentOfDraw(r.Draw), From: r.From, Drawn: r.Drawn, Absent: r.Absent,
		Strikes: each(r.Strikes, func(s blind.Strike) strikeDocument { return strikeDocument{s.From, s.Reason, s.ByName, s.Second, s.At} }),
		Told:    r.Pairs != nil, Seed: hex.EncodeToString(r.Draw.Seed),
		Pairs: each(r.Pairs, func(v blind.Pair) pairDocument { return pairDocument{v.From, v.Label, v.Run, v.At} }),
	})
}

type labelDocument struct {
	Label string `json:"label"`
	QR    string `json:"qr"`
}

type sheetDocument struct {
	Event  eventDocument   `json:"event"`
	Layer  blind.Layer     `json:"layer"`
	Labels []labelDocument `json:"labels"`
}

func (h *rooms) labels(c *fiber.Ctx) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	s, err := h.desk.LabelSheet(web.Context(c), p.actor, p.event, p.layer)
	if err != nil {
		return err
	}
	return secretly(c).JSON(sheetDocument{documentOfEvent(s.Event), s.Layer, each(s.Labels, func(l string) labelDocument {
		return labelDocument{l, s.Code(l)}
	})})
}
