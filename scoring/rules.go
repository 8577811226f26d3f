package scoring

import (
	"strconv"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/pad"
	"jiangtai/scoring/scheme"
)

// Rules is a compiled scheme: what the engine and the tablets' bundle read. It
// does not change and is safe for concurrent use.
type Rules struct {
	scheme     *scheme.Scheme
	aspects    []aspectRule // in the scheme's order: those of a criterion stand together
	criteria   []criterionRule
	components []componentRule
	panels     []Panel
	aspectAt   map[string]int
	critAt     map[string]int
	compAt     map[string]int
	panelAt    map[string]int
	keys       []keyRule
	columns    []Column
	panelRound stage
	total      stage
	weighted   bool
	penalties  []int // aspects subtracted from the total
	timed      []int // aspects whose seconds are the mark
	byPoints   bool
	ascending  bool
	voiding    bool // some aspect can void others
	sealing    bool // some criterion is seat or coded
}

// RuleSet is the rules by scheme version; records name theirs.
type RuleSet map[uint16]*Rules

// Panel is a 裁判组 of a scheme.
type Panel struct {
	ID     string
	Name   string
	NameEn string
	Chairs int // declared; 0 when the event decides
}

type aspectRule struct {
	src       *scheme.Aspect
	pad       *pad.Rule
	code      string
	sub       string
	criterion int
	component int
	panel     int // -1: of no panel
	each      bool
	required  bool
	tries     int
	take      string
	lowest    bool // the lowest number is the best: seconds
	factor    *exact.Num
	round     stage
	policy    scheme.Policy
	spread    *exact.Num // in marks
	level     string     // penalty: where it is subtracted; "" adds
	voids     string     // gate: the sort of thing it voids
	target    int        // gate: its index
}

type criterionRule struct {
	src       *scheme.Criterion
	code      string
	component int
	first     int // aspects [first, end)
	end       int
	factor    *exact.Num
	round     stage
	penalties bool
	identity  scheme.Identity
}

type componentRule struct {
	src       *scheme.Component
	first     int // criteria [first, end)
	end       int
	share     exact.Num // weight or factor
	round     stage
	shared    stage // of share × component
	penalties []int // aspects subtracted here
}

type keyRule struct {
	by        string
	at        int
	ascending bool
}

// stage is one place of rounding; off does nothing.
type stage struct {
	on     bool
	places int
	mode   exact.Mode
}

func (s stage) apply(n exact.Num) exact.Num {
	if !s.on {
		return n
	}
	return n.Round(s.places, s.mode)
}

var modes = map[string]exact.Mode{
	"": exact.HalfUp, "half_up": exact.HalfUp, "half_even": exact.HalfEven, "floor": exact.Floor, "ceiling": exact.Ceiling,
}

func stageOf(r *scheme.Round) stage {
	if r == nil {
		return stage{}
	}
	return stage{on: true, places: r.Places, mode: modes[r.Mode]}
}

// Compile checks a scheme and prepares it. The error is scheme.Faults: all
// that is wrong, with places. The scheme must not be changed afterwards.
func Compile(s *scheme.Scheme) (*Rules, error) {
	if err := scheme.Check(s); err != nil {
		return nil, err
	}
	r := &Rules{
		scheme: s, aspectAt: map[string]int{}, critAt: map[string]int{}, compAt: map[string]int{}, panelAt: map[string]int{},
		panelRound: stageOf(s.Rounding.Panel), total: stageOf(s.Rounding.Total), weighted: s.Composing() == scheme.Weighted,
		byPoints: s.Provisional == scheme.Points, ascending: s.Ranking.Order == "ascending",
	}
	if !r.total.on {
		r.total = stage{on: true, places: 2}
	}
	for i, p := range s.Panels {
		r.panelAt[p.ID] = i
		r.panels = append(r.panels, Panel{p.ID, p.Name.Zh, p.Name.En, p.Chairs})
	}
	for i := range s.Components {
		r.addComponent(&s.Components[i])
	}
	r.aimGates()
	for i := range r.aspects {
		if r.aspects[i].level == "total" {
			r.penalties = append(r.penalties, i)
		}
		if r.aspects[i].src.Mode == "seconds" {
			r.timed = append(r.timed, i)
		}
	}
	for _, k := range s.Ranking.Keys {
		r.keys = append(r.keys, r.key(k))
	}
	r.columns = r.makeColumns()
	return r, nil
}

