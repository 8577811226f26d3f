package signing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing/strokes"
)

// Hand (落笔) is a signature as it comes from a screen.
type Hand struct {
	ID       contest.ID // made by the client; the same once more is answered as at first
	Of       Of         // MarkSheet and PanelSummary of a tablet; PanelSummary and ResultList of an account
	Shown    Sum        // digest of what the signer was shown
	Strokes  string     // package strokes
	ClientAt time.Time  // zero: not told
}

var (
	// Who confirms on the console, and nobody else: a signature is a person's.
	confirmers = []contest.Role{contest.ChiefJudge}

	errChanged = fault.New(fault.Stale, "signing.content_changed", fault.At("/digest", "signing.content_changed", ""))
	errTaken   = fault.New(fault.Stale, "signing.signature_taken", fault.At("/signature_id", "signing.signature_taken", ""))
)

// signed is what a signature closes, ready to be kept.
type signed struct {
	at    Reading
	of    Of
	sheet Sheet
	ink   Inked
}

// SignOnTablet closes a step by a chair's signature: its own mark sheet when every
// required mark is in, or its panel's summary when every sheet of the panel is
// signed (group check). Kinds: Malformed and Refused by strokes, Refused
// signing.incomplete, signing.below and signing.second_person, Stale
// signing.content_changed when the server's own digest differs. The same signature
// once more is answered as at first.
func (d *Desk) SignOnTablet(ctx context.Context, a contest.Actor, h Hand) (Document, error) {
	if a.Device.IsZero() || a.Chair == 0 {
		return Document{}, errRole
	}
	return d.sign(ctx, a, a.Event, h, func(ctx context.Context) (out signed, err error) {
		list, err := d.cfg.Store.ListDocuments(ctx, a.Event)
		if err != nil {
			return out, err
		}
		err = d.onTablet(ctx, a, func(c *compose, ch contest.Chair) error {
			out.at = c.r
			out.ink = Inked{Role: "评分裁判", Name: ch.Judge, Place: c.panelName(ch.Panel) + " 第 " + strconv.Itoa(ch.Seat) + " 席"}
			var err error
			out.of, out.sheet, err = c.byChair(ch, h, list, &out.ink)
			return err
		})
		return out, err
	})
}

// byChair is what a chair signs, if it may.
func (c *compose) byChair(ch contest.Chair, h Hand, list []Document, ink *Inked) (Of, Sheet, error) {
	switch h.Of.Kind {
	case MarkSheet:
		if n := c.missing(ch.Number); n > 0 {
			return Of{}, Sheet{}, fault.New(fault.Refused, "signing.incomplete", fault.At("/", "signing.incomplete", strconv.Itoa(n)))
		}
		if c.ownText(ch.Number).Sum() != h.Shown {
			return Of{}, Sheet{}, errChanged
		}
		return Of{Kind: MarkSheet, Chair: ch.Number, Panel: ch.Panel}, c.markSheet(ch), nil
	case PanelSummary:
		if no := hinder(c.mates(ch.Panel, list)); no != nil {
			return Of{}, Sheet{}, no
		}
		if c.panelText(ch.Panel).Sum() != h.Shown {
			return Of{}, Sheet{}, errChanged
		}
		ink.Role = "本组核对"
		return Of{Kind: PanelSummary, Panel: ch.Panel}, c.panelSummary(ch.Panel), nil
	}
	return Of{}, Sheet{}, fault.New(fault.Malformed, "signing.unknown_kind", fault.At("/kind", "signing.unknown_kind", ""))
}

// Preview is a summary or the result list as it stands, with the digest that a
// signature on the console carries, for who may read marks.
func (d *Desk) Preview(ctx context.Context, a contest.Actor, event contest.ID, of Of) (Sheet, Sum, error) {
	beside, err := d.entering(ctx, a, event)
	if err != nil {
		return Sheet{}, Sum{}, err
	}
	var sheet Sheet
	err = d.read(ctx, a, event, staff, func(r Reading) error {
		var err error
		sheet, err = beside.of(r).withMarks(&of, mayRead(a, r))
		return err
	})
	return sheet, sheet.digest(), err
}

// SignOnConsole closes a step by the chief judge's signature: a panel's summary when
// its sheets are signed, or the result list when marking is over and every summary
// is signed. Kinds as of SignOnTablet; Refused signing.same_person for whoever sits
// as a judge below, signing.not_locked. The digest is Preview's.
func (d *Desk) SignOnConsole(ctx context.Context, a contest.Actor, event contest.ID, h Hand) (Document, error) {
	if err := d.read(ctx, a, event, confirmers, func(Reading) error { return nil }); err != nil {
		return Document{}, err
	}
	beside, err := d.beside(ctx, event)
	if err != nil {
		return Document{}, err
	}
	return d.sign(ctx, a, event, h, func(ctx context.Context) (out signed, err error) {
		list, err := d.cfg.Store.ListDocuments(ctx, event)
		if err != nil {
			return out, err
		}
		err = d.read(ctx, a, event, confirmers, func(r Reading) error {
			out.at, out.of = r, h.Of
			out.ink = Inked{Role: "裁判长", Name: a.Name}
			c := beside.of(r)
			var err error
			if out.sheet, err = c.withMarks(&out.of, mayRead(a, r)); err != nil {
				return err
			}
			if err := c.confirmable(a.Name, out.of, list); err != nil {
				return err
			}
			if out.sheet.digest() != h.Shown {
				return errChanged
			}
			return nil
		})
		return out, err
	})
}

