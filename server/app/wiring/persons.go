package wiring

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/registration"
	"jiangtai/server/registration/eligibility"
)

// personsForHonours is honours' Persons: who stands behind an entry, as
// registration knows it. It asks when it is needed, so that honours may be opened
// before registration.
type personsForHonours struct{ app *Rooms }

// Persons joins entries with approved applications by entry number and name. An
// entry that staff have given to somebody else since is unknown rather than
// another person's honour. Whoever came from the stage before is who he was there.
func (p personsForHonours) Persons(ctx context.Context, event contest.ID, entries []contest.ID) (map[contest.ID]proposal.Person, error) {
	out, err := p.registered(ctx, event, entries)
	if err != nil {
		return nil, err
	}
	before, from, err := p.app.Stages.Origins(ctx, event)
	var unknown, sources []contest.ID
	for _, e := range entries {
		if source, ok := from[e]; ok && out[e].Key == "" {
			unknown, sources = append(unknown, e), append(sources, source)
		}
	}
	if err != nil || len(sources) == 0 {
		return out, err
	}
	earlier, err := p.Persons(ctx, before, sources)
	for i, source := range sources {
		if who, ok := earlier[source]; ok {
			out[unknown[i]] = who
		}
	}
	return out, err
}

// registered are those who came through this event's own registration.
func (p personsForHonours) registered(ctx context.Context, event contest.ID, entries []contest.ID) (map[contest.ID]proposal.Person, error) {
	out := map[contest.ID]proposal.Person{}
	known, err := p.app.Registration.Entered(ctx, event)
	if err != nil || len(known) == 0 {
		return out, err
	}
	list, err := p.app.Directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	asked := make(map[contest.ID]bool, len(entries))
	for _, id := range entries {
		asked[id] = true
	}
	for _, e := range list {
		if who, ok := known[e.EntryNo]; ok && asked[e.ID] && who.Name == e.Name {
			out[e.ID] = personOf(who)
		}
	}
	return out, nil
}

// personOf says it in the words of honour rules.
func personOf(who registration.Entered) proposal.Person {
	sex, identity := "male", ""
	if who.IsFemale {
		sex = "female"
	}
	switch {
	case who.IsTeacher:
		identity = "teacher"
	case who.Employment != "":
		identity = "employee"
	}
	return proposal.Person{
		Key: who.Key.String(), Identity: identity, Sex: sex, Born: who.Born,
		Employment: map[eligibility.Employment]string{
			eligibility.Employee: "regular", eligibility.Migrant: "migrant", eligibility.Dispatched: "dispatched",
			eligibility.Flexible: "flexible", eligibility.NewForm: "new_forms",
		}[who.Employment],
		Level: map[eligibility.Skill]string{
			eligibility.NoSkill: "none", eligibility.Level5: "junior", eligibility.Level4: "intermediate", eligibility.Level3: "senior",
			eligibility.Level2: "technician", eligibility.Level1: "senior_technician",
			eligibility.SpecialLevel: "special_technician", eligibility.ChiefLevel: "chief_technician",
		}[who.Skill],
	}
}
