package registration

import (
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/registration/idnumber"
)

// Door is where an application came in (报名渠道).
type Door string

// The doors: a person's own form, or the list of a unit.
const (
	PersonDoor Door = "person"
	UnitDoor   Door = "unit"
)

// Status is how far an application is (报名状态).
type Status string

// The states of an application.
const (
	Drafted      Status = "draft"         // 草稿
	Submitted    Status = "submitted"     // 已提交
	HostApproved Status = "host_approved" // 承办单位已审
	Approved     Status = "approved"      // 组委会已审, an entry of the event
	Returned     Status = "returned"      // 退回修改
	Refused      Status = "refused"       // 不予通过
	Withdrawn    Status = "withdrawn"     // 已撤回
)

// Statuses are all states.
func Statuses() []Status {
	return []Status{Drafted, Submitted, HostApproved, Approved, Returned, Refused, Withdrawn}
}

// Standing says that an application takes a place: in limits and as a duplicate.
func (s Status) Standing() bool { return s != Refused && s != Withdrawn }

// Registration is an application (报名) of a person for an event.
type Registration struct {
	ID      contest.ID
	Contest contest.ID
	Event   contest.ID
	Person  contest.ID
	Number  string // of the receipt, by chance
	Secret  []byte // SHA-256 of the receipt's secret; nil for the unit's door
	Door    Door
	Status  Status

	Name     string
	IDNumber idnumber.ID
	Phone    idnumber.Phone
	Unit     Unit
	Details  Details

	Consent  Consent
	Terms    int    // the version of the terms that it was held against
	Reason   string // of the last return, refusal or withdrawal
	EntryNo  string // once approved
	HostBy   contest.ID
	OfficeBy contest.ID
	// Version rises with every change; 0 is not stored yet.
	Version     int
	CreatedBy   contest.ID // zero: the public form
	CreatedAt   time.Time
	SubmittedAt time.Time
	ChangedAt   time.Time
}

// Unit is where a contestant works, as declared. Code is of the contest's units,
// "" when it is none of them.
type Unit struct {
	Code   string
	Name   string
	Credit string // 统一社会信用代码
}

// Key is what one unit's applications have in common; "" without a unit.
func (u Unit) Key() string {
	switch {
	case u.Code != "":
		return "unit " + u.Code
	case u.Credit != "":
		return "credit " + u.Credit
	case u.Name != "":
		return "name " + idnumber.Plain(u.Name)
	}
	return ""
}

// Details is what else is declared. It is stored sealed.
type Details struct {
	Ethnicity        string                    `json:"ethnicity"`
	Political        string                    `json:"political"`
	Education        string                    `json:"education"`
	Post             string                    `json:"post"`
	Ownership        string                    `json:"ownership"` // public, non_public or ""
	Union            string                    `json:"union"`     // county or industry union
	Employment       eligibility.Employment    `json:"employment"`
	Skill            eligibility.Skill         `json:"skill"`
	SkillCertificate string                    `json:"skill_certificate"`
	CityYears        int                       `json:"city_years"`
	TradeYears       int                       `json:"trade_years"`
	IsTeacher        bool                      `json:"is_teacher"`
	Titles           []string                  `json:"titles"`
	Certificates     []eligibility.Certificate `json:"certificates"`
	Promise          bool                      `json:"promise"`
	UnitOpinion      string                    `json:"unit_opinion"`
	UnionOpinion     string                    `json:"union_opinion"`
}

// Consent is to which notice the person agreed, and when (告知同意).
type Consent struct {
	Notice string // version of the notice
	// IsSensitive is the separate consent to the use of sensitive data.
	IsSensitive bool
	At          time.Time
}

// Step is one step of an application's way.
type Step struct {
	Registration contest.ID
	At           time.Time
	By           contest.ID // zero: the public form
	From         Status     // "" at the beginning
	To           Status
	Reason       string
}

// candidate is what the rules ask.
func (r Registration) candidate() eligibility.Person {
	return eligibility.Person{
		Born: r.IDNumber.Born(), CityYears: r.Details.CityYears, TradeYears: r.Details.TradeYears,
		Employment: r.Details.Employment, IsTeacher: r.Details.IsTeacher, Skill: r.Details.Skill,
		Titles: r.Details.Titles, Certificates: r.Details.Certificates,
	}
}

// newID is the id of a new row.
func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }
