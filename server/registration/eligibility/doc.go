// Package eligibility is who may take part (参赛资格): rules as data, and their
// evaluation. A city writes its rules into the terms of a contest or an event;
// this package knows the kinds of rule and nothing of any city.
//
// It promises that a set of rules which cannot mean what it says is refused with
// the place, that evaluation is exact (whole years, days of the calendar, no
// clock), that all reasons come at once in the order of the rules, and that each
// reason carries the bound and the value.
//
// It imports the numbers' own package for ages and nothing else of ours.
//
// Decisions: a rule that only warns lets people in and shows the approvers why
// they should look; cities differ in which rules are hard. Levels are ordered
// from none to 首席技师, so that "at least" has a meaning. How many may come from
// one unit and to how many events one person may go are limits, counted where
// the rows are, and not rules about a person.
package eligibility
