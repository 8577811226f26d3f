package city

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
)

//go:embed trades.csv schemes/*.json
var files embed.FS

// Size is how large a city to invent. Zero values mean the whole of it.
type Size struct {
	Trades  int // 104
	Entries int // per event, 40
}

// Trade is one line of the list of trades.
type Trade struct {
	Code, Name, NameEn, Group string
	Scheme                    string // file below schemes, without .json
	Depth                     string // tablet, paper or results
	Chain                     string // full or light
}

// Zip invents the city of the seed as a contest package.
func Zip(seed uint64, size Size) ([]byte, error) {
	tree, err := Files(seed, size)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	names := make([]string, 0, len(tree))
	for name := range tree {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
		if _, err := f.Write(tree[name]); err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack the city: %w", err)
	}
	return out.Bytes(), nil
}

// Files is the package of the seed's city, by file name.
func Files(seed uint64, size Size) (map[string][]byte, error) {
	trades, err := Trades()
	if err != nil {
		return nil, err
	}
	if size.Trades > 0 && size.Trades < len(trades) {
		trades = trades[:size.Trades]
	}
	if size.Entries == 0 {
		size.Entries = 40
	}
	c := maker{
		r:     rand.New(rand.NewPCG(seed, 0x6a69616e67)),
		taken: map[string]bool{},
		files: map[string][]byte{},
	}
	c.units = units(c.r, 240)
	if err := c.write(seed, trades, size.Entries); err != nil {
		return nil, err
	}
	return c.files, nil
}

// Trades reads the list of trades with the scheme and depth each one uses.
func Trades() ([]Trade, error) {
	raw, err := files.ReadFile("trades.csv")
	if err != nil {
		return nil, fmt.Errorf("read the trades: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the trades: %w", err)
	}
	out := make([]Trade, 0, len(rows)-1)
	for i, row := range rows[1:] {
		t := Trade{Code: row[0], Name: row[1], NameEn: row[2], Group: row[3], Depth: "tablet", Chain: "light"}
		t.Scheme = schemeOf(t)
		if t.Code == teamTrade {
			t.Scheme = "team"
		}
		if slices.Contains(wholeWay, t.Code) {
			t.Scheme, t.Chain = "bench", "full"
		}
		switch i % 13 {
		case 7:
			t.Depth = "paper"
		case 11:
			t.Depth, t.Scheme = "results", "results-only"
		}
		out = append(out, t)
	}
	return out, nil
}

// wholeWay are the trades whose works are drawn, marked by seat and by code,
// signed for and checked; they are among the first twelve, so that a small city
// has them too.
var wholeWay = []string{"fitter", "turner", "milling", "grinder", "mould-maker"}

// teamTrade is competed in by teams of three: theory is each member's own, practice
// the team's, and both are ranked by group and county beside.
const teamTrade = "machining-center"

// schemeOf chooses the scheme that fits a trade.
func schemeOf(t Trade) string {
	switch {
	case slices.Contains([]string{"welder", "riveter", "sheet-metal", "steel-structure", "plumber", "gas-pipe"}, t.Code):
		return "welding"
	case slices.Contains([]string{"chinese-cook", "chinese-pastry", "western-cook", "western-pastry", "hairdresser", "beautician", "tailor", "furniture", "video-editor"}, t.Code):
		return "kitchen"
	}
	switch t.Group {
	case "建筑":
		return "building"
	case "运输":
		return "vehicle"
	case "能源":
		return "energy"
	case "检验":
		return "inspection"
	case "信息":
		return "digital"
	case "服务":
		return "service"
	}
	return "machining"
}

// maker holds what one city is made with.
type maker struct {
	r     *rand.Rand
	taken map[string]bool
	units []unit
	files map[string][]byte
}

