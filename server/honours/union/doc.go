// Package union knows the unions that recommend and review (推荐单位), which
// account acts for which, and what follows from it: who may see a nominee and who
// may take a step for him.
//
// It promises two floors: grassroots unions each under a county or industry
// union, and nothing under a grassroots union; a role without membership opens
// nothing but the city's own offices.
//
// Decisions: a grant says that somebody is a unit's or county's person, and the
// membership of whose; grants name contests, and a union is none.
//
// It may import contest and fault.
package union
