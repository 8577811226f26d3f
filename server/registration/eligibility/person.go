package eligibility

import (
	"slices"
	"time"
)

// Person is what the rules ask of a contestant.
type Person struct {
	Born         time.Time
	CityYears    int // completed years of work in the city
	TradeYears   int // completed years in the trade
	Employment   Employment
	IsTeacher    bool // of a vocational school
	Skill        Skill
	Titles       []string // titles held, as the terms name them
	Certificates []Certificate
}

// Certificate is a 证件 that a trade demands: 特种作业证, 健康证.
type Certificate struct {
	Kind  string
	Until time.Time // the last day it is good; zero: without end
}

// Employment is the kind of employment (用工形式).
type Employment string

// The kinds of employment: 正式职工, 农民工, 劳务派遣, 灵活就业, 新就业形态.
const (
	Employee   Employment = "employee"
	Migrant    Employment = "migrant"
	Dispatched Employment = "dispatched"
	Flexible   Employment = "flexible"
	NewForm    Employment = "new_form"
)

// Employments are all kinds of employment.
func Employments() []Employment {
	return []Employment{Employee, Migrant, Dispatched, Flexible, NewForm}
}

// Skill is a level of the skilled-worker scale (技能等级).
type Skill string

// The levels upwards: none, 五级(初级工) … 一级(高级技师), 特级技师, 首席技师.
const (
	NoSkill      Skill = "none"
	Level5       Skill = "5"
	Level4       Skill = "4"
	Level3       Skill = "3"
	Level2       Skill = "2"
	Level1       Skill = "1"
	SpecialLevel Skill = "special"
	ChiefLevel   Skill = "chief"
)

// Skills are all levels, upwards.
func Skills() []Skill {
	return []Skill{NoSkill, Level5, Level4, Level3, Level2, Level1, SpecialLevel, ChiefLevel}
}

// rank orders levels; -1 for none of them.
func (s Skill) rank() int { return slices.Index(Skills(), s) }
