package app

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/drill"
	"jiangtai/server/rehearsal/report"
)

type rehearseCommand struct {
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

// Run rehearses against a server and writes the report, also of a run that was
// broken off.
func (c rehearseCommand) Run(ctx context.Context, inv Invocation) error {
	if err := c.refuse(); err != nil {
		return err
	}
	secure, err := c.trust()
	if err != nil {
		return err
	}
	if err := c.ask(inv); err != nil {
		return err
	}
	public := rehearsal.NewSecureClient(strings.TrimRight(c.Against, "/"), secure)
	defer public.Rest()
	staff, err := public.SignIn(ctx, c.User, c.Password)
	if err != nil {
		return reached(err)
	}
	result, err := drill.Drill{
		Staff: staff, TLS: secure, Contest: c.Contest, Judges: c.Judges, Spectators: c.Spectators,
		Length: time.Duration(c.Minutes * float64(time.Minute)), Seed: c.Seed, Now: clock, Say: sayStep(inv.Stderr),
	}.Run(ctx)
	if result == nil {
		return reached(err)
	}
	r := report.Of(*result)
	paths, err := c.write(r, result.Began)
	if err != nil {
		return err
	}
	fmt.Fprint(inv.Stdout, r.Summary())
	fmt.Fprintf(inv.Stdout, "\n%s\n%s\n", paths[0], paths[1])
	if r.Light == report.Red {
		return fault.New(fault.Refused, "rehearse.failed")
	}
	return nil
}

// refuse lists what is wrong with the flags, and a limit of this machine that is
// too low, before anything else.
func (c rehearseCommand) refuse() error {
	var fields []fault.Field
	for name, wrong := range map[string]bool{
		"--judges": c.Judges < 1 || c.Judges > 2000, "--spectators": c.Spectators < 1 || c.Spectators > 50_000, "--minutes": c.Minutes <= 0 || c.Minutes > 240,
	} {
		if wrong {
			fields = append(fields, fault.At(name, "rehearse.range", ""))
		}
	}
	if !isOrigin(strings.TrimRight(c.Against, "/")) {
		fields = append(fields, fault.At("--against", "config.url", c.Against))
	}
	if len(fields) > 0 {
		return fault.New(fault.Refused, "config.invalid", fields...)
	}
	if need, have := c.Spectators+2*c.Judges+200, openFiles(); have < need {
		return fault.New(fault.Refused, "rehearse.files", fault.At("ulimit -n", "rehearse.files", fmt.Sprintf("%d < %d", have, need)))
	}
	return nil
}

// trust reads the authority that a hall made for itself.
func (c rehearseCommand) trust() (*tls.Config, error) {
	if c.CA == "" {
		return nil, nil //nolint:nilnil // nil is the system's authorities
	}
	pem, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, fmt.Errorf("read the authority: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fault.New(fault.Malformed, "config.invalid", fault.At("--ca", "rehearse.authority", c.CA))
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, nil
}

// ask asks for what was not given.
func (c *rehearseCommand) ask(inv Invocation) error {
	in := bufio.NewReader(inv.Stdin)
	for _, q := range []struct {
		words string
		into  *string
	}{{"用户名 / user: ", &c.User}, {"密码 / password: ", &c.Password}} {
		if *q.into != "" {
			continue
		}
		fmt.Fprint(inv.Stderr, q.words)
		line, err := in.ReadString('\n')
		if *q.into = strings.TrimRight(line, "\r\n"); err != nil && *q.into == "" {
			return fault.New(fault.Malformed, "rehearse.account")
		}
	}
	return nil
}

// reached gives an answer of the server its words here.
func reached(err error) error {
	var p *rehearsal.Problem
	if errors.As(err, &p) {
		f := fault.New(fault.Refused, "rehearse.answer")
		f.Fields = append(f.Fields, fault.At(strconv.Itoa(p.Status), p.Code, ""))
		return f
	}
	return err
}

// write writes both files of the report.
func (c rehearseCommand) write(r report.Report, began time.Time) ([2]string, error) {
	base := strings.TrimSuffix(c.Out, ".html")
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
		now := clock()
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
