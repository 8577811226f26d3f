package parcel

import (
	"path"
	"slices"
	"strings"
)

// Contest is contest.json.
type Contest struct {
	Code      string
	Name      string
	NameEn    string
	Kind      string
	Organiser string
	StartsOn  string // 2026-05-18, or ""
	EndsOn    string
	Visible   bool // true where the file does not say
}

// Host is a row of hosts.csv (承办单位). Line is the row's line in its file, 0
// where it comes from elsewhere; so in all rows.
type Host struct {
	Line       int
	Code, Name string
}

// Unit is a row of units.csv (单位). Parent is the code of the union above it.
type Unit struct {
	Line                            int
	Code, Name, Short, Kind, Parent string
}

// Event is a row of events.csv (赛项). Scheme is the name of a file in schemes/
// without its folder and ending; Host a code of hosts.csv.
type Event struct {
	Line                                 int
	Code, Trade, TradeEn, Title, TitleEn string
	Stage, Group, Hall, Host             string
	Depth, Chain                         string
	Scheme                               string
}

// Entry is a row of entries.csv (参赛). Team is the entry number or the name of a
// member's team.
type Entry struct {
	Line                             int
	Event, EntryNo, SeatNo, WorkCode string
	Name, Unit                       string
	Kind, Team, Group, County        string
}

// Judge is a row of judges.csv: a chair and who sits in it (裁判席).
type Judge struct {
	Line               int
	Event, Panel, Seat string
	Judge, Chief       string
}

// Parcel is a contest package as read: everything is still text.
type Parcel struct {
	Contest Contest
	Hosts   []Host
	Units   []Unit
	Events  []Event
	Entries []Entry
	Judges  []Judge
	Schemes map[string][]byte // by name, byte for byte but for a byte order mark

	layout map[string]*table
}

// Place is where a row's field stands: file:row:column, or file:row where the
// file has no such column.
func (p *Parcel) Place(file string, line int, field string) string {
	t := p.layout[file]
	if t == nil {
		t = &table{file: file}
	}
	return t.place(line, field)
}

// Has says that a table was there and could be read.
func (p *Parcel) Has(file string) bool { return p.layout[file] != nil }

// SchemeFile is the file that a scheme's name stands for.
func SchemeFile(name string) string { return "schemes/" + name + ".json" }

// Read understands a package's files. The parcel is never nil: it holds what
// could be read, so that the values can be checked in the same pass.
func Read(files Files) (*Parcel, *Faults) {
	faults := &Faults{}
	p := &Parcel{Schemes: map[string][]byte{}, layout: map[string]*table{}}
	for _, name := range sorted(files) {
		p.readScheme(name, files[name], faults)
	}
	if data, ok := files["contest.json"]; ok {
		p.Contest = readContest(data, faults)
	} else {
		faults.Add("contest.json", "package.file_missing", "")
	}
	room := MaxRows
	for _, file := range []string{"hosts.csv", "units.csv", "events.csv", "entries.csv", "judges.csv"} {
		data, ok := files[file]
		if !ok {
			if file != "hosts.csv" {
				faults.Add(file, "package.file_missing", "")
			}
			continue
		}
		if t := readTable(file, data, room, faults); t != nil {
			p.layout[file] = t
			room -= len(t.rows)
		}
	}
	p.readRows()
	return p, faults
}

// readScheme keeps a file of schemes/; any other file that is none of the known
// ones is refused, since a misspelt name would go unnoticed.
func (p *Parcel) readScheme(name string, data []byte, faults *Faults) {
	if _, known := tables[name]; known || name == "contest.json" {
		return
	}
	base, ok := strings.CutSuffix(name, ".json")
	dir, base := path.Split(base)
	if !ok || dir != "schemes/" || !schemeName(base) {
		faults.Add(name, "package.file_unknown", "")
		return
	}
	if data, ok = text(name, data, faults); ok {
		p.Schemes[base] = data
	}
}

// schemeName says that a name is fit for a file everywhere.
func schemeName(s string) bool {
	if s == "" || len(s) > 80 || s[0] == '.' {
		return false
	}
	for _, c := range []byte(s) {
		if !(c == '-' || c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

// readRows turns the tables into rows.
func (p *Parcel) readRows() {
	p.each("hosts.csv", func(line int, c func(string) string) {
		p.Hosts = append(p.Hosts, Host{line, c("code"), c("name")})
	})
	p.each("units.csv", func(line int, c func(string) string) {
		p.Units = append(p.Units, Unit{line, c("code"), c("name"), c("short"), c("kind"), c("parent")})
	})
	p.each("events.csv", func(line int, c func(string) string) {
		p.Events = append(p.Events, Event{
			line, c("code"), c("trade"), c("trade_en"), c("title"), c("title_en"),
			c("stage"), c("group"), c("hall"), c("host"), c("depth"), c("chain"), c("scheme"),
		})
	})
	p.each("entries.csv", func(line int, c func(string) string) {
		p.Entries = append(p.Entries, Entry{
			line, c("event"), c("entry_no"), c("seat_no"), c("work_code"), c("name"), c("unit"), c("kind"), c("team"), c("group"), c("county"),
		})
	})
	p.each("judges.csv", func(line int, c func(string) string) {
		p.Judges = append(p.Judges, Judge{line, c("event"), c("panel"), c("seat"), c("judge"), c("chief")})
	})
}

func (p *Parcel) each(file string, row func(line int, cell func(string) string)) {
	t := p.layout[file]
	if t == nil {
		return
	}
	for i, line := range t.lines {
		row(line, func(name string) string { return t.cell(i, name) })
	}
}

func sorted(files Files) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
