package registrationweb

import (
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/registration/idnumber"
)

type certificateDocument struct {
	Kind  string `json:"kind"`
	Until string `json:"until"`
}

type consentDocument struct {
	Notice    string `json:"notice"`
	Sensitive bool   `json:"sensitive"`
}

// draftDocument is an application as it is sent.
type draftDocument struct {
	Name             string                `json:"name"`
	IDNumber         string                `json:"id_number"`
	Phone            string                `json:"phone"`
	Unit             string                `json:"unit"`
	UnitName         string                `json:"unit_name"`
	CreditCode       string                `json:"credit_code"`
	Ethnicity        string                `json:"ethnicity"`
	Political        string                `json:"political"`
	Education        string                `json:"education"`
	Post             string                `json:"post"`
	Ownership        string                `json:"ownership"`
	Union            string                `json:"union"`
	Employment       string                `json:"employment"`
	Skill            string                `json:"skill"`
	SkillCertificate string                `json:"skill_certificate"`
	CityYears        int                   `json:"city_years"`
	TradeYears       int                   `json:"trade_years"`
	IsTeacher        bool                  `json:"is_teacher"`
	Titles           []string              `json:"titles"`
	Certificates     []certificateDocument `json:"certificates"`
	Promise          bool                  `json:"promise"`
	UnitOpinion      string                `json:"unit_opinion"`
	UnionOpinion     string                `json:"union_opinion"`
	Consent          consentDocument       `json:"consent"`
}

func (d draftDocument) draft() registration.Draft {
	return registration.Draft{
		Name: d.Name, IDNumber: d.IDNumber, Phone: d.Phone, Unit: d.Unit, UnitName: d.UnitName, CreditCode: d.CreditCode,
		Ethnicity: d.Ethnicity, Political: d.Political, Education: d.Education, Post: d.Post, Ownership: d.Ownership, Union: d.Union,
		Employment: d.Employment, Skill: d.Skill, SkillCertificate: d.SkillCertificate, CityYears: d.CityYears, TradeYears: d.TradeYears,
		IsTeacher: d.IsTeacher, Titles: d.Titles, Promise: d.Promise, UnitOpinion: d.UnitOpinion, UnionOpinion: d.UnionOpinion,
		Certificates: each(d.Certificates, func(c certificateDocument) registration.CertificateDraft { return registration.CertificateDraft(c) }),
		Notice:       d.Consent.Notice, IsSensitive: d.Consent.Sensitive,
	}
}

type unitDocument struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	CreditCode string `json:"credit_code"`
}

// rowDocument is an application in a list: without numbers, even masked ones.
type rowDocument struct {
	ID          contest.ID          `json:"id"`
	Number      string              `json:"number"`
	Event       contest.ID          `json:"event"`
	Door        registration.Door   `json:"door"`
	Status      registration.Status `json:"status"`
	Name        string              `json:"name"`
	Unit        unitDocument        `json:"unit"`
	EntryNo     string              `json:"entry_no"`
	Reason      string              `json:"reason"`
	Version     int                 `json:"version"`
	SubmittedAt *time.Time          `json:"submitted_at,omitempty"`
	ChangedAt   time.Time           `json:"changed_at"`
}

func documentOfRow(r registration.Registration) rowDocument {
	d := rowDocument{
		ID: r.ID, Number: r.Number, Event: r.Event, Door: r.Door, Status: r.Status, Name: r.Name,
		Unit: unitDocument{r.Unit.Code, r.Unit.Name, r.Unit.Credit}, EntryNo: r.EntryNo, Reason: r.Reason, Version: r.Version, ChangedAt: r.ChangedAt,
	}
	if !r.SubmittedAt.IsZero() {
		d.SubmittedAt = &r.SubmittedAt
	}
	return d
}

// fullDocument is one application. Its numbers print themselves as masks.
type fullDocument struct {
	rowDocument
	IDNumber         idnumber.ID            `json:"id_number"`
	Phone            idnumber.Phone         `json:"phone"`
	Born             string                 `json:"born_year"`
	Ethnicity        string                 `json:"ethnicity"`
	Political        string                 `json:"political"`
	Education        string                 `json:"education"`
	Post             string                 `json:"post"`
	Ownership        string                 `json:"ownership"`
	Union            string                 `json:"union"`
	Employment       eligibility.Employment `json:"employment"`
	Skill            eligibility.Skill      `json:"skill"`
	SkillCertificate string                 `json:"skill_certificate"`
	CityYears        int                    `json:"city_years"`
	TradeYears       int                    `json:"trade_years"`
	IsTeacher        bool                   `json:"is_teacher"`
	Titles           []string               `json:"titles"`
	Certificates     []certificateDocument  `json:"certificates"`
	UnitOpinion      string                 `json:"unit_opinion"`
	UnionOpinion     string                 `json:"union_opinion"`
	Notice           string                 `json:"notice"`
	ConsentedAt      time.Time              `json:"consented_at"`
	Terms            int                    `json:"terms"`
	Warnings         []string               `json:"warnings"`
}

