package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/programme"
	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/city"
	"jiangtai/server/rehearsal/demo"
)

type demoCommand struct {
	Speed    float64 `default:"1" help:"How fast people mark; 1 is a human pace."`
	Seed     uint64  `default:"1" help:"Which invented city: the same seed gives the same one."`
	Trades   int     `default:"104" help:"How many of the 104 trades."`
	Entries  int     `default:"40" help:"Entries of each trade."`
	Accounts string  `type:"path" placeholder:"FILE" help:"Also write addresses, accounts and pairing codes to this file, as JSON."`
}

// demoMemory is above which the collector works harder: a city that is made in half
// a minute leaves much behind, and a visitor's machine may be small. With it a
// city of 104 trades peaks at 270 MB instead of 400 and is ready no later.
const demoMemory = 220 << 20

// demoAccount is one line of the accounts file.
type demoAccount struct {
	Role     string `json:"role"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// demoChair is a chair that a tablet can still be paired to; pairing takes it
// over from the simulated judge.
type demoChair struct {
	Event string `json:"event"`
	Panel string `json:"panel"`
	Chair int    `json:"chair"`
	Code  string `json:"code"`
}

type demoFile struct {
	Base     string        `json:"base"`
	Accounts []demoAccount `json:"accounts"`
	Chairs   []demoChair   `json:"chairs"`
}

// Run serves an invented city's contest with people marking, in a data folder
// that is made anew each time: a demonstration must not meddle with real data.
func (c demoCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	if c.Speed <= 0 || c.Trades < 1 || c.Entries < 1 {
		return fault.New(fault.Refused, "config.invalid", fault.At("--speed, --trades, --entries", "config.positive", ""))
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(demoMemory))
	folder, err := os.MkdirTemp("", "jiangtai-demo-")
	if err != nil {
		return fmt.Errorf("folder of the demonstration: %w", err)
	}
	defer os.RemoveAll(folder)
	// The unprivileged user that PostgreSQL runs as must get through.
	if err := os.Chmod(folder, 0o711); err != nil {
		return fmt.Errorf("folder of the demonstration: %w", err)
	}
	cfg.Data, cfg.DatabaseURL = folder, ""
	if cfg.LogLevel == "info" {
		cfg.LogLevel = "warn"
	}
	a, err := New(ctx, cfg, logger(inv.Stderr, cfg))
	if err != nil {
		return err
	}
	return errors.Join(c.run(ctx, inv, a), a.Close())
}

func (c demoCommand) run(ctx context.Context, inv Invocation, a *App) error {
	fmt.Fprintln(inv.Stdout, "匠台演示：正在虚构一座城市 … / inventing a city …")
	zip, err := city.Zip(c.Seed, city.Size{Trades: c.Trades, Entries: c.Entries})
	if err != nil {
		return fmt.Errorf("invent the city: %w", err)
	}
	made, _, err := a.Office.Import(ctx, identity.Operator(), programme.ReadZip(zip))
	if err != nil {
		return err
	}
	accounts, err := a.demoAccounts(ctx, made.ID)
	if err != nil {
		return err
	}
	ln, err := a.Listen(ctx)
	if err != nil {
		return err
	}
	a.cfg.HTTPAddr = ln.Addr().String()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- a.Run(ctx, ln); stop() }()
	printDemo(inv.Stdout, a.cfg.Public(), accounts)
	err = c.people(ctx, inv, a, made.ID, accounts)
	if err == nil && ctx.Err() == nil {
		fmt.Fprintln(inv.Stdout, "其余赛项已全部公布，演示继续供查看，Ctrl-C 结束 / all events are published but those that wait for you; Ctrl-C ends the demonstration")
		<-ctx.Done()
	}
	stop()
	return errors.Join(ended(err), <-served)
}

// people sets the simulated judges going.
func (c demoCommand) people(ctx context.Context, inv Invocation, a *App, id contest.ID, accounts []demoAccount) error {
	organiser, supervisor := accounts[1], accounts[3]
	client := rehearsal.NewSecureClient(a.cfg.here(), a.certificate.Inside())
	defer client.Rest()
	if err := c.stage(ctx, client, accounts); err != nil {
		return err
	}
	staff, err := client.SignIn(ctx, organiser.User, organiser.Password)
	if err != nil {
		return err
	}
	if err := c.register(ctx, client, staff, accounts[4], id); err != nil {
		return err
	}
	planning := demo.Planning{Office: staff, Contest: id.String(), Now: clock()}
	if err := demo.Plan(ctx, planning); err != nil {
		return err
	}
	taking, err := c.honour(ctx, client, accounts, id)
	if err != nil {
		return err
	}
	book := demoFile{Base: a.cfg.Public(), Accounts: accounts}
	var mu sync.Mutex // guards book
	d := &demo.Marking{Staff: staff, Contest: id.String(), Seed: c.Seed, Speed: c.Speed, Now: clock}
	d.Second.User, d.Second.Password = supervisor.User, supervisor.Password
	for user, client := range map[string]**rehearsal.Client{"coder-seat": &d.Seats, "coder-code": &d.Codes, "clerk": &d.Clerk} {
		if *client, err = signIn(ctx, staff, accounts, user); err != nil {
			return err
		}
	}
	d.Paired = func(e rehearsal.Event, codes []rehearsal.Code) {
		mu.Lock()
		defer mu.Unlock()
		for _, code := range codes {
			book.Chairs = append(book.Chairs, demoChair{Event: e.ID, Panel: code.Panel, Chair: code.Chair, Code: code.Code})
		}
	}
	d.Ready = func() error {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(inv.Stdout, "裁判已就位，开始评分 / the judges are seated and marking")
		return c.write(book)
	}
	var group errgroup.Group
	done, end := context.WithCancel(ctx)
	defer end()
	group.Go(func() error { return ended(demo.TakeUp(done, taking)) })
	running, ran := context.WithCancel(ctx)
	defer ran()
	group.Go(func() error { return ended(demo.KeepAccepting(running, planning)) })
	err = d.Run(ctx)
	ran()
	if err != nil {
		end()
	}
	defer time.AfterFunc(patience, end).Stop()
	if err = errors.Join(err, group.Wait()); err == nil {
		last, end := context.WithTimeout(ctx, patience)
		defer end()
		err = demo.AcceptResults(last, planning)
	}
	return err
}

// signIn signs in as one of the accounts.
func signIn(ctx context.Context, c *rehearsal.Client, accounts []demoAccount, user string) (*rehearsal.Client, error) {
	i := slices.IndexFunc(accounts, func(a demoAccount) bool { return a.User == user })
	return c.SignIn(ctx, user, accounts[i].Password)
}

// patience is how long the last result may take to propose somebody; one that
// proposes nobody is not waited for.
const patience = 20 * time.Second

// ended is nil for what ends because the demonstration does.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// honour lets the unions take invented nominees to the register, and says who
// goes on with what the results propose.
func (c demoCommand) honour(ctx context.Context, client *rehearsal.Client, accounts []demoAccount, id contest.ID) (demo.Honouring, error) {
	h := demo.Honouring{Contest: id.String(), Now: clock()}
	of := map[string]*rehearsal.Client{}
	for _, acc := range accounts {
		switch contest.Role(acc.Role) {
		case contest.UnionOffice, contest.UnitSteward, contest.CountyReviewer, contest.CommitteeMember:
			signed, err := client.SignIn(ctx, acc.User, acc.Password)
			if err != nil {
				return h, err
			}
			of[acc.User] = signed
		}
	}
	h.Office = [3]*rehearsal.Client{of["office"], of["office2"], of["office3"]}
	h.Union, h.County, h.Members = of["union"], of["county"], []*rehearsal.Client{of["member"], of["member2"], of["member3"]}
	return h, demo.Honour(ctx, h)
}

// register lets invented people apply before the events open.
func (c demoCommand) register(ctx context.Context, client, staff *rehearsal.Client, host demoAccount, id contest.ID) error {
	second, err := client.SignIn(ctx, host.User, host.Password)
	if err != nil {
		return err
	}
	return demo.Register(ctx, demo.Registering{Office: staff, Host: second, Contest: id.String(), Seed: c.Seed, Now: clock()})
}

func (c demoCommand) write(book demoFile) error {
	if c.Accounts == "" {
		return nil
	}
	raw, err := json.MarshalIndent(book, "", "  ")
	if err == nil {
		err = os.WriteFile(c.Accounts, append(raw, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("write the accounts: %w", err)
	}
	return nil
}

// demoAccounts makes one account of each role, with passwords of this run.
func (a *App) demoAccounts(ctx context.Context, id contest.ID) ([]demoAccount, error) {
	events, err := a.Directory.Events(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("events of the demonstration: %w", err)
	}
	everyEvent := func(role contest.Role) []contest.Grant {
		out := make([]contest.Grant, len(events))
		for i, e := range events {
			out[i] = contest.Grant{Role: role, Contest: id, Event: e.ID}
		}
		return out
	}
	people := []struct {
		user, name string
		grants     []contest.Grant
	}{
		{"admin", "管理员（演示）", []contest.Grant{{Role: contest.Administrator}}},
		{"organiser", "组委会（演示）", []contest.Grant{{Role: contest.Organiser, Contest: id}}},
		{"chief", "裁判长（演示）", everyEvent(contest.ChiefJudge)},
		{"supervisor", "监督组（演示）", []contest.Grant{{Role: contest.Supervisor, Contest: id}}},
		{"host", "承办单位（演示）", everyEvent(contest.HostSecretary)},
		{"clerk", "记分员（演示）", everyEvent(contest.Clerk)},
		{"coder-seat", "加密裁判·赛位（演示）", everyEvent(contest.CodingJudge)},
		{"coder-code", "加密裁判·编号（演示）", everyEvent(contest.CodingJudge)},
		{"visitor", "观摩（演示）", []contest.Grant{{Role: contest.Spectator, Contest: id}}},
		{"office", "评选办公室甲（演示）", []contest.Grant{{Role: contest.UnionOffice}}},
		{"office2", "评选办公室乙（演示）", []contest.Grant{{Role: contest.UnionOffice}}},
		{"office3", "评选办公室丙（演示）", []contest.Grant{{Role: contest.UnionOffice}}},
		{"union", "基层工会（演示）", []contest.Grant{{Role: contest.UnitSteward}}},
		{"county", "区总工会（演示）", []contest.Grant{{Role: contest.CountyReviewer}}},
		{"member", "评审委员甲（演示）", []contest.Grant{{Role: contest.CommitteeMember}}},
		{"member2", "评审委员乙（演示）", []contest.Grant{{Role: contest.CommitteeMember}}},
		{"member3", "评审委员丙（演示）", []contest.Grant{{Role: contest.CommitteeMember}}},
	}
	out := make([]demoAccount, 0, len(people))
	for _, p := range people {
		password := strings.ToLower(rand.Text()[:16])
		_, _, err := a.Identity.CreateAccount(ctx, identity.Operator(), identity.NewAccount{
			User: p.user, Name: p.name, Password: password, Grants: p.grants, Keep: true,
		})
		if err != nil {
			return nil, fmt.Errorf("account %s: %w", p.user, err)
		}
		out = append(out, demoAccount{Role: string(p.grants[0].Role), User: p.user, Password: password})
	}
	return out, nil
}

func printDemo(w io.Writer, base string, accounts []demoAccount) {
	fmt.Fprintf(w, `
  演示数据均为虚构 / every person, unit and mark here is invented

  排名 board     %[1]s/
  大屏 screen    %[1]s/screen
  评分 tablet    %[1]s/tablet
  报名 register  %[1]s/register
  公示 notices   %[1]s/notices
  管理 console   %[1]s/console

`, base)
	for _, acc := range accounts {
		fmt.Fprintf(w, "  %-14s %-12s %s\n", acc.Role, acc.User, acc.Password)
	}
	fmt.Fprintln(w)
}
