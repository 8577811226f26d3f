package honoursweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/rule"
	"jiangtai/server/honours/union"
)

type proposalDocument struct {
	ID          contest.ID        `json:"id"`
	Contest     contest.ID        `json:"contest"`
	Event       contest.ID        `json:"event"`
	Publication uint64            `json:"publication"`
	Name        string            `json:"name"`
	Unit        string            `json:"unit"`
	KnowsPerson bool              `json:"knows_person"`
	Year        int               `json:"year"`
	Profile     string            `json:"profile"`
	Version     int               `json:"version"`
	Outcome     rule.Outcome      `json:"outcome"`
	Evidence    proposal.Evidence `json:"evidence"`
	State       proposal.State    `json:"state"`
	Nomination  contest.ID        `json:"nomination,omitzero"`
	At          time.Time         `json:"at"`
}

func documentOfProposal(p proposal.Proposal) proposalDocument {
	return proposalDocument{
		ID: p.ID, Contest: p.Contest, Event: p.Event, Publication: p.Publication, Name: p.Name, Unit: p.Unit, KnowsPerson: p.PersonKey != "",
		Year: p.Year, Profile: p.Profile, Version: p.Version, Outcome: p.Outcome, Evidence: p.Evidence, State: p.State, Nomination: p.Nomination, At: p.At,
	}
}

type bodyDocument struct {
	ID      contest.ID       `json:"id,omitzero"`
	Code    string           `json:"code"`
	Name    string           `json:"name"`
	Kind    contest.UnitKind `json:"kind"`
	Parent  contest.ID       `json:"parent,omitzero"`
	Weight  int64            `json:"weight"`
	Members []contest.ID     `json:"members"`
}

func documentOfBody(b union.Body) bodyDocument {
	b.Members = filled(b.Members)
	return bodyDocument(b)
}

type campaignDocument struct {
	ID        contest.ID    `json:"id"`
	Kind      contest.Kind  `json:"kind"`
	Sequence  string        `json:"sequence"`
	Version   int           `json:"version"`
	Honour    string        `json:"honour"`
	Year      int           `json:"year"`
	Name      string        `json:"name"`
	Places    int           `json:"places"`
	Committee int           `json:"committee"`
	Quotas    []quota.Quota `json:"quotas"`
	Deadline  string        `json:"deadline"`
	Seq       uint64        `json:"seq"`
	CreatedAt time.Time     `json:"created_at"`
}

func documentOfCampaign(c honours.Campaign) campaignDocument {
	return campaignDocument{
		ID: c.ID, Kind: c.Kind, Sequence: c.Sequence, Version: c.Version, Honour: c.Honour, Year: c.Year, Name: c.Name, Places: c.Places,
		Committee: c.Committee, Quotas: filled(c.Quotas), Deadline: calendar.Text(c.Deadline), Seq: c.Head.Seq, CreatedAt: c.CreatedAt,
	}
}

type nominationDocument struct {
	ID        contest.ID      `json:"id"`
	Campaign  contest.ID      `json:"campaign"`
	Body      contest.ID      `json:"body"`
	Proposal  contest.ID      `json:"proposal,omitzero"`
	Step      string          `json:"step"`
	State     honours.State   `json:"state"`
	Round     int             `json:"round"`
	Content   honours.Content `json:"content"`
	CreatedAt time.Time       `json:"created_at"`
}

func documentOfNomination(n honours.Nomination) nominationDocument {
	n.Traits, n.Files = filled(n.Traits), filled(n.Files)
	return nominationDocument{
		ID: n.ID, Campaign: n.Campaign, Body: n.Body, Proposal: n.Proposal, Step: n.Step, State: n.State, Round: n.Round, Content: n.Content,
		CreatedAt: n.CreatedAt,
	}
}

func nominationAnswer(n honours.Nomination) fiber.Map {
	return fiber.Map{"nomination": documentOfNomination(n)}
}

type noticeDocument struct {
	ID          contest.ID          `json:"id"`
	Campaign    contest.ID          `json:"campaign"`
	Step        string              `json:"step"`
	Public      bool                `json:"public"`
	Place       string              `json:"place"`
	Text        string              `json:"text"`
	StartsOn    string              `json:"starts_on"`
	EndsOn      string              `json:"ends_on"`
	OverAt      time.Time           `json:"over_at"`
	Days        int                 `json:"days"`
	State       honours.NoticeState `json:"state"`
	Changed     bool                `json:"changed"`
	Replaces    contest.ID          `json:"replaces,omitzero"`
	Evidence    string              `json:"evidence"`
	Nominations []contest.ID        `json:"nominations"`
	Sum         string              `json:"sum"`
	At          time.Time           `json:"at"`
}

