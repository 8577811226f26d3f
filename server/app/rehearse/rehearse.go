package rehearse

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/drill"
	"jiangtai/server/rehearsal/report"
)

// Flags are the command's.
type Flags struct {
	Against    string  `required:"" placeholder:"URL" help:"The server, as tablets and phones reach it."`
	Judges     int     `default:"300" help:"Tablets that mark."`
	Spectators int     `default:"5000" help:"Phones that follow."`
	Minutes    float64 `default:"10" help:"How long judges mark."`
	Contest    string  `placeholder:"CODE" help:"A rehearsal or demonstration whose waiting events are used, for who is no administrator. Default: one is made."`
	User       string  `env:"JIANGTAI_REHEARSE_USER" help:"An administrator, or an organiser of the contest. Default: asked."`
	Password   string  `env:"JIANGTAI_REHEARSE_PASSWORD" help:"The password; better in the environment than here. Default: asked."`
	CA         string  `type:"existingfile" help:"Authority of the server's certificate, PEM, when it is a hall's own (docs/venue.md)."`
	Out        string  `type:"path" placeholder:"FILE" help:"Where the report goes: FILE.html and FILE.json. Default: rehearsal and the time."`
	Seed       uint64  `default:"1" help:"Which people: the same seed gives the same pace."`
}

// Terminal is where the command was called, and how many files and connections it
// may have open.
type Terminal struct {
	In       io.Reader
	Out, Err io.Writer
	Files    int
}

// Rehearse rehearses against a server and writes the report, also of a run that was
// broken off. Refused rehearse.failed when something in the report is red; what
// refuses the run itself is a *fault.Error before anything was written.
func (f Flags) Rehearse(ctx context.Context, at Terminal) error {
	if err := f.refuse(at.Files); err != nil {
		return err
	}
	secure, err := f.trust()
	if err != nil {
		return err
	}
	if err := f.ask(ctx, at); err != nil {
		return err
	}
	public := rehearsal.NewSecureClient(strings.TrimRight(f.Against, "/"), secure)
	defer public.Rest()
	staff, err := public.SignIn(ctx, f.User, f.Password)
	if err != nil {
		return reached(err)
	}
	defer func() { // nobody needs this session any more
		_ = staff.Do(context.WithoutCancel(ctx), http.MethodDelete, "/api/v1/sessions/current", nil, nil)
	}()
	result, err := drill.Drill{
		Staff: staff, TLS: secure, Contest: f.Contest, Judges: f.Judges, Spectators: f.Spectators,
		Length: time.Duration(f.Minutes * float64(time.Minute)), Seed: f.Seed, Now: time.Now, Say: sayStep(at.Err),
	}.Run(ctx)
	if result == nil {
		return reached(err)
	}
	r := report.Of(*result)
	paths, err := f.write(r, result.Began)
	if err != nil {
		return err
	}
	fmt.Fprint(at.Out, r.Summary())
	fmt.Fprintf(at.Out, "\n%s\n%s\n", paths[0], paths[1])
	if r.Light == report.Red {
		return fault.New(fault.Refused, "rehearse.failed")
	}
	return nil
}

// refuse lists what is wrong with the flags, and a limit of this machine that is
// too low, before anything else.
func (f Flags) refuse(files int) error {
	var fields []fault.Field
	for name, wrong := range map[string]bool{
		"--judges": f.Judges < 1 || f.Judges > 2000, "--spectators": f.Spectators < 1 || f.Spectators > 50_000, "--minutes": f.Minutes <= 0 || f.Minutes > 240,
	} {
		if wrong {
			fields = append(fields, fault.At(name, "rehearse.range", ""))
		}
	}
	if u, err := url.Parse(f.Against); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.User != nil {
		fields = append(fields, fault.At("--against", "config.url", f.Against))
	}
	if len(fields) > 0 {
		return fault.New(fault.Refused, "config.invalid", fields...)
	}
	if need := f.Spectators + 2*f.Judges + 200; files < need {
		return fault.New(fault.Refused, "rehearse.files", fault.At("ulimit -n", "rehearse.files", fmt.Sprintf("%d < %d", files, need)))
	}
	return nil
}

