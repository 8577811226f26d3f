package rule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Facts are what is known of one entry of a published result. Empty texts, a
// nil Passed and a zero Born are not known.
type Facts struct {
	Class      string
	Planned    bool
	Team       int // persons, 1 and up
	Rank       int // 0: not ranked
	Ranked     int // how many are
	Passed     *bool
	Identity   string
	Employment string
	Level      string
	Sex        string
	Born       time.Time // UTC midnights
	On         time.Time // the publication's day
}

// Result is how a rule answered.
type Result string

// The answers of a rule.
const (
	Matched Result = "matched"
	Refused Result = "refused"
	Open    Result = "open" // a fact is missing
)

// Reason is one condition: its code in the catalogue of words, what it asks for
// and what there is. Have is empty for what is not known.
type Reason struct {
	Code string `json:"code"`
	Want string `json:"want"`
	Have string `json:"have"`
}

// Finding is a rule's answer. Its reasons are the conditions that refused, else
// those that are open, else those that were met.
type Finding struct {
	Rule    string   `json:"rule"`
	Result  Result   `json:"result"`
	Reasons []Reason `json:"reasons"`
}

// Dropped is a recommendation that a rule made and that does not stand.
type Dropped struct {
	Award  string `json:"award"`
	Reason Reason `json:"reason"`
}

// Outcome is what a profile says to an entry.
type Outcome struct {
	Recommended []string  `json:"recommended"` // awards, in the table's order
	Open        []string  `json:"open"`        // awards that wait for a fact
	Dropped     []Dropped `json:"dropped"`
	Findings    []Finding `json:"findings"`
}

// Recommend answers every rule of the table.
func (p *Profile) Recommend(f Facts) Outcome {
	out := Outcome{Recommended: []string{}, Open: []string{}, Dropped: []Dropped{}}
	for i := range p.Rules {
		r := &p.Rules[i]
		found := r.ask(f)
		out.Findings = append(out.Findings, found)
		for _, a := range r.Recommend {
			switch {
			case found.Result == Matched && !slices.Contains(out.Recommended, a):
				out.Recommended = append(out.Recommended, a)
			case found.Result == Open && !slices.Contains(out.Open, a):
				out.Open = append(out.Open, a)
			}
		}
	}
	out.Open = slices.DeleteFunc(out.Open, func(a string) bool { return slices.Contains(out.Recommended, a) })
	p.raise(&out, f)
	return out
}

// raise drops promotions that raise nobody, and all but the highest.
func (p *Profile) raise(out *Outcome, f Facts) {
	top := -1
	for _, a := range out.Recommended {
		if s := p.Awards[a]; s.Kind == Promotion {
			top = max(top, slices.Index(Levels, s.Level))
		}
	}
	out.Recommended = slices.DeleteFunc(out.Recommended, func(a string) bool {
		s := p.Awards[a]
		at := slices.Index(Levels, s.Level)
		switch {
		case s.Kind != Promotion:
			return false
		case f.Level != "" && slices.Index(Levels, f.Level) >= at:
			out.Dropped = append(out.Dropped, Dropped{a, Reason{"honours.why_raise", s.Level, f.Level}})
			return true
		case at < top:
			out.Dropped = append(out.Dropped, Dropped{a, Reason{"honours.why_higher", s.Level, Levels[top]}})
			return true
		}
		return false
	})
}

// inquiry gathers the conditions of a rule by how they stand.
type inquiry struct{ met, refused, open []Reason }

func (q *inquiry) put(known, met bool, r Reason) {
	switch {
	case !known:
		r.Have = ""
		q.open = append(q.open, r)
	case met:
		q.met = append(q.met, r)
	default:
		q.refused = append(q.refused, r)
	}
}

// one asks for one of a list of words.
func (q *inquiry) one(code string, want []string, have string) {
	if len(want) > 0 {
		q.put(have != "", slices.Contains(want, have), Reason{code, strings.Join(want, " "), have})
	}
}

func (r *Rule) ask(f Facts) Finding {
	q := &inquiry{}
	q.one("honours.why_class", r.Class, f.Class)
	r.askRank(q, f)
	q.one("honours.why_identity", r.Identity, f.Identity)
	q.one("honours.why_employment", r.Employment, f.Employment)
	q.one("honours.why_level", r.Level, f.Level)
	if r.Sex != "" {
		q.one("honours.why_sex", []string{r.Sex}, f.Sex)
	}
	if r.Passed {
		known := f.Passed != nil
		q.put(known, known && *f.Passed, Reason{"honours.why_passed", "true", strconv.FormatBool(known && *f.Passed)})
	}
	if r.Planned {
		q.put(true, f.Planned, Reason{"honours.why_planned", "true", strconv.FormatBool(f.Planned)})
	}
	r.askAge(q, f)
	switch {
	case len(q.refused) > 0:
		return Finding{r.ID, Refused, q.refused}
	case len(q.open) > 0:
		return Finding{r.ID, Open, q.open}
	}
	return Finding{r.ID, Matched, q.met}
}

func (r *Rule) askRank(q *inquiry, f Facts) {
	have := strconv.Itoa(f.Rank)
	if r.Ranks != nil {
		span, ok := r.Ranks[strconv.Itoa(f.Team)]
		if !ok {
			span, ok = r.Ranks["any"]
		}
		if !ok {
			q.put(true, false, Reason{"honours.why_team", "", strconv.Itoa(f.Team)})
		} else {
			want := strconv.Itoa(span[0]) + "-" + strconv.Itoa(span[1])
			q.put(true, f.Rank >= span[0] && f.Rank <= span[1], Reason{"honours.why_rank", want, have})
		}
	}
	if r.Share != nil {
		last := r.Share.last(f.Ranked)
		q.put(true, f.Rank >= 1 && f.Rank <= last, Reason{"honours.why_share", "1-" + strconv.Itoa(last), have})
	}
}

// last is the last rank of the share.
func (s *Share) last(ranked int) int {
	n := ranked * s.Of
	switch s.Round {
	case Up:
		n += 9_999
	case HalfUp:
		n += 5_000
	}
	return n / 10_000
}

func (r *Rule) askAge(q *inquiry, f Facts) {
	if r.Age == nil {
		return
	}
	on := f.On
	if r.Age.On != "" {
		on, _ = time.Parse(time.DateOnly, r.Age.On) // Parse has checked it
	}
	have := years(f.Born, on)
	met := have >= r.Age.From && (r.Age.To == 0 || have <= r.Age.To)
	want := strconv.Itoa(r.Age.From) + "-"
	if r.Age.To != 0 {
		want += strconv.Itoa(r.Age.To)
	}
	q.put(!f.Born.IsZero(), met, Reason{"honours.why_age", want, strconv.Itoa(have)})
}

// years are those completed on a day: a birthday counts from its own day on.
func years(born, on time.Time) int {
	n := on.Year() - born.Year()
	before := cmp.Or(cmp.Compare(on.Month(), born.Month()), cmp.Compare(on.Day(), born.Day())) < 0
	if before {
		n--
	}
	return n
}
