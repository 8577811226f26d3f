package scheme_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

// alone is a scheme of one aspect; panel judges has three chairs.
func alone(aspect string) string {
	return `{"format":"jiangtai.scheme/1","name":{"zh":"单"},"panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"},"chairs":3}],
	"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
	{"id":"a","name":{"zh":"点"},` + aspect + `}]}]}]}]}`
}

const onFloor = `"panel":"floor",`

// TestFaultsOfKinds: each kind's own rules, one broken at a time. Places are
// those of the aspect; "" is no fault.
func TestFaultsOfKinds(t *testing.T) {
	for _, c := range []struct{ aspect, want string }{
		{onFloor + `"kind":"excess","max":"5","tol":"1","low":"0","step":"1","per":"1"`, "/tol scheme.field_not_used (low, high)"},
		{onFloor + `"kind":"excess","max":"5","nominal":"1","step":"1","per":"1"`, "/high scheme.missing"},
		{onFloor + `"kind":"excess","max":"5","high":"1","step":"1","per":"1"`, ""},
		{onFloor + `"kind":"excess","max":"5","high":"1","step":"0","per":"1"`, "/step scheme.not_positive (0)"},
		{onFloor + `"kind":"excess","max":"5","high":"1","step":"1","per":"-1"`, "/per scheme.not_positive (-1)"},
		{onFloor + `"kind":"limits","max":"0","high":"1"`, "/max scheme.not_positive (0)"},
		{onFloor + `"kind":"tolerance","max":"5","nominal":"1","tol":"0.1","accepts":{"min":"5","max":"4"}`, "/accepts/max scheme.not_ascending (5 > 4)"},
		{onFloor + `"kind":"graded","bands":[]`, "/bands scheme.missing"},
		{onFloor + `"kind":"table","rows":[]`, "/rows scheme.missing"},
		{onFloor + `"kind":"penalty","items":[]`, "/items scheme.missing"},
		{onFloor + `"kind":"deductions","max":"5","items":[]`, "/items scheme.missing"},
		{onFloor + `"kind":"graded","bands":[{"mark":"1"}]`, "/bands/0/tol scheme.missing"},
		{onFloor + `"kind":"graded","bands":[{"tol":"1"}]`, "/bands/0/mark scheme.missing"},
		{onFloor + `"kind":"graded","bands":[{"tol":"1","mark":"-1"}]`, "/bands/0/mark scheme.not_positive (-1)"},
		{onFloor + `"kind":"table","rows":[{"when":[{}],"mark":"4"}],"max":"3"`, "/rows/0/mark scheme.above_max (4 > 3)"},
		{onFloor + `"kind":"table","rows":[{"when":[{"le":"1","lt":"2"}],"mark":"4"}]`, "/rows/0/when/0 scheme.two_limits"},
		{onFloor + `"kind":"table","rows":[{"when":[{}],"mark":"4"}],"else":"-1"`, "/else scheme.not_positive (-1)"},
		{onFloor + `"kind":"table","inputs":[{"id":"x","name":{"zh":"深"}},{"id":"x","name":{"zh":"长"}}],"rows":[{"when":[{},{}],"mark":"4"}]`, "/inputs/1/id scheme.duplicate_id (x)"},
		{onFloor + `"kind":"table","inputs":[{"id":"x y","name":{"zh":"深"}}],"rows":[{"when":[{}],"mark":"4"}]`, "/inputs/0/id scheme.bad_id (x y)"},
		{
			onFloor + `"kind":"table","inputs":[{"id":"x","name":{"zh":"深"}},{"id":"y","name":{"zh":"长"}}],"readings":{"count":2,"take":"max"},"rows":[{"when":[{},{}],"mark":"4"}]`,
			"/readings scheme.field_not_used (inputs)",
		},
		{onFloor + `"kind":"counted","max":"5","per":"0"`, "/per scheme.not_positive (0)"},
		{onFloor + `"kind":"points","max":"5","min":"6"`, "/max scheme.not_ascending (6 > 5)"},
		{onFloor + `"kind":"points","max":"5","spread":"1"`, "/spread scheme.field_not_used (one)"},
		{onFloor + `"kind":"points","max":"5","policy":{"kind":"mean"}`, "/policy scheme.field_not_used (one)"},
		{onFloor + `"kind":"points","max":"5","factor":"0"`, "/factor scheme.not_positive (0)"},
		{onFloor + `"kind":"points","max":"5","by":"all"`, "/by scheme.unknown_word (all)"},
		{onFloor + `"kind":"points","max":"5","readings":{"count":21,"take":"max"}`, "/readings/count scheme.out_of_range (2–20)"},
		{onFloor + `"kind":"points","max":"5","readings":{"count":3,"take":"best"}`, "/readings/take scheme.unknown_word (best)"},
		{onFloor + `"kind":"points","max":"5","attempts":{"count":3,"take":"max"}`, "/attempts/take scheme.unknown_word (max)"},
		{onFloor + `"kind":"points","max":"5","section":"none"`, "/section scheme.unknown_id (none)"},
		{`"panel":"judges","kind":"panel","max":"5","policy":{"kind":"trimmed","high":2,"low":1}`, "/policy scheme.panel_too_small (3 < 4)"},
		{`"panel":"judges","kind":"panel","max":"5","policy":{"kind":"average"}`, "/policy/kind scheme.unknown_word (average)"},
		{`"panel":"judges","kind":"panel","max":"5","spread":"-1"`, "/spread scheme.not_positive (-1)"},
		{`"panel":"judges","kind":"judgement","max":"5","levels":[{"zh":"0"},{"zh":""}]`, "/levels/1/zh scheme.missing"},
		{onFloor + `"kind":"grades","grades":[]`, "/grades scheme.missing"},
		{onFloor + `"kind":"grades","grades":[{"id":"a","name":{"zh":"优"},"from":"9","to":"8"}]`, "/grades/0/to scheme.not_ascending (9 > 8)"},
		{onFloor + `"kind":"grades","grades":[{"id":"a","name":{"zh":"优"},"to":"8"}]`, "/grades/0/from scheme.missing"},
		{onFloor + `"kind":"gate","voids":"all"`, "/voids scheme.unknown_word (all)"},
		{onFloor + `"kind":"gate","voids":"entry","by":"each"`, "/by scheme.field_not_used (gate)"},
		{onFloor + `"kind":"gate","voids":"entry","attempts":{"count":2,"take":"best"}`, "/by scheme.field_not_used (gate)"},
		{onFloor + `"kind":"time","mode":"slow"`, "/mode scheme.unknown_word (slow)"},
		{onFloor + `"kind":"time","mode":"linear","max":"5","limit":"60"`, "/limit scheme.missing (max, limit, best)"},
		{onFloor + `"kind":"time","mode":"bands","max":"5"`, "/bands scheme.missing"},
		{onFloor + `"kind":"time","mode":"tiebreak","max":"5"`, "/max scheme.field_not_used (tiebreak)"},
		{onFloor + `"kind":"time","mode":"seconds","bands":[{"to":"5","mark":"1"}]`, "/bands scheme.field_not_used (seconds)"},
		{onFloor + `"kind":"time","mode":"bands","bands":[{"tol":"5","to":"5","mark":"1"}]`, "/bands/0/tol scheme.field_not_used (time)"},
		{onFloor + `"kind":"time","mode":"bands","bands":[{"to":"5","mark":"1"},{"to":"4","mark":"0"}]`, "/bands/1/to scheme.not_ascending (5 ≥ 4)"},
		{onFloor + `"kind":"penalty","items":[{"id":"p","name":{"zh":"违规"},"from":"1"}]`, "/items/0/to scheme.missing"},
		{onFloor + `"kind":"penalty","items":[{"id":"p","name":{"zh":"违规"},"from":"1","to":"2","voids":"entry"}]`, "/items/0/from scheme.field_not_used (amount)"},
		{onFloor + `"kind":"penalty","items":[{"id":"p","name":{"zh":"违规"},"voids":"aspect"}]`, "/items/0/voids scheme.unknown_word (aspect)"},
		{onFloor + `"kind":"deductions","max":"5","items":[{"id":"p","name":{"zh":"违规"},"amount":"1","voids":"entry"}]`, "/items/0/voids scheme.field_not_used (deductions)"},
		{onFloor + `"kind":"deductions","max":"5","items":[{"id":"p","name":{"zh":"违规"},"amount":"1","step":"1"}]`, "/items/0/step scheme.field_not_used (amount)"},
		{onFloor + `"kind":"penalty","cap":"-1","items":[{"id":"p","name":{"zh":"违规"},"amount":"1"}]`, "/cap scheme.not_positive (-1)"},
		{`"kind":"external","by":"one","max":"5"`, "/by scheme.field_not_used (external)"},
		{onFloor + `"kind":"relative","max":"5","better":"more"`, "/better scheme.unknown_word (more)"},
		{onFloor + `"kind":"relative","max":"5","accepts":{"min":"-1"}`, "/accepts/min scheme.not_positive (-1)"},
		{onFloor + `"kind":"relative"`, "/max scheme.missing"},
		{onFloor + `"kind":"relative","max":"-5"`, "/max scheme.not_positive (-5)"},
		{onFloor + `"kind":"relative","max":"5","best":"40"`, "/best scheme.field_not_used (relative)"},
		{`"panel":"judges","by":"each","kind":"relative","max":"5","policy":{"kind":"sum"}`, ""},
		{onFloor + `"kind":"time","mode":"linear","max":"5","limit":"60","best":"-1"`, "/best scheme.not_positive (-1)"},
		{onFloor + `"kind":"table","rows":[{"when":[{"ge":"5","le":"3"}],"mark":"4"}]`, "/rows/0/when/0 scheme.not_ascending (5 > 3)"},
		{onFloor + `"kind":"table","rows":[{"when":[{"gt":"5","lt":"3"}],"mark":"4"}]`, "/rows/0/when/0 scheme.not_ascending (5 > 3)"},
		{onFloor + `"kind":"table","rows":[{"when":[{"ge":"3","le":"3"}],"mark":"4"}]`, ""},
	} {
		if got := faultsOf(alone(c.aspect)); got != c.want && !contains(got, c.want) {
			t.Errorf("%s\n%s\nwant\n%s", c.aspect, got, c.want)
		}
	}
}