// trust reads the authority that a hall made for itself.
func (f Flags) trust() (*tls.Config, error) {
	if f.CA == "" {
		return nil, nil //nolint:nilnil // nil is the system's authorities
	}
	pem, err := os.ReadFile(f.CA)
	if err != nil {
		return nil, fmt.Errorf("read the authority: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fault.New(fault.Malformed, "config.invalid", fault.At("--ca", "rehearse.authority", f.CA))
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, nil
}

// ask asks for what was not given.
func (f *Flags) ask(ctx context.Context, at Terminal) error {
	in := bufio.NewReader(at.In)
	if f.User == "" {
		fmt.Fprint(at.Err, "用户名 / user: ")
		if err := read(ctx, in, &f.User); err != nil {
			return err
		}
	}
	if f.Password != "" {
		return nil
	}
	shown := func() {}
	if terminal, is := at.In.(*os.File); is {
		shown = hush(terminal.Fd()) // before it is asked for: some type at once
	}
	fmt.Fprint(at.Err, "密码 / password: ")
	err := read(ctx, in, &f.Password)
	shown()
	fmt.Fprintln(at.Err) // the line's end was not shown either
	return err
}

// read reads a line, or gives up when ctx ends: whoever breaks off at a question gets
// the terminal back as it was.
func read(ctx context.Context, in *bufio.Reader, into *string) error {
	type answer struct {
		line string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		line, err := in.ReadString('\n')
		got <- answer{line, err}
	}()
	select {
	case <-ctx.Done():
		return fmt.Errorf("asked for an account: %w", ctx.Err())
	case a := <-got:
		if *into = strings.TrimRight(a.line, "\r\n"); a.err != nil && *into == "" {
			return fault.New(fault.Malformed, "rehearse.account")
		}
		return nil
	}
}

// reached gives an answer of the server its words here.
func reached(err error) error {
	var p *rehearsal.Problem
	if errors.As(err, &p) {
		return fault.New(fault.Refused, "rehearse.answer", fault.At(strconv.Itoa(p.Status), p.Code, ""))
	}
	return err
}

// write writes both files of the report.
func (f Flags) write(r report.Report, began time.Time) ([2]string, error) {
	base := strings.TrimSuffix(f.Out, ".html")
	if base == "" {
		base = "rehearsal-" + began.Format("20060102-1504")
	}
	paths := [2]string{base + ".html", base + ".json"}
	for i, write := range []func(io.Writer) error{r.HTML, r.JSON} {
		var b strings.Builder
		err := write(&b)
		if err == nil {
			err = os.WriteFile(paths[i], []byte(b.String()), 0o600)
		}
		if err != nil {
			return paths, fmt.Errorf("write the report: %w", err)
		}
	}
	return paths, nil
}

// sayStep tells a terminal how it goes.
func sayStep(w io.Writer) func(drill.Step) {
	words := map[string]string{
		"seat": "裁判就座 / tablets", "gather": "观众入场 / phones", "drain": "等待发件箱清空 / outboxes", "compare": "比对账本 / comparing",
	}
	var last drill.Step
	var said time.Time
	return func(s drill.Step) {
		now := time.Now()
		if s.Name == last.Name && s.Here < s.Of && now.Sub(said) < 2*time.Second {
			return
		}
		last, said = s, now
		if s.Name == "mark" {
			fmt.Fprintf(w, "  %4.0f s  手机 phones %d/%d  回执 receipts %d  到手机 to a phone p95 %.0f ms\n", s.At.Seconds(), s.Here, s.Of, s.Got, s.Ways.P95)
			return
		}
		fmt.Fprintf(w, "  %s %d/%d\n", words[s.Name], s.Here, s.Of)
	}
}
