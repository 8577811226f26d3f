package results

import (
	"context"
	"encoding/hex"
	"time"

	"jiangtai/server/contest"
)

// RecheckView (复核) is a recheck as those see it who may see marks.
type RecheckView struct {
	Locked bool       `json:"locked"` // a draw or a finding may be made
	Sealed bool       `json:"sealed"`
	Chain  string     `json:"chain"`
	Seq    uint64     `json:"seq"` // of the board that it is held against
	Drawn  *DrawnView `json:"drawn"`
	Usual  Rule       `json:"usual"`
}

// DrawnView is the draw with what has come of it.
type DrawnView struct {
	Number    int        `json:"number"`
	Rule      Rule       `json:"rule"`
	Seed      string     `json:"seed"` // hexadecimal
	Seq       uint64     `json:"seq"`  // of the ledger at the draw
	Head      string     `json:"head"`
	By        string     `json:"by"`
	At        time.Time  `json:"at"`
	Reason    string     `json:"reason"`
	Checked   int        `json:"checked"` // sheets that the rate is of
	Wrong     int        `json:"wrong"`
	Tolerated int        `json:"tolerated"`
	Full      bool       `json:"full"` // everything is to be checked
	Left      int        `json:"left"`
	Works     []LookView `json:"works"`
	// Field is the draw's input, so that anybody may draw again.
	Field []LotView `json:"field"`
}

// LotView is one entry of a draw's input.
type LotView struct {
	Lot  int    `json:"lot"`
	Work string `json:"work"`
	Rank int    `json:"rank"`
}

// LookView is one sheet that is to be checked.
type LookView struct {
	Work    string       `json:"work"`
	Why     Why          `json:"why"`
	Sheet   Sum          `json:"sheet"` // the digest of its marks now; a finding names it
	State   string       `json:"state"` // open, right, wrong, stale
	Finding *FindingView `json:"finding"`
}

// FindingView is what was found last.
type FindingView struct {
	Right  bool      `json:"right"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Recheck shows an event's recheck, for those who may see marks.
func (d *Desk) Recheck(ctx context.Context, actor contest.Actor, event contest.ID) (RecheckView, error) {
	f, err := d.look(ctx, actor, event, readers)
	if err != nil {
		return RecheckView{}, err
	}
	r, drawn, err := d.cfg.Store.NewestRecheck(ctx, event)
	if err != nil || !drawn {
		return viewOf(nil, f), err
	}
	return viewOf(&r, f), nil
}

func viewOf(r *Recheck, f *facts) RecheckView {
	v := RecheckView{Locked: f.locked, Sealed: f.sealed, Chain: string(f.event.Chain), Seq: f.seq, Usual: UsualRule()}
	if r == nil {
		return v
	}
	c := check(r, f)
	v.Drawn = &DrawnView{
		Number: r.Number, Rule: r.Rule, Seed: hex.EncodeToString(r.Seed), Seq: r.Seq, Head: r.Head, By: r.ByName, At: r.At, Reason: r.Reason,
		Checked: c.Base, Wrong: c.Wrong, Tolerated: c.Tolerated, Full: c.Full, Left: c.Left, Works: []LookView{}, Field: []LotView{},
	}
	for i := range c.Looks {
		v.Drawn.Works = append(v.Drawn.Works, f.lookView(&c.Looks[i]))
	}
	for i, d := range r.Field {
		v.Drawn.Field = append(v.Drawn.Field, LotView{i + 1, f.labels[d.Entry], d.Rank})
	}
	return v
}

func (f *facts) lookView(l *Look) LookView {
	v := LookView{Work: f.labels[l.Entry], Why: l.Why, Sheet: f.sheets[l.Entry], State: "open"}
	switch {
	case l.Finding == nil:
		return v
	case l.Stale:
		v.State = "stale"
	case l.Finding.Right:
		v.State = "right"
	default:
		v.State = "wrong"
	}
	v.Finding = &FindingView{l.Finding.Right, l.Finding.Reason, l.Finding.ByName, l.Finding.At}
	return v
}
