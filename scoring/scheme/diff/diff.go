package diff

import (
	"slices"

	"jiangtai/scoring/scheme"
)

// Kind is what happened to a thing (变更方式).
type Kind string

// The kinds of change.
const (
	Added   Kind = "added"   // 新增
	Removed Kind = "removed" // 删除
	Moved   Kind = "moved"   // 移动: Before and After are places
	Changed Kind = "changed" // 修改: one field
)

// Concern is what a change bears on beyond its own place (影响).
type Concern string

// The concerns.
const (
	Total    Concern = "total"    // 总分: what can be reached, or a part's share of it
	Pass     Concern = "pass"     // 合格线
	Ranking  Concern = "ranking"  // 排名: order, keys, ties, what is ranked meanwhile
	Prizes   Concern = "prizes"   // 奖项
	Advance  Concern = "advance"  // 晋级
	Rounding Concern = "rounding" // 取舍
	Identity Concern = "identity" // 身份: what judges may know
)

var concerns = []Concern{Total, Pass, Ranking, Prizes, Advance, Rounding, Identity}

// Change is one difference (一处变更).
type Change struct {
	Kind   Kind
	Place  Place
	Field  string        // as in the file: max, policy.kind; "" where the whole thing came, went or moved
	Before []scheme.Text // line by line; none where there was nothing
	After  []scheme.Text
	// Again are the codes, in the newer scheme, of aspects that were there before
	// and must be marked again because of this change.
	Again   []string
	Touches []Concern
}

// Place is where a change is (位置): in the newer scheme, or for what is gone in
// the older one.
type Place struct {
	Step
	Path []Step // from the component down to what holds it; none for what belongs to the scheme
}

// Step is one thing of a scheme.
type Step struct {
	Sort string // scheme, panel, component, criterion, sub, aspect, item, grade, input, section, prize, team_prize, key, team_key
	ID   string
	Code string // A, A1, A1.2; "" for what has none
	Name scheme.Text
}

// Cost is what adopting the newer version takes (代价).
type Cost struct {
	Again   []string // codes of aspects whose marks do not stay, in the scheme's order
	New     int      // aspects that nobody has marked yet
	Gone    int      // aspects whose marks no longer count
	Touches []Concern
}

// Compare lists what is different in b.
func Compare(a, b *scheme.Scheme) []Change {
	c := &comparing{old: read(a), now: read(b)}
	c.again()
	c.walk(c.old.root, c.now.root)
	return c.out
}

// CostOf sums up what a list of changes costs.
func CostOf(list []Change) Cost {
	var out Cost
	touched := map[Concern]bool{}
	for _, c := range list {
		if c.Place.Sort == "aspect" && c.Kind == Added {
			out.New++
		}
		if c.Place.Sort == "aspect" && c.Kind == Removed {
			out.Gone++
		}
		for _, code := range c.Again {
			if !slices.Contains(out.Again, code) {
				out.Again = append(out.Again, code)
			}
		}
		for _, t := range c.Touches {
			touched[t] = true
		}
	}
	slices.SortFunc(out.Again, byCode)
	for _, t := range concerns {
		if touched[t] {
			out.Touches = append(out.Touches, t)
		}
	}
	return out
}