// faultsOf are a scheme's faults in one line, those of its aspect by their places in it.
func faultsOf(text string) string {
	const at = "/components/0/criteria/0/subs/0/aspects/0"
	_, err := scheme.Parse([]byte(text))
	if err == nil {
		return ""
	}
	var parts []string
	for _, line := range strings.Split(err.Error(), "\n") {
		parts = append(parts, strings.Replace(strings.TrimPrefix(line, at), ": ", " ", 1))
	}
	return strings.Join(parts, "; ")
}

// TestStepsDivide: what nobody could ever be given is no maximum and no end of a range.
func TestStepsDivide(t *testing.T) {
	const code = "scheme.step_does_not_divide"
	for _, c := range []struct{ aspect, want string }{
		{onFloor + `"kind":"points","max":"10","step":"0.5"`, ""},
		{onFloor + `"kind":"points","max":"10","step":"0.3"`, "/max " + code + " (10 ÷ 0.3)"},
		{onFloor + `"kind":"points","max":"10","min":"1","step":"2"`, "/min " + code + " (1 ÷ 2)"},
		{onFloor + `"kind":"points","max":"10","min":"-4","step":"2"`, ""},
		{onFloor + `"kind":"points","max":"7","min":"1","step":"2"`, "/max " + code + " (7 ÷ 2); /min " + code + " (1 ÷ 2)"},
		{onFloor + `"kind":"points","step":"0.3"`, ""},
		{onFloor + `"kind":"points","max":"10","step":"0"`, "/step scheme.not_positive (0)"},
		{`"panel":"judges","kind":"panel","max":"7.6","step":"0.25"`, "/max " + code + " (7.6 ÷ 0.25)"},
		{`"kind":"external","max":"100","step":"0.3"`, "/max " + code + " (100 ÷ 0.3)"},
		{onFloor + `"kind":"excess","max":"10","high":"1","step":"0.3","per":"1"`, ""},
		{onFloor + `"kind":"relative","max":"10","step":"0.3"`, ""},
		{
			onFloor + `"kind":"deductions","max":"5","items":[{"id":"p","name":{"zh":"违规"},"from":"0.5","to":"2","step":"1"}]`,
			"/items/0/from " + code + " (0.5 ÷ 1)",
		},
		{
			onFloor + `"kind":"penalty","items":[{"id":"p","name":{"zh":"违规"},"from":"1","to":"2","step":"0.4"}]`,
			"/items/0/from " + code + " (1 ÷ 0.4)",
		},
		{onFloor + `"kind":"grades","step":"0.5","grades":[{"id":"a","name":{"zh":"优"},"from":"9","to":"10"},{"id":"b","name":{"zh":"良"},"from":"8","to":"8.9"}]`, ""},
		{
			onFloor + `"kind":"grades","step":"0.3","grades":[{"id":"b","name":{"zh":"良"},"from":"8","to":"8.9"},{"id":"a","name":{"zh":"优"},"from":"9","to":"10"}]`,
			"/grades/1/to " + code + " (10 ÷ 0.3)",
		},
		{
			onFloor + `"kind":"grades","step":"5","grades":[{"id":"a","name":{"zh":"优"},"from":"9","to":"10"},{"id":"b","name":{"zh":"良"},"from":"7","to":"8"}]`,
			"/grades/1 " + code + " (5)",
		},
		{onFloor + `"kind":"grades","step":"5","grades":[{"id":"a","name":{"zh":"优"},"to":"10"}]`, "/grades/0/from scheme.missing"},
	} {
		if got := faultsOf(alone(c.aspect)); got != c.want {
			t.Errorf("%s\n%s\nwant\n%s", c.aspect, got, c.want)
		}
	}
}

