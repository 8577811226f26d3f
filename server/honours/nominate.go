package honours

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// Nominate puts a nominee into a campaign, as a draft of the body that recommends
// him. The body's own people may, and the office for it.
func (o *Office) Nominate(ctx context.Context, a contest.Actor, campaign, body contest.ID, c Content) (Nomination, error) {
	var out Nomination
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		out, err = o.nominate(ctx, a, Nomination{Campaign: campaign, Body: body, Content: c})
		return err
	})
	return out, err
}

// nominate is Nominate inside a transaction.
func (o *Office) nominate(ctx context.Context, a contest.Actor, n Nomination) (Nomination, error) {
	if !union.IsStaff(a) {
		return n, missing("honours.campaign_missing")
	}
	c, s, _, err := o.campaignFor(ctx, n.Campaign)
	if err != nil {
		return n, err
	}
	bs, err := o.AllBodies(ctx)
	if err != nil {
		return n, err
	}
	switch _, known := bs[n.Body]; {
	case !known || !bs.MaySee(a, n.Body):
		return n, missing("honours.body_missing")
	case !union.IsOffice(a) && !bs.MayTake(a, contest.UnitSteward, n.Body):
		return n, forbidden()
	}
	if err := n.Content.check(s); err != nil {
		return n, err
	}
	n.ID, n.Step, n.State, n.CreatedAt = newID(), sequence.Draft, Active, o.now()
	if err := o.Store.CreateNomination(ctx, n); err != nil {
		return n, err
	}
	err = o.record(ctx, a, &c, chain.Entry{
		Act: chain.Nominate, Nominations: []contest.ID{n.ID}, Step: sequence.Draft, To: sequence.Draft, State: string(Active), Sum: sum(n.Content).String(),
	}, "")
	return n, err
}

// EditNomination changes what is said of a nominee while he is in the draft; what
// was submitted stands until it is returned.
func (o *Office) EditNomination(ctx context.Context, a contest.Actor, id contest.ID, c Content) (Nomination, error) {
	var out Nomination
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, id)
		if err != nil {
			return err
		}
		if err := m.at(sequence.Draft); err != nil {
			return err
		}
		if !union.IsOffice(a) && !m.bs.MayTake(a, contest.UnitSteward, m.n.Body) {
			return forbidden()
		}
		if err := c.check(m.seq); err != nil {
			return err
		}
		m.n.Content = c
		if err := o.Store.ChangeNomination(ctx, m.n); err != nil {
			return err
		}
		out = m.n
		err = o.record(ctx, a, &m.c, chain.Entry{
			Act: chain.Edit, Nominations: []contest.ID{id}, Step: sequence.Draft, To: sequence.Draft, State: string(m.n.State), Sum: sum(c).String(),
		}, "")
		return err
	})
	return out, err
}

// maxDeeds is the longest description of deeds, in characters.
const maxDeeds = 2000

// check says all that is wrong with a content at once, and puts its lists into
// one order, so that equal contents have equal hashes.
func (c *Content) check(s *sequence.Sequence) error {
	var fields []fault.Field
	say := func(is bool, path, code, hint string) {
		if is {
			fields = append(fields, fault.At(path, code, hint))
		}
	}
	text := func(path, v string, limit int, needed bool) {
		say(needed && strings.TrimSpace(v) == "", path, "honours.needed", "")
		say(utf8.RuneCountInString(v) > limit, path, "honours.length", strconv.Itoa(limit))
		say(strings.ContainsRune(v, 0) || !utf8.ValidString(v), path, "honours.word", "")
	}
	text("/person_key", c.PersonKey, 120, true)
	text("/unit_key", c.UnitKey, 120, false)
	text("/name", c.Name, 100, true)
	text("/unit", c.Unit, 200, true)
	text("/deeds", c.Deeds, maxDeeds, false)
	text("/new_merit", c.NewMerit, maxText, false)
	_, known := s.Departments[c.Category]
	say(!known && len(s.Departments) > 0, "/category", "honours.word", c.Category)
	say(len(c.Traits) > 30, "/traits", "honours.number", strconv.Itoa(len(c.Traits)))
	say(len(c.Files) > 50, "/files", "honours.number", strconv.Itoa(len(c.Files)))
	for i, v := range c.Traits {
		say(v == "" || len(v) > 40 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz0123456789_") != "", "/traits/"+strconv.Itoa(i), "honours.word", "")
	}
	for i, v := range c.Files {
		say(!isSum(v), "/files/"+strconv.Itoa(i), "honours.sum", "")
	}
	if len(fields) > 0 {
		return fault.New(fault.Refused, "honours.invalid", fields...)
	}
	c.Traits, c.Files = ordered(c.Traits), ordered(c.Files)
	return nil
}

func ordered(list []string) []string {
	out := append([]string{}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}
