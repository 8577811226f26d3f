package reads

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"jiangtai/frontend"
	"jiangtai/tools/bench/gauge"
)

// Server is the program under measurement, in a process of its own.
type Server struct {
	Addr string
	PID  int
}

// question is one kind of read.
type question struct {
	name     string
	file     int
	encoding string // "" is plain
	has      bool   // the reader has it and gets 304
	goal     float64
}

const (
	compressedGoal = 0.95
	plainGoal      = 0.7
)

var questions = []question{
	{"board, plain", 0, "", false, plainGoal},
	{"board, gzip", 0, "gzip", false, compressedGoal},
	{"board, br", 0, "br", false, compressedGoal},
	{"board, 304", 0, "br", true, compressedGoal},
	{"page's script, plain", 1, "", false, plainGoal},
	{"page's script, br", 1, "br", false, compressedGoal},
}

var (
	errNoPages = errors.New("the pages are not built: make build")
	errDiffers = errors.New("the two do not answer the same")
)

// Run measures and prints. The flags are -length, -turns, -connections and -only.
func Run(ctx context.Context, out io.Writer, server Server, args []string) error {
	flags := flag.NewFlagSet("reads", flag.ContinueOnError)
	l := load{}
	flags.DurationVar(&l.length, "length", 3*time.Second, "of one run, whole seconds")
	flags.IntVar(&l.connections, "connections", 64, "that stay open")
	turns := flags.Int("turns", 3, "alternations")
	only := flags.String("only", "", "only what has this in its name")
	if err := flags.Parse(args); err != nil {
		return err
	}
	script, err := script()
	if err != nil {
		return err
	}
	var files []file
	for _, path := range []string{boardPath, script} {
		f, err := take(ctx, server.Addr, path)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	reference, err := startNginx(ctx, files)
	if err != nil {
		return err
	}
	defer reference.stop()
	m := meter{server: server, nginx: reference, load: l, turns: *turns, out: out}
	var lines []string
	for _, q := range questions {
		if !strings.Contains(q.name, *only) {
			continue
		}
		line, err := m.compare(ctx, q, files[q.file])
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		lines = append(lines, line)
	}
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
	return nil
}

// script is the largest script of the board's page.
func script() (string, error) {
	const folder = "dist/field/assets"
	entries, err := frontend.FS.ReadDir(folder)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errNoPages, err)
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, "board-") && strings.HasSuffix(name, ".js") {
			return "/assets/" + name, nil
		}
	}
	return "", errNoPages
}

// take asks for a path in every form.
func take(ctx context.Context, addr, path string) (file, error) {
	f := file{path: path, bodies: map[string][]byte{}}
	for _, encoding := range []string{"", "gzip", "br"} {
		a, err := ask(ctx, addr, path, map[string]string{"Accept-Encoding": encoding})
		if err != nil {
			return f, err
		}
		if a.status != http.StatusOK || a.header.Get("Content-Encoding") != encoding {
			return f, fmt.Errorf("%s as %q: %d %v", path, encoding, a.status, a.header)
		}
		f.bodies[encoding] = a.body
		if encoding == "" {
			f.header = a.header
		}
	}
	return f, nil
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func ask(ctx context.Context, addr, path string, headers map[string]string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		return answer{}, err
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, body}, err
}

type meter struct {
	server Server
	nginx  *nginx
	load   load
	turns  int
	out    io.Writer
}

// compare alternates the two over one question.
func (m meter) compare(ctx context.Context, q question, f file) (string, error) {
	ours := side{"ours", m.server.Addr, f.path, func() time.Duration { return gauge.CPU(m.server.PID) }, nil}
	theirs := side{"nginx", m.nginx.addr, m.nginx.where(f.path, q.encoding), m.nginx.cpu, nil}
	for _, s := range []*side{&theirs, &ours} {
		if err := s.prepare(ctx, q, f); err != nil {
			return "", fmt.Errorf("%s: %w", s.name, err)
		}
	}
	var results [2][]measured // by side, one a turn
	for range m.turns {
		for i, s := range []side{theirs, ours} {
			got, err := s.measure(ctx, m.load)
			if err != nil {
				return "", fmt.Errorf("%s: %w", s.name, err)
			}
			fmt.Fprintf(m.out, "  %-20s %-5s %s\n", q.name, s.name, got)
			results[i] = append(results[i], got)
		}
	}
	return verdict(q, results[0], results[1]), nil
}

// verdict is a question's line: the middle of all turns, because what else the machine
// does falls on single ones.
func verdict(q question, theirs, ours []measured) string {
	var ratios []float64
	for i := range ours {
		ratios = append(ratios, ours[i].perSecond/theirs[i].perSecond)
	}
	ratio := middle(ratios)
	word := "ok    "
	if ratio < q.goal {
		word = "MISSED"
	}
	perSecond := func(m measured) float64 { return m.perSecond }
	p99 := func(m measured) float64 { return m.p99.Seconds() * 1e3 }
	cpu := func(m measured) float64 { return m.each.Seconds() * 1e6 }
	return fmt.Sprintf("%s %-20s %.2f (goal ≥ %.2f)  %.0f requests/s, nginx %.0f; p99 %.1f ms, nginx %.1f ms; processor %.1f µs each, nginx %.1f µs",
		word, q.name, ratio, q.goal, middle(each(ours, perSecond)), middle(each(theirs, perSecond)),
		middle(each(ours, p99)), middle(each(theirs, p99)), middle(each(ours, cpu)), middle(each(theirs, cpu)))
}

// side is one of the two.
type side struct {
	name, addr, path string
	cpu              func() time.Duration
	headers          map[string]string
}

// prepare asks once and compares the answer with what both must answer.
func (s *side) prepare(ctx context.Context, q question, f file) error {
	s.headers = map[string]string{"Accept-Encoding": q.encoding}
	a, err := ask(ctx, s.addr, s.path, s.headers)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK || !slices.Equal(a.body, f.bodies[q.encoding]) || a.header.Get("Content-Encoding") != q.encoding {
		return fmt.Errorf("%w: %d, %d bytes of %d, %v", errDiffers, a.status, len(a.body), len(f.bodies[q.encoding]), a.header)
	}
	if !q.has {
		return nil
	}
	s.headers["If-None-Match"] = a.header.Get("ETag")
	if a, err = ask(ctx, s.addr, s.path, s.headers); err != nil || a.status != http.StatusNotModified {
		return fmt.Errorf("%w: %d where it has not changed", errors.Join(errDiffers, err), a.status)
	}
	return nil
}

// measured is a run with the server's side of it.
type measured struct {
	found
	each time.Duration // of the server's processor, a request
}

func (s side) measure(ctx context.Context, l load) (measured, error) {
	before := s.cpu()
	f, err := l.run(ctx, "http://"+s.addr+s.path, s.headers)
	return measured{f, (s.cpu() - before) / time.Duration(max(f.requests, 1))}, err
}

func (m measured) String() string {
	return fmt.Sprintf("%6.0f requests/s  p50 %-8v p99 %-8v %v of the server's processor each, %v of the client's",
		m.perSecond, m.p50, m.p99, m.each.Round(10*time.Nanosecond), (m.client / time.Duration(max(m.requests, 1))).Round(10*time.Nanosecond))
}

func each(list []measured, of func(measured) float64) []float64 {
	out := make([]float64, len(list))
	for i, m := range list {
		out[i] = of(m)
	}
	return out
}

// middle is the median.
func middle(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
