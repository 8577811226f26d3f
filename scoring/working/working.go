package working

import "jiangtai/scoring/record"

// Entry is why an entry has its total (算分过程): every mark, dropped mark,
// rounding, factor and weight, from the scheme's leaves up. It is data for a
// page, a print or JSON; it holds no names of people. Numbers are exact text.
type Entry struct {
	Entry      record.EntryID `json:"entry"`
	Version    uint16         `json:"version"`
	Status     record.Status  `json:"status"`
	Complete   bool           `json:"complete"`
	Total      string         `json:"total"` // rounded; of an incomplete entry what it has so far
	Exact      string         `json:"exact"` // before rounding
	Rank       int            `json:"rank,omitempty"`
	Pos        int            `json:"pos"`
	Done       int            `json:"done"`
	Need       int            `json:"need"`
	Void       bool           `json:"void,omitempty"` // the whole entry is voided
	Penalties  []Penalty      `json:"penalties,omitempty"`
	Components []Component    `json:"components"`
	TieBreak   []Comparison   `json:"tie_break,omitempty"`
	Team       *Team          `json:"team,omitempty"` // of a team only
}

// Team is how a team's members make its total (团体成绩): the totals of those that
// count, taken as the scheme says, rounded, and added to what the team was
// marked for as a team.
type Team struct {
	Take    string   `json:"take"`           // sum, mean, best
	Best    int      `json:"best,omitempty"` // of best: how many
	Members []Member `json:"members"`        // by ordinal
	Counted int      `json:"counted"`        // how many made the value
	Least   int      `json:"least"`          // with fewer it is not ranked
	Exact   string   `json:"exact"`
	Value   string   `json:"value"` // rounded
}

// Member is one member's part of a team.
type Member struct {
	Entry   record.EntryID `json:"entry"`
	Status  record.Status  `json:"status"`
	Total   string         `json:"total,omitempty"` // "" while it is incomplete
	Counted bool           `json:"counted,omitempty"`
}

// Component is one component's part of the total.
type Component struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Value     string      `json:"value"`  // rounded
	Exact     string      `json:"exact"`  // before
	Share     string      `json:"share"`  // weight or factor
	Shared    string      `json:"shared"` // what it adds to the total
	Complete  bool        `json:"complete"`
	Void      bool        `json:"void,omitempty"`
	Penalties []Penalty   `json:"penalties,omitempty"`
	Criteria  []Criterion `json:"criteria"`
}

// Criterion is one module.
type Criterion struct {
	ID        string    `json:"id"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Value     string    `json:"value"`
	Exact     string    `json:"exact"`
	Factor    string    `json:"factor,omitempty"`
	Complete  bool      `json:"complete"`
	Void      bool      `json:"void,omitempty"`
	Penalties []Penalty `json:"penalties,omitempty"`
	Aspects   []Aspect  `json:"aspects"`
}

// Penalty is what an aspect takes at this place.
type Penalty struct {
	Aspect string `json:"aspect"`
	Takes  string `json:"takes"`
}

// Aspect is one aspect with its attempts.
type Aspect struct {
	ID       string    `json:"id"`
	Sub      string    `json:"sub"`
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	Max      string    `json:"max,omitempty"`
	Policy   string    `json:"policy,omitempty"`
	Factor   string    `json:"factor,omitempty"`
	Mark     string    `json:"mark"`               // after factor and rounding; "" until it is settled
	Measured string    `json:"measured,omitempty"` // relative: what is held against the best
	Best     string    `json:"best,omitempty"`     // relative: the best of the field, once it is known
	Take     string    `json:"take,omitempty"`
	Void     bool      `json:"void,omitempty"`
	Attempts []Attempt `json:"attempts,omitempty"`
}

// Attempt is one attempt with all its rounds; the last one counts.
type Attempt struct {
	Rounds []Round `json:"rounds"`
	Value  string  `json:"value,omitempty"` // after the panel's rounding
}

// Round is the marks of one round.
type Round struct {
	Marks    []Mark `json:"marks"`
	Rejected bool   `json:"rejected,omitempty"` // its spread was too wide
	Used     int    `json:"used"`               // how many marks made the value
	Exact    string `json:"exact,omitempty"`    // the policy's value before rounding
}

// Mark is one chair's mark.
type Mark struct {
	Chair   record.ChairID `json:"chair,omitempty"`
	MarkID  record.ID      `json:"mark_id,omitempty"`
	Seq     uint64         `json:"seq,omitempty"`
	Kind    string         `json:"kind"` // mark, not_performed, absent, missing
	Value   string         `json:"value,omitempty"`
	Mark    string         `json:"mark,omitempty"`
	Dropped bool           `json:"dropped,omitempty"`
	Recused bool           `json:"recused,omitempty"` // left out, since its chair was recused (回避)
}

// Comparison is one step of the comparison with the entry just before or
// after that has the same total: the key, both values, and who is ahead.
type Comparison struct {
	With   record.EntryID `json:"with"`
	By     string         `json:"by"` // total, component, …, decision, shared
	ID     string         `json:"id,omitempty"`
	Mine   string         `json:"mine,omitempty"`
	Theirs string         `json:"theirs,omitempty"`
	Ahead  bool           `json:"ahead,omitempty"`
}
