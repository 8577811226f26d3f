// Package rule says which honours a result recommends (荣誉规则): versioned tables
// of rules over the contest's class, the team's size, the rank or a share of the
// field, and what is known of the person.
//
// It promises: ranks and shares are compared as integers, never as fractions of
// a machine; every rule of the table is answered, as matched, refused or open,
// with the conditions that made it so; what is not known of a person is open,
// and neither granted nor refused.
//
// Decisions: a recommendation is no grant: a campaign or a certifying body
// decides. A promotion of level must raise: who holds the level already is not
// recommended for it, and of two levels the higher one counts. A present level
// that is not known does not hold a promotion back, for that check is the
// certifying body's anyway; it only would if a rule asks for a level by name.
// Tables are data (schemas/honours/rules-*.json): a new year's rules are a new
// version beside the old ones, which old proposals keep naming.
//
// It is pure and imports nothing of ours.
package rule
