package programmeweb

import (
	"encoding/hex"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
)

type contestDocument struct {
	ID        contest.ID   `json:"id"`
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	NameEn    string       `json:"name_en"`
	Kind      contest.Kind `json:"kind"`
	Organiser string       `json:"organiser"`
	StartsOn  string       `json:"starts_on"`
	EndsOn    string       `json:"ends_on"`
	Visible   bool         `json:"visible"`
	Events    int          `json:"events"`
}

func documentOfContest(c programme.Contest) contestDocument {
	return contestDocument{
		ID: c.ID, Code: c.Code, Name: c.Name, NameEn: c.NameEn, Kind: c.Kind, Organiser: c.Organiser,
		StartsOn: day(c.StartsOn), EndsOn: day(c.EndsOn), Visible: c.Visible, Events: c.Events,
	}
}

// day is 2026-05-18, "" for an open one.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

type eventDocument struct {
	ID          contest.ID    `json:"id"`
	Contest     contest.ID    `json:"contest"`
	ContestCode string        `json:"contest_code"`
	ContestName string        `json:"contest_name"`
	Kind        contest.Kind  `json:"kind"`
	Code        string        `json:"code"`
	Trade       string        `json:"trade"`
	TradeEn     string        `json:"trade_en"`
	Title       string        `json:"title"`
	TitleEn     string        `json:"title_en"`
	Stage       contest.Stage `json:"stage"`
	Group       string        `json:"group"`
	Hall        string        `json:"hall"`
	Host        string        `json:"host"`
	Depth       contest.Depth `json:"depth"`
	Chain       contest.Chain `json:"chain"`
}

func documentOfEvent(e programme.Event) eventDocument {
	return eventDocument{
		ID: e.ID, Contest: e.Contest, ContestCode: e.ContestCode, ContestName: e.ContestName, Kind: e.Kind, Code: e.Code,
		Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn, Stage: e.Stage, Group: e.Group,
		Hall: e.Hall, Host: e.HostCode, Depth: e.Depth, Chain: e.Chain,
	}
}

type chairDocument struct {
	Number int    `json:"number,omitempty"`
	Panel  string `json:"panel"`
	Seat   int    `json:"seat,omitempty"`
	Judge  string `json:"judge"`
	Chief  bool   `json:"chief"`
}

func documentOfChair(c contest.Chair) chairDocument {
	return chairDocument{Number: int(c.Number), Panel: c.Panel, Seat: c.Seat, Judge: c.Judge, Chief: c.IsChief}
}

type unitDocument struct {
	ID    contest.ID       `json:"id"`
	Code  string           `json:"code"`
	Name  string           `json:"name"`
	Short string           `json:"short"`
	Kind  contest.UnitKind `json:"kind"`
	// County is the county union above it, or itself; "" for none.
	County string `json:"county"`
}

func documentOfUnit(u contest.Unit) unitDocument {
	return unitDocument{ID: u.ID, Code: u.Code, Name: u.Name, Short: u.Short, Kind: u.Kind, County: u.County}
}

type hostDocument struct {
	ID   contest.ID `json:"id"`
	Code string     `json:"code"`
	Name string     `json:"name"`
}

func documentOfHost(h programme.Host) hostDocument {
	return hostDocument{ID: h.ID, Code: h.Code, Name: h.Name}
}

// entryDocument leaves out what is empty, so that a masked entry has no names.
type entryDocument struct {
	ID        string `json:"id,omitempty"`
	EntryNo   string `json:"entry_no,omitempty"`
	SeatNo    string `json:"seat_no,omitempty"`
	WorkCode  string `json:"work_code,omitempty"`
	Name      string `json:"name,omitempty"`
	Unit      string `json:"unit,omitempty"`
	UnitName  string `json:"unit_name,omitempty"`
	UnitShort string `json:"unit_short,omitempty"`
	Kind      string `json:"kind,omitempty"`   // team; left out for a person
	Team      string `json:"team,omitempty"`   // entry number of a member's team
	Group     string `json:"group,omitempty"`  // 组别
	County    string `json:"county,omitempty"` // 县（市、区）, its own
	InCounty  string `json:"in_county,omitempty"`
}

// teamDocument is a team with how many members it has.
type teamDocument struct {
	EntryNo string `json:"entry_no"`
	Name    string `json:"name"`
	Members int    `json:"members"`
}

func documentOfEntry(e contest.Entry) entryDocument {
	d := entryDocument{
		EntryNo: e.EntryNo, SeatNo: e.SeatNo, WorkCode: e.WorkCode, Name: e.Name,
		Unit: e.Unit.Code, UnitName: e.Unit.Name, UnitShort: e.Unit.Short,
		Kind: string(e.Kind), Group: e.Group, County: e.County, InCounty: e.InCounty(),
	}
	if !e.ID.IsZero() {
		d.ID = e.ID.String()
	}
	return d
}

type versionDocument struct {
	Version uint16    `json:"version"`
	SHA256  string    `json:"sha256"`
	Reason  string    `json:"reason"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

func documentOfVersion(v programme.SchemeVersion) versionDocument {
	return versionDocument{Version: v.Version, SHA256: hex.EncodeToString(v.Sum[:]), Reason: v.Reason, By: v.ByName, At: v.At}
}

type panelDocument struct {
	ID     string `json:"id"`
	Chairs int    `json:"chairs"`
	Seated bool   `json:"seated"`
	Coded  bool   `json:"coded"`
}

type schemeDocument struct {
	Version  versionDocument   `json:"version"`
	Text     string            `json:"text"`
	Panels   []panelDocument   `json:"panels"`
	Seated   bool              `json:"seated"`
	Coded    bool              `json:"coded"`
	Versions []versionDocument `json:"versions"`
}

// each makes the documents of a list; never nil, so that JSON says [].
func each[T, D any](list []T, document func(T) D) []D {
	out := make([]D, 0, len(list))
	for _, v := range list {
		out = append(out, document(v))
	}
	return out
}
