package door

import (
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/rules"
)

// Class says what the caller can do about a refusal.
type Class uint8

// The classes.
const (
	Malformed Class = iota + 1 // cannot be read
	Rule                       // a rule says no
	Stale                      // someone was first; Head is the mark that stands
	NotFound                   // there is no such entry, aspect or chair for this panel
	NotOpen                    // marking has not begun
)

// Refusal says why a command does not become a record.
type Refusal struct {
	Class Class
	Code  string    // of schemas/errors.json
	Path  string    // the command's field: "/value"
	Hint  string    // the bound or value in question
	Head  record.ID // Stale only: the current mark, zero when the cell is empty
}

// Draft is a command that may become a record: its value canonical, its
// attempt and round filled in, its kind Late where it came late.
type Draft struct {
	record.Command
}

// Refuse makes a refusal.
func Refuse(class Class, code, path, hint string) *Refusal {
	return &Refusal{Class: class, Code: code, Path: path, Hint: hint}
}

// Value reads what a mark says, and makes it canonical; other kinds say nothing.
func Value(c *record.Command, a *rules.Aspect) *Refusal {
	if c.Kind != record.Mark {
		if c.Value != "" {
			return Refuse(Malformed, "judging.value_not_wanted", "/value", "")
		}
		if c.Kind == record.Absent && !a.Each {
			return Refuse(Rule, "judging.not_a_panel_mark", "/kind", "")
		}
		return nil
	}
	reading, no := a.Pad.Read(c.Value)
	if no != nil {
		class := Rule
		if no.Code == "judging.malformed_value" {
			class = Malformed
		}
		return Refuse(class, no.Code, "/value", no.Hint)
	}
	c.Value = reading.Value
	return nil
}

// Phase asks whether an act fits the state of the event.
func Phase(k record.Kind, phase report.Phase, frozen, sealed bool) *Refusal {
	no := func(code string) *Refusal { return Refuse(Rule, code, "", string(phase)) }
	switch {
	case k == record.Open && phase != report.Waiting:
		return no("judging.already_open")
	case k == record.Open:
	case phase == report.Waiting:
		return Refuse(NotOpen, "judging.not_open", "", "")
	case k == record.Freeze && frozen:
		return no("judging.already_frozen")
	case k == record.Freeze && phase == report.Official:
		return no("judging.published")
	case k == record.Unfreeze && !frozen:
		return no("judging.not_frozen")
	case k == record.Lock && phase != report.Running:
		return no("judging.locked")
	case k == record.Reopen && phase == report.Running:
		return no("judging.not_locked")
	case k == record.Publish && phase == report.Official:
		return no("judging.published")
	case (k == record.Publish || k == record.Unseal) && phase == report.Running:
		return no("judging.not_locked")
	case k == record.Publish && sealed:
		return no("judging.sealed")
	case k == record.Unseal && !sealed:
		return no("judging.not_sealed")
	}
	return nil
}
