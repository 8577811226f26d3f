package scheme

import "reflect"

// Kind is the kind of an aspect: what is put in and how it becomes a mark.
type Kind string

// The kinds of aspect.
const (
	YesNo      Kind = "yes_no"     // 是/否: max or 0
	Tolerance  Kind = "tolerance"  // nominal ± tol → max, else 0
	Limits     Kind = "limits"     // low ≤ x ≤ high → max, each optional; relative to nominal if there is one
	Graded     Kind = "graded"     // bands around nominal, first met wins
	Excess     Kind = "excess"     // max − per for each begun step outside low…high
	Table      Kind = "table"      // rows of conditions, first met wins
	Counted    Kind = "counted"    // max − per × count, not below 0
	PointsKind Kind = "points"     // a number with step and range
	Judgement  Kind = "judgement"  // levels 0–3 per judge
	PanelKind  Kind = "panel"      // a number per judge, by the panel's policy
	Deductions Kind = "deductions" // 配分 / 扣分 / 得分: max − Σ listed deductions
	Grades     Kind = "grades"     // 优 9–10, 良 8–8.9: a number in one of the ranges
	Gate       Kind = "gate"       // a finding that voids
	Time       Kind = "time"       // a duration in seconds
	Penalty    Kind = "penalty"    // listed violations, subtracted at a level
	External   Kind = "external"   // a number from outside, of no panel
	Relative   Kind = "relative"   // the best of the field has max, others in proportion
)

// Aspect is a 评分点. Which fields it may have depends on its kind.
type Aspect struct {
	ID       string `json:"id"`
	Name     Text   `json:"name"`
	Help     *Text  `json:"help,omitempty"` // how to judge it
	Kind     Kind   `json:"kind"`
	Panel    string `json:"panel,omitempty"`    // who marks it; none for external
	By       string `json:"by,omitempty"`       // each (chair) or one (mark for the panel); default each for judgement and panel, else one
	Required *bool  `json:"required,omitempty"` // default true; false for gate and penalty
	Factor   *Num   `json:"factor,omitempty"`   // nil is 1
	Unit     string `json:"unit,omitempty"`     // of the input: mm, s
	Section  string `json:"section,omitempty"`  // standards section

	Max      *Num     `json:"max,omitempty"`
	Min      *Num     `json:"min,omitempty"`  // least input of a points-like kind; nil is 0
	Step     *Num     `json:"step,omitempty"` // points-like: of the input; excess: of the excess
	Accepts  *Range   `json:"accepts,omitempty"`
	Nominal  *Num     `json:"nominal,omitempty"`
	Tol      *Num     `json:"tol,omitempty"`
	Low      *Num     `json:"low,omitempty"`
	High     *Num     `json:"high,omitempty"`
	Per      *Num     `json:"per,omitempty"`
	Whole    bool     `json:"whole,omitempty"` // excess: only whole steps count
	Bands    []Band   `json:"bands,omitempty"`
	Inputs   []Input  `json:"inputs,omitempty"`
	Rows     []Row    `json:"rows,omitempty"`
	Else     *Num     `json:"else,omitempty"` // mark when no band or row is met; nil is 0
	Readings *Several `json:"readings,omitempty"`
	Attempts *Several `json:"attempts,omitempty"`
	Levels   []Text   `json:"levels,omitempty"` // judgement: the texts of 0, 1, 2, 3
	Spread   *Num     `json:"spread,omitempty"` // widest difference between judges; judgement: nil is 1
	Policy   *Policy  `json:"policy,omitempty"` // instead of the panel's
	Items    []Item   `json:"items,omitempty"`
	Cap      *Num     `json:"cap,omitempty"`     // penalty: the most that is subtracted
	Level    string   `json:"level,omitempty"`   // penalty: criterion (default), component, total
	Grades   []Grade  `json:"grades,omitempty"`  // grades
	Voids    string   `json:"voids,omitempty"`   // gate: aspect, criterion, component, entry
	Target   string   `json:"target,omitempty"`  // gate: id of what it voids; default its own criterion or component
	Mode     string   `json:"mode,omitempty"`    // time: bands, linear, tiebreak
	Limit    *Num     `json:"limit,omitempty"`   // time, linear: nothing from here on
	Best     *Num     `json:"best,omitempty"`    // time, linear: max up to here
	Better   string   `json:"better,omitempty"`  // relative: higher (default) or lower
	Carried  string   `json:"carried,omitempty"` // external: total, or a component's id, of the stage before (承前)
}

