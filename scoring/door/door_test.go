package door_test

import (
	"fmt"
	"testing"

	"jiangtai/scoring/door"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

var phases = [4]report.Phase{report.Waiting, report.Running, report.Provisional, report.Official}

// asks says whether a state is one of those that a row of the table is about.
func asks(when string, frozen, sealed bool) bool {
	switch when {
	case "frozen":
		return frozen
	case "not frozen":
		return !frozen
	case "sealed":
		return sealed
	case "not sealed":
		return !sealed
	}
	return when == "always"
}

// TestActsAndStates is the whole table: whether an act fits the state of the event,
// by the phase; "" lets it through.
func TestActsAndStates(t *testing.T) {
	const (
		notOpen, open         = "judging.not_open", "judging.already_open"
		notLocked, locked     = "judging.not_locked", "judging.locked"
		frozen, notFrozen     = "judging.already_frozen", "judging.not_frozen"
		published             = "judging.published"
		isSealed, isNotSealed = "judging.sealed", "judging.not_sealed"
	)
	table := []struct {
		act  record.Kind
		when string
		want [4]string // waiting, running, provisional, official
	}{
		{record.Open, "always", [4]string{"", open, open, open}},
		{record.Freeze, "not frozen", [4]string{notOpen, "", "", published}},
		{record.Freeze, "frozen", [4]string{notOpen, frozen, frozen, frozen}},
		{record.Unfreeze, "not frozen", [4]string{notOpen, notFrozen, notFrozen, notFrozen}},
		{record.Unfreeze, "frozen", [4]string{notOpen, "", "", ""}},
		{record.Lock, "always", [4]string{notOpen, "", locked, locked}},
		{record.Reopen, "always", [4]string{notOpen, notLocked, "", ""}},
		{record.Unseal, "sealed", [4]string{notOpen, notLocked, "", ""}},
		{record.Unseal, "not sealed", [4]string{notOpen, notLocked, isNotSealed, isNotSealed}},
		{record.Publish, "sealed", [4]string{notOpen, notLocked, isSealed, published}},
		{record.Publish, "not sealed", [4]string{notOpen, notLocked, "", published}},
		{record.Mark, "always", [4]string{notOpen, "", "", ""}},
		{record.NotPerformed, "always", [4]string{notOpen, "", "", ""}},
		{record.Withdraw, "always", [4]string{notOpen, "", "", ""}},
		{record.Absent, "always", [4]string{notOpen, "", "", ""}},
		{record.Finish, "always", [4]string{notOpen, "", "", ""}},
	}
	rows := map[string]int{}
	for _, row := range table {
		for at, phase := range phases {
			for state := range 4 {
				frozen, sealed := state&1 != 0, state&2 != 0
				if !asks(row.when, frozen, sealed) {
					continue
				}
				rows[fmt.Sprint(row.act, phase, state)]++
				no := door.Phase(row.act, phase, frozen, sealed)
				if code := codeOf(no); code != row.want[at] {
					t.Errorf("act %d, %s, %s (frozen %v, sealed %v): %q, want %q", row.act, phase, row.when, frozen, sealed, code, row.want[at])
				}
				if no != nil && (no.Class == door.NotOpen) != (no.Code == notOpen) {
					t.Errorf("act %d, %s: %+v", row.act, phase, no)
				}
			}
		}
	}
	for _, act := range []record.Kind{record.Open, record.Freeze, record.Unfreeze, record.Lock, record.Reopen, record.Unseal, record.Publish} {
		for _, phase := range phases {
			for state := range 4 {
				if n := rows[fmt.Sprint(act, phase, state)]; n != 1 {
					t.Errorf("act %d, %s, state %d stands in %d rows", act, phase, state, n)
				}
			}
		}
	}
}

func codeOf(no *door.Refusal) string {
	if no == nil {
		return ""
	}
	return no.Code
}

// TestARefusalSaysThePhase: who is refused is told what the event is.
func TestARefusalSaysThePhase(t *testing.T) {
	no := door.Phase(record.Lock, report.Official, false, false)
	if no == nil || *no != (door.Refusal{Class: door.Rule, Code: "judging.locked", Hint: "official"}) {
		t.Errorf("%+v", no)
	}
}

const values = `{"format": "jiangtai.scheme/1", "name": {"zh": "值"},
 "panels": [{"id": "floor", "name": {"zh": "现场"}}, {"id": "judges", "name": {"zh": "评分"}}],
 "components": [{"id": "c", "name": {"zh": "部"}, "criteria": [{"id": "k", "name": {"zh": "块"}, "subs": [{"id": "s", "name": {"zh": "项"}, "aspects": [
  {"id": "points", "name": {"zh": "分"}, "kind": "points", "panel": "floor", "max": "10", "step": "0.5"},
  {"id": "panel", "name": {"zh": "议"}, "kind": "panel", "panel": "judges", "max": "10", "step": "0.25"},
  {"id": "arc", "name": {"zh": "弧"}, "kind": "yes_no", "panel": "floor", "max": "5"}]}]}]}]}`

// TestValues: a mark's value becomes canonical or is refused with its bound; who
// says something else than a mark says no value.
func TestValues(t *testing.T) {
	s, err := scheme.Parse([]byte(values))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind          record.Kind
		aspect, value string
		becomes       string
		no            door.Refusal
	}{
		{record.Mark, "points", "7.50", "7.5", door.Refusal{}},
		{record.Mark, "points", "007", "7", door.Refusal{}},
		{record.Mark, "points", "-0", "0", door.Refusal{}},
		{record.Mark, "panel", "9.250", "9.25", door.Refusal{}},
		{record.Mark, "points", "10.5", "", door.Refusal{Class: door.Rule, Code: "judging.above_max", Path: "/value", Hint: "10"}},
		{record.Mark, "points", "-1", "", door.Refusal{Class: door.Rule, Code: "judging.below_min", Path: "/value", Hint: "0"}},
		{record.Mark, "points", "7.25", "", door.Refusal{Class: door.Rule, Code: "judging.off_step", Path: "/value", Hint: "0.5"}},
		{record.Mark, "points", "", "", door.Refusal{Class: door.Malformed, Code: "judging.malformed_value", Path: "/value"}},
		{record.Mark, "points", "seven", "", door.Refusal{Class: door.Malformed, Code: "judging.malformed_value", Path: "/value"}},
		{record.Mark, "arc", "1", "1", door.Refusal{}},
		{record.Mark, "arc", "7", "", door.Refusal{Class: door.Rule, Code: "judging.above_max", Path: "/value", Hint: "1"}},
		{record.NotPerformed, "points", "", "", door.Refusal{}},
		{record.NotPerformed, "points", "0", "", door.Refusal{Class: door.Malformed, Code: "judging.value_not_wanted", Path: "/value"}},
		{record.Withdraw, "panel", "", "", door.Refusal{}},
		{record.Withdraw, "panel", "8", "", door.Refusal{Class: door.Malformed, Code: "judging.value_not_wanted", Path: "/value"}},
		{record.Absent, "panel", "", "", door.Refusal{}},
		{record.Absent, "panel", "1", "", door.Refusal{Class: door.Malformed, Code: "judging.value_not_wanted", Path: "/value"}},
		{record.Absent, "points", "", "", door.Refusal{Class: door.Rule, Code: "judging.not_a_panel_mark", Path: "/kind"}},
	} {
		cmd := record.Command{Kind: c.kind, Value: c.value}
		no := door.Value(&cmd, &r.Aspects[r.AspectAt[c.aspect]])
		if no == nil {
			no = &door.Refusal{}
		}
		if *no != c.no {
			t.Errorf("%d of %s %q: %+v, want %+v", c.kind, c.aspect, c.value, *no, c.no)
		}
		if c.no.Code == "" && cmd.Value != c.becomes {
			t.Errorf("%s %q becomes %q, want %q", c.aspect, c.value, cmd.Value, c.becomes)
		}
	}
}
