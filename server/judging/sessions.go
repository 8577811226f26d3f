package judging

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/judging/watch"
)

// WatchedSession is the clock of one entry in a module as staff read it.
type WatchedSession = watch.Session

// Sessions are the clocks of an event with their records and texts, by the labels
// that staff may know, for those who may see marks and for the host, who runs the
// floor. While the event is sealed, clocks of modules that name their works otherwise
// are left out, and signatures too. While marking runs the host may not know how long
// anybody took, unless the public may see running results.
func (d *Desk) Sessions(ctx context.Context, actor contest.Actor, event contest.ID) ([]WatchedSession, error) {
	p, err := d.staff(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	if !may(actor, p, clockRoles) {
		return nil, errRole
	}
	st, done := p.Look()
	sealed := st.Board.Sealed()
	list := watch.SessionsOf(st.Board, p.index.Load().Index)
	withheld := !may(actor, p, markRoles) && st.Board.Phase() == scoring.Running && st.Board.View(scoring.Public).Release != scoring.Live
	done()
	var ids []scoring.ID
	for i := range list {
		list[i].IsWithheld = withheld
		for _, e := range list[i].Events {
			ids = append(ids, e.MarkID)
		}
	}
	if len(ids) == 0 {
		return list, nil
	}
	texts, err := d.cfg.Notes.Texts(ctx, p.ledger, ids)
	if err != nil {
		return nil, err
	}
	for i := range list {
		for j := range list[i].Events {
			if e := &list[i].Events[j]; !sealed || e.Value != session.Signed {
				e.Text = texts[e.MarkID]
			}
		}
	}
	return list, nil
}