func (r *Rules) addComponent(src *scheme.Component) {
	c := componentRule{src: src, first: len(r.criteria), share: exact.One, round: stageOf(r.scheme.Rounding.Component)}
	switch {
	case src.Weight != nil:
		c.share = *src.Weight
	case src.Factor != nil:
		c.share = *src.Factor
	}
	c.shared = stageOf(r.scheme.Rounding.Weighted)
	r.compAt[src.ID] = len(r.components)
	for i := range src.Criteria {
		r.addCriterion(&src.Criteria[i], len(r.components))
	}
	c.end = len(r.criteria)
	for i := range r.aspects {
		if r.aspects[i].component == len(r.components) && r.aspects[i].level == "component" {
			c.penalties = append(c.penalties, i)
		}
	}
	r.components = append(r.components, c)
}

func (r *Rules) addCriterion(src *scheme.Criterion, component int) {
	c := criterionRule{
		src: src, code: letter(len(r.criteria)), component: component, first: len(r.aspects),
		factor: src.Factor, round: stageOf(r.scheme.Rounding.Criterion), identity: identityOf(r.scheme, src),
	}
	r.sealing = r.sealing || c.identity != scheme.Open
	r.critAt[src.ID] = len(r.criteria)
	for i := range src.Subs {
		sub := c.code + strconv.Itoa(i+1)
		for j := range src.Subs[i].Aspects {
			r.addAspect(&src.Subs[i].Aspects[j], sub+"."+strconv.Itoa(j+1), src.Subs[i].ID, component)
		}
	}
	c.end = len(r.aspects)
	for i := c.first; i < c.end; i++ {
		c.penalties = c.penalties || r.aspects[i].level == "criterion"
	}
	r.criteria = append(r.criteria, c)
}

func (r *Rules) addAspect(src *scheme.Aspect, code, sub string, component int) {
	rule, err := pad.Compile(pad.Make(src, code))
	if err != nil {
		panic("scoring: " + src.ID + ": " + err.Error()) // a checked scheme has exact numbers only
	}
	a := aspectRule{
		src: src, pad: rule, code: code, sub: sub, criterion: len(r.criteria), component: component, panel: -1,
		each: src.Each(), required: src.IsRequired(), tries: src.Tries(), factor: src.Factor,
		round: stageOf(r.scheme.Rounding.Aspect), policy: r.scheme.PolicyOf(src), target: -1,
		lowest: src.Kind == scheme.Time,
	}
	if src.Attempts != nil {
		a.take = src.Attempts.Take
	}
	if src.Kind != scheme.External {
		a.panel = r.panelAt[src.Panel]
	}
	if src.Kind == scheme.Penalty {
		a.level = src.Level
		if a.level == "" {
			a.level = "criterion"
		}
		for _, it := range src.Items {
			r.voiding = r.voiding || it.Voids != ""
		}
	}
	a.spread = spreadOf(src)
	r.aspectAt[src.ID] = len(r.aspects)
	r.aspects = append(r.aspects, a)
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
	for i := range r.aspects {
		a := &r.aspects[i]
		if a.src.Kind != scheme.Gate {
			continue
		}
		r.voiding, a.voids = true, a.src.Voids
		switch a.voids {
		case "aspect":
			a.target = r.aspectAt[a.src.Target]
		case "criterion":
			a.target = a.criterion
			if a.src.Target != "" {
				a.target = r.critAt[a.src.Target]
			}
		case "component":
			a.target = a.component
			if a.src.Target != "" {
				a.target = r.compAt[a.src.Target]
			}
		}
	}
}

func (r *Rules) key(k scheme.Key) keyRule {
	out := keyRule{by: k.By, ascending: k.Order == "ascending" || k.Order == "" && k.By == "time"}
	switch k.By {
	case "component":
		out.at = r.compAt[k.ID]
	case "criterion":
		out.at = r.critAt[k.ID]
	default:
		out.at = r.aspectAt[k.ID]
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

// letter is A … Z, AA, AB …
func letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