func documentOf(r registration.Registration) fullDocument {
	d := r.Details
	return fullDocument{
		rowDocument: documentOfRow(r), IDNumber: r.IDNumber, Phone: r.Phone, Born: r.IDNumber.Born().Format("2006"),
		Ethnicity: d.Ethnicity, Political: d.Political, Education: d.Education, Post: d.Post, Ownership: d.Ownership, Union: d.Union,
		Employment: d.Employment, Skill: d.Skill, SkillCertificate: idnumber.Mask(d.SkillCertificate), CityYears: d.CityYears, TradeYears: d.TradeYears,
		IsTeacher: d.IsTeacher, Titles: append([]string{}, d.Titles...), UnitOpinion: d.UnitOpinion, UnionOpinion: d.UnionOpinion,
		Certificates: each(d.Certificates, func(c eligibility.Certificate) certificateDocument {
			if c.Until.IsZero() {
				return certificateDocument{Kind: c.Kind}
			}
			return certificateDocument{c.Kind, c.Until.Format(time.DateOnly)}
		}),
		Notice: r.Consent.Notice, ConsentedAt: r.Consent.At, Terms: r.Terms, Warnings: append([]string{}, r.IDNumber.Warnings()...),
	}
}

type eventDocument struct {
	ID      contest.ID   `json:"id"`
	Contest string       `json:"contest"`
	Kind    contest.Kind `json:"kind"`
	Trade   string       `json:"trade"`
	TradeEn string       `json:"trade_en"`
	Title   string       `json:"title"`
	TitleEn string       `json:"title_en"`
	Group   string       `json:"group"`
}

func documentOfEvent(e registration.Event) eventDocument {
	return eventDocument{e.ID, e.ContestName, e.Kind, e.Trade, e.TradeEn, e.Title, e.TitleEn, e.Group}
}

type callDocument struct {
	Event    eventDocument `json:"event"`
	IsOpen   bool          `json:"is_open"`
	OpensAt  time.Time     `json:"opens_at"`
	ClosesAt time.Time     `json:"closes_at"`
}

type findingDocument struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Hint  string `json:"hint"`
	Warns bool   `json:"warns"`
}

type stepDocument struct {
	At     time.Time           `json:"at"`
	By     *contest.ID         `json:"by,omitempty"`
	From   registration.Status `json:"from"`
	To     registration.Status `json:"to"`
	Reason string              `json:"reason"`
}

type disclosureDocument struct {
	At     time.Time   `json:"at"`
	By     *contest.ID `json:"by,omitempty"`
	Reason string      `json:"reason"`
}

type viewDocument struct {
	Registration fullDocument         `json:"registration"`
	Event        eventDocument        `json:"event"`
	CorrectUntil *time.Time           `json:"correct_until,omitempty"`
	Findings     []findingDocument    `json:"findings"`
	Steps        []stepDocument       `json:"steps"`
	Disclosures  []disclosureDocument `json:"disclosures"`
}

// documentOfView leaves out who took the steps where the reader is the public.
func documentOfView(v registration.View, isStaff bool) viewDocument {
	var until *time.Time
	if !v.CorrectUntil.IsZero() {
		until = &v.CorrectUntil
	}
	return viewDocument{
		CorrectUntil: until,
		Registration: documentOf(v.Registration), Event: documentOfEvent(v.Event),
		Findings: each(v.Findings, func(f registration.Finding) findingDocument {
			return findingDocument{f.Field, f.Code, f.Hint(), f.Warns}
		}),
		Steps: each(v.Steps, func(s registration.Step) stepDocument {
			d := stepDocument{At: s.At, From: s.From, To: s.To, Reason: s.Reason}
			if isStaff && !s.By.IsZero() {
				d.By = &s.By
			}
			return d
		}),
		Disclosures: each(v.Disclosures, func(s registration.Disclosure) disclosureDocument {
			d := disclosureDocument{At: s.At, Reason: s.Reason}
			if isStaff {
				d.By = &s.By
			}
			return d
		}),
	}
}

type termsDocument struct {
	Scope   contest.ID         `json:"scope"`
	Version int                `json:"version"`
	Terms   registration.Terms `json:"terms"`
	Reason  string             `json:"reason"`
	By      contest.ID         `json:"by"`
	At      time.Time          `json:"at"`
}

func documentOfTerms(t registration.TermsVersion) termsDocument {
	if t.Terms.Rules == nil {
		t.Terms.Rules = []eligibility.Rule{}
	}
	return termsDocument(t)
}
