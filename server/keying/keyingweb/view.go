package keyingweb

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/keying"
)

type wayBody struct {
	Way string `json:"way"`
}

type sheetBody struct {
	Chair     uint16 `json:"chair"`
	Criterion string `json:"criterion"`
}

func (b sheetBody) of() keying.Of {
	return keying.Of{Chair: scoring.ChairID(b.Chair), Criterion: b.Criterion}
}

type freeBody struct {
	sheetBody
	Place int `json:"place"`
}

type place struct {
	Work    string `json:"work"`
	Aspect  string `json:"aspect"`
	Attempt uint8  `json:"attempt"`
	Round   uint8  `json:"round"`
}

func (p place) at() keying.At { return keying.At(p) }

type cellsBody struct {
	sheetBody
	Cells []typed `json:"cells"`
}

type typed struct {
	place
	Text string `json:"text"`
}

type decisionBody struct {
	sheetBody
	place
	Settle   bool   `json:"settle"`
	Text     string `json:"text"`
	Reason   string `json:"reason"`
	User     string `json:"user"`
	Password string `json:"password"`
}

type overview struct {
	Phase     string     `json:"phase"`
	Depth     string     `json:"depth"`
	Way       string     `json:"way"`
	CanSetWay bool       `json:"can_set_way"`
	CanKey    bool       `json:"can_key"`
	CanFree   bool       `json:"can_free"`
	CanBring  bool       `json:"can_bring"`
	Sheets    []progress `json:"sheets"`
}

type choice struct {
	Chair     int    `json:"chair"`
	Criterion string `json:"criterion"`
	Panel     string `json:"panel"`
	Seat      int    `json:"seat"`
	Judge     string `json:"judge"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEn    string `json:"name_en"`
	Identity  string `json:"identity"`
}

type progress struct {
	choice
	Tablet   bool                 `json:"tablet"`
	Cells    int                  `json:"cells"`
	Pictures int                  `json:"pictures"`
	Places   []passView           `json:"places"`
	Counts   map[keying.State]int `json:"counts"`
}

type passView struct {
	By     string `json:"by"`
	Mine   bool   `json:"mine"`
	Keyed  int    `json:"keyed"`
	Closed int    `json:"closed"`
}

func choiceOf(c keying.Choice) choice {
	return choice{int(c.Chair), c.Criterion, c.Panel, c.Seat, c.Judge, c.Code, c.Name, c.NameEn, c.Identity}
}

func overviewOf(o keying.Overview) overview {
	out := overview{
		Phase: string(o.Phase), Depth: string(o.Depth), Way: string(o.Way), CanSetWay: o.CanSetWay, CanKey: o.CanKey, CanFree: o.CanFree,
		CanBring: o.CanBring, Sheets: []progress{},
	}
	for _, s := range o.Sheets {
		p := progress{choice: choiceOf(s.Choice), Tablet: s.IsTablet, Cells: s.Cells, Pictures: s.Pictures, Counts: s.Counts}
		for _, at := range s.Places {
			p.Places = append(p.Places, passView{at.By, at.IsMine, at.Keyed, at.Closed})
		}
		out.Sheets = append(out.Sheets, p)
	}
	return out
}

type own struct {
	Sheet   choice   `json:"sheet"`
	Place   int      `json:"place"`
	Phase   string   `json:"phase"`
	Tablet  bool     `json:"tablet"`
	Columns []column `json:"columns"`
	Cells   []cell   `json:"cells"`
	Keyed   int      `json:"keyed"`
	Closed  int      `json:"closed"`
}

type column struct {
	Title   string      `json:"title"`
	Attempt uint8       `json:"attempt"`
	Pad     scoring.Pad `json:"pad"`
}

type cell struct {
	place
	value
	Column  int  `json:"column"`
	Closed  bool `json:"closed"`
	Picture bool `json:"picture"`
}

type value struct {
	Kind  keying.Kind `json:"kind,omitempty"`
	Value string      `json:"value"`
}

func valueOf(v keying.Value) value { return value{v.Kind, v.Text} }

func ownOf(o keying.Own) own {
	out := own{
		Sheet: choiceOf(o.Choice), Place: o.Place, Phase: string(o.Phase), Tablet: o.IsTablet, Columns: []column{}, Cells: []cell{}, Keyed: o.Keyed, Closed: o.Closed,
	}
	for _, c := range o.Columns {
		out.Columns = append(out.Columns, column{c.Title, c.Attempt, c.Pad})
	}
	for _, c := range o.Cells {
		out.Cells = append(out.Cells, cell{place(c.At), valueOf(c.Value), c.Column, c.IsClosed, c.HasPicture})
	}
	return out
}

type reads struct {
	Results []read `json:"results"`
}

type read struct {
	value
	Code string `json:"code,omitempty"`
	Hint string `json:"hint,omitempty"`
}

func readsOf(list []keying.Read) reads {
	out := reads{[]read{}}
	for _, r := range list {
		out.Results = append(out.Results, read{valueOf(r.Value), r.Code, r.Hint})
	}
	return out
}

type given struct {
	Cells   int       `json:"cells"`
	Waiting int       `json:"waiting"`
	Marks   int       `json:"marks"`
	Differ  int       `json:"differ"`
	Refused []refused `json:"refused"`
}

type refused struct {
	place
	Code string `json:"code"`
	Hint string `json:"hint,omitempty"`
}

func givenOf(g keying.Given) given {
	out := given{Cells: g.Cells, Waiting: g.Waiting, Marks: g.Marks, Differ: g.Differ, Refused: []refused{}}
	for _, r := range g.Refused {
		out.Refused = append(out.Refused, refused{place(r.At), r.Code, r.Hint})
	}
	return out
}

type differences struct {
	Differences []difference `json:"differences"`
}

type difference struct {
	Sheet choice `json:"sheet"`
	place
	Title       string       `json:"title"`
	State       keying.State `json:"state"`
	First       value        `json:"first"`
	Second      value        `json:"second"`
	FirstBy     string       `json:"first_by"`
	SecondBy    string       `json:"second_by"`
	Standing    value        `json:"standing"`
	Tablet      bool         `json:"tablet"` // what stands is a tablet's
	Picture     bool         `json:"picture"`
	NeedsSecond bool         `json:"needs_second"`
	Decision    *decision    `json:"decision,omitempty"`
	Settling    *decision    `json:"settling,omitempty"`
}

type decision struct {
	value
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Second string    `json:"second,omitempty"`
	At     time.Time `json:"at"`
}

func decisionOf(d *keying.Decision) *decision {
	if d == nil {
		return nil
	}
	return &decision{valueOf(d.Value), d.Reason, d.ByName, d.SecondName, d.When}
}

func differencesOf(list []keying.Difference) differences {
	out := differences{[]difference{}}
	for _, d := range list {
		out.Differences = append(out.Differences, difference{
			Sheet: choiceOf(d.Choice), place: place(d.At), Title: d.Title, State: d.State, First: valueOf(d.First.Value), Second: valueOf(d.Second.Value),
			FirstBy: d.FirstBy, SecondBy: d.SecondBy, Standing: valueOf(d.Standing.Value), Tablet: d.Standing.ByTablet, Picture: d.HasPicture,
			NeedsSecond: d.NeedsSecond, Decision: decisionOf(d.Decision), Settling: decisionOf(d.Settling),
		})
	}
	return out
}

type brought struct {
	Number string `json:"number"`
	Chair  int    `json:"chair"`
	Page   int    `json:"page"`
	Cells  int    `json:"cells"`
}
