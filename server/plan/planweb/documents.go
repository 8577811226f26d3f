package planweb

import (
	"encoding/hex"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/plan"
)

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
	Group       string        `json:"group"`
	Stage       contest.Stage `json:"stage"`
	Host        string        `json:"host"`
	HostName    string        `json:"host_name"`
	Depth       contest.Depth `json:"depth"`
	Chain       contest.Chain `json:"chain"`
	StartsOn    string        `json:"starts_on"`
	EndsOn      string        `json:"ends_on"`
	Phase       string        `json:"phase"`
	Entries     int           `json:"entries"`
}

type filingDocument struct {
	Version    int        `json:"version"`
	State      plan.State `json:"state"`
	Year       int        `json:"year"`
	IsListed   bool       `json:"listed"`
	Class      string     `json:"class"`
	Month      int        `json:"month"`
	Budget     int        `json:"budget"`
	ReturnBy   string     `json:"return_by"`
	Note       string     `json:"note"`
	Number     string     `json:"number"`
	Reason     string     `json:"reason"`
	Digest     string     `json:"digest"`
	ListNumber string     `json:"list_number"`
	AppliedAt  *time.Time `json:"applied_at,omitempty"`
	FiledAt    *time.Time `json:"filed_at,omitempty"`
	ReportedAt *time.Time `json:"reported_at,omitempty"`
	AcceptedAt *time.Time `json:"accepted_at,omitempty"`
	IsLate     bool       `json:"late"`
}

type lineDocument struct {
	Event  eventDocument  `json:"event"`
	Filing filingDocument `json:"filing"`
}

func documentOfLine(l plan.Line) lineDocument {
	e, f := l.Event, l.Filing
	return lineDocument{
		Event: eventDocument{
			ID: e.ID, Contest: e.Contest, ContestCode: e.ContestCode, ContestName: e.ContestName, Kind: e.Kind, Code: e.Code,
			Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn, Group: e.Group, Stage: e.Stage,
			Host: e.HostCode, HostName: e.HostName, Depth: e.Depth, Chain: e.Chain, StartsOn: day(e.StartsOn), EndsOn: day(e.EndsOn),
			Phase: e.Phase, Entries: e.Entries,
		},
		Filing: filingDocument{
			Version: f.Version, State: f.State, Year: f.Year, IsListed: f.IsListed, Class: f.Class, Month: f.Month, Budget: f.Budget,
			ReturnBy: day(f.ReturnBy), Note: f.Note, Number: f.Number, Reason: f.Reason, Digest: f.Digest, ListNumber: f.ListNumber,
			AppliedAt: moment(f.AppliedAt), FiledAt: moment(f.FiledAt), ReportedAt: moment(f.ReportedAt), AcceptedAt: moment(f.AcceptedAt),
			IsLate: l.IsLate,
		},
	}
}

// day is 2026-05-18, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type overviewDocument struct {
	Year      int            `json:"year"`
	Years     []int          `json:"years"`
	Classes   []string       `json:"classes"`
	MayDecide bool           `json:"may_decide"`
	Lines     []lineDocument `json:"lines"`
}

func documentOfOverview(o plan.Overview) overviewDocument {
	return overviewDocument{o.Year, append([]int{}, o.Years...), append([]string{}, o.Classes...), o.MayDecide, each(o.Lines, documentOfLine)}
}

type fileDocument struct {
	ID     contest.ID    `json:"id"`
	Kind   plan.FileKind `json:"kind"`
	Name   string        `json:"name"`
	Media  string        `json:"media"`
	Size   int           `json:"size"`
	SHA256 string        `json:"sha256"`
	By     string        `json:"by"`
	At     time.Time     `json:"at"`
}

func documentOfFile(f plan.File) fileDocument {
	return fileDocument{f.ID, f.Kind, f.Name, f.Media, f.Size, hex.EncodeToString(f.Sum[:]), f.ByName, f.At}
}

type stepDocument struct {
	At     time.Time         `json:"at"`
	By     string            `json:"by"`
	Act    string            `json:"act"`
	From   plan.State        `json:"from"`
	To     plan.State        `json:"to"`
	Reason string            `json:"reason"`
	Detail map[string]string `json:"detail"`
}

func documentOfStep(s plan.Step) stepDocument {
	d := stepDocument{s.At, s.ByName, s.Act, s.From, s.To, s.Reason, s.Detail}
	if d.Detail == nil {
		d.Detail = map[string]string{}
	}
	return d
}

type needDocument struct {
	Kind plan.FileKind `json:"kind"`
	Have bool          `json:"have"`
	From string        `json:"from"`
}

func documentOfNeed(n plan.Need) needDocument { return needDocument(n) }

type viewDocument struct {
	lineDocument
	Files      []fileDocument `json:"files"`
	Steps      []stepDocument `json:"steps"`
	Needs      []needDocument `json:"needs"`
	Acts       []plan.ActKind `json:"acts"`
	IsChanged  bool           `json:"changed"`
	SignedList string         `json:"signed_list"`
	MayWrite   bool           `json:"may_write"`
	MayDecide  bool           `json:"may_decide"`
	Classes    []string       `json:"classes"`
}

func documentOfView(v plan.View) viewDocument {
	return viewDocument{
		lineDocument: documentOfLine(v.Line), Files: each(v.Files, documentOfFile), Steps: each(v.Steps, documentOfStep),
		Needs: each(v.Needs, documentOfNeed), Acts: append([]plan.ActKind{}, v.Acts()...), IsChanged: v.IsChanged, SignedList: v.List.Number,
		MayWrite: v.MayWrite, MayDecide: v.MayDecide, Classes: append([]string{}, v.Classes...),
	}
}

type contactDocument struct {
	Person string `json:"person"`
	Phone  string `json:"phone"`
	Email  string `json:"email"`
	Note   string `json:"note"`
}

type hostDocument struct {
	ID      contest.ID      `json:"id"`
	Code    string          `json:"code"`
	Name    string          `json:"name"`
	Contact contactDocument `json:"contact"`
	Events  []contest.ID    `json:"events"`
}

func documentOfHost(h plan.Host) hostDocument {
	return hostDocument{h.ID, h.Code, h.Name, contactDocument(h.Contact), append([]contest.ID{}, h.Events...)}
}

// each makes the documents of a list; never nil, so that JSON says [].
func each[T, D any](list []T, document func(T) D) []D {
	out := make([]D, 0, len(list))
	for _, v := range list {
		out = append(out, document(v))
	}
	return out
}
