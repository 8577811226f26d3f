package scheme

import "jiangtai/scoring/exact"

// Format is the tag of this version of the file format.
const Format = "jiangtai.scheme/1"

// Num is an exact number, written as a JSON string.
type Num = exact.Num

// Text is a name or sentence in Chinese and, if there is one, English.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en,omitempty"`
}

// Scheme is a marking scheme (评分标准) of one event.
type Scheme struct {
	Format      string      `json:"format"`
	Name        Text        `json:"name"`
	Identity    Identity    `json:"identity,omitempty"` // for criteria that name none; "" is open
	Panels      []Panel     `json:"panels"`
	Composition Composition `json:"composition,omitempty"` // "" is weighted when a component has a weight, else sum
	Total       *Num        `json:"total,omitempty"`       // declared; checked against the parts
	Pass        *Num        `json:"pass,omitempty"`        // pass mark of the total
	Rounding    Rounding    `json:"rounding,omitzero"`
	Ranking     Ranking     `json:"ranking,omitzero"`
	Provisional Provisional `json:"provisional,omitempty"` // "" is complete
	Standards   *Standards  `json:"standards,omitempty"`
	Prizes      *Prizes     `json:"prizes,omitempty"`
	Advance     *Advance    `json:"advance,omitempty"`     // to the next stage
	Rankings    []string    `json:"rankings,omitempty"`    // beside the whole one: group, county, unit
	Teams       *Teams      `json:"teams,omitempty"`       // nil: nobody competes as a team
	TeamPrizes  *Prizes     `json:"team_prizes,omitempty"` // prizes of teams; Prizes are of persons
	Components  []Component `json:"components"`
}

// Identity is what a criterion's judges may know of the contestant.
type Identity string

// The identities.
const (
	Open  Identity = "open"  // 公开: the name
	Seat  Identity = "seat"  // 赛位号: the seat number only
	Coded Identity = "coded" // 评审号: the work code only
)

// Composition is how components make the total.
type Composition string

// The compositions.
const (
	Weighted Composition = "weighted" // Σ weight × component, weights add to 1
	Sum      Composition = "sum"      // Σ factor × component, open scale
)

// Provisional says which entries are ranked while marks come in.
type Provisional string

// The provisional rules.
const (
	Complete Provisional = "complete" // only those with every required mark
	Points   Provisional = "points"   // all, by 已得分 so far
)

// Panel is a 裁判组: chairs that mark the same aspects.
type Panel struct {
	ID     string  `json:"id"`
	Name   Text    `json:"name"`
	Chairs int     `json:"chairs,omitempty"` // declared number; 0: as many as the event seats
	Policy *Policy `json:"policy,omitempty"` // nil is mean
}

// Policy says how the marks of a panel's chairs become one value.
type Policy struct {
	Kind  PolicyKind `json:"kind"`
	High  int        `json:"high,omitempty"`  // how many highest are dropped
	Low   int        `json:"low,omitempty"`   // how many lowest are dropped
	Least int        `json:"least,omitempty"` // fewest marks it works with; 0: see docs/scoring.md
}

// PolicyKind is the kind of a policy.
type PolicyKind string

// The policies.
const (
	Mean    PolicyKind = "mean"
	Median  PolicyKind = "median"
	SumAll  PolicyKind = "sum"
	Trimmed PolicyKind = "trimmed" // 去掉最高最低: mean of what stays
	Middle  PolicyKind = "middle"  // sum of what stays
	Chief   PolicyKind = "chief"   // the mark of the panel's first chair
)

// Rounding names the stages at which results are rounded; a stage that is
// missing does not round. Total is always rounded: half-up to 2 places unless
// it is said otherwise.
type Rounding struct {
	Panel     *Round `json:"panel,omitempty"`     // a panel's value
	Aspect    *Round `json:"aspect,omitempty"`    // after the aspect's factor
	Criterion *Round `json:"criterion,omitempty"` // after the criterion's factor
	Component *Round `json:"component,omitempty"` // on the component's own scale
	Weighted  *Round `json:"weighted,omitempty"`  // weight × component
	Total     *Round `json:"total,omitempty"`
}

// Round is one stage's rounding.
type Round struct {
	Places int    `json:"places"`
	Mode   string `json:"mode,omitempty"` // half_up (default), half_even, floor, ceiling
}

// Ranking is how totals become ranks.
type Ranking struct {
	Order string `json:"order,omitempty"` // descending (default) or ascending
	Keys  []Key  `json:"keys,omitempty"`  // tie-break after the total, in order
	Ties  string `json:"ties,omitempty"`  // shared (default) or decision
}

// Key is one tie-break key.
type Key struct {
	By    string `json:"by"`              // component, criterion, aspect, time, best, firsts
	ID    string `json:"id,omitempty"`    // what it names; firsts: a component, "" for all criteria
	Order string `json:"order,omitempty"` // default: ascending for time and the best of times, else descending
}

// Standards are the sections of an occupational standard that the aspects are
// held against.
type Standards struct {
	Tolerance *Num      `json:"tolerance,omitempty"` // nil is 0
	Sections  []Section `json:"sections"`
}

// Section is one of them with the marks that it should have.
type Section struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
	Max  *Num   `json:"max"`
}

// Component is a 部分: theory, practical, defence.
type Component struct {
	ID       string      `json:"id"`
	Name     Text        `json:"name"`
	Of       string      `json:"of,omitempty"`     // "" persons, "team": teams are marked in it, nobody else
	Weight   *Num        `json:"weight,omitempty"` // weighted composition
	Factor   *Num        `json:"factor,omitempty"` // sum composition; nil is 1
	Max      *Num        `json:"max,omitempty"`    // declared, before weight and factor
	Pass     *Num        `json:"pass,omitempty"`   // pass mark on the same scale
	Criteria []Criterion `json:"criteria"`
}

// Criterion is a module (模块); its letter is A, B, … through the scheme.
type Criterion struct {
	ID       string         `json:"id"`
	Name     Text           `json:"name"`
	Identity Identity       `json:"identity,omitempty"`
	Max      *Num           `json:"max,omitempty"`    // declared, after the factor
	Factor   *Num           `json:"factor,omitempty"` // nil is 1
	Subs     []SubCriterion `json:"subs"`
}

// SubCriterion is a 评分项: a heading over aspects.
type SubCriterion struct {
	ID      string   `json:"id"`
	Name    Text     `json:"name"`
	Aspects []Aspect `json:"aspects"`
}

// Letter is the code of a scheme's i-th criterion: A … Z, AA, AB …
func Letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
