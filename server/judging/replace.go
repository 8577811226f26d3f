package judging

import (
	"context"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/lineup"
	"jiangtai/server/ledger"
)

// maxJudge is how long a judge's name may be, in characters.
const maxJudge = 40

// sitItem makes the record by which another judge takes a chair, in the clerk's
// goroutine. The names stand in its text, so that they can be erased. One person alone
// may do it once the chair's tablet has sent everything: what it sends afterwards was
// its old judge's.
func (p *post) sitItem(ctx context.Context, cmd scoring.Command, act Act, alone bool) ([]clerk.Item, error) {
	if !isName(act.Judge) {
		return nil, malformed("/judge", "judging.judge_name")
	}
	what := lineup.Replacing{Was: p.index.Load().Setup.JudgeAt(act.Chair, 0), Is: act.Judge, Reason: act.Reason}
	s, done := p.Look()
	sits := s.Board.Sits(act.Chair)
	done()
	at := slices.IndexFunc(sits, func(sat scoring.Sitting) bool { return sat.Mark == act.ID })
	switch {
	case at >= 0: // again: as it was said
		texts, err := p.desk.cfg.Notes.Texts(ctx, p.ledger, []scoring.ID{act.ID})
		if err != nil {
			return nil, err
		}
		what.Was = lineup.ParseReplacing(texts[act.ID]).Was
	case p.index.Load().SeesBoth(act.Chair, act.Judge):
		return nil, fault.New(fault.Refused, "judging.judge_sees_both", fault.At("/judge", "judging.judge_sees_both", ""))
	case what.Was == what.Is:
		return nil, fault.New(fault.Refused, "judging.same_judge", fault.At("/judge", "judging.same_judge", what.Is))
	case alone:
		if err := p.sent(ctx, act.Chair); err != nil {
			return nil, err
		}
	}
	if at < 0 {
		at = len(sits)
	}
	cmd.Value, cmd.TextHash = strconv.Itoa(at+2), ledger.TextHash(act.ID, what.Text())
	return []clerk.Item{clerk.NewItem(cmd, what.Text())}, nil
}

func isName(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= maxJudge && !slices.ContainsFunc([]rune(s), unicode.IsControl)
}

// sent refuses while a chair's tablet holds marks, or some of them never came.
func (p *post) sent(ctx context.Context, chair scoring.ChairID) error {
	tablets, err := p.desk.cfg.Tablets.Tablets(ctx, p.event)
	if err != nil {
		return err
	}
	st, done := p.Look()
	defer done()
	return p.desk.unsent.Sent(st, tablets, chair)
}

// reseat makes so what a record of kind Sit says: the chair's tablet is its old
// judge's, and everybody is told the new name. Done again it changes nothing, unless
// somebody else has taken the chair since.
func (p *post) reseat(ctx context.Context, actor contest.Actor, act Act) error {
	s, done := p.Look()
	sits := s.Board.Sits(act.Chair)
	done()
	if len(sits) == 0 || sits[len(sits)-1].Mark != act.ID {
		return nil
	}
	if p.index.Load().Setup.JudgeAt(act.Chair, 0) == act.Judge {
		return nil // all of it was done before
	}
	if err := p.desk.cfg.Tablets.Retire(ctx, actor, p.event, act.Chair); err != nil {
		return err
	}
	if err := p.desk.cfg.Events.Reseat(ctx, p.event, act.Chair, act.Judge); err != nil {
		return err
	}
	_, err := p.Do(ctx, func() ([]clerk.Item, error) { return nil, p.refresh(ctx) })
	return err
}

// before adds to a setup who sat in its chairs before.
func (p *post) before(ctx context.Context, s *Setup) (*Setup, error) {
	sits, ids := map[scoring.ChairID][]scoring.Sitting{}, []scoring.ID{}
	st, done := p.Look()
	for _, ch := range s.Chairs {
		for _, sat := range st.Board.Sits(ch.Number) {
			sits[ch.Number] = append(sits[ch.Number], sat)
			ids = append(ids, sat.Mark)
		}
	}
	done()
	if len(ids) == 0 {
		return s, nil
	}
	texts, err := p.desk.cfg.Notes.Texts(ctx, p.ledger, ids)
	if err != nil {
		return nil, err
	}
	with := *s
	with.Before, with.Left = map[scoring.ChairID][]lineup.Before{}, map[contest.ID]string{}
	for chair, list := range sits {
		for _, sat := range list {
			with.Before[chair] = append(with.Before[chair], lineup.Before{
				Until: sat.Seq, At: time.Unix(0, sat.At), Judge: lineup.ParseReplacing(texts[sat.Mark]).Was,
			})
		}
	}
	tablets, err := p.desk.cfg.Tablets.Tablets(ctx, p.event)
	for _, t := range tablets {
		with.Leave(t.Device, t.Chair, t.PairedAt)
	}
	return &with, err
}
