package judging

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/ledger"
)

// Give takes the marks of one delivery and answers each in its place, in order. Of a
// tablet that was replaced they are kept and not counted, but for those that were
// taken before.
// The error is for the delivery as a whole: Unauthenticated or Forbidden when
// the actor is no paired tablet, Malformed or TooLarge by its size, Unavailable.
func (d *Desk) Give(ctx context.Context, actor contest.Actor, marks []MarkCommand) ([]Outcome, error) {
	switch {
	case actor.Device.IsZero() || actor.Chair == 0:
		return nil, errRole
	case len(marks) == 0:
		return nil, fault.New(fault.Malformed, "judging.no_marks")
	case len(marks) > MaxMarks:
		return nil, fault.New(fault.TooLarge, "judging.too_many", fault.At("/marks", "judging.too_many", strconv.Itoa(MaxMarks)))
	}
	c, err := d.post(ctx, actor.Event)
	if err != nil {
		return nil, err
	}
	x := c.index.Load()
	items := make([]clerk.Item, 0, len(marks))
	for i := range marks {
		it := x.item(actor, &marks[i])
		if actor.IsReplaced {
			it.Late()
		}
		items = append(items, it)
	}
	if err := c.Give(ctx, items); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(marks))
	for i := range items {
		out[i] = items[i].Outcome
	}
	d.afterRefusals(ctx, c, actor, marks, items)
	return out, nil
}

// item turns a mark into a command, or refuses what can be refused without the
// board.
func (x *index) item(actor contest.Actor, m *MarkCommand) clerk.Item {
	cmd := scoring.Command{
		Kind: m.Kind, MarkID: m.MarkID, Actor: actor.Who(), Chair: actor.Chair,
		Device: actor.Device, DeviceSeq: m.DeviceSeq, ClientAt: m.ClientAt, Aspect: m.Aspect, Attempt: m.Attempt,
		Round: m.Round, Value: m.Value, Version: m.Version, Supersedes: m.Supersedes,
	}
	f := m.Fault
	if f == nil {
		f = x.admit(actor, m, &cmd)
	}
	if m.Text != "" {
		cmd.TextHash = ledger.TextHash(m.MarkID, m.Text)
	}
	it := clerk.NewItem(cmd, m.Text)
	if f != nil {
		it.Refuse(f)
	}
	return it
}

var (
	markKinds   = []scoring.Kind{scoring.Mark, scoring.NotPerformed, scoring.Withdraw, scoring.Finish}
	tabletKinds = append(slices.Clone(markKinds), scoring.Clock)
)

func (x *index) admit(actor contest.Actor, m *MarkCommand, cmd *scoring.Command) *fault.Error {
	switch {
	case m.MarkID.IsZero():
		return malformed("/mark_id", "judging.mark_id_missing")
	case m.DeviceSeq == 0 || m.DeviceSeq > clerk.MaxNumber:
		return malformed("/device_seq", "judging.device_seq")
	case !slices.Contains(tabletKinds, m.Kind):
		return malformed("/kind", "judging.unknown_kind")
	case utf8.RuneCountInString(m.Text) > m.maxText():
		return fault.New(fault.Refused, "judging.text_length", fault.At("/text", "judging.text_length", strconv.Itoa(m.maxText())))
	case m.Event != actor.Event:
		return errMissing
	case m.Chair != actor.Chair:
		return errChair
	}
	places := x.Aspects
	if m.Kind == scoring.Finish || m.Kind == scoring.Clock {
		places = x.Criteria
	}
	at, ok := places[m.Aspect]
	if !ok || !slices.Contains(at.Panels, x.Chairs[actor.Chair].Panel) {
		return errMissing
	}
	if cmd.Entry, ok = x.Marked(at, m.Work); !ok {
		return errMissing
	}
	return nil
}

func malformed(path, code string) *fault.Error {
	return fault.New(fault.Malformed, code, fault.At(path, code, ""))
}

// afterRefusals notes the numbers that refused marks have filled and audits the
// attempts to write where the tablet has no business. A failure is only logged:
// the marks have been answered.
func (d *Desk) afterRefusals(ctx context.Context, c *post, actor contest.Actor, marks []MarkCommand, items []clerk.Item) {
	var list []Refusal
	for i := range items {
		f := items[i].Outcome.Fault
		if f == nil || !clerk.IsFinal(f) {
			continue
		}
		if f.Kind == fault.Missing || f.Kind == fault.Forbidden {
			d.audit(ctx, actor, "mark.refused", c.event.String(), map[string]string{
				"code": f.Code, "aspect": marks[i].Aspect, "mark": marks[i].MarkID.String(),
			})
		}
		if n := marks[i].DeviceSeq; n > 0 && n <= clerk.MaxNumber && f.Code != "judging.seq_reuse" {
			id := marks[i].MarkID
			if id.IsZero() {
				// The number was sent all the same, and is no hole.
				id = derived(actor.Device, int(n))
			}
			list = append(list, Refusal{Device: actor.Device, DeviceSeq: n, MarkID: id, Code: f.Code, At: d.cfg.Now()})
		}
	}
	if len(list) == 0 {
		return
	}
	c.Fill(list)
	if err := d.cfg.Notes.Refuse(ctx, c.ledger, list); err != nil {
		d.cfg.Log.Warn("refused numbers were not kept", "event", c.event, "error", err)
	}
}

func (d *Desk) audit(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) {
	if err := d.cfg.Audit.Record(ctx, actor, what, object, detail); err != nil {
		d.cfg.Log.Error("not audited", "what", what, "object", object, "error", err)
	}
}
