package app_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Kinds of rooms. The ground rooms and app are called by their folder; the rooms of a subject share three kinds.
const (
	kindSubject = "a subject's room"
	kindStore   = "a subject's store"
	kindWeb     = "a subject's web"
	kindMain    = "main"
	anything    = "*"
)

// arrows is who may import whom. What is not in the list is forbidden; parts of one's own room are always allowed.
var arrows = map[string][]string{
	// the ground
	"scoring":  {},
	"schemas":  {},
	"frontend": {},
	"fault":    {},
	"ledger":   {},
	"hub":      {},
	"conduit":  {}, // connections without the scheduler's watcher, for store and web
	"paper":    {},
	"localpg":  {},
	"venue":    {"fault", "paper"}, // certificates for a hall, and the sheet that says how to install them
	"contest":  {"scoring", "fault"},
	"live":     {"scoring", "hub", "contest"},
	"store":    {"contest", "fault", "conduit", "schemas"},
	"web":      {"contest", "scoring", "fault", "conduit", "live", "hub", "schemas", "frontend"},

	// The subjects never meet each other, and a subject's store and web never meet either. A store implements ports
	// and a web carries commands whose types are the engine's numbers and the ledger's hashes: pure words, so both
	// may name them.
	kindSubject: {"contest", "scoring", "ledger", "fault"},
	kindStore:   {"store", "contest", "scoring", "ledger", "fault"}, // and its own subject's room
	kindWeb:     {"web", "contest", "scoring", "fault", "paper"},    // and its own subject's room

	// the edges
	"web/workbook":    {"paper"},                                  // uploads of lists, for all rooms' webs
	"store/storetest": {"localpg"},                                // tests run on a real PostgreSQL, never on a fake
	"rehearsal":       {"contest", "scoring", "fault", "schemas"}, // people, who know the program only over HTTP
	"app":             {anything},
	"tools":           {anything}, // measures the rooms from outside, beside what others do
	kindMain:          {"app"},
}

// testArrows is what tests may import beyond their room's arrows: a real database and the contracts.
var testArrows = map[string][]string{
	anything: {"store/storetest", "schemas"},
	"store":  {"localpg"}, // the base of storage is tested on a server of its own
}

// libraries names who may import a library that would otherwise spread.
var libraries = []struct {
	prefix string
	rooms  []string
	tests  []string // rooms whose tests may import it as well
	reason string
}{
	{"github.com/jmoiron/sqlx", []string{"store", kindStore}, nil, "SQL lives in store and the *store rooms"},
	{"github.com/lib/pq", []string{"store", kindStore, "tools/bench"}, []string{"localpg"}, "SQL lives in store and the *store rooms"},
	{"github.com/gofiber/fiber", []string{"web", kindWeb, "tools/bench"}, nil, "HTTP's library lives in web and the *web rooms"},
	{"github.com/gofiber/websocket", []string{"web/socket", "tools/bench"}, nil, "WebSockets live in web/socket"},
	{"github.com/fasthttp/websocket", []string{"web/socket", "rehearsal", "tools/bench"}, []string{"app"}, "WebSockets live in web/socket; simulated people dial"},
	{"github.com/fergusstrange/embedded-postgres", []string{"localpg"}, nil, "it is a downloader for localpg, nothing else"},
	{"github.com/alecthomas/kong", []string{"app"}, nil, "flags and environment are app's"},
}

// room is where a folder belongs.
type room struct {
	kind    string
	subject string // the first folder below server/, or the folder itself
	part    string // the path below server/ or the root, for rules about one package
}

func roomOf(dir string) room {
	segments := strings.Split(dir, "/")
	if segments[0] != "server" {
		return room{kind: segments[0], subject: segments[0], part: dir}
	}
	if len(segments) == 1 {
		return room{kind: kindMain, subject: "main", part: "main"}
	}
	r := room{subject: segments[1], part: strings.Join(segments[1:], "/")}
	if _, ground := arrows[r.subject]; ground {
		r.kind = r.subject
		return r
	}
	r.kind = kindSubject
	if len(segments) > 2 {
		switch segments[2] {
		case r.subject + "store":
			r.kind = kindStore
		case r.subject + "web":
			r.kind = kindWeb
		}
	}
	return r
}