// TestPanelsOfAJudgement: it wants three judges where no policy is written, so that a
// panel of two could never settle it.
func TestPanelsOfAJudgement(t *testing.T) {
	const aspect = `"panel":"judges","kind":"judgement","max":"5","levels":[{"zh":"差"},{"zh":"好"}]`
	two := strings.NewReplacer(`"chairs":3`, `"chairs":2`)
	for text, want := range map[string]string{
		alone(aspect):              "",
		two.Replace(alone(aspect)): "/policy scheme.panel_too_small (2 < 3)",
		two.Replace(alone(aspect + `,"policy":{"kind":"mean"}`)): "",
		strings.Replace(alone(aspect), `,"chairs":3`, "", 1):     "",
	} {
		if got := faultsOf(text); got != want {
			t.Errorf("%s\n%s\nwant\n%s", text, got, want)
		}
	}
}

// contains says whether every fault wanted is told; one fault may bring others.
func contains(got, want string) bool {
	ok := want != ""
	for _, part := range strings.Split(want, "; ") {
		ok = ok && strings.Contains("; "+got+";", "; "+part+";")
	}
	return ok
}

// TestKeysNameSomething: firsts may name a component, or nothing.
func TestKeysNameSomething(t *testing.T) {
	for key, want := range map[string]string{
		`{"by":"firsts"}`:                      "",
		`{"by":"firsts","id":"c"}`:             "",
		`{"by":"firsts","id":"k"}`:             "/ranking/keys/0/id: scheme.unknown_id (k)",
		`{"by":"criterion","id":"k"}`:          "",
		`{"by":"criterion"}`:                   "/ranking/keys/0/id: scheme.unknown_id",
		`{"by":"aspect","id":"a"}`:             "",
		`{"by":"aspect","id":"a","order":"x"}`: "/ranking/keys/0/order: scheme.unknown_word (x)",
	} {
		text := strings.Replace(alone(onFloor+`"kind":"yes_no","max":"1"`), `"components"`, `"ranking":{"keys":[`+key+`]},"components"`, 1)
		_, err := scheme.Parse([]byte(text))
		if got := fmt.Sprint(err); (err == nil) != (want == "") || err != nil && got != want {
			t.Errorf("%s: %v, want %s", key, err, want)
		}
	}
}

