package worldsheet

import (
	"regexp"
	"slices"
	"strings"

	"jiangtai/server/programme/programmeweb/marktable"
)

// role is what a column holds.
type role uint8

const (
	subID role = iota
	subName
	day
	kind
	description
	score
	extra
	requirement
	section
	calculation
	marks
	roles
)

// titles are the names of columns; the first form that fits decides.
var titles = []struct {
	role role
	form *regexp.Regexp
}{
	{subName, regexp.MustCompile(`^sub.?criteri(on|a)s? ?(name|desc)|^子标准名`)},
	{subID, regexp.MustCompile(`^sub.?criteri(on|a)s?( ?(id|no)\.?)?$|^子标准(编号|号)`)},
	{day, regexp.MustCompile(`^(marking )?day( of marking)?$|^评分日`)},
	{kind, regexp.MustCompile(`^aspect type|^type( of aspect|$)`)},
	{score, regexp.MustCompile(`^judg\w* scores?$`)},
	{extra, regexp.MustCompile(`^extra aspect|^judg\w* score desc`)},
	{description, regexp.MustCompile(`^aspect( ?-)? ?desc|^aspects?$`)},
	{requirement, regexp.MustCompile(`^requirement|^nominal size`)},
	{section, regexp.MustCompile(`^(wsss|wsos|wses|wsess|cis|ws|standards?)( standards?)? ?section|^section$`)},
	{calculation, regexp.MustCompile(`^calculation row`)},
	{marks, regexp.MustCompile(`^max(imum)?\.? marks?`)},
}

// plain is a title in one line of small letters.
func plain(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", "\u00a0", " ").Replace(strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}

// columns says where each role is; -1 for one that there is not.
type columns [roles]int

// columnsOf reads a row of titles; false where it is none.
func columnsOf(g *marktable.Grid, row int) (columns, bool) {
	var out columns
	for r := range out {
		out[r] = -1
	}
	for column := range g.Rows[row] {
		c := g.At(row, column)
		if c.Left || c.Up || c.Text == "" {
			continue
		}
		for _, t := range titles {
			if out[t.role] < 0 && t.form.MatchString(plain(c.Text)) {
				out[t.role] = column
				break
			}
		}
	}
	return out, out[kind] >= 0 && out[description] >= 0 && out[marks] >= 0
}

func (c columns) has(column int) bool { return slices.Contains(c[:], column) }

// Is says that one of the sheets has the titles of a sheet of eleven columns.
func Is(grids []*marktable.Grid) bool {
	for _, g := range grids {
		for row := range g.Rows {
			if _, ok := columnsOf(g, row); ok {
				return true
			}
		}
	}
	return false
}