func (c *maker) write(seed uint64, trades []Trade, perEvent int) error {
	contest, err := json.MarshalIndent(map[string]any{
		"code":      "demo-" + strconv.FormatUint(seed, 10),
		"name":      "匠城市第五届职工职业技能大赛（演示）",
		"name_en":   "Fifth Workers' Skills Contest of Jiangcheng (demonstration)",
		"kind":      "demo",
		"organiser": "匠城市总工会（虚构）",
		"starts_on": "2026-11-01",
		"ends_on":   "2026-11-30",
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("write contest.json: %w", err)
	}
	c.files["contest.json"] = append(contest, '\n')
	events := [][]string{{"code", "trade", "trade_en", "stage", "group", "hall", "host", "depth", "chain", "scheme"}}
	entries := [][]string{{"event", "entry_no", "seat_no", "name", "unit", "kind", "team", "group"}}
	chairs := [][]string{{"event", "panel", "seat", "judge", "chief"}}
	hosts := [][]string{{"code", "name"}}
	for i, t := range trades {
		host := code("H", i%12+1)
		if i < 12 {
			hosts = append(hosts, []string{host, c.units[i].short + "培训中心"})
		}
		events = append(events, []string{t.Code, t.Name, t.NameEn, "final", "职工组", strconv.Itoa(i%9+1) + " 号馆", host, t.Depth, t.Chain, t.Scheme})
		if t.Scheme == "team" {
			entries = append(entries, c.teams(t, perEvent)...)
		} else {
			entries = append(entries, c.entries(t, perEvent)...)
		}
		rows, err := c.chairs(t)
		if err != nil {
			return err
		}
		chairs = append(chairs, rows...)
	}
	unitRows := [][]string{{"code", "name", "short", "kind", "parent"}}
	for i, name := range counties {
		unitRows = append(unitRows, []string{code("C", i+1), name + "总工会", name, "county", ""})
	}
	for i, u := range c.units {
		unitRows = append(unitRows, []string{u.code, u.name, u.short, u.kind, code("C", i%len(counties)+1)})
	}
	for name, rows := range map[string][][]string{
		"hosts.csv": hosts, "units.csv": unitRows, "events.csv": events, "entries.csv": entries, "judges.csv": chairs,
	} {
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		c.files[name] = out.Bytes()
	}
	return c.schemes(trades)
}

func (c *maker) entries(t Trade, n int) [][]string {
	rows := make([][]string, 0, n)
	for i := range n {
		number := fmt.Sprintf("%03d", i+1)
		seat := "S" + number
		if t.Scheme == "bench" {
			seat = "" // is drawn
		}
		rows = append(rows, []string{t.Code, number, seat, person(c.r, c.taken), c.units[c.r.IntN(len(c.units))].code, "", "", ""})
	}
	return rows
}

// teams are teams of three, each from one unit, of workers and of students in turn:
// of about n entries every fourth is a team, and there are two teams at least.
func (c *maker) teams(t Trade, n int) [][]string {
	groups := []string{"职工组", "学生组"}
	var rows [][]string
	for i := range max(2, n/4) {
		u, number, group := c.units[c.r.IntN(len(c.units))], fmt.Sprintf("T%02d", i+1), groups[i%len(groups)]
		rows = append(rows, []string{t.Code, number, "", u.short + "队", u.code, "team", "", group})
		for m := range 3 {
			rows = append(rows, []string{t.Code, fmt.Sprintf("%03d", i*3+m+1), "", person(c.r, c.taken), u.code, "", number, group})
		}
	}
	return rows
}

// chairs seats every panel of the trade's scheme; the first judge is the chief.
func (c *maker) chairs(t Trade) ([][]string, error) {
	raw, err := files.ReadFile("schemes/" + t.Scheme + ".json")
	if err != nil {
		return nil, fmt.Errorf("scheme of %s: %w", t.Code, err)
	}
	var s struct {
		Panels []struct {
			ID     string `json:"id"`
			Chairs int    `json:"chairs"`
		} `json:"panels"`
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("scheme of %s: %w", t.Code, err)
	}
	var rows [][]string
	for i, p := range s.Panels {
		for seat := 1; seat <= p.Chairs; seat++ {
			chief := ""
			if i == len(s.Panels)-1 && seat == 1 {
				chief = "true"
			}
			rows = append(rows, []string{t.Code, p.ID, strconv.Itoa(seat), person(c.r, c.taken), chief})
		}
	}
	return rows, nil
}

func (c *maker) schemes(trades []Trade) error {
	for _, t := range trades {
		name := "schemes/" + t.Scheme + ".json"
		raw, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("scheme of %s: %w", t.Code, err)
		}
		c.files[name] = raw
	}
	return nil
}

// Coded says whether the trade's works are marked by work code, so that its
// board shows progress only until unsealing.
func (t Trade) Coded() bool { return t.Scheme == "kitchen" || t.Scheme == "bench" }
