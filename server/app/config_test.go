package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiangtai/server/app"
)

// ran is what a command did.
type ran struct {
	code     int
	out, err string
}

// call runs the program with these arguments, in this process.
func call(ctx context.Context, args ...string) ran {
	var out, errs bytes.Buffer
	code := app.Main(ctx, app.Invocation{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Version: "1.2.3"})
	return ran{code, out.String(), errs.String()}
}

// setting is the value that `check` prints for a key.
func (r ran) setting(key string) string {
	for line := range strings.Lines(r.out) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == key {
			return strings.Join(f[1:], " ")
		}
	}
	return ""
}

// TestConfigurationSources: defaults, then the file, then the environment, then
// flags.
func TestConfigurationSources(t *testing.T) {
	file := filepath.Join(t.TempDir(), "jiangtai.json")
	text := `{"http-addr": "127.0.0.1:1001", "log-level": "warn", "origins": ["https://a.example", "https://b.example"], "data": "/srv/file"}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		env  map[string]string
		want map[string]string
	}{
		{"defaults", nil, nil, map[string]string{
			"http-addr": "127.0.0.1:8080", "public-url": "http://127.0.0.1:8080", "log-level": "info", "log-format": "text",
			"database-url": "(own PostgreSQL below the data folder)",
		}},
		{"the file", []string{"--config", file}, nil, map[string]string{
			"http-addr": "127.0.0.1:1001", "log-level": "warn", "origins": "https://a.example,https://b.example", "data": "/srv/file",
		}},
		{"the file, named by the environment", nil, map[string]string{"JIANGTAI_CONFIG": file}, map[string]string{"http-addr": "127.0.0.1:1001"}},
		{"the environment before the file", []string{"--config", file}, map[string]string{"JIANGTAI_HTTP_ADDR": "127.0.0.1:1002"}, map[string]string{
			"http-addr": "127.0.0.1:1002", "log-level": "warn",
		}},
		{"flags before all", []string{"--config", file, "--http-addr", "127.0.0.1:1003"}, map[string]string{"JIANGTAI_HTTP_ADDR": "127.0.0.1:1002"}, map[string]string{
			"http-addr": "127.0.0.1:1003", "log-level": "warn",
		}},
		{"the database's own name", nil, map[string]string{"DATABASE_URL": "postgres://x@db.example/y"}, map[string]string{"database-url": "postgres://x@db.example/y"}},
		{"metrics on this machine", nil, map[string]string{"JIANGTAI_METRICS_ADDR": ":9464"}, map[string]string{"metrics-addr": "127.0.0.1:9464"}},
		{"metrics for a network", []string{"--metrics-addr", "0.0.0.0:9464"}, nil, map[string]string{"metrics-addr": "0.0.0.0:9464"}},
		{"lists in the environment", nil, map[string]string{"JIANGTAI_ORIGINS": "https://c.example,https://d.example"}, map[string]string{"origins": "https://c.example,https://d.example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			got := call(t.Context(), append([]string{"check"}, c.args...)...)
			if got.code != 0 {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			for key, want := range c.want {
				if got.setting(key) != want {
					t.Errorf("%s is %q, want %q", key, got.setting(key), want)
				}
			}
		})
	}
}

// TestConfigurationFaults: what is wrong is refused, all of it at once, with 2.
func TestConfigurationFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		args []string
		env  map[string]string
		says []string // in what goes to the terminal
	}{
		{"unknown keys of the file", `{"http-adr": "x", "data": "/srv", "port": 1}`, nil, nil, []string{"http-adr", "port"}},
		{"a file that is no JSON", `http-addr = "x"`, nil, nil, []string{"configuration file"}},
		{"a file that goes on", `{"data": "/srv"} {"data": "/other"}`, nil, nil, []string{"configuration file"}},
		{"a key twice", `{"data": "/srv", "data": "/other"}`, nil, nil, []string{"data"}},
		{"a wrong value in the file", `{"log-level": "loud"}`, nil, nil, []string{"log-level"}},
		{"a number for an address", `{"http-addr": 8080}`, nil, nil, []string{"http-addr", "config.address"}},
		{"a wrong address for metrics", `{"metrics-addr": "9464"}`, nil, nil, []string{"metrics-addr", "config.address"}},
		{"a misspelt variable", "", nil, map[string]string{"JIANGTAI_HTTPADDR": "x", "JIANGTAI_PORT": "1"}, []string{"JIANGTAI_HTTPADDR", "JIANGTAI_PORT", "config.unknown"}},
		{"all faults at once", "", []string{"--http-addr", "nowhere", "--database-url", "mysql://x", "--public-url", "ftp://x", "--origins", "https://a.example/path"}, nil, []string{
			"http-addr", "config.address", "database-url", "config.database_url", "public-url", "origins", "config.url",
		}},
		{"an unknown flag", "", []string{"--colour"}, nil, []string{"--colour"}},
		{"a file that is not there", "", []string{"--config", "/nowhere/at/all.json"}, nil, []string{"/nowhere/at/all.json"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			args := append([]string{"check"}, c.args...)
			if c.file != "" {
				name := filepath.Join(t.TempDir(), "jiangtai.json")
				if err := os.WriteFile(name, []byte(c.file), 0o600); err != nil {
					t.Fatal(err)
				}
				args = append(args, "--config", name)
			}
			got := call(t.Context(), args...)
			if got.code != 2 {
				t.Errorf("exit %d, want 2", got.code)
			}
			for _, s := range c.says {
				if !strings.Contains(got.err, s) {
					t.Errorf("it does not name %s: %s", s, got.err)
				}
			}
		})
	}
}

// TestCheckKeepsSecrets: what `check` prints may be sent to whoever helps.
func TestCheckKeepsSecrets(t *testing.T) {
	const secret = "geheim-4711"
	for _, args := range [][]string{
		{"--database-url", "postgres://u:" + secret + "@db.example/x"},
		{"--database-url", "postgresql://u@db.example/x?password=" + secret},
		{"--database-url", "host=db.example user=u password=" + secret},
		{"--postgres-mirror", "https://u:" + secret + "@mirror.example/maven"},
	} {
		got := call(t.Context(), append([]string{"check"}, args...)...)
		if got.code != 0 || strings.Contains(got.out+got.err, secret) {
			t.Errorf("%v: exit %d\n%s%s", args, got.code, got.out, got.err)
		}
	}
	// Where it is refused it is not shown either.
	got := call(t.Context(), "check", "--database-url", "mysql://u:"+secret+"@db.example/x")
	if got.code != 2 || strings.Contains(got.out+got.err, secret) {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
	}
}

// TestExitCodes: 0 done, 1 failed, 2 called wrongly.
func TestExitCodes(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"version"}, 0, "jiangtai 1.2.3"},
		{[]string{"--help"}, 0, "Usage"},
		{[]string{"dance"}, 2, "dance"},
		{[]string{"import"}, 2, "<path>"},
		{[]string{"import", filepath.Join(empty, "nothing.zip")}, 1, "nothing.zip"},
		{[]string{"score", "--scheme", "nothing.json"}, 2, "nothing.json"},
		{[]string{"verify", filepath.Join(empty, "nothing.jsonl")}, 2, "nothing.jsonl"},
		{[]string{"demo", "--speed", "0"}, 2, "config.positive"},
		{[]string{"demo", "--trades", "0"}, 2, "config.positive"},
		{[]string{"serve", "--database-url", "postgres://u@127.0.0.1:1/x?sslmode=disable", "--data", empty, "--http-addr", "127.0.0.1:0"}, 1, "store.unavailable"},
	} {
		got := call(t.Context(), c.args...)
		if got.code != c.code || !strings.Contains(got.out+got.err, c.says) || strings.Contains(got.err, "server.internal") {
			t.Errorf("%v: exit %d, want %d with %q\n%s%s", c.args, got.code, c.code, c.says, got.out, got.err)
		}
	}
}