// checkArrows holds every import of ours against the table.
func checkArrows(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		from := roomOf(f.dir)
		for _, i := range f.imports {
			dir := i.own()
			if dir == "" || allowed(from, roomOf(dir)) || f.test && allowedInTest(from, roomOf(dir)) {
				continue
			}
			faults = append(faults, at(f.path, i.line, "%s (%s) may not import %s; put the need into an interface in ports.go and let app plug it, or move the code to where it belongs (arrows in house_arrows_test.go)",
				from.part, from.kind, i.path))
		}
	}
	return faults
}

func allowed(from, to room) bool {
	if slices.Contains(arrows[from.part], to.kind) {
		return true // a single package with arrows of its own
	}
	if from.subject == to.subject {
		switch {
		case from.kind == to.kind:
			return true
		case from.kind == kindStore || from.kind == kindWeb:
			return to.kind == kindSubject
		}
		return false
	}
	list := arrows[from.kind]
	return slices.Contains(list, anything) || slices.Contains(list, to.kind)
}

func allowedInTest(from, to room) bool {
	return slices.Contains(testArrows[anything], to.part) || slices.Contains(testArrows[from.kind], to.part)
}

// checkCircles looks at whole rooms: Go itself refuses a circle of packages, but not one of folders.
func checkCircles(h *house) []string {
	next := map[string][]string{}
	for _, f := range h.goFiles {
		if f.test {
			continue
		}
		from := roomOf(f.dir).subject
		for _, i := range f.imports {
			if dir := i.own(); dir != "" {
				if to := roomOf(dir).subject; to != from && !slices.Contains(next[from], to) {
					next[from] = append(next[from], to)
				}
			}
		}
	}
	starts := make([]string, 0, len(next))
	for name := range next {
		slices.Sort(next[name])
		starts = append(starts, name)
	}
	slices.Sort(starts)
	done := map[string]bool{}
	for _, start := range starts {
		if circle := walkCircle(next, start, nil, done); circle != nil {
			return []string{fmt.Sprintf("a circle of rooms: %s; turn one arrow into an interface that the lower room owns", strings.Join(circle, " → "))}
		}
	}
	return nil
}

func walkCircle(next map[string][]string, name string, trail []string, done map[string]bool) []string {
	if i := slices.Index(trail, name); i >= 0 {
		return append(slices.Clone(trail[i:]), name)
	}
	if done[name] {
		return nil
	}
	trail = append(trail, name)
	for _, to := range next[name] {
		if circle := walkCircle(next, to, trail, done); circle != nil {
			return circle
		}
	}
	done[name] = true
	return nil
}

// checkLibraries keeps a technology in the rooms that know it.
func checkLibraries(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		in := roomOf(f.dir)
		for _, i := range f.imports {
			for _, lib := range libraries {
				if i.path != lib.prefix && !strings.HasPrefix(i.path, lib.prefix+"/") {
					continue
				}
				rooms := lib.rooms
				if f.test {
					rooms = slices.Concat(lib.rooms, lib.tests)
				}
				if !slices.ContainsFunc(rooms, in.is) {
					faults = append(faults, at(f.path, i.line, "%s may not import %s: %s", in.part, i.path, lib.reason))
				}
			}
		}
	}
	return faults
}

// is tells whether a room is meant by a name in the tables: its kind, or the very package.
func (r room) is(name string) bool {
	return r.kind == name || r.part == name || strings.HasPrefix(r.part, name+"/")
}

// checkScoringPure keeps the engine free of everything that could make two runs differ.
func checkScoringPure(h *house) []string {
	impure := []string{"os", "net", "net/http", "io/fs", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "log", "log/slog", "time", "context", "sync"}
	var faults []string
	for _, f := range h.goFiles {
		if f.test || roomOf(f.dir).kind != "scoring" {
			continue
		}
		for _, i := range f.imports {
			if i.own() != "" {
				continue
			}
			first, _, _ := strings.Cut(i.path, "/")
			if strings.Contains(first, ".") || slices.Contains(impure, i.path) {
				faults = append(faults, at(f.path, i.line, "scoring is pure: %s brings a library, a clock, chance or I/O into it; take what you need as an argument", i.path))
			}
		}
	}
	return faults
}

// packageName is what a folder's package is called when nothing else is meant.
func packageName(dir string) string { return path.Base(dir) }
