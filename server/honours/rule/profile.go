package rule

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Format is what a profile's file begins with.
const Format = "jiangtai.honours/1"

// Kind is what sort of thing is recommended.
type Kind string

// The kinds of recommendation.
const (
	Honour    Kind = "honour"    // 荣誉称号: a medal, through a campaign
	Title     Kind = "title"     // 技术能手: a title given for the rank
	Promotion Kind = "level"     // 晋级: a skill level
	Candidate Kind = "candidate" // 候选人: may enter a selection
)

// Levels are the skill levels (职业技能等级), rising; "none" is no certificate.
var Levels = []string{
	"none", "junior", "intermediate", "senior", "technician", "senior_technician", "special_technician", "chief_technician",
}

// Profile (荣誉规则) is one version of a table.
type Profile struct {
	Format  string          `json:"format"`
	ID      string          `json:"id"`
	Version int             `json:"version"`
	Name    string          `json:"name"`
	NameEn  string          `json:"name_en"`
	Source  string          `json:"source"`
	Classes []string        `json:"classes"`
	Awards  map[string]Sort `json:"awards"`
	Rules   []Rule          `json:"rules"`
}

// Sort is what can be recommended. Level is set for promotions.
type Sort struct {
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Kind   Kind   `json:"kind"`
	Level  string `json:"level,omitempty"`
}

// Rule is one line of the table. What is empty asks for nothing.
type Rule struct {
	ID         string            `json:"id"`
	Class      []string          `json:"class,omitempty"`
	Ranks      map[string][2]int `json:"ranks,omitempty"` // by team size, "any" for all sizes
	Share      *Share            `json:"share,omitempty"`
	Identity   []string          `json:"identity,omitempty"`   // employee, teacher, student …
	Employment []string          `json:"employment,omitempty"` // regular, migrant, dispatched, flexible, new_forms
	Level      []string          `json:"level,omitempty"`      // present level
	Passed     bool              `json:"passed,omitempty"`     // every component with a pass mark
	Planned    bool              `json:"planned,omitempty"`    // in the union's plan
	Age        *Age              `json:"age,omitempty"`
	Sex        string            `json:"sex,omitempty"`
	Recommend  []string          `json:"recommend"`
}

// Share is the first part of the ranked field, in hundredths of a percent.
type Share struct {
	Of    int      `json:"of"` // 3000 is 30 %
	Round Rounding `json:"round"`
}

// Rounding is how a share becomes a rank.
type Rounding string

// The roundings.
const (
	Down   Rounding = "down"
	Up     Rounding = "up"
	HalfUp Rounding = "half_up"
)

// Age is a span of completed years; 0 leaves an end open. They are counted on
// the day of the publication, or on a day named.
type Age struct {
	From int    `json:"from,omitempty"`
	To   int    `json:"to,omitempty"`
	On   string `json:"on,omitempty"`
}

// Parse reads a profile and says all that is wrong with it at once.
func Parse(raw []byte) (*Profile, error) {
	p := &Profile{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("rule: read: %w", err)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("rule: profile %s: %w", p.ID, err)
	}
	return p, nil
}

func (p *Profile) check() error {
	var faults []error
	say := func(is bool, format string, args ...any) {
		if is {
			faults = append(faults, fmt.Errorf(format, args...))
		}
	}
	say(p.Format != Format, "format %q is not %s", p.Format, Format)
	say(p.ID == "" || p.Name == "" || p.NameEn == "" || p.Source == "", "id, names and source are needed")
	say(p.Version < 1, "version %d", p.Version)
	say(len(p.Classes) == 0 || len(p.Rules) == 0, "there are no classes or no rules")
	for id, a := range p.Awards {
		say(a.Name == "" || a.NameEn == "", "award %s has no names", id)
		say(!slices.Contains([]Kind{Honour, Title, Promotion, Candidate}, a.Kind), "award %s is of kind %q", id, a.Kind)
		say((a.Kind == Promotion) != (slices.Index(Levels, a.Level) > 0), "award %s has the level %q", id, a.Level)
	}
	seen := map[string]bool{}
	for _, r := range p.Rules {
		say(r.ID == "" || seen[r.ID], "rule %q is unnamed or twice", r.ID)
		seen[r.ID] = true
		if err := r.check(p); err != nil {
			faults = append(faults, fmt.Errorf("rule %s: %w", r.ID, err))
		}
	}
	return errors.Join(faults...)
}

func (r *Rule) check(p *Profile) error {
	for _, c := range r.Class {
		if !slices.Contains(p.Classes, c) {
			return fmt.Errorf("no class %q", c)
		}
	}
	for size, span := range r.Ranks {
		n, err := strconv.Atoi(size)
		if size != "any" && (err != nil || n < 1 || strconv.Itoa(n) != size) || span[0] < 1 || span[1] < span[0] {
			return fmt.Errorf("ranks %v for %q persons", span, size)
		}
	}
	switch {
	case r.Ranks == nil && r.Share == nil:
		return errors.New("neither ranks nor a share: everybody would be recommended")
	case r.Share != nil && (r.Share.Of < 1 || r.Share.Of > 10_000 || !slices.Contains([]Rounding{Down, Up, HalfUp}, r.Share.Round)):
		return fmt.Errorf("share %+v", *r.Share)
	case len(r.Recommend) == 0:
		return errors.New("it recommends nothing")
	case r.Sex != "" && r.Sex != "female" && r.Sex != "male":
		return fmt.Errorf("sex %q", r.Sex)
	}
	for _, l := range r.Level {
		if !slices.Contains(Levels, l) {
			return fmt.Errorf("no level %q", l)
		}
	}
	for _, a := range r.Recommend {
		if _, ok := p.Awards[a]; !ok {
			return fmt.Errorf("no award %q", a)
		}
	}
	return r.Age.check()
}

func (a *Age) check() error {
	if a == nil {
		return nil
	}
	if a.From < 0 || a.To < 0 || a.To != 0 && a.To < a.From || a.From == 0 && a.To == 0 {
		return fmt.Errorf("ages %d to %d", a.From, a.To)
	}
	if a.On != "" {
		if _, err := time.Parse(time.DateOnly, a.On); err != nil {
			return fmt.Errorf("age on a day: %w", err)
		}
	}
	return nil
}
