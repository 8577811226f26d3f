//go:build linux

package localpg

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnotherMajorIsRefusedAndNothingIsTouched(t *testing.T) {
	dir := ready(t)
	data := filepath.Join(dir, "postgres")
	file := filepath.Join(data, "PG_VERSION")
	original, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"9.6\n", "12\n", "16.5 beta\n", "99\n", "abc\n", ""} {
		if err := os.WriteFile(file, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		before := snapshot(t, data)
		_, err := tryStart(t, Config{Data: dir})
		if err == nil {
			t.Fatalf("version %q was accepted", other)
		}
		if after := snapshot(t, data); after != before {
			t.Errorf("version %q: the directory changed", other)
		}
		if !strings.Contains(strings.ToLower(err.Error()), "nothing was changed") {
			t.Errorf("version %q: the error does not say that nothing was changed: %v", other, err)
		}
	}
	if err := os.WriteFile(file, original, 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, Config{Data: dir})
}

func TestTheErrorOfAnotherMajorSaysWhatToDo(t *testing.T) {
	dir := ready(t)
	if err := os.WriteFile(filepath.Join(dir, "postgres", "PG_VERSION"), []byte("12\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := tryStart(t, Config{Data: dir})
	var v *VersionError
	if !errors.As(err, &v) || v.Needs != 12 || len(v.Found) == 0 {
		t.Fatalf("got %v", err)
	}
	for _, part := range []string{"PostgreSQL 12", v.Found[0], filepath.Join(dir, "postgres")} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %v", part, err)
		}
	}
}

func TestAFolderThatIsNoClusterIsRefused(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "postgres", "precious.txt")
	if err := os.Mkdir(filepath.Dir(precious), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, filepath.Dir(precious))
	if _, err := tryStart(t, Config{Data: dir}); err == nil || !strings.Contains(err.Error(), "PG_VERSION is missing") {
		t.Errorf("got %v", err)
	}
	if after := snapshot(t, filepath.Dir(precious)); after != before {
		t.Errorf("the folder changed:\n%s\n%s", before, after)
	}
}

func TestAnUnfinishedInitdbIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"postgres", "postgres.new"} { // an empty folder may await the data
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "postgres.new", "PG_VERSION"), []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, scrap+"123"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, Config{Data: dir, Volatile: true})
	mustAsk(t, s.URL(), "SELECT 1")
	if _, err := os.Stat(filepath.Join(dir, scrap+"123")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a password was left lying about")
	}
}

// installation makes a folder that claims to be a PostgreSQL of that version.
func installation(t *testing.T, name, version string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name, "bin")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n"
	for _, program := range []string{"postgres", "initdb"} {
		if err := os.WriteFile(filepath.Join(dir, program), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFindBinaries(t *testing.T) {
	eleven := installation(t, "11", "11.22 (Debian 11.22-1)")
	fifteen := installation(t, "15", "15.13 (Debian 15.13-0+deb12u1)")
	seventeen := installation(t, "17", "17beta2")
	broken := filepath.Join(t.TempDir(), "broken")
	for _, c := range []struct {
		name   string
		places []string
		major  int
		want   string
	}{
		{"the first that is new enough, for a new database", []string{broken, eleven, fifteen, seventeen}, 0, fifteen},
		{"the one that fits, for an existing database", []string{fifteen, seventeen}, 17, seventeen},
		{"an old one for an old database", []string{fifteen, eleven}, 11, eleven},
		{"none that fits", []string{fifteen, seventeen}, 16, ""},
		{"none new enough", []string{eleven}, 0, ""},
		{"none", []string{}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := findBinaries(t.Context(), Config{NoFetch: true, places: c.places}, home{bin: t.TempDir()}, c.major)
			if got.dir != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v", got.dir, err)
			}
			var v *VersionError
			if c.want == "" && c.major == 0 && !errors.Is(err, ErrNoBinaries) || c.want == "" && c.major != 0 && !errors.As(err, &v) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestFindTellsWhatStartWouldUse(t *testing.T) {
	fifteen, seventeen := installation(t, "15", "15.13"), installation(t, "17", "17.5")
	cfg := Config{Data: t.TempDir(), places: []string{seventeen, fifteen}}
	if dir, version, err := Find(t.Context(), cfg); dir != seventeen || version != "17.5" || err != nil {
		t.Errorf("for a new database: %s, %s, %v", dir, version, err)
	}
	if err := os.Mkdir(filepath.Join(cfg.Data, "postgres"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cfg.Data, "postgres", "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if dir, _, err := Find(t.Context(), cfg); dir != fifteen || err != nil {
		t.Errorf("for an existing one: %s, %v", dir, err)
	}
	if _, _, err := Find(t.Context(), Config{Data: t.TempDir(), places: []string{}}); !errors.Is(err, ErrNoBinaries) {
		t.Errorf("without any: %v", err)
	}
}

func TestBinMeansThatFolderOnly(t *testing.T) {
	eleven := installation(t, "11", "11.22")
	_, err := tryStart(t, Config{Data: t.TempDir(), Bin: eleven})
	if !errors.Is(err, ErrNoBinaries) || !strings.Contains(err.Error(), "11.22 in "+eleven) {
		t.Errorf("got %v", err)
	}
}

func TestNewestFirst(t *testing.T) {
	got := newestFirst([]string{"/usr/lib/postgresql/9.6/bin", "/usr/lib/postgresql/15/bin", "/usr/pgsql-9/bin", "/usr/lib/postgresql/17/bin", "/usr/local/pgsql/bin"})
	want := "/usr/lib/postgresql/17/bin /usr/lib/postgresql/15/bin /usr/pgsql-9/bin /usr/lib/postgresql/9.6/bin /usr/local/pgsql/bin"
	if strings.Join(got, " ") != want {
		t.Errorf("got %v", got)
	}
}

func TestEverySystemHasUsualPlaces(t *testing.T) {
	t.Setenv("ProgramFiles", t.TempDir())
	inside := filepath.Join(os.Getenv("ProgramFiles"), "PostgreSQL", "16", "bin")
	if err := os.MkdirAll(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := usualPlaces("windows"); len(got) == 0 || got[0] != inside {
		t.Errorf("on Windows: %v", got)
	}
}
