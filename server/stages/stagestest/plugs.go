package stagestest

import (
	"context"
	"fmt"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
)

// Enter implements stages.Programme.
func (r *Rig) Enter(_ context.Context, _ contest.Actor, id contest.ID, joins []stages.Entrant, leaves []contest.ID) ([]contest.ID, error) {
	if r.Refuse != nil {
		return nil, r.Refuse
	}
	e := r.events[id]
	e.entries = slices.DeleteFunc(slices.Clone(e.entries), func(en contest.Entry) bool { return slices.Contains(leaves, en.ID) })
	var out []contest.ID
	for _, j := range joins {
		at := slices.IndexFunc(r.units[e.Contest], func(u contest.Unit) bool { return u.Code == j.Unit })
		if at < 0 {
			return nil, fault.New(fault.Refused, "programme.invalid", fault.At("/entries", "programme.unit_unknown", j.Unit))
		}
		e.marks++
		n := len(e.entries) + 1
		entry := contest.Entry{
			ID: contest.ID{0xef, id[15], 13: byte(e.marks >> 8), 14: byte(e.marks)}, Event: id, Ordinal: scoring.EntryID(n),
			EntryNo: fmt.Sprintf("%03d", n), Name: j.As.Name, Unit: r.units[e.Contest][at],
		}
		e.entries = append(e.entries, entry)
		out = append(out, entry.ID)
	}
	return out, nil
}

// CreateUnit implements stages.Programme: units are the organiser's.
func (r *Rig) CreateUnit(_ context.Context, a contest.Actor, of contest.ID, u contest.Unit) error {
	if !a.Has(of, contest.ID{}, contest.Administrator, contest.Organiser) {
		return fault.New(fault.Forbidden, "programme.forbidden")
	}
	r.units[of] = append(slices.Clone(r.units[of]), u)
	return nil
}

// Persons implements stages.Persons.
func (r *Rig) Persons(context.Context, contest.ID) (map[contest.ID]string, error) {
	return r.persons, nil
}

func (r *Rig) reading(id contest.ID) stages.Reading {
	e := r.events[id]
	out := stages.Reading{Event: e.Event.Event, Rules: e.rules, Version: 1, Board: e.board, Numbers: map[scoring.EntryID]string{}}
	if out.Board == nil {
		out.Board = scoring.NewBoard(nil)
	}
	out.Seq = out.Board.Seq()
	for _, en := range e.entries {
		out.Numbers[en.Ordinal] = en.EntryNo
	}
	return out
}

// Read implements stages.Boards.
func (r *Rig) Read(_ context.Context, id contest.ID, reader func(stages.Reading) error) error {
	if r.events[id] == nil {
		return fault.New(fault.Missing, "judging.missing")
	}
	return reader(r.reading(id))
}

// Publication implements stages.Boards.
func (r *Rig) Publication(_ context.Context, id contest.ID) (stages.Publication, bool, error) {
	e := r.events[id]
	if e.board == nil || e.board.Phase() != scoring.Official {
		return stages.Publication{}, false, nil
	}
	return stages.Publication{Seq: e.pubSeq, Read: e.board.Seq(), At: e.at, List: fmt.Sprint("list", e.pubSeq)}, true, nil
}

// Give implements stages.Marks.
func (r *Rig) Give(_ context.Context, a contest.Actor, id contest.ID, b stages.Batch) ([]*fault.Error, error) {
	e := r.events[id]
	if !a.Has(e.Contest, id, contest.Organiser, contest.HostSecretary) {
		return nil, fault.New(fault.Forbidden, "judging.role")
	}
	marks, err := b.Pick(r.reading(id))
	if err != nil {
		return nil, err
	}
	out, refused := make([]*fault.Error, len(marks)), false
	cmds := make([]scoring.Command, len(marks))
	for i, m := range marks {
		cmds[i] = scoring.Command{
			Kind: scoring.Mark, MarkID: m.ID, Actor: a.Who(), Entry: m.Entry, Aspect: m.Aspect, Value: m.Value, Version: m.Version, Supersedes: m.Supersedes,
		}
		if !m.Supersedes.IsZero() && m.Reason == "" {
			r.T.Errorf("%+v has no reason", m)
		}
		if _, no := e.board.Check(cmds[i]); no != nil {
			out[i], refused = fault.New(fault.Refused, no.Code), true
		}
	}
	if !refused && !b.IsPreview {
		for _, c := range cmds {
			r.Write(id, c)
		}
	}
	return out, nil
}

// Record implements stages.Audit.
func (r *Rig) Record(_ context.Context, _ contest.Actor, what, _ string, _ map[string]string) error {
	r.acts = append(r.acts, what)
	return nil
}
