package scheme

import (
	"regexp"
	"strconv"

	"jiangtai/scoring/exact"
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$`)

const (
	maxAspects = 2000
	maxText    = 2000
)

// checker walks one scheme; seen holds the ids of each sort of thing.
type checker struct {
	*collector
	s       *Scheme
	panels  map[string]*Panel
	seen    map[string]map[string]bool
	kinds   map[string]*Aspect // aspects by id
	actual  map[string]Num     // marks per standards section
	ofTeam  map[string]bool    // "sort/id" of what stands in a team's component
	inTeam  bool               // what is walked now does
	aspects int
}

func check(c *collector, s *Scheme) {
	k := &checker{
		collector: c, s: s, panels: map[string]*Panel{},
		seen: map[string]map[string]bool{}, kinds: map[string]*Aspect{}, actual: map[string]Num{}, ofTeam: map[string]bool{},
	}
	k.text("/name", &s.Name)
	k.oneOf("/identity", string(s.Identity), "", "open", "seat", "coded")
	k.oneOf("/composition", string(s.Composition), "", "weighted", "sum")
	k.oneOf("/provisional", string(s.Provisional), "", "complete", "points")
	k.checkPanels()
	k.checkRounding()
	k.checkComponents()
	k.checkRanking()
	k.checkTeams()
	k.checkTargets()
	k.checkSections()
	k.checkRankings()
	k.checkPrizes()
}

func (k *checker) oneOf(path, v string, allowed ...string) bool {
	for _, a := range allowed {
		if v == a {
			return true
		}
	}
	k.add(path, "scheme.unknown_word", v)
	return false
}

func (k *checker) text(path string, t *Text) {
	if t.Zh == "" {
		k.add(path+"/zh", "scheme.missing", "")
	}
	if len(t.Zh) > maxText || len(t.En) > maxText {
		k.add(path, "scheme.text_too_long", strconv.Itoa(maxText))
	}
}

// id checks form and uniqueness among its sort.
func (k *checker) id(path, sort, id string) {
	if id == "" {
		k.add(path, "scheme.missing", "")
		return
	}
	if !idForm.MatchString(id) {
		k.add(path, "scheme.bad_id", id)
		return
	}
	if k.seen[sort] == nil {
		k.seen[sort] = map[string]bool{}
	}
	if k.seen[sort][id] {
		k.add(path, "scheme.duplicate_id", id)
	}
	k.seen[sort][id], k.ofTeam[sort+"/"+id] = true, k.inTeam
}

func (k *checker) positive(path string, n *Num) {
	if n != nil && n.Sign() <= 0 {
		k.add(path, "scheme.not_positive", n.String())
	}
}

func (k *checker) checkPanels() {
	for i := range k.s.Panels {
		p, at := &k.s.Panels[i], "/panels/"+strconv.Itoa(i)
		k.id(at+"/id", "panel", p.ID)
		k.text(at+"/name", &p.Name)
		k.policy(at+"/policy", p.Policy, p.Chairs)
		k.panels[p.ID] = p
	}
}

func (k *checker) policy(at string, p *Policy, chairs int) {
	if p == nil {
		return
	}
	if !k.oneOf(at+"/kind", string(p.Kind), "mean", "median", "sum", "trimmed", "middle", "chief") {
		return
	}
	drops := p.Kind == Trimmed || p.Kind == Middle
	switch {
	case drops && p.High+p.Low == 0:
		k.add(at+"/high", "scheme.missing", "")
	case !drops && p.High+p.Low > 0:
		k.add(at+"/high", "scheme.field_not_used", string(p.Kind))
	}
	if drops && p.Least > 0 && p.Least <= p.High+p.Low {
		k.add(at+"/least", "scheme.drops_all", strconv.Itoa(p.Least)+" ≤ "+strconv.Itoa(p.High+p.Low))
	}
	if need := max(p.Least, p.High+p.Low+1); chairs > 0 && chairs < need {
		k.add(at, "scheme.panel_too_small", strconv.Itoa(chairs)+" < "+strconv.Itoa(need))
	}
}

func (k *checker) checkRounding() {
	r := &k.s.Rounding
	for _, stage := range []struct {
		name  string
		round *Round
	}{
		{"panel", r.Panel},
		{"aspect", r.Aspect},
		{"criterion", r.Criterion},
		{"component", r.Component},
		{"weighted", r.Weighted},
		{"total", r.Total},
	} {
		k.round("/rounding/"+stage.name, stage.round)
	}
	if r.Weighted != nil && k.s.Composing() != Weighted {
		k.add("/rounding/weighted", "scheme.field_not_used", "sum")
	}
}

func (k *checker) round(at string, r *Round) {
	if r == nil {
		return
	}
	if r.Places > 6 {
		k.add(at+"/places", "scheme.too_many_places", strconv.Itoa(r.Places))
	}
	k.oneOf(at+"/mode", r.Mode, "", "half_up", "half_even", "floor", "ceiling")
}

func (k *checker) checkRanking() {
	r := &k.s.Ranking
	k.oneOf("/ranking/order", r.Order, "", "descending", "ascending")
	k.oneOf("/ranking/ties", r.Ties, "", "shared", "decision")
	for i, key := range r.Keys {
		at := "/ranking/keys/" + strconv.Itoa(i)
		if sort := k.key(at, key); k.ofTeam[sort+"/"+key.ID] {
			k.add(at+"/id", "scheme.of_teams", key.ID)
		}
	}
}

// key checks a tie-break key and answers the sort of thing that it names.
func (k *checker) key(at string, key Key) (sort string) {
	k.oneOf(at+"/order", key.Order, "", "descending", "ascending")
	sort = key.By
	switch key.By {
	case "component", "criterion", "aspect":
	case "time", "best":
		sort = "aspect"
	case "firsts":
		if sort = "component"; key.ID == "" {
			return sort
		}
	default:
		k.add(at+"/by", "scheme.unknown_word", key.By)
		return sort
	}
	if !k.seen[sort][key.ID] {
		k.add(at+"/id", "scheme.unknown_id", key.ID)
		return sort
	}
	a := k.kinds[key.ID]
	if key.By == "time" && a.Kind != Time {
		k.add(at+"/id", "scheme.not_a_time", key.ID)
	}
	if key.By == "best" && a.Tries() < 2 {
		k.add(at+"/id", "scheme.no_attempts", key.ID)
	}
	return sort
}

// checkTargets runs last, when every id is known.
func (k *checker) checkTargets() {
	k.eachAspect(func(at string, a *Aspect) {
		if a.Kind != Gate {
			return
		}
		switch {
		case a.Voids == "entry" && a.Target != "":
			k.add(at+"/target", "scheme.field_not_used", "entry")
		case a.Voids == "aspect" && a.Target == "":
			k.add(at+"/target", "scheme.missing", "")
		case a.Target != "" && !k.seen[a.Voids][a.Target]:
			k.add(at+"/target", "scheme.unknown_id", a.Target)
		case a.Voids == "aspect" && (a.Target == a.ID || k.kinds[a.Target] != nil && k.kinds[a.Target].Kind == Gate):
			k.add(at+"/target", "scheme.gate_of_gate", a.Target)
		case a.Target != "" && k.ofTeam[a.Voids+"/"+a.Target] != k.ofTeam["aspect/"+a.ID]:
			k.add(at+"/target", "scheme.of_teams", a.Target)
		}
	})
}

func (k *checker) checkSections() {
	if k.s.Standards == nil {
		return
	}
	tolerance := exact.Zero
	if t := k.s.Standards.Tolerance; t != nil {
		tolerance = *t
	}
	for i, sec := range k.s.Standards.Sections {
		at := "/standards/sections/" + strconv.Itoa(i)
		k.id(at+"/id", "section", sec.ID)
		k.text(at+"/name", &sec.Name)
		if sec.Max == nil {
			k.add(at+"/max", "scheme.missing", "")
			continue
		}
		if actual := k.actual[sec.ID]; tolerance.Less(actual.Sub(*sec.Max).Abs()) {
			k.add(at+"/max", "scheme.section_does_not_add_up", sec.Max.String()+" ≠ "+actual.String())
		}
	}
}

func (k *checker) eachAspect(visit func(at string, a *Aspect)) {
	for i := range k.s.Components {
		for j := range k.s.Components[i].Criteria {
			for l := range k.s.Components[i].Criteria[j].Subs {
				for m := range k.s.Components[i].Criteria[j].Subs[l].Aspects {
					at := "/components/" + strconv.Itoa(i) + "/criteria/" + strconv.Itoa(j) +
						"/subs/" + strconv.Itoa(l) + "/aspects/" + strconv.Itoa(m)
					visit(at, &k.s.Components[i].Criteria[j].Subs[l].Aspects[m])
				}
			}
		}
	}
}

// Composing is the composition that holds.
func (s *Scheme) Composing() Composition {
	if s.Composition != "" {
		return s.Composition
	}
	for i := range s.Components {
		if s.Components[i].Weight != nil {
			return Weighted
		}
	}
	return Sum
}
