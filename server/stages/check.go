package stages

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// whole is the word for the total of the stage before.
const whole = "total"

// CheckScheme names all that is wrong with the numbers that a scheme carries over
// into an event, with their places in the scheme's document. It asks for no
// permission: the room that locks the scheme has.
func (d *Desk) CheckScheme(ctx context.Context, event contest.ID, text []byte) ([]fault.Field, error) {
	s, err := scheme.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read the scheme that is to be checked: %w", err)
	}
	links, err := d.cfg.Store.ListLinks(ctx)
	if err != nil {
		return nil, err
	}
	return d.check(ctx, event, s, links)
}

// place is an aspect that carries a number over.
type place struct {
	path      string
	aspect    *scheme.Aspect
	component string
	identity  scheme.Identity
}

// carries are the places of a scheme that carry a number over.
func carries(s *scheme.Scheme) (list []place) {
	for i := range s.Components {
		for j := range s.Components[i].Criteria {
			c := &s.Components[i].Criteria[j]
			identity := c.Identity
			if identity == "" {
				identity = s.Identity
			}
			for k := range c.Subs {
				for l := range c.Subs[k].Aspects {
					if a := &c.Subs[k].Aspects[l]; a.Carried != "" {
						path := fmt.Sprintf("/components/%d/criteria/%d/subs/%d/aspects/%d/carried", i, j, k, l)
						list = append(list, place{path, a, s.Components[i].ID, identity})
					}
				}
			}
		}
	}
	return list
}

// check holds a scheme's places against the schemes of the stages before.
func (d *Desk) check(ctx context.Context, event contest.ID, s *scheme.Scheme, links map[contest.ID]contest.ID) ([]fault.Field, error) {
	list := carries(s)
	if len(list) == 0 {
		return nil, nil
	}
	before := links[event]
	var rules *scoring.Rules
	if !before.IsZero() {
		var err error
		if rules, err = d.rules(ctx, before); err != nil {
			return nil, err
		}
	}
	circle := false
	if way := chain(links, event); len(way) > 1 {
		var err error
		if circle, err = d.carriesBack(ctx, way); err != nil {
			return nil, err
		}
	}
	var fields []fault.Field
	for _, p := range list {
		if p.identity != "" && p.identity != scheme.Open {
			fields = append(fields, fault.At(p.path, "scheme.carry_sealed", string(p.identity)))
		}
		switch {
		case before.IsZero():
			fields = append(fields, fault.At(p.path, "scheme.carry_without_stage", p.aspect.Carried))
		case circle:
			fields = append(fields, fault.At(p.path, "scheme.carry_circular", p.aspect.Carried))
		case rules == nil: // its scheme is not there yet: asked again before the opening
		default:
			fields = append(fields, fits(p, rules)...)
		}
	}
	return fields, nil
}

// carriesBack says whether every event of a way that closes upon itself carries
// numbers over: a number that would come from itself. The first event's scheme is
// the one that is asked about, and does.
func (d *Desk) carriesBack(ctx context.Context, way []contest.ID) (bool, error) {
	if way[len(way)-1] != way[0] {
		return false, nil
	}
	for _, id := range way[1 : len(way)-1] {
		rules, err := d.rules(ctx, id)
		if err != nil || rules == nil || len(carries(rules.Scheme())) == 0 {
			return false, err
		}
	}
	return true, nil
}

// fits holds one place against the scheme that it takes from.
func fits(p place, rules *scoring.Rules) []fault.Field {
	most, known := "", p.aspect.Carried == whole
	if known {
		most = rules.Max()
	} else if at, ok := rules.ComponentAt[p.aspect.Carried]; ok && rules.Components[at].Src.Of == "" {
		known, most = true, componentMax(rules, at)
	}
	if !known {
		return []fault.Field{fault.At(p.path, "scheme.carry_unknown", p.aspect.Carried)}
	}
	if most != "" && p.aspect.Max != nil {
		if n, err := exact.Parse(most); err == nil && p.aspect.Max.Less(n) {
			return []fault.Field{fault.At(p.path, "scheme.carry_max", most)}
		}
	}
	return nil
}

// componentMax is the most that a component can be; "" when it is open, or where
// rows show no column of it.
func componentMax(rules *scoring.Rules, at int) string {
	columns := rules.Columns()
	if len(rules.Components) != len(columns) || len(columns) < 2 {
		return ""
	}
	return columns[at].Max
}

// rules are an event's rules in force, or of its newest scheme; nil without one.
func (d *Desk) rules(ctx context.Context, event contest.ID) (rules *scoring.Rules, err error) {
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		rules = r.Rules
		return nil
	})
	return rules, err
}

// BeforeOpen is asked before an event opens: Refused stages.carry with all that is
// wrong with the numbers that it would carry over, in its scheme and, where the
// stage before is published, in the numbers themselves.
func (d *Desk) BeforeOpen(ctx context.Context, event contest.ID) error {
	rules, err := d.rules(ctx, event)
	if err != nil || rules == nil || len(carries(rules.Scheme())) == 0 {
		return err
	}
	links, err := d.cfg.Store.ListLinks(ctx)
	if err != nil {
		return err
	}
	fields, err := d.check(ctx, event, rules.Scheme(), links)
	if err != nil {
		return err
	}
	if fields == nil {
		if fields, err = d.unreadable(ctx, event, links[event]); err != nil {
			return err
		}
	}
	if fields == nil {
		return nil
	}
	return fault.New(fault.Refused, "stages.carry", fields...)
}

// unreadable are published numbers that the event's scheme does not take.
func (d *Desk) unreadable(ctx context.Context, event, before contest.ID) (fields []fault.Field, err error) {
	l, err := d.load(ctx, event, before)
	if err != nil || l.result == nil {
		return nil, err
	}
	for _, row := range l.carry() {
		for _, c := range row.Cells {
			if c.Code != "" {
				fields = append(fields, fault.At("/entries/"+row.EntryNo+"/"+c.Aspect, c.Code, c.Value))
			}
		}
	}
	return fields, nil
}
