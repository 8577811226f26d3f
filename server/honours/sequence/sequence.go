package sequence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/honours/exclusion"
	"jiangtai/server/honours/quota"
)

// Format is what a sequence's file begins with.
const Format = "jiangtai.campaign/1"

// Draft is where every nomination begins, and Done where it ends.
const (
	Draft = "draft"
	Done  = "done"
)

// Kind is what a step is.
type Kind string

// The kinds of step.
const (
	Vote       Kind = "vote"       // 民主推荐: for, against, abstain against a threshold
	Congress   Kind = "congress"   // 职代会: passed, with its minutes
	Notice     Kind = "notice"     // 公示: so many working days without an open objection
	Review     Kind = "review"     // 审核: passed, returned or rejected
	Opinions   Kind = "opinions"   // 征求意见: all departments of the category answered
	Ballot     Kind = "ballot"     // 票决: the committee's votes, k of n
	Approval   Kind = "approval"   // 审定
	Conferring Kind = "conferring" // 表彰
)

// Nominee is whom an honour is for.
type Nominee string

// The kinds of nominee.
const (
	Person Nominee = "person"
	Unit   Nominee = "unit"
	Team   Nominee = "team"
)

// Sequence is one version of a road to an honour.
type Sequence struct {
	Format      string              `json:"format"`
	ID          string              `json:"id"`
	Version     int                 `json:"version"`
	Honour      string              `json:"honour"` // what the register calls it; the same in all versions
	Name        string              `json:"name"`
	NameEn      string              `json:"name_en"`
	Nominee     Nominee             `json:"nominee"`
	Steps       []Step              `json:"steps"`
	Departments map[string][]string `json:"departments"` // whom to ask, by the nominee's category
	Windows     []exclusion.Window  `json:"windows"`
	Quotas      []quota.Quota       `json:"quotas"` // what a campaign begins with
}

// Step is one step. Only the fields of its kind are set.
type Step struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	NameEn    string   `json:"name_en"`
	Kind      Kind     `json:"kind"`
	Role      string   `json:"role"`
	Threshold *Ratio   `json:"threshold,omitempty"` // vote, ballot: of those who were asked
	Quorum    *Ratio   `json:"quorum,omitempty"`    // ballot: of the committee
	Days      int      `json:"days,omitempty"`      // notice: working days
	List      bool     `json:"list,omitempty"`      // notice: of the whole list at this step, with its quotas
	Public    bool     `json:"public,omitempty"`    // notice: on the public page
	Apart     []string `json:"apart,omitempty"`     // whoever took these steps may not take this one
}

// Ratio is an exact fraction, written "2/3" or "85%".
type Ratio struct{ num, den int64 }

// UnmarshalJSON reads a text.
func (r *Ratio) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("sequence: read a ratio: %w", err)
	}
	num, den, ok := strings.Cut(s, "/")
	if percent, isPercent := strings.CutSuffix(s, "%"); isPercent {
		num, den, ok = percent, "100", true
	}
	n, err := strconv.ParseUint(num, 10, 16)
	d, err2 := strconv.ParseUint(den, 10, 16)
	if !ok || err != nil || err2 != nil || n == 0 || n > d {
		return fmt.Errorf("sequence: %q is no part such as 2/3 or 85%%", s)
	}
	*r = Ratio{int64(n), int64(d)}
	return nil
}

// MarshalJSON writes the fraction.
func (r *Ratio) MarshalJSON() ([]byte, error) {
	return []byte(fmt.Sprintf(`"%d/%d"`, r.num, r.den)), nil
}

// Reached says whether part of the whole is at least the ratio; of nobody,
// nothing is reached.
func (r *Ratio) Reached(part, whole int) bool {
	return whole > 0 && int64(part)*r.den >= int64(whole)*r.num
}

// Least is the least part of the whole that reaches the ratio.
func (r *Ratio) Least(whole int) int { return int((int64(whole)*r.num + r.den - 1) / r.den) }

