package rules

import (
	"slices"
	"strconv"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/lookup"
	"jiangtai/scoring/pad"
	"jiangtai/scoring/scheme"
)

// Rules is a compiled scheme (规则): what the engine and the tablets' bundle read. It
// does not change and is safe for concurrent use.
type Rules struct {
	scheme      *scheme.Scheme
	Aspects     []Aspect // in the scheme's order: those of a criterion stand together
	Modules     []Module
	Components  []Component
	PanelList   []Panel
	AspectAt    map[string]int
	ModuleAt    map[string]int
	ComponentAt map[string]int
	PanelAt     map[string]int
	Keys        []Key
	columns     []Column
	PanelRound  Stage
	Total       Stage
	Penalties   []int  // aspects subtracted from the total
	Timed       []int  // aspects whose seconds are the mark
	Relatives   []int  // aspects whose marks depend on the field
	Teams       *Teams // nil: nobody competes as a team
	Rankings    []Grouping
	Decides     bool // a decision splits ranks
	ByPoints    bool
	Ascending   bool
	Voiding     bool // some aspect can void others
	sealing     bool // some criterion is seat or coded
	aspects     lookup.Table[int]
}

// Find is AspectAt for who asks with every mark.
func (r *Rules) Find(aspect string) (at int, ok bool) { return r.aspects.Find(aspect) }

// Panel is a 裁判组 of a scheme.
type Panel struct {
	ID     string
	Name   string
	NameEn string
	Chairs int // declared; 0 when the event decides
}

// Aspect is a compiled 评分点.
type Aspect struct {
	Src       *scheme.Aspect
	Pad       *pad.Rule
	Alike     int // the first aspect that reads every value as this one does
	Code      string
	Sub       string
	Module    int
	Component int
	Panel     int // -1: of no panel
	Each      bool
	Required  bool
	Tries     int
	Take      string
	Lowest    bool // of what is measured the lowest is the best
	Lower     bool // of the values the lowest is the best: there is no worst one
	Plain     bool // of one try, and neither a time nor measured by the field
	Relative  int  // its place in Relatives, -1 for other kinds
	Factor    *exact.Num
	Round     Stage
	Policy    scheme.Policy
	Spread    *exact.Num // in marks
	OfTeam    bool       // teams are marked in it, else persons
	Level     string     // penalty: where it is subtracted; "" adds
	Voids     string     // gate: the sort of thing it voids
	Target    int        // gate: its index
}

// Module is a compiled criterion (模块).
type Module struct {
	Src       *scheme.Criterion
	Code      string
	Component int
	First     int // aspects [first, end)
	End       int
	Factor    *exact.Num
	Round     Stage
	Penalties bool
	OfTeam    bool
	Identity  scheme.Identity
}

// Component is a compiled 部分.
type Component struct {
	Src       *scheme.Component
	First     int // criteria [first, end)
	End       int
	Share     exact.Num // weight or factor
	Round     Stage
	Shared    Stage // of share × component
	Penalties []int // aspects subtracted here
	OfTeam    bool
}

// Key is a compiled tie-break key; At is the index of what it names, of firsts
// its own.
type Key struct {
	By        string
	At        int
	Ascending bool
	From, To  int // firsts: the criteria counted, [from, to)
}

// Stage is one place of rounding; off does nothing.
type Stage struct {
	On     bool
	Places int
	Mode   exact.Mode
}

// Apply rounds n, or leaves it where the stage is off.
func (s Stage) Apply(n exact.Num) exact.Num {
	if !s.On {
		return n
	}
	return n.Round(s.Places, s.Mode)
}

var modes = map[string]exact.Mode{
	"": exact.HalfUp, "half_up": exact.HalfUp, "half_even": exact.HalfEven, "floor": exact.Floor, "ceiling": exact.Ceiling,
}

func stageOf(r *scheme.Round) Stage {
	if r == nil {
		return Stage{}
	}
	return Stage{On: true, Places: r.Places, Mode: modes[r.Mode]}
}

