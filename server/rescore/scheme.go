package rescore

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// number is an exact number of a scheme, written as a string.
type number struct{ *big.Rat }

func (n *number) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("rescore: a number is a string: %w", err)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return fmt.Errorf("%w: %q is no number", errScheme, s)
	}
	n.Rat = r
	return nil
}

// or is the number, or another where the scheme has none.
func (n *number) or(other int64) *big.Rat {
	if n == nil {
		return big.NewRat(other, 1)
	}
	return n.Rat
}

// The scheme as far as it makes results; schemas/scheme.json describes it.
type (
	schemeText struct {
		Panels []struct {
			ID     string
			Policy *policy
		}
		Pass     *number
		Rounding struct {
			Panel, Aspect, Criterion, Component, Weighted, Total *round
		}
		Ranking struct {
			Order, Ties string
			Keys        []key
		}
		Provisional string
		Rankings    []string
		Teams       *teamRule
		Prizes      *prizeRule
		TeamPrizes  *prizeRule `json:"team_prizes"`
		Advance     *advanceRule
		Components  []component
	}
	component struct {
		ID, Of         string
		Weight, Factor *number
		Pass           *number
		Criteria       []criterion
	}
	criterion struct {
		ID     string
		Factor *number
		Subs   []struct{ Aspects []aspect }
	}
	teamRule struct {
		Take              string
		Best, Size, Least int
		Round             *round
		Keys              []key
	}
	prizeRule struct {
		List []struct {
			ID     string
			Share  *number
			Number int
		}
		Mode, Of, Ties, By string
		Running            bool
		Least              int
		BelowPass          bool `json:"below_pass"`
	}
	advanceRule struct {
		First    int
		Line     *number
		Ties, By string
	}
	policy struct {
		Kind             string
		High, Low, Least int
	}
	round struct {
		Places int
		Mode   string
	}
	key struct{ By, ID, Order string }

	aspect struct {
		ID, Kind, Panel, By, Level, Voids, Target, Mode, Better string

		Required                                  *bool
		Whole                                     bool
		Factor, Max, Min, Step, Nominal, Tol, Low *number
		High, Per, Else, Spread, Cap, Limit, Best *number
		Readings, Attempts                        *several
		Policy                                    *policy
		Levels                                    []json.RawMessage
		Bands                                     []struct{ Tol, To, Mark *number }
		Inputs                                    []json.RawMessage
		Rows                                      []tableRow
		Items                                     []item
		team                                      bool   // teams are marked in it
		text                                      string // as it stands in the file, to see whether a version changed it
	}
	several struct {
		Count int
		Take  string
	}
	tableRow struct {
		When []struct{ Ge, Gt, Le, Lt *number }
		Mark *number
	}
	item struct {
		ID, Voids             string
		Amount, From, To, Cap *number
	}
)

var errScheme = fmt.Errorf("rescore: not a scheme")

// UnmarshalJSON keeps the aspect's own text too, in one spelling.
func (a *aspect) UnmarshalJSON(b []byte) error {
	type plain aspect
	if err := json.Unmarshal(b, (*plain)(a)); err != nil {
		return err
	}
	var tree map[string]any
	if err := json.Unmarshal(b, &tree); err != nil {
		return err
	}
	spell(tree)
	text, err := json.Marshal(tree)
	a.text = string(text)
	return err
}

// spell writes numbers in one way, so that "10.0" is no change from "10", and
// leaves out what says nothing.
func spell(node any) {
	switch n := node.(type) {
	case map[string]any:
		for k, v := range n {
			if on, is := v.(bool); v == "" || k == "whole" && is && !on {
				delete(n, k) // as if it were not there
				continue
			}
			if s, ok := v.(string); ok && k != "id" && k != "zh" && k != "en" && k != "unit" {
				if r, ok := new(big.Rat).SetString(s); ok {
					n[k] = r.RatString()
				}
			}
			spell(n[k])
		}
	case []any:
		for _, v := range n {
			spell(v)
		}
	}
}

// readScheme reads the text of a scheme that the program accepted.
func readScheme(text []byte) (*schemeText, error) {
	s := &schemeText{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%w: %w", errScheme, err)
	}
	s.eachAspect(func(c *component, _ *criterion, a *aspect) { a.team = c.Of == "team" })
	return s, nil
}

// each says whether every chair marks the aspect by itself.
func (a *aspect) each() bool {
	if a.By == "" {
		return a.Kind == "judgement" || a.Kind == "panel"
	}
	return a.By == "each"
}

func (a *aspect) required() bool {
	if a.Required == nil {
		return a.Kind != "gate" && a.Kind != "penalty"
	}
	return *a.Required
}

func (a *aspect) tries() int {
	if a.Attempts == nil {
		return 1
	}
	return a.Attempts.Count
}

// lower says whether of two values the lower is the better one.
func (a *aspect) lower() bool {
	return a.Mode == "seconds" || a.Kind == "relative" && a.Better == "lower"
}

// policyOf is the aspect's policy, else of a judgement the mean of three, else
// its panel's, else the mean.
func (s *schemeText) policyOf(a *aspect) policy {
	switch {
	case a.Policy != nil:
		return *a.Policy
	case a.Kind == "judgement":
		return policy{Kind: "mean", Least: 3}
	}
	for i := range s.Panels {
		if s.Panels[i].ID == a.Panel && s.Panels[i].Policy != nil {
			return *s.Panels[i].Policy
		}
	}
	return policy{Kind: "mean"}
}

// eachAspect visits aspects with the criterion and component they are in.
func (s *schemeText) eachAspect(visit func(*component, *criterion, *aspect)) {
	for i := range s.Components {
		c := &s.Components[i]
		for j := range c.Criteria {
			k := &c.Criteria[j]
			for l := range k.Subs {
				for m := range k.Subs[l].Aspects {
					visit(c, k, &k.Subs[l].Aspects[m])
				}
			}
		}
	}
}