// Parse reads a sequence. The roles are those that a step may name.
func Parse(raw []byte, roles []string) (*Sequence, error) {
	s := &Sequence{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(s); err != nil {
		return nil, fmt.Errorf("sequence: read: %w", err)
	}
	if err := s.check(roles); err != nil {
		return nil, fmt.Errorf("sequence %s: %w", s.ID, err)
	}
	return s, nil
}

func (s *Sequence) check(roles []string) error {
	switch {
	case s.Format != Format:
		return fmt.Errorf("format %q is not %s", s.Format, Format)
	case s.ID == "" || s.Honour == "" || s.Name == "" || s.NameEn == "" || s.Version < 1:
		return errors.New("id, honour, names and version are needed")
	case !slices.Contains([]Nominee{Person, Unit, Team}, s.Nominee):
		return fmt.Errorf("nominee %q", s.Nominee)
	case len(s.Steps) < 2 || s.Steps[len(s.Steps)-2].Kind != Approval || s.Steps[len(s.Steps)-1].Kind != Conferring:
		return errors.New("it does not end with an approval and the conferring")
	}
	var seen []string
	for i, st := range s.Steps {
		if err := st.check(seen, roles); err != nil {
			return fmt.Errorf("step %q: %w", st.ID, err)
		}
		if st.Kind == Conferring && i < len(s.Steps)-1 {
			return fmt.Errorf("step %q: conferring comes last", st.ID)
		}
		if st.Kind == Opinions && len(s.Departments) == 0 {
			return fmt.Errorf("step %q: no departments to ask", st.ID)
		}
		seen = append(seen, st.ID)
	}
	ids := map[string]bool{}
	for _, q := range s.Quotas {
		if err := q.Check(); err != nil || ids[q.ID] {
			return fmt.Errorf("quota %q is faulty or twice: %w", q.ID, err)
		}
		ids[q.ID] = true
	}
	return exclusion.Check(s.Windows)
}

func (st *Step) check(seen, roles []string) error {
	votes := st.Kind == Vote || st.Kind == Ballot
	switch {
	case st.ID == "" || st.ID == Draft || st.ID == Done || slices.Contains(seen, st.ID):
		return errors.New("its id is empty, taken or twice")
	case st.Name == "" || st.NameEn == "":
		return errors.New("it has no names")
	case !slices.Contains([]Kind{Vote, Congress, Notice, Review, Opinions, Ballot, Approval, Conferring}, st.Kind):
		return fmt.Errorf("kind %q", st.Kind)
	case !slices.Contains(roles, st.Role):
		return fmt.Errorf("role %q", st.Role)
	case votes != (st.Threshold != nil):
		return errors.New("votes have a threshold, nothing else has")
	case (st.Kind == Ballot) != (st.Quorum != nil):
		return errors.New("a ballot has a quorum, nothing else has")
	case (st.Kind == Notice) != (st.Days > 0) || st.Days > 60:
		return errors.New("a notice has 1 to 60 days, nothing else has")
	case st.Kind != Notice && (st.List || st.Public):
		return errors.New("only a notice is of a list or public")
	}
	for _, a := range st.Apart {
		if !slices.Contains(seen, a) {
			return fmt.Errorf("it is kept apart from %q, which is no earlier step", a)
		}
	}
	return nil
}

// Step finds a step by its id; nil for Draft, Done and what is no step.
func (s *Sequence) Step(id string) *Step {
	for i := range s.Steps {
		if s.Steps[i].ID == id {
			return &s.Steps[i]
		}
	}
	return nil
}

// After is the step that follows: the first one after Draft, Done after the last.
func (s *Sequence) After(id string) string {
	if id == Draft {
		return s.Steps[0].ID
	}
	for i := range s.Steps[:len(s.Steps)-1] {
		if s.Steps[i].ID == id {
			return s.Steps[i+1].ID
		}
	}
	return Done
}

// Before says whether a step comes before another one of the sequence.
func (s *Sequence) Before(a, b string) bool { return s.at(a) < s.at(b) }

func (s *Sequence) at(id string) int {
	switch id {
	case Draft:
		return -1
	case Done:
		return len(s.Steps)
	}
	return slices.IndexFunc(s.Steps, func(st Step) bool { return st.ID == id })
}
