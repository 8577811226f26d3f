package diff

import (
	"reflect"
	"slices"
	"sort"
	"strings"

	"jiangtai/scoring/scheme"
)

// comparing walks two versions at once.
type comparing struct {
	old, now *tree
	lost     map[string]bool // keys of aspects in both whose marks do not stay
	out      []Change
}

// again finds the aspects that must be marked again.
func (c *comparing) again() {
	c.lost = map[string]bool{}
	for key, n := range c.now.byKey {
		if was := c.old.byKey[key]; n.aspect != nil && was != nil {
			keeps := scheme.KeepsMarks(was.aspect, n.aspect, c.old.src.PolicyOf(was.aspect), c.now.src.PolicyOf(n.aspect))
			c.lost[key] = !keeps || was.ofTeam != n.ofTeam
		}
	}
}

// walk tells of a thing that is in both, then of what is in it.
func (c *comparing) walk(a, b *node) {
	before := len(c.out)
	c.changed(a, b)
	moved := outOfOrder(a, b, c.old)
	for _, n := range merged(a, b, c.now) {
		was, is := c.old.byKey[n.key], c.now.byKey[n.key]
		switch {
		case is == nil:
			c.removed(was)
		case was == nil:
			c.added(is)
		default:
			if moved[is] {
				c.moved(was, is)
			}
			c.walk(was, is)
		}
	}
	switch {
	case b.Sort == "aspect" && len(c.out) == before && !reflect.DeepEqual(a.aspect, b.aspect),
		b.Sort == "scheme" && len(c.out) == before && !reflect.DeepEqual(c.old.src, c.now.src):
		c.tell(Change{Kind: Changed, Place: b.place(), Field: "form", Again: c.ofAspect(b)})
	}
}

// tell notes a change.
func (c *comparing) tell(ch Change) {
	c.out = append(c.out, ch)
}

// changed compares the fields of a thing.
func (c *comparing) changed(a, b *node) {
	for i, f := range b.fields {
		if before := a.fields[i].lines; !slices.Equal(before, f.lines) {
			c.tell(Change{
				Kind: Changed, Place: b.place(), Field: f.name, Before: c.old.named(f.name, before), After: c.now.named(f.name, f.lines),
				Again: c.because(b, f.name), Touches: c.touched(a, b, f.name),
			})
		}
	}
}

// added tells of a thing that is new and of the things in it, but not of the
// details of an aspect. What came from elsewhere is moved.
func (c *comparing) added(n *node) {
	c.tell(Change{Kind: Added, Place: n.place(), After: worth(c.now, n), Again: c.ofDetail(n), Touches: touchedByPresence(c.now, n)})
	if n.aspect != nil {
		return
	}
	for _, child := range n.children {
		was := c.old.byKey[child.key]
		if was == nil {
			c.added(child)
			continue
		}
		c.moved(was, child)
		c.walk(was, child)
	}
}

// moved tells of a thing that stands elsewhere.
func (c *comparing) moved(was, is *node) {
	c.tell(Change{
		Kind: Moved, Place: is.place(), Before: was.where(), After: is.where(),
		Again: append(c.ofDetail(is), c.crossed(is)...), Touches: touchedByMove(was, is),
	})
}

// removed tells of a thing that is gone and of what went with it.
func (c *comparing) removed(n *node) {
	var again []string
	if is := c.now.byKey[n.parent.key]; n.Sort == "panel" {
		again = c.followers(n)
	} else if is != nil {
		again = c.ofAspect(is)
	}
	c.tell(Change{Kind: Removed, Place: n.place(), Before: worth(c.old, n), Again: again, Touches: touchedByPresence(c.old, n)})
	if n.aspect != nil {
		return
	}
	for _, child := range n.children {
		if c.now.byKey[child.key] == nil {
			c.removed(child)
		}
	}
}

// because names the aspects that must be marked again for a field of a thing.
func (c *comparing) because(n *node, field string) []string {
	if n.Sort == "panel" && !strings.HasPrefix(field, "policy.") {
		return nil
	}
	if n.Sort == "component" && field == "of" {
		return c.crossed(n)
	}
	return append(c.ofAspect(n), c.ofDetail(n)...)
}

// crossed are the aspects in a thing, or itself, that were marked of persons and
// now are of teams, or the other way round.
func (c *comparing) crossed(n *node) []string {
	if n.aspect != nil {
		if was := c.old.byKey[n.key]; was != nil && was.ofTeam != n.ofTeam {
			return []string{n.Code}
		}
		return nil
	}
	var out []string
	for _, child := range n.children {
		out = append(out, c.crossed(child)...)
	}
	return out
}

// followers are the aspects to be marked again that take a panel's policy.
func (c *comparing) followers(panel *node) []string {
	var out []string
	for _, a := range c.now.aspects() {
		if a.aspect.Panel == panel.ID && a.aspect.Policy == nil && a.aspect.Kind != scheme.Judgement && c.lost[a.key] {
			out = append(out, a.Code)
		}
	}
	return out
}

// ofAspect is the code of an aspect that must be marked again.
func (c *comparing) ofAspect(n *node) []string {
	if n.aspect == nil || !c.lost[n.key] {
		return nil
	}
	return []string{n.Code}
}

// ofDetail is ofAspect for an item, grade or input of one, and followers for a
// panel.
func (c *comparing) ofDetail(n *node) []string {
	if n.Sort == "panel" {
		return c.followers(n)
	}
	if n.parent == nil {
		return nil
	}
	return c.ofAspect(n.parent)
}

// aspects are all of a version in their order.
func (t *tree) aspects() []*node {
	var out []*node
	for _, n := range t.byKey {
		if n.aspect != nil {
			out = append(out, n)
		}
	}
	sort.Slice(out, func(i, j int) bool { return byCode(out[i].Code, out[j].Code) < 0 })
	return out
}

// merged is what is in either of two things: in the order of b, what is gone
// behind what stood before it in a. What only moved away from a is elsewhere.
func merged(a, b *node, now *tree) []*node {
	out := slices.Clone(b.children)
	at := 0
	for _, n := range a.children {
		if i := slices.IndexFunc(out, func(m *node) bool { return m.key == n.key }); i >= 0 {
			at = i + 1
			continue
		}
		if now.byKey[n.key] == nil {
			out = slices.Insert(out, at, n)
			at++
		}
	}
	return out
}

// outOfOrder are the children of b that came from elsewhere or stand in another
// order: of those in both the longest row that kept its order stays.
func outOfOrder(a, b *node, old *tree) map[*node]bool {
	moved := map[*node]bool{}
	rows := map[string][]*node{} // by sort: keys among prizes are no order
	for _, n := range b.children {
		was := old.byKey[n.key]
		switch {
		case was == nil:
		case was.parent.key != a.key:
			moved[n] = true
		default:
			rows[n.Sort] = append(rows[n.Sort], n)
		}
	}
	for _, row := range rows {
		at := make([]int, len(row))
		for i, n := range row {
			at[i] = old.byKey[n.key].at
		}
		for i, stays := range kept(at) {
			if !stays {
				moved[row[i]] = true
			}
		}
	}
	return moved
}

// kept marks a longest ascending part of a list of numbers.
func kept(at []int) []bool {
	length, before := make([]int, len(at)), make([]int, len(at))
	last := -1
	for i := range at {
		length[i], before[i] = 1, -1
		for j := range i {
			if at[j] < at[i] && length[j] >= length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if last < 0 || length[i] > length[last] {
			last = i
		}
	}
	out := make([]bool, len(at))
	for i := last; i >= 0; i = before[i] {
		out[i] = true
	}
	return out
}