// Compile checks a scheme and prepares it. The error is scheme.Faults: all
// that is wrong, with places. The scheme must not be changed afterwards.
func Compile(s *scheme.Scheme) (*Rules, error) {
	if err := scheme.Check(s); err != nil {
		return nil, err
	}
	r := &Rules{
		scheme: s, AspectAt: map[string]int{}, ModuleAt: map[string]int{}, ComponentAt: map[string]int{}, PanelAt: map[string]int{},
		PanelRound: stageOf(s.Rounding.Panel), Total: stageOf(s.Rounding.Total),
		ByPoints: s.Provisional == scheme.Points, Ascending: s.Ranking.Order == "ascending", Decides: s.Ranking.Ties == "decision",
	}
	if !r.Total.On {
		r.Total = Stage{On: true, Places: 2}
	}
	for i, p := range s.Panels {
		r.PanelAt[p.ID] = i
		r.PanelList = append(r.PanelList, Panel{p.ID, p.Name.Zh, p.Name.En, p.Chairs})
	}
	for i := range s.Components {
		r.addComponent(&s.Components[i])
	}
	r.aimGates()
	for i := range r.Aspects {
		if r.Aspects[i].Level == "total" {
			r.Penalties = append(r.Penalties, i)
		}
		if r.Aspects[i].Src.Mode == "seconds" {
			r.Timed = append(r.Timed, i)
		}
		if r.Aspects[i].Src.Kind == scheme.Relative {
			r.Aspects[i].Relative = len(r.Relatives)
			r.Relatives = append(r.Relatives, i)
		}
	}
	for i, k := range s.Ranking.Keys {
		key := r.key(k)
		if key.By == "firsts" {
			key.At = i
		}
		r.Keys = append(r.Keys, key)
	}
	r.addTeams()
	r.columns = r.makeColumns()
	return r, nil
}

func (r *Rules) addComponent(src *scheme.Component) {
	c := Component{Src: src, First: len(r.Modules), Share: exact.One, Round: stageOf(r.scheme.Rounding.Component), OfTeam: src.Of == scheme.OfTeam}
	switch {
	case src.Weight != nil:
		c.Share = *src.Weight
	case src.Factor != nil:
		c.Share = *src.Factor
	}
	c.Shared = stageOf(r.scheme.Rounding.Weighted)
	r.ComponentAt[src.ID] = len(r.Components)
	for i := range src.Criteria {
		r.addCriterion(&src.Criteria[i], len(r.Components))
	}
	c.End = len(r.Modules)
	for i := range r.Aspects {
		if r.Aspects[i].Component == len(r.Components) && r.Aspects[i].Level == "component" {
			c.Penalties = append(c.Penalties, i)
		}
	}
	r.Components = append(r.Components, c)
}

func (r *Rules) addCriterion(src *scheme.Criterion, component int) {
	c := Module{
		Src: src, Code: scheme.Letter(len(r.Modules)), Component: component, First: len(r.Aspects),
		Factor: src.Factor, Round: stageOf(r.scheme.Rounding.Criterion), Identity: identityOf(r.scheme, src),
		OfTeam: r.scheme.Components[component].Of == scheme.OfTeam,
	}
	r.sealing = r.sealing || c.Identity != scheme.Open
	r.ModuleAt[src.ID] = len(r.Modules)
	for i := range src.Subs {
		sub := c.Code + strconv.Itoa(i+1)
		for j := range src.Subs[i].Aspects {
			r.addAspect(&src.Subs[i].Aspects[j], sub+"."+strconv.Itoa(j+1), src.Subs[i].ID, component)
		}
	}
	c.End = len(r.Aspects)
	for i := c.First; i < c.End; i++ {
		c.Penalties = c.Penalties || r.Aspects[i].Level == "criterion"
	}
	r.Modules = append(r.Modules, c)
}