// confirmable refuses what a chief judge cannot confirm yet, or not himself.
func (c *compose) confirmable(name string, of Of, list []Document) error {
	panels := []string{of.Panel}
	switch of.Kind {
	case PanelSummary:
		if no := below(c.mates(of.Panel, list)); no != nil {
			return no
		}
	case ResultList:
		if phase := c.r.Board.Phase(); phase != scoring.Provisional && phase != scoring.Official {
			return fault.New(fault.Refused, "signing.not_locked")
		}
		panels = c.panels()
		if no := openBelow(derive(c, list)); no != nil {
			return no
		}
	default:
		return fault.New(fault.Malformed, "signing.unknown_kind", fault.At("/kind", "signing.unknown_kind", ""))
	}
	for _, p := range panels {
		for _, ch := range c.seated(p) {
			if flat(ch.Judge) != "" && flat(ch.Judge) == flat(name) {
				return fault.New(fault.Refused, "signing.same_person", fault.At("/chairs/"+strconv.Itoa(int(ch.Number)), "signing.same_person", ""))
			}
		}
	}
	return nil
}

// openBelow refuses while summaries below the list are not signed.
func openBelow(steps []Step) error {
	var fields []fault.Field
	for _, s := range steps {
		if s.Of.Kind == PanelSummary && s.State != Signed {
			fields = append(fields, fault.At("/panels/"+s.Of.Panel, "signing.below", ""))
		}
	}
	if fields == nil {
		return nil
	}
	return fault.New(fault.Refused, "signing.below", fields...)
}

// flat is a name without its spaces: 王 芳 is 王芳.
func flat(name string) string { return strings.Join(strings.Fields(name), "") }

// sign keeps what make says under a signature, once.
func (d *Desk) sign(ctx context.Context, a contest.Actor, event contest.ID, h Hand, prepare func(ctx context.Context) (signed, error)) (Document, error) {
	drawn, err := strokes.ReadSigned(h.Strokes)
	if err != nil {
		return Document{}, err
	}
	var doc Document
	write := func(ctx context.Context) error {
		known, err := d.cfg.Store.FindSigned(ctx, h.ID)
		switch {
		case err == nil:
			doc = known
			return d.isSame(known, a, event, h)
		case fault.Of(err).Kind != fault.Missing:
			return err
		}
		s, err := prepare(ctx)
		if err != nil {
			return err
		}
		s.at.Board = nil
		doc, err = d.keepSigned(ctx, a, s, h, drawn)
		return err
	}
	if err = d.cfg.Work.Do(ctx, write); fault.Code(err) == errTaken.Code {
		err = d.cfg.Work.Do(ctx, write) // the same signature came twice at one moment
	}
	return doc, err
}

// isSame says whether a signature that is there is the one that comes.
func (d *Desk) isSame(doc Document, a contest.Actor, event contest.ID, h Hand) error {
	k := doc.Ink
	same := doc.Event == event && k.Chair == a.Chair && k.Shown == h.Shown && doc.Of.Kind == h.Of.Kind
	if !same || a.Chair == 0 && k.By != a.Who() {
		return errTaken
	}
	return nil
}

func (d *Desk) keepSigned(ctx context.Context, a contest.Actor, s signed, h Hand, drawn strokes.Strokes) (Document, error) {
	at := d.now()
	s.ink.At, s.ink.Given, s.ink.Shown, s.ink.Strokes = at, h.ClientAt, h.Shown, drawn
	doc, err := d.keep(ctx, a, s.at, s.of, s.sheet, &s.ink)
	if err != nil {
		return doc, err
	}
	k := Ink{ID: h.ID, At: at, By: a.Who(), ByName: s.ink.Name, Chair: a.Chair, Shown: h.Shown, Strokes: h.Strokes, ClientAt: h.ClientAt}
	if err := d.cfg.Store.CreateInk(ctx, doc.ID, k); err != nil {
		return doc, err
	}
	doc.Ink = &k
	return doc, d.cfg.Audit.Record(ctx, a, "document.signed", "event/"+doc.Event.String(), map[string]string{
		"number": doc.Number, "kind": string(doc.Of.Kind), "chair": strconv.Itoa(int(a.Chair)), "panel": doc.Of.Panel, "signature": h.ID.String(),
	})
}

// Reopen takes a chair's own signature back, with the reason that everybody reads:
// the sheet may be changed again, and is signed anew. Missing for another chair's,
// Closed signing.locked once marking is over. One that is void already stays as it is.
func (d *Desk) Reopen(ctx context.Context, a contest.Actor, signature contest.ID, reason string) (Document, error) {
	reason, err := readReason(reason)
	if err != nil {
		return Document{}, err
	}
	locked := false
	if err := d.onTablet(ctx, a, func(c *compose, _ contest.Chair) error {
		phase := c.r.Board.Phase()
		locked = phase == scoring.Provisional || phase == scoring.Official
		return nil
	}); err != nil {
		return Document{}, err
	}
	var doc Document
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		if doc, err = d.cfg.Store.FindSigned(ctx, signature); err != nil {
			return err
		}
		switch {
		case doc.Event != a.Event || doc.Ink.Chair != a.Chair:
			return errMissing
		case doc.Void != nil:
			return nil
		case locked:
			return fault.New(fault.Closed, "signing.locked")
		}
		return d.declareVoid(ctx, a, &doc, reason)
	})
	return doc, err
}
