package registration

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/registration/idnumber"
)

// Draft is an application as somebody fills it in. In a correction an empty
// IDNumber, Phone or SkillCertificate keeps what is stored: nobody is shown it to
// copy it.
type Draft struct {
	Name, IDNumber, Phone                 string
	Unit, UnitName, CreditCode            string // Unit is a code of the contest's
	Ethnicity, Political, Education, Post string
	Ownership, Union                      string
	Employment, Skill, SkillCertificate   string
	CityYears, TradeYears                 int
	IsTeacher                             bool
	Titles                                []string
	Certificates                          []CertificateDraft
	Promise                               bool
	UnitOpinion, UnionOpinion             string
	Notice                                string // the version that was agreed to
	IsSensitive                           bool
}

// CertificateDraft is a certificate as filled in; Until is 2026-05-18 or "".
type CertificateDraft struct{ Kind, Until string }

// The bounds of what is filled in.
const (
	maxName    = 60
	maxText    = 120
	maxOpinion = 500
	maxItems   = 20
	youngest   = 16
	oldest     = 70
)

// place says where a field of a draft stands.
type place func(field string) string

// checker reads one draft and gathers what is wrong with it.
type checker struct {
	at     place
	today  time.Time
	units  units
	fields []fault.Field
}

func (c *checker) add(field, code, hint string) {
	c.fields = append(c.fields, fault.At(c.at(field), code, hint))
}

// text reads a free text. Numbers of people have a place of their own: in a text
// they would lie open.
func (c *checker) text(field, s string, longest int, required bool) string {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case s == "" && required:
		c.add(field, "registration.empty", "")
	case utf8.RuneCountInString(s) > longest:
		c.add(field, "registration.too_long", strconv.Itoa(longest))
	case strings.ContainsFunc(s, hidden):
		c.add(field, "registration.not_showable", "")
	case idnumber.MaskWithin(idnumber.Plain(s)) != idnumber.Plain(s):
		c.add(field, "registration.number_in_text", "")
	}
	return s
}

// hidden is what nobody sees: controls and marks of direction.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}

// oneOf reads a word of a closed list; "" is the otherwise.
func oneOf[T ~string](c *checker, field, s string, otherwise T, all ...T) T {
	var words []string
	for _, v := range all {
		if string(v) == s {
			return v
		}
		words = append(words, string(v))
	}
	if s != "" {
		c.add(field, "registration.not_one_of", strings.Join(words, ", "))
	}
	return otherwise
}

func (c *checker) count(field string, n int) int {
	if n < 0 || n > 60 {
		c.add(field, "registration.bounds", "0…60")
	}
	return n
}

// numberCodes are the program's codes of what is wrong with an ID number.
var numberCodes = map[idnumber.Fault]string{
	idnumber.Length: "registration.id_length", idnumber.OldForm: "registration.id_old", idnumber.Characters: "registration.id_characters",
	idnumber.Checksum: "registration.id_checksum", idnumber.Date: "registration.id_date", idnumber.Future: "registration.id_future",
	idnumber.Region: "registration.id_region",
}

// number reads the ID number and asks the age that any contest asks.
func (c *checker) number(text string, was idnumber.ID) idnumber.ID {
	if text == "" && !was.IsZero() {
		return was
	}
	if strings.TrimSpace(text) == "" {
		c.add("id_number", "registration.empty", "")
		return idnumber.ID{}
	}
	id, wrong := idnumber.Parse(text, c.today)
	if wrong != idnumber.Valid {
		c.add("id_number", numberCodes[wrong], "")
		return idnumber.ID{}
	}
	if age := idnumber.Age(id.Born(), c.today); age < youngest || age > oldest {
		c.add("id_number", "registration.age", strconv.Itoa(youngest)+"…"+strconv.Itoa(oldest))
	}
	return id
}

func (c *checker) phone(text string, was idnumber.Phone) idnumber.Phone {
	if text == "" && !was.IsZero() {
		return was
	}
	p, ok := idnumber.ParsePhone(text)
	if !ok {
		c.add("phone", "registration.phone", "")
	}
	return p
}

// units are a contest's units, to find by code or name.
type units struct{ byCode, byName map[string]contest.Unit }

func unitsOf(list []contest.Unit) units {
	u := units{map[string]contest.Unit{}, map[string]contest.Unit{}}
	for _, one := range list {
		u.byCode[one.Code] = one
		u.byName[idnumber.Plain(one.Name)] = one
	}
	return u
}

// unit reads where somebody works. A name that the contest has is that unit: its
// limit counts every door.
func (c *checker) unit(d Draft) Unit {
	u := Unit{Code: strings.TrimSpace(d.Unit), Name: c.text("unit_name", d.UnitName, maxText, false)}
	if d.CreditCode != "" {
		var ok bool
		if u.Credit, ok = idnumber.ParseCredit(d.CreditCode); !ok {
			c.add("credit_code", "registration.credit_code", "")
		}
	}
	known, ok := c.units.byCode[u.Code]
	switch {
	case u.Code != "" && !ok:
		c.add("unit", "registration.unit_unknown", "")
	case u.Code != "":
		u.Name = known.Name
	default:
		if known, ok = c.units.byName[idnumber.Plain(u.Name)]; ok {
			u.Code, u.Name = known.Code, known.Name
		}
	}
	return u
}

