package results

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/recheck"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// SeedSize is how many bytes a seed has.
const SeedSize = 32

// Sum is the digest of one sheet's marks (SHA-256).
type Sum [32]byte

// Recheck (复核) is one draw with what was found.
type Recheck struct {
	Event  contest.ID
	Number int // 1 and up; the last one holds
	Rule   Rule
	Seed   []byte // SeedSize bytes
	Seq    uint64 // the ledger's last record at the draw
	Head   string // its chain hash
	Field  []Drawn
	By     contest.ID
	ByName string
	At     time.Time
	Reason string // why it was drawn again; empty for the first

	Findings []Finding // in their order
}

// Drawn is an entry as it was at the draw. Its lot is its place in the field,
// 1 and up, and the field is in the order of the labels that staff knew then: who
// holds which label changes no draw.
type Drawn struct {
	Entry scoring.EntryID
	Rank  int // 0: not ranked, and never drawn
	Sheet Sum
}

// Sample is what was drawn, the best and the others: the same for everybody who
// has the record.
func (r *Recheck) Sample() (top, rest []scoring.EntryID) {
	field := make([]recheck.Ranked, len(r.Field))
	for i, d := range r.Field {
		field[i] = recheck.Ranked{Entry: scoring.EntryID(i + 1), Rank: d.Rank}
	}
	s := r.Rule.rule().Draw(field, r.Seed)
	return r.entries(s.Top), r.entries(s.Rest)
}

func (r *Recheck) entries(lots []scoring.EntryID) []scoring.EntryID {
	out := make([]scoring.EntryID, len(lots))
	for i, lot := range lots {
		out[i] = r.Field[lot-1].Entry
	}
	return out
}

// Finding (复核结果) is what one look at one sheet found.
type Finding struct {
	Number int // 1 and up within the recheck
	Entry  scoring.EntryID
	Sheet  Sum // the marks that were looked at
	Right  bool
	Reason string // what is wrong, or why it is right after all
	By     contest.ID
	ByName string
	At     time.Time
}

// Rule (复核规则) is how much is checked, in plain decimals.
type Rule struct {
	Top    string `json:"top"`    // share of the ranked that is checked whole; "0": the first so many
	First  int    `json:"first"`  // how many, where Top is 0
	Rest   string `json:"rest"`   // least share of the others
	Errors string `json:"errors"` // a greater share of wrong sheets makes everything be checked
}

// UsualRule is the rule of most contests.
func UsualRule() Rule { return Rule{Top: "0.3", Rest: "0.15", Errors: "0.05"} }

// The least that a full chain asks for: the usual shares, or the first ten.
const leastFirst = 10

// parse reads a rule that somebody sent; empty fields are the usual ones.
func (r Rule) parse(chain contest.Chain) (Rule, error) {
	usual := UsualRule()
	if r.Top == "" && r.First == 0 {
		r.Top = usual.Top
	}
	r.Top, r.Rest, r.Errors = or(r.Top, "0"), or(r.Rest, usual.Rest), or(r.Errors, usual.Errors)
	var fields []fault.Field
	nums := map[string]exact.Num{}
	for _, f := range []struct{ path, text string }{{"/rule/top", r.Top}, {"/rule/rest", r.Rest}, {"/rule/errors", r.Errors}} {
		n, err := exact.Parse(f.text)
		if err != nil || n.Sign() < 0 || exact.One.Less(n) {
			fields = append(fields, fault.At(f.path, "results.share", f.text))
		}
		nums[f.path] = n
	}
	top := nums["/rule/top"]
	switch {
	case r.First < 0 || r.First > 1000:
		fields = append(fields, fault.At("/rule/first", "results.share", ""))
	case len(fields) == 0 && top.IsZero() == (r.First == 0):
		fields = append(fields, fault.At("/rule/first", "results.rule_one_top", ""))
	}
	if len(fields) == 0 && chain == contest.FullChain {
		fields = r.weaknesses(nums)
	}
	if len(fields) > 0 {
		return r, fault.New(fault.Refused, "results.rule", fields...)
	}
	return r, nil
}

// weaknesses are where a rule checks less than a full chain must.
func (r Rule) weaknesses(nums map[string]exact.Num) (fields []fault.Field) {
	usual := UsualRule()
	if top := nums["/rule/top"]; !top.IsZero() && top.Less(exact.Must(usual.Top)) {
		fields = append(fields, fault.At("/rule/top", "results.rule_weak", usual.Top))
	}
	if r.First > 0 && r.First < leastFirst {
		fields = append(fields, fault.At("/rule/first", "results.rule_weak", strconv.Itoa(leastFirst)))
	}
	if nums["/rule/rest"].Less(exact.Must(usual.Rest)) {
		fields = append(fields, fault.At("/rule/rest", "results.rule_weak", usual.Rest))
	}
	if exact.Must(usual.Errors).Less(nums["/rule/errors"]) {
		fields = append(fields, fault.At("/rule/errors", "results.rule_weak", usual.Errors))
	}
	return fields
}

// rule is a rule that was parsed, as the engine reads it.
func (r Rule) rule() recheck.Rule {
	return recheck.Rule{Top: exact.Must(r.Top), First: r.First, Rest: exact.Must(r.Rest), Errors: exact.Must(r.Errors)}
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// MarshalText writes a digest in hexadecimal.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	raw, err := hex.DecodeString(string(text))
	if err != nil || len(raw) != len(s) {
		return fmt.Errorf("no digest: %q", text) //nolint:err113 // for the log
	}
	copy(s[:], raw)
	return nil
}
