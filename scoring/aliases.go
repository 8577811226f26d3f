package scoring

import (
	"jiangtai/scoring/pad"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

// The compiled scheme and what it tells: see package rules.
type (
	// Rules is a compiled scheme (规则).
	Rules = rules.Rules
	// Panel is a 裁判组 of a scheme.
	Panel = rules.Panel
	// Sheet is what one chair marks for one entry in one module (评分表).
	Sheet = rules.Sheet
	// SheetPart is a sub-criterion on a sheet.
	SheetPart = rules.SheetPart
	// CriterionInfo names a module.
	CriterionInfo = rules.CriterionInfo
	// Column is one part of the total that rows show.
	Column = rules.Column
	// Pad is one aspect as a tablet needs it.
	Pad = pad.Pad
)

// RuleSet is the rules by scheme version; records name theirs.
type RuleSet map[uint16]*Rules

// Compile checks a scheme and prepares it. The error is scheme.Faults: all
// that is wrong, with places. The scheme must not be changed afterwards.
func Compile(s *scheme.Scheme) (*Rules, error) { return rules.Compile(s) }
