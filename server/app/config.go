package app

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"jiangtai/server/fault"
)

// Config is what `serve` runs with: defaults, then the file, then the
// environment, then flags. Zero values are the documented defaults' absence,
// so a Config made by hand must name HTTPAddr and Data.
type Config struct {
	HTTPAddr    string   `name:"http-addr" env:"JIANGTAI_HTTP_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	Data        string   `name:"data" env:"JIANGTAI_DATA" default:"./data" help:"Folder of the data: database, keys, backups."`
	DatabaseURL string   `name:"database-url" env:"DATABASE_URL" help:"A PostgreSQL of your own; empty starts one below the data folder."`
	PublicURL   string   `name:"public-url" env:"JIANGTAI_PUBLIC_URL" help:"Where people reach this server; QR codes point there. Default: the listening address."`
	Origins     []string `name:"origins" env:"JIANGTAI_ORIGINS" help:"Further origins from which browsers may write."`
	Proxies     []string `name:"proxies" env:"JIANGTAI_PROXIES" help:"Addresses or networks of proxies in front, which say whom they speak for."`
	MetricsAddr string   `name:"metrics-addr" env:"JIANGTAI_METRICS_ADDR" help:"Address of its own on which Prometheus finds /metrics; a port alone (:9464) is this machine's only. Default: none."`
	TLSCert     string   `name:"tls-cert" env:"JIANGTAI_TLS_CERT" type:"path" help:"Certificate for TLS with those above it, PEM; read again when it changes. Default: plain HTTP."`
	TLSKey      string   `name:"tls-key" env:"JIANGTAI_TLS_KEY" type:"path" help:"Its key, PEM."`
	PlainAddr   string   `name:"plain-addr" env:"JIANGTAI_PLAIN_ADDR" help:"With TLS: an address for plain HTTP that leads to it and hands out a hall's authority (docs/venue.md). Default: none."`
	LogLevel    string   `name:"log-level" env:"JIANGTAI_LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`
	LogFormat   string   `name:"log-format" env:"JIANGTAI_LOG_FORMAT" default:"text" enum:"text,json" help:"text or json."`
	// BackupBefore says before whose lock, unsealing and publication the database
	// is saved; empty is real.
	BackupBefore     string `name:"backup-before" env:"JIANGTAI_BACKUP_BEFORE" default:"real" enum:"real,all,none" help:"Save the database before lock, unsealing and publication in real contests, in all, or never."`
	BackupPassphrase string `name:"backup-passphrase-file" env:"JIANGTAI_BACKUP_PASSPHRASE_FILE" type:"path" help:"A file with a passphrase that closes every backup; without it those made by the server open with its own key only."`
	Mirror           string `name:"postgres-mirror" env:"JIANGTAI_POSTGRES_MIRROR" help:"Where to fetch PostgreSQL from when the machine has none."`

	// Version is the program's own, which backups name; it is no setting.
	Version string `kong:"-"`
}

// Faults lists everything that is wrong with the configuration, at once.
func (c Config) Faults() []fault.Field {
	var out []fault.Field
	if _, _, err := net.SplitHostPort(c.HTTPAddr); err != nil {
		out = append(out, fault.At("http-addr", "config.address", c.HTTPAddr))
	}
	if _, _, err := net.SplitHostPort(c.MetricsAddr); c.MetricsAddr != "" && err != nil {
		out = append(out, fault.At("metrics-addr", "config.address", c.MetricsAddr))
	}
	if strings.TrimSpace(c.Data) == "" {
		out = append(out, fault.At("data", "config.empty", ""))
	}
	if c.DatabaseURL != "" && !isPostgresURL(c.DatabaseURL) {
		out = append(out, fault.At("database-url", "config.database_url", "postgres://…"))
	}
	for path, origins := range map[string][]string{"public-url": nonEmpty(c.PublicURL), "origins": c.Origins} {
		for _, o := range origins {
			if !isOrigin(o) {
				out = append(out, fault.At(path, "config.url", o))
			}
		}
	}
	for _, p := range c.Proxies {
		if _, err := network(p); err != nil {
			out = append(out, fault.At("proxies", "config.network", p))
		}
	}
	out = append(out, c.secureFaults()...)
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

// network reads 10.0.0.0/8, or one address.
func network(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Prefix(a.BitLen())
	}
	return netip.ParsePrefix(s)
}