// certificates reads kinds and days.
func (c *checker) certificates(list []CertificateDraft) []eligibility.Certificate {
	if len(list) > maxItems {
		c.add("certificates", "registration.bounds", "0…"+strconv.Itoa(maxItems))
		return nil
	}
	var out []eligibility.Certificate
	for i, d := range list {
		at := "certificates/" + strconv.Itoa(i)
		one := eligibility.Certificate{Kind: c.text(at+"/kind", d.Kind, maxText, true)}
		if d.Until != "" {
			day, err := time.Parse(time.DateOnly, d.Until)
			if err != nil || day.Year() < 1950 || day.Year() > 2200 {
				c.add(at+"/until", "registration.date_wrong", "")
			}
			one.Until = day
		}
		out = append(out, one)
	}
	return out
}

func (c *checker) titles(list []string) []string {
	if len(list) > maxItems {
		c.add("titles", "registration.bounds", "0…"+strconv.Itoa(maxItems))
		return nil
	}
	var out []string
	for i, s := range list {
		out = append(out, c.text("titles/"+strconv.Itoa(i), s, maxText, true))
	}
	return out
}

// fill reads a draft into r and tells everything that is wrong with it.
func (c *checker) fill(r *Registration, d Draft, t TermsVersion, now time.Time) {
	r.Name = c.text("name", d.Name, maxName, true)
	r.IDNumber = c.number(d.IDNumber, r.IDNumber)
	r.Phone = c.phone(d.Phone, r.Phone)
	r.Unit = c.unit(d)
	r.Details = Details{
		Ethnicity: c.text("ethnicity", d.Ethnicity, maxText, false), Political: c.text("political", d.Political, maxText, false),
		Education: c.text("education", d.Education, maxText, false), Post: c.text("post", d.Post, maxText, false),
		Ownership: oneOf(c, "ownership", d.Ownership, "", "public", "non_public"), Union: c.text("union", d.Union, maxText, false),
		Employment: oneOf(c, "employment", d.Employment, "", eligibility.Employments()...),
		Skill:      oneOf(c, "skill", d.Skill, eligibility.NoSkill, eligibility.Skills()...),
		// A certificate's number may have as many digits as a person's.
		SkillCertificate: cmp.Or(strings.TrimSpace(d.SkillCertificate), r.Details.SkillCertificate),
		CityYears:        c.count("city_years", d.CityYears), TradeYears: c.count("trade_years", d.TradeYears),
		IsTeacher: d.IsTeacher, Titles: c.titles(d.Titles), Certificates: c.certificates(d.Certificates), Promise: d.Promise,
		UnitOpinion: c.text("unit_opinion", d.UnitOpinion, maxOpinion, false), UnionOpinion: c.text("union_opinion", d.UnionOpinion, maxOpinion, false),
	}
	if len(r.Details.SkillCertificate) > maxText || strings.ContainsFunc(r.Details.SkillCertificate, hidden) {
		c.add("skill_certificate", "registration.not_showable", "")
	}
	if !d.Promise {
		c.add("promise", "registration.promise", "")
	}
	if d.Notice != t.Terms.Notice.Version || !d.IsSensitive {
		c.add("consent", "registration.consent", t.Terms.Notice.Version)
	}
	r.Consent = Consent{Notice: d.Notice, IsSensitive: d.IsSensitive, At: now}
	r.Terms = t.Version
}

// ask evaluates the rules for a draft that could be read; those that warn are
// left to the approvers.
func (c *checker) ask(r Registration, t Terms) {
	for _, f := range findings(r, t) {
		if !f.Warns {
			c.fields = append(c.fields, fault.At(c.at(f.Field), f.Code, f.Hint()))
		}
	}
}

// Finding is a reason of the rules about an application.
type Finding struct {
	Field, Code string
	Want, Have  string
	Warns       bool
}

// Hint is the bound and the value.
func (f Finding) Hint() string {
	return strings.Trim(f.Want+" / "+f.Have, " /")
}

// ruleFields are the fields that rules are about.
var ruleFields = map[string]string{
	eligibility.CityYears: "city_years", eligibility.TradeYears: "trade_years", eligibility.Age: "id_number",
	eligibility.Employed: "employment", eligibility.NotTeacher: "is_teacher", eligibility.MinSkill: "skill",
	eligibility.BarredTitles: "titles", eligibility.Certificates: "certificates",
}

// ruleCodes are the program's codes of rules.
var ruleCodes = map[string]string{
	eligibility.CityYears: "registration.rule_city_years", eligibility.TradeYears: "registration.rule_trade_years",
	eligibility.Age: "registration.rule_age", eligibility.Employed: "registration.rule_employment",
	eligibility.NotTeacher: "registration.rule_not_teacher", eligibility.MinSkill: "registration.rule_skill",
	eligibility.BarredTitles: "registration.rule_barred_titles", eligibility.Certificates: "registration.rule_certificates",
}

// findings are all reasons of the rules.
func findings(r Registration, t Terms) []Finding {
	var out []Finding
	for _, reason := range eligibility.Evaluate(t.Rules, r.candidate()) {
		out = append(out, Finding{ruleFields[reason.Rule], ruleCodes[reason.Rule], reason.Want, reason.Have, reason.Warns})
	}
	return out
}

// cleanReason is a reason as it is kept: showable, not too long, no number open.
func cleanReason(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if hidden(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > maxOpinion {
		s = string(r[:maxOpinion])
	}
	return idnumber.MaskWithin(s)
}
