package diff

import (
	"cmp"
	"strconv"
	"strings"

	"jiangtai/scoring/scheme"
)

// node is one thing of a scheme with its fields and the things in it.
type node struct {
	Step
	key      string // finds it in the other version
	at       int    // its place among its siblings of the same sort
	parent   *node
	children []*node
	fields   []field
	aspect   *scheme.Aspect
	of       scheme.Identity // criterion: the identity that holds
	ofTeam   bool            // aspect: teams are marked in it
}

// tree is one version.
type tree struct {
	src   *scheme.Scheme
	root  *node
	byKey map[string]*node
	team  bool // what is read now is of teams
}

// read makes a tree of a scheme: everything that has an id is a node.
func read(s *scheme.Scheme) *tree {
	t := &tree{src: s, byKey: map[string]*node{}}
	t.root = t.add(nil, "scheme", "", s.Name, s)
	for i := range s.Panels {
		t.add(t.root, "panel", s.Panels[i].ID, s.Panels[i].Name, &s.Panels[i])
	}
	keys := t.addKeys("key", s.Ranking.Keys)
	if s.Teams != nil {
		keys = append(keys, t.addKeys("team_key", s.Teams.Keys)...)
	}
	t.addPrizes("prize", s.Prizes)
	t.addPrizes("team_prize", s.TeamPrizes)
	if s.Standards != nil {
		for i := range s.Standards.Sections {
			t.add(t.root, "section", s.Standards.Sections[i].ID, s.Standards.Sections[i].Name, &s.Standards.Sections[i])
		}
	}
	modules := 0
	for i := range s.Components {
		c := t.add(t.root, "component", s.Components[i].ID, s.Components[i].Name, &s.Components[i])
		t.team = s.Components[i].Of == scheme.OfTeam
		for j := range s.Components[i].Criteria {
			t.criterion(c, &s.Components[i].Criteria[j], scheme.Letter(modules))
			modules++
		}
	}
	for _, k := range keys {
		t.nameKey(k.node, *k.of)
	}
	return t
}

// keyed is a tie-break key's node.
type keyed struct {
	node *node
	of   *scheme.Key
}

// addKeys hangs in tie-break keys, of persons or of teams.
func (t *tree) addKeys(sort string, all []scheme.Key) []keyed {
	var out []keyed
	for i := range all {
		k := &all[i]
		out = append(out, keyed{t.add(t.root, sort, strings.TrimSuffix(k.By+":"+k.ID, ":"), scheme.Text{}, k), k})
	}
	return out
}

func (t *tree) addPrizes(sort string, p *scheme.Prizes) {
	if p == nil {
		return
	}
	for i := range p.List {
		t.add(t.root, sort, p.List[i].ID, p.List[i].Name, &p.List[i])
	}
}

// nameKey says what a tie-break key looks at.
func (t *tree) nameKey(n *node, k scheme.Key) {
	sort := k.By
	switch k.By {
	case "time", "best":
		sort = "aspect"
	case "firsts":
		sort = "component"
	}
	if at := t.byKey[sort+"/"+k.ID]; at != nil && k.ID != "" {
		n.Name, n.Code = at.Name, at.Code
	}
}

func (t *tree) criterion(parent *node, src *scheme.Criterion, code string) {
	k := t.add(parent, "criterion", src.ID, src.Name, src)
	k.Code, k.of = code, cmp.Or(src.Identity, t.src.Identity, scheme.Open)
	for i := range src.Subs {
		u := t.add(k, "sub", src.Subs[i].ID, src.Subs[i].Name, &src.Subs[i])
		u.Code = code + strconv.Itoa(i+1)
		for j := range src.Subs[i].Aspects {
			t.addAspect(u, &src.Subs[i].Aspects[j], u.Code+"."+strconv.Itoa(j+1))
		}
	}
}

func (t *tree) addAspect(parent *node, src *scheme.Aspect, code string) {
	n := t.add(parent, "aspect", src.ID, src.Name, src)
	n.Code, n.aspect, n.ofTeam = code, src, t.team
	for i := range src.Inputs {
		t.add(n, "input", src.Inputs[i].ID, src.Inputs[i].Name, &src.Inputs[i])
	}
	for i := range src.Items {
		t.add(n, "item", src.Items[i].ID, src.Items[i].Name, &src.Items[i])
	}
	for i := range src.Grades {
		t.add(n, "grade", src.Grades[i].ID, src.Grades[i].Name, &src.Grades[i])
	}
}

// add hangs a thing into the tree. What an id names inside an aspect only is
// found again inside that aspect; a second key of a kind is a thing of its own.
func (t *tree) add(parent *node, sort, id string, name scheme.Text, src any) *node {
	n := &node{Step: Step{Sort: sort, ID: id, Name: name}, parent: parent, key: sort + "/" + id, fields: fieldsOf(src)}
	if parent != nil {
		if parent.aspect != nil {
			n.key = parent.key + "/" + n.key
		}
		for _, s := range parent.children {
			if s.Sort == sort {
				n.at++
			}
		}
		parent.children = append(parent.children, n)
	}
	for base, i := n.key, 2; t.byKey[n.key] != nil; i++ {
		n.key = base + "#" + strconv.Itoa(i)
	}
	t.byKey[n.key] = n
	return n
}

// place is where the node is.
func (n *node) place() Place {
	p := Place{Step: n.Step}
	for up := n.parent; up != nil && up.Sort != "scheme"; up = up.parent {
		p.Path = append([]Step{up.Step}, p.Path...)
	}
	return p
}

// where says a place among others: the code, else its number.
func (n *node) where() []scheme.Text {
	if n.Code != "" && !isKey(n.Sort) {
		return []scheme.Text{{Zh: n.Code}}
	}
	return []scheme.Text{{Zh: strconv.Itoa(n.at + 1)}}
}

// byCode orders codes as they stand in a scheme: B before AA, A2 before A10.
func byCode(a, b string) int {
	la, ra := split(a)
	lb, rb := split(b)
	if c := cmp.Or(len(la)-len(lb), strings.Compare(la, lb)); c != 0 {
		return c
	}
	sa, pa, _ := strings.Cut(ra, ".")
	sb, pb, _ := strings.Cut(rb, ".")
	return cmp.Or(number(sa)-number(sb), number(pa)-number(pb))
}

func split(code string) (letters, rest string) {
	i := strings.IndexAny(code, "0123456789")
	if i < 0 {
		return code, ""
	}
	return code[:i], code[i:]
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func isKey(sort string) bool { return sort == "key" || sort == "team_key" }

func isPrize(sort string) bool { return sort == "prize" || sort == "team_prize" }
