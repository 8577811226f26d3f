package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

const (
	oldest  = 14 // the oldest major that is still maintained
	fetched = 17 // the major that is fetched for a new database
)

// ErrNoBinaries is in the error of Start when the machine has no PostgreSQL and
// none could be fetched.
var ErrNoBinaries = errors.New("no PostgreSQL was found")

// VersionError says that a database was made by a PostgreSQL that is not here.
// Nothing was touched.
type VersionError struct {
	Data  string   // the data directory
	Needs int      // the major version that made it
	Found []string // "15.13 in /usr/lib/postgresql/15/bin"
	cause error
}

// Error says what was found and what to do.
func (e *VersionError) Error() string {
	found := "none"
	if len(e.Found) > 0 {
		found = strings.Join(e.Found, ", ")
	}
	msg := fmt.Sprintf("%s was made by PostgreSQL %d, which is not on this machine (found: %s). Nothing was changed. "+
		"Install PostgreSQL %d, or export with the old machine and restore here into a new directory", e.Data, e.Needs, found, e.Needs)
	if e.cause != nil {
		msg += fmt.Sprintf(" (fetching it failed: %v)", e.cause)
	}
	return msg
}

// Unwrap gives the reason why that version could not be fetched.
func (e *VersionError) Unwrap() error { return e.cause }

// binaries is one installation.
type binaries struct {
	dir     string
	version string
	major   int
}

func (b binaries) path(program string) string {
	return filepath.Join(b.dir, program+exeSuffix)
}

// Find tells which PostgreSQL Start would use for cfg, its folder and version,
// without fetching or starting anything. Errors are those of Start.
func Find(ctx context.Context, cfg Config) (dir, version string, err error) {
	h, err := openHome(cfg.Data)
	if err != nil {
		return "", "", err
	}
	major, err := h.major()
	if err != nil {
		return "", "", err
	}
	cfg.NoFetch = true
	b, err := findBinaries(ctx, cfg, h, major)
	return b.dir, b.version, err
}

// findBinaries looks for an installation of the given major, 0 meaning any that
// is not too old, and fetches one as the last resort.
func findBinaries(ctx context.Context, cfg Config, h home, major int) (binaries, error) {
	all := installed(ctx, searchList(cfg, h))
	if err := ctx.Err(); err != nil {
		return binaries{}, err
	}
	var found []string
	for _, b := range all {
		if b.major == major || major == 0 && b.major >= oldest {
			return b, nil
		}
		found = append(found, b.version+" in "+b.dir)
	}
	fetchErr := errors.New("fetching is switched off")
	if !cfg.NoFetch && cfg.Bin == "" {
		want := major
		if want == 0 {
			want = fetched
		}
		var b binaries
		if b, fetchErr = fetch(ctx, cfg, h, want); fetchErr == nil {
			return b, nil
		}
	}
	if major != 0 {
		return binaries{}, &VersionError{Data: h.data, Needs: major, Found: found, cause: fetchErr}
	}
	old := ""
	if len(found) > 0 {
		old = " that is new enough (there is " + strings.Join(found, ", ") + ")"
	}
	return binaries{}, fmt.Errorf("%w%s: install PostgreSQL %d or newer, or set DATABASE_URL to a server of your own: %w",
		ErrNoBinaries, old, oldest, fetchErr)
}

// searchList is where binaries may be, best first: what the administrator put on
// the PATH, then the usual places, newest first, then what was fetched before.
func searchList(cfg Config, h home) []string {
	if cfg.Bin != "" {
		return []string{cfg.Bin}
	}
	places := cfg.places
	if places == nil {
		places = append(onPath(), usualPlaces(runtime.GOOS)...)
	}
	return append(places, newestFirst(fetchedBefore(h))...)
}

// fetchedBefore does without a glob: the path may hold brackets.
func fetchedBefore(h home) []string {
	entries, err := os.ReadDir(h.bin)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, filepath.Join(h.bin, e.Name(), "bin"))
	}
	return out
}

func onPath() []string {
	p, err := exec.LookPath("postgres" + exeSuffix)
	if err != nil {
		return nil
	}
	if target, err := filepath.EvalSymlinks(p); err == nil {
		p = target
	}
	return []string{filepath.Dir(p)}
}

func usualPlaces(goos string) []string {
	switch goos {
	case "windows":
		return newestFirst(globAll(
			filepath.Join(os.Getenv("ProgramFiles"), "PostgreSQL", "*", "bin"),
			filepath.Join(os.Getenv("ProgramW6432"), "PostgreSQL", "*", "bin")))
	case "darwin":
		return newestFirst(globAll(
			"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin",
			"/Applications/Postgres.app/Contents/Versions/*/bin", "/Library/PostgreSQL/*/bin",
			"/opt/local/lib/postgresql*/bin", "/usr/local/pgsql/bin"))
	}
	return newestFirst(globAll(
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*",
		"/usr/lib/postgresql*/bin", "/usr/lib64/postgresql*/bin", "/usr/local/pgsql/bin",
		"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin"))
}

func globAll(patterns ...string) []string {
	var out []string
	for _, p := range patterns {
		m, err := filepath.Glob(p)
		if err != nil {
			continue
		}
		out = append(out, m...)
	}
	return out
}

var number = regexp.MustCompile(`\d+`)

// newestFirst sorts folders by the last number in their names.
func newestFirst(dirs []string) []string {
	key := func(s string) int {
		all := number.FindAllString(s, -1)
		if len(all) == 0 {
			return 0
		}
		n, _ := strconv.Atoi(all[len(all)-1])
		return n
	}
	sort.SliceStable(dirs, func(i, j int) bool { return key(dirs[i]) > key(dirs[j]) })
	return dirs
}

// installed keeps the folders that hold what is needed and asks each for its
// version, in the same order.
func installed(ctx context.Context, dirs []string) []binaries {
	var out []binaries
	for _, d := range dirs {
		if b, err := inspect(ctx, d); err == nil {
			out = append(out, b)
		}
	}
	return out
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[^\s]*)`)

func inspect(ctx context.Context, dir string) (binaries, error) {
	b := binaries{dir: dir}
	if _, err := os.Stat(b.path("initdb")); err != nil {
		return b, err
	}
	out, err := exec.CommandContext(ctx, b.path("postgres"), "--version").Output()
	if err != nil {
		return b, err
	}
	m := versionLine.FindStringSubmatch(string(out))
	if m == nil {
		return b, fmt.Errorf("%s does not tell its version: %q", b.path("postgres"), out)
	}
	b.version = m[1]
	b.major, err = strconv.Atoi(m[2])
	return b, err
}