// trusted are the proxies in front; Check has read them.
func (c Config) trusted() []netip.Prefix {
	out := make([]netip.Prefix, 0, len(c.Proxies))
	for _, p := range c.Proxies {
		if n, err := network(p); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// Check is Faults as one error, nil when there is none.
func (c Config) Check() error {
	if f := c.Faults(); len(f) > 0 {
		return fault.New(fault.Refused, "config.invalid", f...)
	}
	return nil
}

// Public is where people reach this server, without a slash at the end.
func (c Config) Public() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return c.here()
}

// here is where this machine reaches it.
func (c Config) here() string {
	scheme := map[bool]string{false: "http://", true: "https://"}[c.isSecure()]
	host, port, err := net.SplitHostPort(c.HTTPAddr)
	if err != nil {
		return scheme + c.HTTPAddr
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return scheme + net.JoinHostPort(host, port)
}

// before is BackupBefore with its default.
func (c Config) before() string {
	if c.BackupBefore == "" {
		return "real"
	}
	return c.BackupBefore
}

// origins are those from which browsers may write, as browsers spell them.
func (c Config) origins() []string {
	out := []string{c.Public()}
	for _, o := range c.Origins {
		out = append(out, strings.TrimRight(o, "/"))
	}
	return out
}

// Effective writes the configuration in force, without secrets.
func (c Config) Effective() string {
	db := "(own PostgreSQL below the data folder)"
	if c.DatabaseURL != "" {
		db = redactURL(c.DatabaseURL)
	}
	data, err := filepath.Abs(c.Data)
	if err != nil {
		data = c.Data
	}
	var b strings.Builder
	for _, kv := range [][2]string{
		{"http-addr", c.HTTPAddr},
		{"data", data},
		{"database-url", db},
		{"public-url", c.Public()},
		{"origins", strings.Join(c.Origins, ",")},
		{"proxies", strings.Join(c.Proxies, ",")},
		{"metrics-addr", c.metricsAddr()},
		{"tls-cert", c.TLSCert},
		{"tls-key", c.TLSKey},
		{"plain-addr", c.PlainAddr},
		{"backup-before", c.before()},
		{"backup-passphrase-file", c.BackupPassphrase},
		{"log-level", c.LogLevel},
		{"log-format", c.LogFormat},
		{"postgres-mirror", redactURL(c.Mirror)},
	} {
		fmt.Fprintf(&b, "%-22s %s\n", kv[0], kv[1])
	}
	return b.String()
}

// unknownEnvironment names the JIANGTAI_ variables that mean nothing: a
// misspelt setting that is silently ignored is found on the contest's morning.
func unknownEnvironment(known map[string]bool) []fault.Field {
	var out []fault.Field
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "JIANGTAI_") && !known[name] {
			out = append(out, fault.At(name, "config.unknown", ""))
		}
	}
	return out
}

func isPostgresURL(s string) bool {
	if strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://") {
		_, err := url.Parse(s)
		return err == nil
	}
	return strings.Contains(s, "host=")
}

func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && (u.Path == "" || u.Path == "/")
}

// redactURL hides the password, and every parameter that is not known to be
// harmless: PostgreSQL takes passwords there, too.
func redactURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		if s == "" {
			return ""
		}
		return "(set)"
	}
	q := u.Query()
	for key := range q {
		if !slices.Contains([]string{"sslmode", "host", "port", "connect_timeout", "application_name"}, key) {
			q.Set(key, "xxxxx")
		}
	}
	u.RawQuery, u.Fragment = q.Encode(), ""
	return u.Redacted()
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