// TestBestMarks: the most that an aspect can add is what its total is held
// against; "" is an open scale.
func TestBestMarks(t *testing.T) {
	for aspect, want := range map[string]string{
		onFloor + `"kind":"yes_no","max":"2"`:                "2",
		onFloor + `"kind":"yes_no","max":"2","factor":"1.5"`: "3",
		onFloor + `"kind":"points"`:                          "",
		onFloor + `"kind":"graded","bands":[{"tol":"1","mark":"2"},{"tol":"2","mark":"3"}],"else":"1"`:   "3",
		onFloor + `"kind":"graded","bands":[{"tol":"1","mark":"2"}],"else":"4"`:                          "4",
		onFloor + `"kind":"table","rows":[{"when":[{}],"mark":"7"}]`:                                     "7",
		onFloor + `"kind":"grades","grades":[{"id":"a","name":{"zh":"优"},"from":"9","to":"10"}]`:         "10",
		onFloor + `"kind":"gate","voids":"entry"`:                                                        "0",
		onFloor + `"kind":"penalty","items":[{"id":"p","name":{"zh":"违规"},"amount":"1"}]`:                "0",
		onFloor + `"kind":"time","mode":"tiebreak"`:                                                      "0",
		onFloor + `"kind":"time","mode":"seconds"`:                                                       "",
		onFloor + `"kind":"time","mode":"bands","bands":[{"to":"5","mark":"6"}]`:                         "6",
		`"panel":"judges","kind":"panel","max":"10"`:                                                     "10",
		`"panel":"judges","kind":"panel","max":"10","policy":{"kind":"sum"}`:                             "30",
		`"panel":"judges","kind":"panel","max":"10","policy":{"kind":"middle","high":1,"low":1}`:         "10",
		onFloor + `"by":"each","kind":"panel","max":"10","policy":{"kind":"sum"}`:                        "",
		`"panel":"judges","by":"each","kind":"relative","max":"10","factor":"2","policy":{"kind":"sum"}`: "20",
		`"kind":"external","max":"100"`:                                                                  "100",
	} {
		s, err := scheme.Parse([]byte(alone(aspect)))
		if err != nil {
			t.Errorf("%s: %v", aspect, err)
			continue
		}
		best, closed := s.BestMark(&s.Components[0].Criteria[0].Subs[0].Aspects[0])
		got := best.String()
		if !closed {
			got = ""
		}
		if got != want {
			t.Errorf("%s: %s, want %s", aspect, got, want)
		}
	}
}
