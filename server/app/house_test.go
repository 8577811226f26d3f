package app_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// The rules of the house, held against the tree as it stands. Every rule comes with a small bad tree in
// house_plants_test.go, on which it must speak up: a rule that cannot fail guards nothing.

// houseRule is one rule. It returns a sentence for every place that breaks it, each saying where and what to do.
type houseRule struct {
	name  string
	check func(h *house) []string
}

var houseRules = []houseRule{
	{"imports follow the arrows", checkArrows},
	{"rooms do not import each other in a circle", checkCircles},
	{"libraries stay in their rooms", checkLibraries},
	{"scoring uses the standard library only", checkScoringPure},
	{"files keep under their ceiling", checkFileLength},
	{"functions keep under their ceiling", checkFunctionLength},
	{"packages keep under their ceiling", checkPackageLength},
	{"every exception gives its reason", checkExceptions},
	{"every package has its doc.go", checkPackageDocs},
	{"exported names say what they promise", checkExportedDocs},
	{"names say what a thing is", checkNames},
	{"only app knows the time", checkClock},
	{"tests wait for what they wait for", checkSleep},
	{"queries spell their columns out", checkSelectStar},
	{"scoring knows no floating point", checkFloats},
	{"every test runs", checkSkips},
	{"pinned modules stay pinned", checkGoPins},
	{"front end versions are exact", checkFrontendPins},
	{"containers have health checks and no default password", checkCompose},
}

func TestHouse(t *testing.T) {
	t.Parallel()
	h := readHouse(t, repository(t))
	if len(h.goFiles) < 20 {
		t.Fatalf("read only %d Go files: is this the root of the project?", len(h.goFiles))
	}
	for _, rule := range houseRules {
		t.Run(rule.name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range rule.check(h) {
				t.Error(fault)
			}
		})
	}
}

// TestHouseNotices plants each fault in a tree of a few files and expects the rule, and the rule alone, to find it.
func TestHouseNotices(t *testing.T) {
	t.Parallel()
	for _, plant := range plants {
		t.Run(plant.name, func(t *testing.T) {
			t.Parallel()
			h := readHouse(t, plantedOn(soundTree, plant.files))
			for _, rule := range houseRules {
				faults := rule.check(h)
				if rule.name != plant.rule {
					if len(faults) > 0 && !slices.Contains(plant.also, rule.name) {
						t.Errorf("rule %q should have nothing to say, but: %s", rule.name, strings.Join(faults, "\n"))
					}
					continue
				}
				if len(faults) != 1 || !strings.Contains(faults[0], plant.says) {
					t.Errorf("rule %q found %q, want one sentence with %q", rule.name, faults, plant.says)
				}
			}
		})
	}
}

// TestHouseLeavesSoundTreesAlone keeps the rules from crying wolf: what is allowed is in this tree, and none speaks.
func TestHouseLeavesSoundTreesAlone(t *testing.T) {
	t.Parallel()
	h := readHouse(t, soundTree)
	for _, rule := range houseRules {
		for _, fault := range rule.check(h) {
			t.Errorf("rule %q: %s", rule.name, fault)
		}
	}
}

// TestEveryRuleIsPlanted fails when somebody adds a rule without showing that it can fail.
func TestEveryRuleIsPlanted(t *testing.T) {
	t.Parallel()
	for _, rule := range houseRules {
		planted := slices.ContainsFunc(plants, func(p plant) bool { return p.rule == rule.name })
		if !planted && rule.name != "every exception gives its reason" { // has a test of its own, on a list instead of a tree
			t.Errorf("no plant shows that the rule %q can fail; add one to house_plants_test.go", rule.name)
		}
	}
	for _, p := range plants {
		if !slices.ContainsFunc(houseRules, func(r houseRule) bool { return r.name == p.rule }) {
			t.Errorf("plant %q names the rule %q, which does not exist", p.name, p.rule)
		}
	}
}

func at(path string, line int, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", path, line, fmt.Sprintf(format, args...))
}

func mustRead(fsys fs.FS, path string) (string, bool) {
	raw, err := fs.ReadFile(fsys, path)
	return string(raw), err == nil
}
