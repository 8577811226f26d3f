package quota

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// All is the base of a quota that everyone on the list counts for.
const All = "all"

// Quota (名额要求) asks that, of a base, at least or at most so many have a trait.
type Quota struct {
	ID     string `json:"id"`
	Who    string `json:"who"`             // the trait that is counted
	Of     string `json:"of"`              // the trait of the base, or All
	Bound  Bound  `json:"bound"`           //
	Amount string `json:"amount"`          // "35%", "7.5%" of the base, or a number
	Aside  string `json:"aside,omitempty"` // those with this trait are left out altogether
}

// Bound is the side on which a quota holds.
type Bound string

// The bounds.
const (
	AtLeast Bound = "at_least"
	AtMost  Bound = "at_most"
)

// Line is how a list stands to a quota. Slack is what could be lost, or added,
// before it breaks; below zero it is broken.
type Line struct {
	Quota Quota `json:"quota"`
	Base  int   `json:"base"`
	Have  int   `json:"have"`
	Need  int   `json:"need"`
	Slack int   `json:"slack"`
}

// Holds says that the quota is kept.
func (l Line) Holds() bool { return l.Slack >= 0 }

// amount is a part of the base, or a number when den is 0.
type amount struct{ num, den int64 }

var errAmount = errors.New("quota: an amount is a number, or a percentage with at most two places up to 100%")

// maxNumber bounds numbers, so that nothing overflows.
const maxNumber = 1_000_000

func parse(s string) (amount, error) {
	percent, isPercent := strings.CutSuffix(s, "%")
	if !isPercent {
		n, err := strconv.ParseUint(s, 10, 31)
		if err != nil || n > maxNumber || strconv.FormatUint(n, 10) != s {
			return amount{}, errAmount
		}
		return amount{num: int64(n)}, nil
	}
	whole, places, _ := strings.Cut(percent, ".")
	if len(places) > 2 || strings.HasSuffix(percent, ".") || len(whole) > 3 {
		return amount{}, errAmount
	}
	digits := whole + places + "00"[len(places):]
	n, err := strconv.ParseUint(digits, 10, 31)
	if err != nil || whole == "" || n > 10_000 {
		return amount{}, errAmount
	}
	return amount{num: int64(n), den: 10_000}, nil
}

// Check says what is wrong with a quota as it is written; nil when nothing is.
func (q Quota) Check() error {
	switch {
	case q.ID == "", q.Who == "", q.Of == "":
		return errors.New("quota: id, who and of are needed")
	case q.Bound != AtLeast && q.Bound != AtMost:
		return fmt.Errorf("quota: no bound %q", q.Bound)
	}
	_, err := parse(q.Amount)
	return err
}

// need is the bound as a number of persons.
func (q Quota) need(base int) int {
	a, err := parse(q.Amount)
	if err != nil {
		return 0 // Check was asked before
	}
	if a.den == 0 {
		return int(a.num)
	}
	n := int64(base) * a.num
	if q.Bound == AtLeast {
		n += a.den - 1
	}
	return int(n / a.den)
}

// Report holds a list against quotas; each nominee is the list of his traits.
// The quotas must have passed Check.
func Report(list [][]string, quotas []Quota) []Line {
	out := make([]Line, len(quotas))
	for i, q := range quotas {
		l := Line{Quota: q}
		for _, traits := range list {
			if q.Aside != "" && slices.Contains(traits, q.Aside) || q.Of != All && !slices.Contains(traits, q.Of) {
				continue
			}
			l.Base++
			if slices.Contains(traits, q.Who) {
				l.Have++
			}
		}
		l.Need = q.need(l.Base)
		l.Slack = l.Have - l.Need
		if q.Bound == AtMost {
			l.Slack = -l.Slack
		}
		out[i] = l
	}
	return out
}

// Shares gives places out by weights, by the largest remainder (最大余数法). Equal
// remainders go to the larger weight, then to the earlier in the list. No weight
// is below zero, and one at least above, unless there are no places.
func Shares(places int, weights []int64) ([]int, error) {
	total := new(big.Int)
	for _, w := range weights {
		if w < 0 {
			return nil, errors.New("quota: a weight below zero")
		}
		total.Add(total, big.NewInt(w))
	}
	out := make([]int, len(weights))
	switch {
	case places < 0:
		return nil, errors.New("quota: fewer than no places")
	case places == 0:
		return out, nil
	case total.Sign() == 0:
		return nil, errors.New("quota: nobody has a weight")
	}
	type claim struct {
		at   int
		rest *big.Int
	}
	claims, left := make([]claim, len(weights)), places
	for i, w := range weights {
		whole, rest := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(int64(places)), big.NewInt(w)), total, new(big.Int))
		out[i] = int(whole.Int64())
		left -= out[i]
		claims[i] = claim{i, rest}
	}
	slices.SortStableFunc(claims, func(a, b claim) int {
		if c := b.rest.Cmp(a.rest); c != 0 {
			return c
		}
		return big.NewInt(weights[b.at]).Cmp(big.NewInt(weights[a.at]))
	})
	for _, c := range claims[:left] {
		out[c.at]++
	}
	return out, nil
}