// Range is what a measured number may be at all.
type Range struct {
	Min *Num `json:"min,omitempty"`
	Max *Num `json:"max,omitempty"`
}

// Band gives a mark. Graded: |x − nominal| ≤ Tol. Time: t ≤ To.
type Band struct {
	Tol  *Num `json:"tol,omitempty"`
	To   *Num `json:"to,omitempty"`
	Mark *Num `json:"mark"`
}

// Input is one measured number of a table.
type Input struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
	Unit string `json:"unit,omitempty"`
}

// Row is one row of a table: a condition per input, and the mark.
type Row struct {
	When []Condition `json:"when"`
	Mark *Num        `json:"mark"`
}

// Condition holds when all that it names holds; an empty one always holds.
type Condition struct {
	Ge *Num `json:"ge,omitempty"`
	Gt *Num `json:"gt,omitempty"`
	Le *Num `json:"le,omitempty"`
	Lt *Num `json:"lt,omitempty"`
}

// least and most are its ends, whether they hold themselves or not; nil is none.
func (c *Condition) least() *Num {
	if c.Gt != nil {
		return c.Gt
	}
	return c.Ge
}

func (c *Condition) most() *Num {
	if c.Lt != nil {
		return c.Lt
	}
	return c.Le
}

// Several is more than one value and what becomes of them. Readings take max,
// min, mean or range; attempts take best, mean or middle.
type Several struct {
	Count int    `json:"count"`
	Take  string `json:"take"`
}

// Item is a listed deduction or violation: a fixed Amount for each occurrence,
// or an amount From–To that the judge chooses, or one that voids.
type Item struct {
	ID     string `json:"id"`
	Name   Text   `json:"name"`
	Amount *Num   `json:"amount,omitempty"`
	From   *Num   `json:"from,omitempty"`
	To     *Num   `json:"to,omitempty"`
	Step   *Num   `json:"step,omitempty"`
	Cap    *Num   `json:"cap,omitempty"`   // most that this item takes
	Voids  string `json:"voids,omitempty"` // penalty: criterion, component or entry
}

// Grade is one grade with its range of marks.
type Grade struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
	From *Num   `json:"from"`
	To   *Num   `json:"to"`
}

// Each says whether every chair of the panel gives a mark of its own.
func (a *Aspect) Each() bool {
	if a.By != "" {
		return a.By == "each"
	}
	return a.Kind == Judgement || a.Kind == PanelKind
}

// LowerWins says whether a lower value is the better one, so that a try that was
// not performed is no 0.
func (a *Aspect) LowerWins() bool {
	return a.Mode == "seconds" || a.Kind == Relative && a.Better == "lower"
}

// IsRequired says whether a missing mark keeps the entry from being ranked.
func (a *Aspect) IsRequired() bool {
	if a.Required != nil {
		return *a.Required
	}
	return a.Kind != Gate && a.Kind != Penalty
}

// Tries is the number of attempts, 1 and up.
func (a *Aspect) Tries() int {
	if a.Attempts == nil {
		return 1
	}
	return a.Attempts.Count
}

// KeepsMarks says whether marks given under the aspect a and its policy stay
// when it is b and the other policy (沿用评分): only if nothing of it changed.
// The engine asks it when a version is adopted; place and code do not count,
// but what has become teams' is marked anew.
func KeepsMarks(a, b *Aspect, was, is Policy) bool {
	return was == is && a.Each() == b.Each() && reflect.DeepEqual(a, b)
}