func (r *Rules) addAspect(src *scheme.Aspect, code, sub string, component int) {
	rule, err := pad.Compile(pad.Make(src, code))
	if err != nil {
		panic("scoring: " + src.ID + ": " + err.Error()) // a checked scheme has exact numbers only
	}
	a := Aspect{
		Src: src, Pad: rule, Code: code, Sub: sub, Module: len(r.Modules), Component: component, Panel: -1,
		Each: src.Each(), Required: src.IsRequired(), Tries: src.Tries(), Factor: src.Factor,
		Round: stageOf(r.scheme.Rounding.Aspect), Policy: r.scheme.PolicyOf(src), Target: -1,
		Lowest: src.Kind == scheme.Time || src.LowerWins(), Lower: src.LowerWins(), Relative: -1,
		OfTeam: r.scheme.Components[component].Of == scheme.OfTeam, Alike: r.alike(rule),
	}
	a.Plain = a.Tries == 1 && !a.Lower && src.Kind != scheme.Time && src.Kind != scheme.Relative
	if src.Attempts != nil {
		a.Take = src.Attempts.Take
	}
	if src.Kind != scheme.External {
		a.Panel = r.PanelAt[src.Panel]
	}
	if src.Kind == scheme.Penalty {
		a.Level = src.Level
		if a.Level == "" {
			a.Level = "criterion"
		}
		for _, it := range src.Items {
			r.Voiding = r.Voiding || it.Voids != ""
		}
	}
	a.Spread = spreadOf(src)
	r.AspectAt[src.ID] = len(r.Aspects)
	r.aspects.Put(src.ID, len(r.Aspects))
	r.Aspects = append(r.Aspects, a)
}

// alike is the first aspect whose pad reads every value as this rule does; the next one
// where there is none.
func (r *Rules) alike(rule *pad.Rule) int {
	for i := range r.Aspects {
		if a := &r.Aspects[i]; a.Alike == i && a.Pad.Alike(rule) {
			return i
		}
	}
	return len(r.Aspects)
}

// spreadOf is the widest difference in marks, from one in levels or points.
func spreadOf(src *scheme.Aspect) *exact.Num {
	if src.Kind != scheme.Judgement {
		return src.Spread
	}
	levels := exact.One
	if src.Spread != nil {
		levels = *src.Spread
	}
	marks := src.Max.Mul(levels).Div(exact.Int(len(src.Levels) - 1))
	return &marks
}

// aimGates finds what each gate voids, when all places are known.
func (r *Rules) aimGates() {
	for i := range r.Aspects {
		a := &r.Aspects[i]
		if a.Src.Kind != scheme.Gate {
			continue
		}
		r.Voiding, a.Voids = true, a.Src.Voids
		switch a.Voids {
		case "aspect":
			a.Target = r.AspectAt[a.Src.Target]
		case "criterion":
			a.Target = a.Module
			if a.Src.Target != "" {
				a.Target = r.ModuleAt[a.Src.Target]
			}
		case "component":
			a.Target = a.Component
			if a.Src.Target != "" {
				a.Target = r.ComponentAt[a.Src.Target]
			}
		}
	}
}

func (r *Rules) key(k scheme.Key) Key {
	out := Key{By: k.By, Ascending: k.Order == "ascending" || k.Order == "" && k.By == "time"}
	switch k.By {
	case "firsts":
		if out.To = len(r.Modules); k.ID != "" {
			c := &r.Components[r.ComponentAt[k.ID]]
			out.From, out.To = c.First, c.End
		}
	case "component":
		out.At = r.ComponentAt[k.ID]
	case "criterion":
		out.At = r.ModuleAt[k.ID]
	default:
		out.At = r.AspectAt[k.ID]
		if k.By == "best" && k.Order == "" {
			out.Ascending = r.Aspects[out.At].Lowest
		}
	}
	return out
}

func identityOf(s *scheme.Scheme, c *scheme.Criterion) scheme.Identity {
	switch {
	case c.Identity != "":
		return c.Identity
	case s.Identity != "":
		return s.Identity
	}
	return scheme.Open
}

// KeepsMarks says whether what was given under the aspect was stays when it is now.
func KeepsMarks(now, was *Aspect) bool {
	return now.OfTeam == was.OfTeam && scheme.KeepsMarks(now.Src, was.Src, now.Policy, was.Policy)
}

// Ranks says whether entries are ranked by a grouping.
func (r *Rules) Ranks(grouping int) bool {
	return slices.ContainsFunc(r.Rankings, func(g Grouping) bool { return g.At == grouping })
}
