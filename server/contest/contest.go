package contest

import (
	"time"

	"jiangtai/scoring"
)

// ID identifies a row of ours: 16 bytes of a UUID (v7 for rows, v4 for marks).
type ID = scoring.ID

// Kind says how serious a contest is (真实、演练、演示).
type Kind string

// The kinds of contest. A demo says so on every page.
const (
	Real      Kind = "real"
	Rehearsal Kind = "rehearsal"
	Demo      Kind = "demo"
)

// Contest is a 赛事.
type Contest struct {
	ID        ID
	Code      string // unique, [a-z0-9-]{2,40}
	Name      string
	NameEn    string
	Kind      Kind
	Organiser string    // 主办单位, shown
	StartsOn  time.Time // dates, UTC midnight; zero when open
	EndsOn    time.Time
	CreatedAt time.Time
}

// Stage is 初赛, 选拔赛 or 决赛.
type Stage string

// The stages of an event.
const (
	Preliminary Stage = "preliminary"
	Selection   Stage = "selection"
	Final       Stage = "final"
)

// Depth says how an event is run: results only, paper keyed in, or tablets.
type Depth string

// The three depths of use.
const (
	ResultsOnly Depth = "results"
	Paper       Depth = "paper"
	Tablet      Depth = "tablet"
)

// Chain says how much of the formal way from the draw to the list an event owes
// (流程要求).
type Chain string

// The chains. A full one demands that sealed labels come from recorded draws,
// that unsealing waits for signed sheets and the recheck, publication for the
// scanned signed result list, and honours for accepted results. A light one
// demands none of it and may use all of it.
const (
	FullChain  Chain = "full"
	LightChain Chain = "light"
)

// UsualChain is an event's chain where nobody says otherwise: full in a real
// contest, light in rehearsals and demonstrations.
func UsualChain(k Kind) Chain {
	if k == Real {
		return FullChain
	}
	return LightChain
}

// Event is a 赛项: one trade, one group, one stage, in one contest; it has one
// scheme, one ledger and one board.
type Event struct {
	ID      ID
	Contest ID
	Code    string // unique in its contest
	Trade   string // 工种, shown: 焊工
	TradeEn string
	Title   string // shown where one trade has several events; may be empty
	TitleEn string
	Stage   Stage
	Group   string // 职工组, 学生组 …; may be empty
	Hall    string // 场地; may be empty
	Host    ID     // 承办单位; zero when the organiser runs it itself
	Depth   Depth
	Chain   Chain
	Ledger  ID
}

// UnitKind is the kind of a 单位.
type UnitKind string

// The kinds of unit.
const (
	WorkUnit      UnitKind = "work_unit"
	Grassroots    UnitKind = "grassroots"
	CountyUnion   UnitKind = "county"
	IndustryUnion UnitKind = "industry"
)

// Unit is a 单位: work unit, grassroots union, county or industry union.
type Unit struct {
	ID    ID
	Code  string // the package's code for it, unique
	Name  string // full name
	Short string // what boards show; never empty
	Kind  UnitKind
	// County is the short name of the county union (县、市、区) that stands above it,
	// or is it itself; "" where the directory does not know.
	County string
	Parent ID // the unit above it; zero: none
}

// EntryKind says who competes: a person or a team.
type EntryKind string

// The kinds of entry.
const (
	Person EntryKind = ""
	Team   EntryKind = "team" // 队
)

// Beside stands before a label where other entries of the event are known by a
// stronger one: seat numbers and entry numbers are of one form.
const Beside = "#"

// Entry is a 参赛: a person or team in one event.
type Entry struct {
	ID       ID
	Event    ID
	Ordinal  scoring.EntryID // its number in the engine, 1…; says nothing about order of work
	EntryNo  string          // 参赛号
	SeatNo   string          // 赛位号; may be empty
	WorkCode string          // 评审号; may be empty
	Name     string
	Unit     Unit
	Pinyin   string // initials and full, for search
	Kind     EntryKind
	Team     ID     // a member's team, an entry of the same event; zero: none. A team is in none
	Group    string // 组别: what it is ranked among beside the whole; may be empty
	County   string // 县（市、区）, its own; counts where the unit's is not known
}

// InCounty is the county (县、市、区) that the entry is ranked in: its unit's, or
// where the directory does not know that, its own; "" for none.
func (e Entry) InCounty() string {
	if e.Unit.County != "" {
		return e.Unit.County
	}
	return e.County
}

// Chair is a 裁判席: a judge's place in a panel. A person sits in it from a
// record on, so that a replaced judge changes no mark.
type Chair struct {
	Event   ID
	Number  scoring.ChairID // 1… within the event
	Panel   string          // panel id of the scheme
	Seat    int             // 1… within the panel
	Judge   string          // the judge's shown name; may be empty
	IsChief bool
}
