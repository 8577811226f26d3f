// Package quota holds a list of nominees against its quotas (名额结构要求) and
// shares a campaign's places out among the recommending unions.
//
// It promises exact integers: "at least" is rounded up and "at most" down, so
// that exactly 35 % is enough and nobody loses to a fraction; shares by the
// largest remainder add up to the places, always.
//
// Decisions: a quota reports have, need and slack and never refuses: which step
// of a campaign waits for it is the campaign's business. Who counts is a trait
// that the nominee has (industrial_worker, woman …): the rules name traits, and
// a new one is data. A trait may stand aside (单列): contest winners of some
// campaigns are in neither the count nor its base.
//
// It is pure and imports nothing of ours.
package quota