func documentOfNotice(n honours.Notice) noticeDocument {
	return noticeDocument{
		ID: n.ID, Campaign: n.Campaign, Step: n.Step, Public: n.Public, Place: n.Place, Text: n.Text, StartsOn: calendar.Text(n.StartsOn),
		EndsOn: calendar.Text(n.EndsOn), OverAt: contest.EndOf(n.EndsOn).UTC(), Days: n.Days, State: n.State, Changed: n.Changed,
		Replaces: n.Replaces, Evidence: n.Evidence, Nominations: filled(n.Nominations), Sum: n.Sum.String(), At: n.At,
	}
}

func noticeAnswer(n honours.Notice) fiber.Map { return fiber.Map{"notice": documentOfNotice(n)} }

type objectionDocument struct {
	ID         contest.ID             `json:"id"`
	Number     uint64                 `json:"number"`
	Notice     contest.ID             `json:"notice"`
	Nomination contest.ID             `json:"nomination"`
	Named      bool                   `json:"named"`
	Name       string                 `json:"name"`
	Unit       string                 `json:"unit"`
	Contact    string                 `json:"contact"`
	Text       string                 `json:"text"`
	State      honours.ObjectionState `json:"state"`
	Finding    string                 `json:"finding"`
	Public     bool                   `json:"public"` // it came by the public page
	At         time.Time              `json:"at"`
}

func documentOfObjection(o honours.Objection) objectionDocument {
	return objectionDocument{
		ID: o.ID, Number: o.Number, Notice: o.Notice, Nomination: o.Nomination, Named: o.Named, Name: o.Name, Unit: o.Unit, Contact: o.Contact,
		Text: o.Text, State: o.State, Finding: o.Finding, Public: o.By.IsZero(), At: o.At,
	}
}

func objectionAnswer(o honours.Objection) fiber.Map {
	return fiber.Map{"objection": documentOfObjection(o)}
}

type opinionDocument struct {
	Round      int       `json:"round"`
	Department string    `json:"department"`
	Answer     string    `json:"answer"`
	Number     string    `json:"number"`
	GivenOn    string    `json:"given_on"`
	ExpiresOn  string    `json:"expires_on"`
	At         time.Time `json:"at"`
}

func documentOfOpinion(o honours.Opinion) opinionDocument {
	return opinionDocument{
		Round: o.Round, Department: o.Department, Answer: o.Answer, Number: o.Number, GivenOn: calendar.Text(o.GivenOn),
		ExpiresOn: calendar.Text(o.ExpiresOn), At: o.At,
	}
}

type incidentDocument struct {
	ID   contest.ID `json:"id"`
	Key  string     `json:"key"`
	Kind string     `json:"kind"`
	On   string     `json:"on"`
	Note string     `json:"note"`
	At   time.Time  `json:"at"`
}

func documentOfIncident(i honours.Incident) incidentDocument {
	return incidentDocument{ID: i.ID, Key: i.Key, Kind: i.Kind, On: calendar.Text(i.On), Note: i.Note, At: i.At}
}

type honouredDocument struct {
	ID          contest.ID   `json:"id"`
	Nomination  contest.ID   `json:"nomination"`
	Kind        contest.Kind `json:"kind"`
	Honour      string       `json:"honour"`
	HonourName  string       `json:"honour_name"`
	HonourEn    string       `json:"honour_name_en"`
	Year        int          `json:"year"`
	Name        string       `json:"name"`
	Unit        string       `json:"unit"`
	ConferredOn string       `json:"conferred_on"`
	RevokedOn   string       `json:"revoked_on"`
}

func documentOfHonoured(h honours.Honoured) honouredDocument {
	return honouredDocument{
		ID: h.ID, Nomination: h.Nomination, Kind: h.Kind, Honour: h.Honour, HonourName: h.HonourName, HonourEn: h.HonourEn, Year: h.Year,
		Name: h.Name, Unit: h.Unit, ConferredOn: calendar.Text(h.ConferredOn), RevokedOn: calendar.Text(h.RevokedOn),
	}
}
